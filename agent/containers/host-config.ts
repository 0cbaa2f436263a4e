import { type CpuLimit, DEFAULT_PERIOD_US } from '../../shared/command.js';
import type { GpuAssignment } from '../../shared/gpu.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { WeightRule } from '../ports/cgroup.js';
import type { EngineContainer, EngineCpuSettings } from '../ports/engine.js';
import { type GpuHost, type GpuHostConfig, gpuPartsOf, withGpuEnvironment } from './gpu.js';
import { UNLIMITED_QUOTA, writeOf } from './limits.js';
import { PUSH_TOKEN_VARIABLE } from './push-token.js';

/** Labels of our own containers; fixed, so that a changed label prefix never orphans them. */
export const OWN_CONTAINER_LABELS = {
  allocation: 'dqoes.allocation',
  job: 'dqoes.job',
  node: 'dqoes.node',
  cluster: 'dqoes.cluster',
  specHash: 'dqoes.spec-hash',
} as const;

/** Name of the container of an allocation. */
export const containerNameOf = (allocation: AllocationId): string => `dqoes-${allocation}`;

/**
 * The whole create request. It is built only here, so no field of a job reaches the engine unseen.
 */
export interface CreateRequest {
  readonly Image: string;
  readonly Cmd?: string[];
  readonly Env: string[];
  readonly Labels: Record<string, string>;
  readonly ExposedPorts: Record<string, Record<string, never>>;
  readonly HostConfig: HostConfig;
}
/** The fields of the Docker API's HostConfig that a job container gets. */
export interface HostConfig extends GpuHostConfig {
  readonly CpuPeriod: number;
  readonly CpuQuota: number;
  /** 0 = the engine's default. */
  readonly CpuShares: number;
  readonly Memory: number;
  readonly MemorySwap: number;
  readonly PidsLimit: number;
  readonly CapDrop: string[];
  readonly SecurityOpt: string[];
  readonly Privileged: false;
  readonly Init: boolean;
  readonly PortBindings: Record<string, { HostIp: string; HostPort: string }[]>;
  readonly RestartPolicy: { Name: 'on-failure'; MaximumRetryCount: number };
  readonly LogConfig: { Type: 'json-file'; Config: Record<string, string> };
}

/** What the host decides about job containers. */
export interface HostConfigOptions {
  readonly defaultMemoryBytes: number;
  readonly pidsLimit: number;
  /** The engine has an init binary: a process that ignores SIGTERM stops at once. */
  readonly init: boolean;
  readonly hostCores: number;
  readonly weightRule: WeightRule;
  /** How containers are given GPUs here; absent = they are given none. */
  readonly gpu?: GpuHost;
}

const MAX_RESTARTS = 3;
/** The engine refuses less than 6 MB. */
const MIN_MEMORY_BYTES = 6 * 1024 ** 2;

/** One job container to create. */
export interface CreateInput {
  readonly spec: JobSpec;
  readonly limit: CpuLimit;
  readonly labels: Readonly<Record<string, string>>;
  readonly gpu?: GpuAssignment;
  /** Given to the container, unless the job brings one; absent = it gets none. */
  readonly pushToken?: string;
  /** Values of its secrets by variable; absent = it names none. */
  readonly secretEnv?: Readonly<Record<string, string>>;
}

/**
 * The engine's request for a job: period and quota, memory equal to memory and swap, no new
 * privileges, no capabilities, bounded processes and logs, ports on loopback only.
 */
export function createRequestOf(input: CreateInput, options: HostConfigOptions): CreateRequest {
  const { spec, labels } = input;
  const gpu = gpuPartsOf(input.gpu, options.gpu);
  const exposed: Record<string, Record<string, never>> = {};
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of spec.ports) {
    exposed[`${port.containerPort}/tcp`] = {};
    bindings[`${port.containerPort}/tcp`] = [
      { HostIp: '127.0.0.1', HostPort: String(port.hostPort ?? 0) },
    ];
  }
  return {
    Image: spec.image,
    ...(spec.command.length > 0 ? { Cmd: [...spec.command] } : {}),
    Env: Object.entries(withGpuEnvironment(environmentOf(input), gpu.environment)).map(
      ([name, value]) => `${name}=${value}`,
    ),
    Labels: { ...labels },
    ExposedPorts: exposed,
    HostConfig: {
      ...cpuOf(input.limit, options),
      ...confinementOf(spec, options),
      PortBindings: bindings,
      ...gpu.hostConfig,
    },
  };
}

