import { accessSync, constants } from 'node:fs';
import type { NodeId } from '../../shared/ids.js';
import { ok, type Result } from '../../shared/result.js';
import { type NatsIdentity, natsIdentityOf } from '../../shared/schema/nats-settings.js';
import type { FileKeywords } from '../../shared/schema/types.js';
import { AGENT_KEYS, loadAgentConfig } from '../config.js';

/** Where the settings of an installed agent are. */
export const AGENT_FILE = '/etc/dqoes/agent.yaml';

/** What a look at a host needs of the settings of its agent. */
export interface HostSettings {
  /** The file they are of; absent = there is none, and these are the defaults. */
  readonly file?: string;
  readonly node: NodeId;
  readonly cluster: string;
  readonly natsUrl: string;
  readonly nats: NatsIdentity;
  readonly dockerSocket: string;
  /** File of logins to registries; `''` = none. */
  readonly registryAuthFile: string;
  readonly cgroupParent: string;
  readonly stateDir: string;
  /** Of the labels by which containers opt in, with the dot. */
  readonly labelPrefix: string;
}

/** Reads them: of the file that is named, else of the installed one where this user may read it. */
export function readHostSettings(named: string | undefined): Result<HostSettings> {
  const file = named ?? (isReadable(AGENT_FILE) ? AGENT_FILE : undefined);
  const loaded = loadAgentConfig(file === undefined ? {} : { file });
  if (!loaded.ok) return loaded;
  const { node, cluster } = loaded.value;
  return ok({
    ...(file === undefined ? {} : { file }),
    node,
    cluster,
    natsUrl: loaded.value['nats.url'],
    nats: natsIdentityOf(loaded.value),
    dockerSocket: loaded.value['docker.socket'],
    registryAuthFile: loaded.value['docker.registry-auth'],
    cgroupParent: loaded.value['docker.cgroup-parent'],
    stateDir: loaded.value['state-dir'],
    labelPrefix: loaded.value['label-prefix'],
  });
}

/** Why a text cannot be the `label-prefix` of an agent, with the cure; undefined = it can. */
export function labelPrefixTrouble(text: string): string | undefined {
  const parsed = (AGENT_KEYS['label-prefix'] as FileKeywords).parse?.(text);
  return parsed?.ok === false ? parsed.error : undefined;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
