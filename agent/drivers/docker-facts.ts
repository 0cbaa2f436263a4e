import type { EngineFailure } from '../ports/engine.js';

/** What an engine says of itself at the first call. */
export interface EngineFacts {
  readonly version: string;
  /** Newest that it speaks, and the one that is used with it. */
  readonly apiVersion: string;
  readonly usedApi: string;
  /** `systemd`, `cgroupfs` or `none`; '' = it does not say. */
  readonly cgroupDriver: string;
  readonly cgroupVersion: string;
  /** False = the kernel lets it set no CPU quota. */
  readonly hasCpuQuota: boolean;
  /** It runs as another user than root, whose cgroups its containers are in. */
  readonly isRootless?: true;
}

/** Why an engine cannot be used. */
export interface ConnectFailure extends EngineFailure {
  /** The message without the cure. */
  readonly what: string;
  readonly cure: string;
}

/** Of `GET /version`. */
export interface EngineVersion {
  readonly Version: string;
  readonly ApiVersion: string;
}
/** Of `GET /info`. */
export interface EngineFactsInfo {
  readonly CgroupDriver?: string;
  readonly CgroupVersion?: string;
  readonly CpuCfsQuota?: boolean;
  readonly SecurityOptions?: readonly string[];
}

/** `usedApi`: what the client speaks with it. */
export const factsOf = (
  version: EngineVersion,
  info: EngineFactsInfo,
  usedApi: string,
): EngineFacts => ({
  version: version.Version,
  apiVersion: version.ApiVersion,
  usedApi,
  cgroupDriver: info.CgroupDriver ?? '',
  cgroupVersion: info.CgroupVersion ?? '1',
  hasCpuQuota: info.CpuCfsQuota !== false,
  ...(info.SecurityOptions?.includes('name=rootless') === true ? { isRootless: true } : {}),
});

/** The failure of the first call, in one sentence with the cure. */
export function connectFailure(socketPath: string, failure: EngineFailure): ConnectFailure {
  const isDenied = /EACCES|EPERM/.test(failure.message);
  const cure = isDenied
    ? 'run as root or as a member of the group docker'
    : 'start it, or set docker.socket to its path';
  const what = `does not answer at ${socketPath} (${failure.message})`;
  return { ...failure, message: `the Docker Engine ${what}: ${cure}`, what, cure };
}