/** Only jobs that push have a use for a token. */
function environmentOf(input: CreateInput): Readonly<Record<string, string>> {
  const { spec, pushToken, secretEnv } = input;
  const pushes = pushToken !== undefined && spec.latency.source === 'push';
  return {
    ...(pushes ? { [PUSH_TOKEN_VARIABLE]: pushToken } : {}),
    ...spec.env,
    ...secretEnv,
  };
}

type CpuKeys = 'CpuPeriod' | 'CpuQuota' | 'CpuShares';

const UNLIMITED: EngineCpuSettings = {
  nanoCpus: 0,
  quotaUs: UNLIMITED_QUOTA,
  periodUs: DEFAULT_PERIOD_US,
  shares: 0,
};
const NEW = { nanoCpus: 0, quotaUs: 0, periodUs: DEFAULT_PERIOD_US, shares: 0 };

function cpuOf(limit: CpuLimit, host: HostConfigOptions): Pick<HostConfig, CpuKeys> {
  const write = writeOf(
    limit,
    { current: NEW, original: UNLIMITED, weight: null, originalBurstUs: null },
    host,
  );
  const { quotaUs, periodUs, shares } = write.ok ? write.value.settings : UNLIMITED;
  return { CpuPeriod: periodUs, CpuQuota: quotaUs, CpuShares: shares };
}

function confinementOf(
  spec: JobSpec,
  options: HostConfigOptions,
): Omit<HostConfig, CpuKeys | 'PortBindings' | keyof GpuHostConfig> {
  const memory = Math.max(
    MIN_MEMORY_BYTES,
    spec.resources.memoryBytes ?? options.defaultMemoryBytes,
  );
  return {
    Memory: memory,
    MemorySwap: memory,
    PidsLimit: options.pidsLimit,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
    Privileged: false,
    Init: options.init,
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: MAX_RESTARTS },
    LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
  };
}

/** What the label `dqoes.spec-hash` of a container of ours says. */
export { fixedPartsHashOf } from '../../shared/fixed-parts-hash.js';

/** The node and cluster that job containers belong to; two agents may share one engine. */
export interface Owner {
  readonly node: NodeId;
  readonly cluster: string;
  /** Names that the node had before: their containers are its own, too. Absent = none. */
  readonly formerNames?: readonly NodeId[];
}

/** Labels by which an agent finds its containers again after a restart. */
export function ownLabels(
  owner: Owner,
  start: { readonly allocation: AllocationId; readonly spec: JobSpec; readonly specHash: string },
): Readonly<Record<string, string>> {
  return {
    [OWN_CONTAINER_LABELS.allocation]: start.allocation,
    [OWN_CONTAINER_LABELS.job]: start.spec.name,
    [OWN_CONTAINER_LABELS.node]: owner.node,
    [OWN_CONTAINER_LABELS.cluster]: owner.cluster,
    [OWN_CONTAINER_LABELS.specHash]: start.specHash,
  };
}

/**
 * Whether it is called as an agent calls the container of this allocation. No image can do that,
 * and no copy is: the engine gives a name once.
 */
export function hasOwnName({ name, labels }: Pick<EngineContainer, 'name' | 'labels'>): boolean {
  const allocation = labels[OWN_CONTAINER_LABELS.allocation];
  return allocation !== undefined && name === containerNameOf(allocation as AllocationId);
}

/** Which container a start takes for its own where the name is taken. */
export interface Adoption {
  /** Of the container that is asked for, as `ownLabels` makes them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names that the node had before; absent = none. */
  readonly formerNodes?: readonly NodeId[];
}

/**
 * The label by which a container is another one than is asked for; undefined = it is that one, made
 * perhaps while the node had a former name.
 */
export const foreignLabel = (
  labels: Readonly<Record<string, string>>,
  { labels: asked, formerNodes = [] }: Adoption,
): string | undefined =>
  Object.values(OWN_CONTAINER_LABELS).find((label) => {
    const has = labels[label];
    const isFormer = label === OWN_CONTAINER_LABELS.node && formerNodes.some((one) => one === has);
    return has !== asked[label] && !isFormer;
  });

/** False for a job container that another agent on the same engine started. */
export function isOurs(labels: Readonly<Record<string, string>>, owner: Owner): boolean {
  if (labels[OWN_CONTAINER_LABELS.allocation] === undefined) return true;
  const { node, cluster } = OWN_CONTAINER_LABELS;
  const names: readonly (string | undefined)[] = [owner.node, ...(owner.formerNames ?? [])];
  return names.includes(labels[node]) && labels[cluster] === owner.cluster;
}
