import { firstNames } from '../../../../shared/text.js';
import type { NodeCondition, SnapshotAllocation } from '../../types.js';
import type { FallBackState } from './fall-back.js';

const TENTHS = 10;
const formatJobs = (violation: number): string => String(Math.round(violation * TENTHS) / TENTHS);

/** What tells an allocation of a host to people. */
export type Named = Pick<SnapshotAllocation, 'id' | 'origin' | 'report'>;

/**
 * What an operator is told while a fall-back lasts; null = limits are in force. `allocations`: of
 * the host.
 */
export function fallBackConditionOf(
  { level, only, violationBefore, baselineBefore, holdMs }: FallBackState,
  allocations: readonly Named[],
): NodeCondition | null {
  if (level === 0) return null;
  const now = level === 2 ? 'no limits, as plain Docker' : withoutQuotas(only, allocations);
  const reason =
    `limits made things worse: ${formatJobs(violationBefore)} jobs slower than asked, ` +
    `${formatJobs(baselineBefore)} expected with plain Docker; now ${now}; ` +
    `limits return after ${Math.round(holdMs / 1000)} s, with more CPU in reserve` +
    (level === 2 ? ', or sooner where this is no better' : '');
  return { kind: 'fell-back', reason };
}

const MOST_NAMED = 3;

function withoutQuotas(only: FallBackState['only'], allocations: readonly Named[]): string {
  if (only === null) return 'no quotas, weights only';
  const named = new Map<string, Named>(allocations.map((one) => [one.id, one]));
  return `no quota for ${firstNames(
    only.map(({ id }) => nameOf(named.get(id)) ?? id),
    MOST_NAMED,
  )}`;
}

// The id of a container that dqoes did not start means nothing to people.
const nameOf = (one: Named | undefined): string | undefined =>
  one?.origin === 'label' ? one.report?.name : undefined;
