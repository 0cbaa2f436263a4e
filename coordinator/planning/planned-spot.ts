import type { PlannedAllocation } from '../../proto/schemas/plan.js';
import type { CpuLimit } from '../../shared/command.js';
import type { NodeId } from '../../shared/ids.js';

/** Where an allocation would run, and what it would be promised there. */
export type PlannedSpot = Pick<PlannedAllocation, 'id' | 'limitCores' | 'guaranteeCores'> & {
  readonly node: NodeId;
};

/** What a limit promises, as a plan says it. */
export const promiseOf = ({
  cpuCores,
  guaranteeCores,
}: CpuLimit): Pick<PlannedSpot, 'limitCores' | 'guaranteeCores'> =>
  guaranteeCores === undefined
    ? { limitCores: cpuCores }
    : { limitCores: cpuCores, guaranteeCores };
