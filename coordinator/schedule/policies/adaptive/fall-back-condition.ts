import { firstNames } from '../../../../shared/text.js';
import type { NodeCondition } from '../../types.js';
import type { FallBackState } from './fall-back.js';

const TENTHS = 10;
const formatJobs = (violation: number): string => String(Math.round(violation * TENTHS) / TENTHS);

/** What an operator is told while a fall-back lasts; null = limits are in force. */
export function fallBackConditionOf({
  level,
  only,
  violationBefore,
  baselineBefore,
  holdMs,
}: FallBackState): NodeCondition | null {
  if (level === 0) return null;
  const now = level === 2 ? 'no limits, as plain Docker' : withoutQuotas(only);
  const reason =
    `limits made things worse: ${formatJobs(violationBefore)} jobs slower than asked, ` +
    `${formatJobs(baselineBefore)} with plain Docker; now ${now}; ` +
    `limits return after ${Math.round(holdMs / 1000)} s, with more CPU in reserve`;
  return { kind: 'fell-back', reason };
}

const MOST_NAMED = 3;

function withoutQuotas(only: FallBackState['only']): string {
  if (only === null) return 'no quotas, weights only';
  return `no quota for ${firstNames(only, MOST_NAMED)}`;
}
