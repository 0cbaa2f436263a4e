import type { AllocationStatus } from '../../../proto/schemas/status.js';
import type { ContainerDrift } from '../../../shared/report.js';
import { counted } from './words.js';

/** An allocation whose limit others changed. */
export interface DriftedAllocation {
  readonly allocation: AllocationStatus;
  readonly drift: ContainerDrift;
}

/** Those of these allocations whose limit others changed, the newest change first. */
export const driftedOf = (allocations: readonly AllocationStatus[]): readonly DriftedAllocation[] =>
  allocations
    .flatMap((allocation) => {
      const drift = allocation.container?.drift;
      return drift === undefined ? [] : [{ allocation, drift }];
    })
    .sort((a, b) => b.drift.foundAtMs - a.drift.foundAtMs);

/** `3 times, of 2 containers; 1 is not written again yet`. */
export function driftCountText(drifted: readonly DriftedAllocation[]): string {
  if (drifted.length === 0) return 'none known';
  const times = drifted.reduce((sum, { drift }) => sum + drift.count, 0);
  const open = drifted.filter(({ drift }) => drift.rewrittenAtMs === null).length;
  const rest = open === 0 ? '' : `; ${open} not written again yet`;
  return `${counted(times, 'time')}, of ${counted(drifted.length, 'container')}${rest}`;
}
