import type { JobPlan, PlannedAllocation, PlannedEffect } from '../../../proto/schemas/plan.js';
import { coresText, counted, msText, visible } from './words.js';

/** What submitting would do, in sentences. */
export interface PlanText {
  readonly lines: readonly { readonly tone: 'good' | 'bad' | 'plain'; readonly text: string }[];
  /** Who else changes. */
  readonly others: readonly { readonly tone: 'good' | 'bad'; readonly text: string }[];
  /** Every allocation is expected to run and to meet its target. */
  readonly isGood: boolean;
}

/** The answer of a plan for people. */
export function planText(plans: readonly JobPlan[], effects: readonly PlannedEffect[]): PlanText {
  const lines = plans.flatMap(({ job, change, allocations }) => [
    {
      tone: 'plain' as const,
      text: `${job} would be ${change}, ${counted(allocations.length, 'allocation')}.`,
    },
    ...allocations.map(allocationLine),
  ]);
  const others = effects.map(({ effect, container, allocation, node, reason }) => ({
    tone: effect === 'gains-target' ? ('good' as const) : ('bad' as const),
    text: visible(`${container ?? allocation} on ${node} ${EFFECT_WORDS[effect]}: ${reason}`),
  }));
  const isGood =
    lines.every(({ tone }) => tone !== 'bad') && others.every(({ tone }) => tone === 'good');
  return { lines, others, isGood };
}

const EFFECT_WORDS = {
  'loses-target': 'would lose its target',
  'gains-target': 'would meet its target',
  preempted: 'would be stopped for it',
} as const;

function allocationLine(planned: PlannedAllocation): PlanText['lines'][number] {
  const { id, node, verdict, expectedMs, limitCores, guaranteeCores, reason } = planned;
  if (verdict === 'nowhere' || node === null)
    return { tone: 'bad', text: `${id}: no host takes it: ${reason}` };
  const cpu =
    guaranteeCores === undefined
      ? `begins with ${limitCores === null ? 'no limit' : coresText(limitCores)}`
      : `is guaranteed ${coresText(guaranteeCores)}`;
  const start = `${id} on ${node} ${cpu}`;
  const expected = expectedMs === null ? '' : `, expected ${msText(expectedMs)}`;
  if (verdict === 'met') return { tone: 'good', text: `${start}${expected}: meets its target.` };
  if (verdict === 'unknown')
    return { tone: 'plain', text: `${start}: nothing like it has run yet. ${reason}` };
  return { tone: 'bad', text: `${start}${expected}: would not meet its target. ${reason}` };
}
