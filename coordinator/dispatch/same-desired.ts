import type { DesiredAllocation } from '../../shared/command.js';
import { type DesiredGpu, sameSetting } from '../../shared/gpu.js';
import { deepEqual } from '../state/deep-equal.js';

/** Whether both are the same but for reasons and who asked. */
export const sameAllocations = (
  before: readonly DesiredAllocation[],
  after: readonly DesiredAllocation[],
): boolean =>
  before.length === after.length &&
  before.every((each, i) => {
    const other = after[i];
    if (other === each || other === undefined) return other === each;
    return deepEqual(withoutWords(each), withoutWords(other));
  });

/** Whether both are the same settings of the same GPUs. */
export const sameGpus = (before: readonly DesiredGpu[], after: readonly DesiredGpu[]): boolean =>
  before.length === after.length &&
  before.every((gpu, i) => {
    const other = after[i];
    return other !== undefined && gpu.id === other.id && sameSetting(gpu, other);
  });

const withoutWords = ({
  reason: _,
  requestedBy: __,
  ...rest
}: DesiredAllocation): Omit<DesiredAllocation, 'reason' | 'requestedBy'> => rest;
