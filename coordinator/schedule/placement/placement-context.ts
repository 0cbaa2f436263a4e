import type { NodeForecast } from '../forecast.js';
import type { NodeSummary } from '../node-summary.js';
import type { PlacementRule } from '../placement-rule.js';
import type { SnapshotJob } from '../types.js';
import type { MissingGpus } from './missing-gpus.js';
import type { CpuDemand } from './node-budget.js';
import type { PreviousPass } from './replica-diff.js';

/** What is known of the CPU that jobs take and nodes can give. */
export interface PlacementContext extends PreviousPass {
  readonly forecastOf: (node: NodeSummary) => NodeForecast | undefined;
  readonly demandOf: (job: SnapshotJob) => (node: NodeSummary['id']) => CpuDemand | null;
  /**
   * What is promised on a node is summed up when it is asked for. Absent = at once, a step a node.
   */
  readonly sumsLater?: boolean;
  /** GPUs that allocations miss; absent = none. */
  readonly missing?: MissingGpus;
  /** The policy's own placement rule; undefined = by CPU demand. */
  readonly rule: PlacementRule | undefined;
}
