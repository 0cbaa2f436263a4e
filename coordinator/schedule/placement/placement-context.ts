import type { NodeForecast } from '../forecast.js';
import type { PlacementRule, SnapshotJob, SnapshotNode } from '../types.js';
import type { CpuDemand } from './node-budget.js';
import type { PreviousPass } from './replica-diff.js';

/** What is known of what jobs would take, and of what nodes can give. */
export interface PlacementContext extends PreviousPass {
  readonly forecastOf: (node: SnapshotNode) => NodeForecast | undefined;
  readonly demandOf: (job: SnapshotJob) => (node: SnapshotNode['id']) => CpuDemand | null;
  /** The policy's own; undefined = by need. */
  readonly rule: PlacementRule | undefined;
}
