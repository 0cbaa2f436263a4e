import type { SnapshotAllocation } from '../../types.js';
import type { FallBackState } from './fall-back.js';

/**
 * The fall-back as it is once some have left the host. Where all whose quotas alone were suspended
 * are gone it ends with them: it has neither cured them nor failed to, so how long the next one
 * lasts and what is kept in reserve stay as they were. The same object where it goes on.
 */
export function endedWithThem(
  fallBack: FallBackState,
  allocations: readonly Pick<SnapshotAllocation, 'id'>[],
  nowMs: number,
): FallBackState {
  const { level, only } = fallBack;
  if (level === 0 || only === null) return fallBack;
  const ids = new Set<string>(only.map(({ id }) => id));
  if (allocations.some(({ id }) => ids.has(id))) return fallBack;
  return { ...fallBack, level: 0, only: null, sinceMs: nowMs };
}
