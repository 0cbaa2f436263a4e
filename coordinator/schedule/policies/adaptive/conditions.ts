import type { NodeCondition } from '../../types.js';
import type { NodePlan } from './divide/node-plan.js';
import type { FallBackState } from './fall-back.js';
import { fallBackConditionOf, type Named } from './fall-back-condition.js';

/** What conditions are derived from. */
export interface ConditionInput {
  readonly plan: NodePlan;
  readonly capacityCores: number;
  readonly fallBack: FallBackState;
  readonly before: readonly NodeCondition[];
  /** Those of the host, by which people know them. */
  readonly allocations: readonly Named[];
}

/** Use ÷ CPU at which a node becomes overloaded, and below which it no longer is (hysteresis). */
const OVERLOADED = { from: 0.98, until: 0.93 } as const;

/**
 * What an operator should know of a node while it lasts, a fall-back first. Returns the same
 * objects as long as nothing changes.
 */
export function conditionsOf({
  plan,
  capacityCores,
  fallBack,
  before,
  allocations,
}: ConditionInput): readonly NodeCondition[] {
  const fallBackNow = fallBackConditionOf(fallBack, allocations);
  const was = before.find(({ kind }) => kind === 'overloaded');
  const ratio = plan.useCores / capacityCores;
  const isOverloaded = ratio > (was === undefined ? OVERLOADED.from : OVERLOADED.until);
  if (fallBackNow === null && !isOverloaded) return before.length === 0 ? before : [];
  const now = [
    ...(fallBackNow === null
      ? []
      : [before.find(({ reason }) => reason === fallBackNow.reason) ?? fallBackNow]),
    ...(isOverloaded ? [was ?? overload(plan, capacityCores)] : []),
  ];
  return now.length === before.length && now.every((one, i) => one === before[i]) ? before : now;
}

const overload = ({ useCores, stableCores }: NodePlan, capacityCores: number): NodeCondition => ({
  kind: 'overloaded',
  reason:
    `requests need ${useCores.toFixed(2)} CPU, ${capacityCores.toFixed(2)} CPU are available: ` +
    'queues grow without bound; ' +
    `${Math.max(0, stableCores - capacityCores).toFixed(2)} CPU more would keep them short`,
});
