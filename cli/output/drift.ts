import type { AllocationStatus } from '../../proto/schemas/status.js';
import { driftSettingText, driftText } from '../../shared/drift.js';
import { allocationName, localTimeText, NO_VALUE } from './format.js';
import { printable } from './table.js';

type Allocation = Pick<AllocationStatus, 'id' | 'container'>;

/** What others changed last: `3: limit 0.5 cores → no limit, back 2026-11-26 14:03:07`. */
export function driftCell({ container }: Pick<Allocation, 'container'>): string {
  if (container?.drift === undefined) return NO_VALUE;
  const { count, setting, from, to, rewrittenAtMs } = container.drift;
  const back = rewrittenAtMs === null ? 'not back yet' : `back ${localTimeText(rewrittenAtMs)}`;
  return `${count}: ${driftSettingText(setting)} ${from} → ${to}, ${back}`;
}

/** The same in sentences, one line for each container whose limit others changed. */
export const driftLines = (allocations: readonly Allocation[]): readonly string[] =>
  allocations.flatMap(({ id, container }) =>
    container?.drift === undefined
      ? []
      : [
          printable(
            `${allocationName({ id, container })}: ${driftText(container.drift, localTimeText)}`,
          ),
        ],
  );
