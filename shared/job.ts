import type { JobName } from './ids.js';
import type { Target } from './qoe.js';

/** Where a container's response time is read. */
export type LatencySourceSpec =
  | { readonly source: 'log'; readonly pattern: string; readonly unit: LatencyUnit }
  | { readonly source: 'push' };
export type LatencyUnit = 'us' | 'ms' | 's';
export const LATENCY_UNITS: readonly LatencyUnit[] = ['us', 'ms', 's'];

/** Milliseconds in one `unit`. */
export const msPerUnit = (unit: LatencyUnit): number => ({ us: 0.001, ms: 1, s: 1000 })[unit];

export interface CpuBounds {
  /** CPU cores, never below 0.01 (the kernel's least quota of 1 ms in 100 ms). */
  readonly minCores: number;
  /** CPU cores; absent = the node's allocatable CPU. */
  readonly maxCores?: number;
}

export interface Resources {
  readonly cpu: CpuBounds;
  readonly memoryBytes?: number;
}

/** A container port published on the node, loopback only unless the node's policy allows more. */
export interface PublishedPort {
  readonly containerPort: number;
  /** 0 or absent = the node picks a free one. */
  readonly hostPort?: number;
}

/** What a user asks to run. The only door to HostConfig: nothing else is passed through. */
export interface JobSpec {
  readonly name: JobName;
  readonly image: string;
  /** Arguments of the image's entrypoint. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly target: Target;
  readonly weight: number;
  readonly replicas: number;
  readonly resources: Resources;
  readonly latency: LatencySourceSpec;
  readonly constraints: { readonly labels: Readonly<Record<string, string>> };
  readonly onLoss: 'reschedule' | 'keep';
  /** `never`: it stays on the node where it was placed. Absent = it may be moved to where its target can be met. */
  readonly moves?: 'never';
  readonly ports: readonly PublishedPort[];
}

/** Matches the JSON log line of the sample image and of many servers: `"ms":12.3`. */
export const DEFAULT_LOG_PATTERN = '"ms":\\s*(?<value>[0-9.]+)';
