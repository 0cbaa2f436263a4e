import type { DemandBySpeed, NodeForecast } from '../forecast.js';
import type { NodeSummary } from '../node-summary.js';
import type { PlacementRule } from '../placement-rule.js';
import type { SnapshotJob } from '../types.js';
import type { MissingGpus } from './missing-gpus.js';
import type { PreviousPass } from './replica-diff.js';

/** What is known of the CPU that jobs take and nodes can give. */
export interface PlacementContext extends PreviousPass {
  readonly forecastOf: (node: NodeSummary) => NodeForecast | undefined;
  /** CPU that a new allocation of the job takes; null = nothing is known of its workload. */
  readonly demandOf: (job: SnapshotJob) => DemandBySpeed | null;
  /** How fast a node computes ÷ the reference. */
  readonly speedOf: (node: NodeSummary['id']) => number;
  /**
   * What is promised on a node is summed up when it is asked for. Absent = at once, a step a node.
   */
  readonly sumsLater?: boolean;
  /** GPUs that allocations miss; absent = none. */
  readonly missing?: MissingGpus;
  /** The policy's own placement rule; undefined = by CPU demand. */
  readonly rule: PlacementRule | undefined;
}
