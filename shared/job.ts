import type { Credit } from './credit.js';
import type { GpuRequest } from './gpu.js';
import type { JobName, SecretName } from './ids.js';
import type { Target } from './qoe.js';

/** Where a container's response time is read. */
export type LatencySourceSpec =
  | { readonly source: 'log'; readonly pattern: string; readonly unit: LatencyUnit }
  | PrometheusSourceSpec
  | PushSourceSpec
  | ProbeSourceSpec;

/** A metrics endpoint. Without `preset` and `metric`, the metrics show which server it is. */
export interface PrometheusSourceSpec {
  readonly source: 'prometheus';
  /** Name of a preset (`shared/metrics/presets`). */
  readonly preset?: string;
  /** Instead of a preset: a histogram, summary or gauge, or two counters as `sum/count`. */
  readonly metric?: string;
  /** Of `metric`, where its name does not end in it. */
  readonly unit?: LatencyUnit;
  /** Absent = the preset's, or the only one that the image exposes. */
  readonly port?: number;
  /** Absent = the preset's, or `/metrics`. */
  readonly path?: string;
  /** Label sets that count, as `model="face"`; absent = all. */
  readonly match?: string;
}

/** Response times that the program sends to the agent. */
export interface PushSourceSpec {
  readonly source: 'push';
  /** The histogram meant, where it is pushed by OpenTelemetry; absent = those of HTTP servers. */
  readonly metric?: string;
}

/** Requests that the agent makes itself. */
export interface ProbeSourceSpec {
  readonly source: 'probe';
  /** Absent = the only one that the image exposes. */
  readonly port?: number;
  /** Absent = `/`. */
  readonly path?: string;
  /** Absent = GET, or POST where there is a body. */
  readonly method?: ProbeMethod;
  /** Sent as JSON. */
  readonly body?: string;
}
/**
 * Memory limit of a job that names none, bytes, where the host's policy says nothing else; the
 * scheduler counts it for such a job.
 */
export const DEFAULT_MEMORY_BYTES = 2 * 1024 ** 3;
/** Most that a job can weigh, wherever it is written: job file, label, wire, policy. */
export const MAX_WEIGHT = 1000;
/** Most ports that a job publishes. */
export const MAX_PORTS = 64;
/** Most jobs of one submission, and so of one file. */
export const MAX_SUBMITTED_JOBS = 1000;
export type ProbeMethod = 'GET' | 'POST';
export const PROBE_METHODS: readonly ProbeMethod[] = ['GET', 'POST'];
export const LATENCY_SOURCES: readonly LatencySourceSpec['source'][] = [
  'log',
  'prometheus',
  'push',
  'probe',
];
export type LatencyUnit = 'us' | 'ms' | 's';
export const ON_LOSS = ['reschedule', 'keep'] as const;
export const MOVES = ['allow', 'never'] as const;
export const LATENCY_UNITS: readonly LatencyUnit[] = ['us', 'ms', 's'];

/** Milliseconds in one `unit`. */
export const msPerUnit = (unit: LatencyUnit): number => ({ us: 0.001, ms: 1, s: 1000 })[unit];

/** Bounds of the CPU limit that dqoes moves. */
export interface CpuBounds {
  /** CPU cores, never below 0.01 (the kernel's least quota of 1 ms in 100 ms). */
  readonly minCores: number;
  /** CPU cores; absent = the node's allocatable CPU. */
  readonly maxCores?: number;
}

/** What each container of a job needs of its node. */
export interface Resources {
  readonly cpu: CpuBounds;
  readonly memoryBytes?: number;
  /** Absent = no GPU. */
  readonly gpu?: GpuRequest;
}

/** A container port published on the node, loopback only unless the node's policy allows more. */
export interface PublishedPort {
  readonly containerPort: number;
  /** 0 or absent = the node picks a free one. */
  readonly hostPort?: number;
}

/** Ports of the node that the job asks for by number: two containers of a node cannot have one. */
export const hostPortsOf = ({ ports }: Pick<JobSpec, 'ports'>): readonly number[] =>
  ports.flatMap(({ hostPort = 0 }) => (hostPort === 0 ? [] : [hostPort]));

/** What a user asks to run. The agent builds the container from this alone. */
export interface JobSpec {
  readonly name: JobName;
  readonly image: string;
  /** Arguments of the image's entrypoint. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Further variables, whose values are secrets: the name of each. Absent = none. */
  readonly secretEnv?: Readonly<Record<string, SecretName>>;
  readonly target: Target;
  readonly weight: number;
  readonly replicas: number;
  readonly resources: Resources;
  readonly latency: LatencySourceSpec;
  readonly constraints: { readonly labels: Readonly<Record<string, string>> };
  readonly onLoss: 'reschedule' | 'keep';
  /**
   * `never`: it stays on the node where it was placed. Absent = it may be moved to where its target
   * can be met.
   */
  readonly moves?: 'never';
  /** What is given back of its cost when it was slower than asked too long. Absent = nothing. */
  readonly credit?: Credit;
  readonly ports: readonly PublishedPort[];
}

/** The secrets that a job names, each once, in the order of their names. */
export const secretsOf = ({ secretEnv = {} }: Pick<JobSpec, 'secretEnv'>): readonly SecretName[] =>
  [...new Set(Object.values(secretEnv))].sort();

/** Stands for the value of an environment variable in answers; submitted, it keeps the value. */
export const HIDDEN = '(hidden)';

/** The job as anybody may see it: the names of environment variables without their values. */
export function withHiddenEnv(spec: JobSpec): JobSpec {
  const names = Object.keys(spec.env);
  if (names.length === 0) return spec;
  return { ...spec, env: Object.fromEntries(names.map((name) => [name, HIDDEN])) };
}

/** Matches the JSON log line of the sample image and of many servers: `"ms":12.3`. */
export const DEFAULT_LOG_PATTERN = '"ms":\\s*(?<value>[0-9.]+)';
