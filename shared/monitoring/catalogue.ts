import { CLUSTER_METRICS, LEADER_METRICS, NODE_METRICS } from './cluster-metrics.js';
import { CONSOLE_METRICS } from './console-metrics.js';
import type { Metric } from './metric.js';
import {
  AGENT_METRICS,
  COORDINATOR_METRICS,
  GPU_METRICS,
  PROCESS_METRICS,
} from './program-metrics.js';

/** Every metric of dqoes. Names are permanent; docs/metrics.md is made of this. */
export const METRICS = {
  ...CLUSTER_METRICS,
  ...NODE_METRICS,
  ...LEADER_METRICS,
  ...COORDINATOR_METRICS,
  ...AGENT_METRICS,
  ...GPU_METRICS,
  ...CONSOLE_METRICS,
  ...PROCESS_METRICS,
} as const;
export type MetricName = keyof typeof METRICS;

/** The label names of a metric. */
export type LabelsOf<N extends MetricName> =
  (typeof METRICS)[N] extends Metric<infer L> ? Readonly<Record<L, string>> : never;

/** The metrics in groups, as the reference lists them. */
export const METRIC_GROUPS: Readonly<Record<string, Readonly<Record<string, Metric>>>> = {
  cluster: CLUSTER_METRICS,
  nodes: NODE_METRICS,
  leader: LEADER_METRICS,
  coordinator: COORDINATOR_METRICS,
  agent: AGENT_METRICS,
  gpus: GPU_METRICS,
  console: CONSOLE_METRICS,
  process: PROCESS_METRICS,
};
