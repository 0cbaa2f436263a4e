import type { JobPlan, PlannedAllocation, PlannedEffect } from '../../../proto/schemas/plan.js';
import type { JobCost } from '../../../proto/schemas/plan-cost.js';
import { changeBetween, type Prices } from '../../../shared/prices.js';
import type { Fault } from '../../../shared/result.js';
import { moneyText } from './money.js';
import { coresText, counted, msText, visible } from './words.js';

/** The answer of a plan. */
export interface PlanAnswer {
  readonly plans: readonly JobPlan[];
  readonly effects: readonly PlannedEffect[];
  /** Absent = a coordinator that does not say it. */
  readonly costs?: readonly JobCost[];
  /** Absent = the cluster has none. */
  readonly prices?: Prices;
  /** Why a submission by the same caller would be refused; absent = it would not. */
  readonly refusals?: readonly Fault[];
}

/** A sentence and what it means. */
export interface PlanLine {
  readonly tone: 'good' | 'bad' | 'plain';
  readonly text: string;
}

/** What submitting would do, in sentences. */
export interface PlanText {
  readonly lines: readonly PlanLine[];
  /** Who else changes. */
  readonly others: readonly PlanLine[];
  /** What each job reserves now and would reserve; empty = it is not said. */
  readonly costs: readonly PlanLine[];
  /** Every allocation is expected to run and to meet its target. */
  readonly isGood: boolean;
}

/** The answer of a plan for people. */
export function planText(answer: PlanAnswer): PlanText {
  const { plans, effects, costs = [], prices, refusals = [] } = answer;
  const planned = plans.flatMap(({ job, change, allocations }) => [
    {
      tone: 'plain' as const,
      text: `${job} would be ${change}, ${counted(allocations.length, 'allocation')}.`,
    },
    ...allocations.map(allocationLine),
  ]);
  const lines = [...refusals.map(refusalLine), ...planned];
  const others = effectLines(effects);
  const isGood =
    lines.every(({ tone }) => tone !== 'bad') && others.every(({ tone }) => tone === 'good');
  return { lines, others, costs: costs.map((cost) => costLine(cost, prices)), isGood };
}

const refusalLine = ({ message }: Fault): PlanLine => ({
  tone: 'bad',
  text: visible(`Submitting this would be refused: ${message}.`),
});

/** What a job reserves now and then, and how much more or less that costs. */
function costLine(cost: JobCost, prices: Prices | undefined): PlanLine {
  const { job, before, after } = cost;
  const now = before === null ? '' : `${coresText(before.cpuCores)} now, `;
  const then = `${coresText(after.cpuCores)} then`;
  return { tone: 'plain', text: `${job} reserves ${now}${then}${moneyOf(cost, prices)}.` };
}

function moneyOf({ before, after }: JobCost, prices: Prices | undefined): string {
  const { costPerHour } = after;
  if (prices === undefined || costPerHour === null) return '';
  const { currency } = prices;
  const total = `; that costs ${moneyText(costPerHour)} ${currency} an hour`;
  const change = before === null ? null : changeBetween(before.costPerHour, costPerHour);
  if (change === null) return total;
  const difference = moneyText(Math.abs(change));
  if (Number(difference) === 0) return `${total}, as much as now`;
  return `${total}, ${difference} ${change < 0 ? 'less' : 'more'} than now`;
}

/** Who else changes, and how. */
export const effectLines = (effects: readonly PlannedEffect[]): readonly PlanLine[] =>
  effects.map(({ effect, container, allocation, node, reason }) => ({
    tone: effect === 'gains-target' ? 'good' : 'bad',
    text: visible(`${container ?? allocation} on ${node} ${EFFECT_WORDS[effect]}: ${reason}`),
  }));

const EFFECT_WORDS = {
  'loses-target': 'would lose its target',
  'gains-target': 'would meet its target',
  preempted: 'would be stopped for it',
} as const;

/** What is said of a target that takes more CPU than has been seen to help. */
export const unprovenText = (provenCores: number): string =>
  `meets its target if more than ${coresText(provenCores)} helps, which has not been seen`;

/** Where one allocation goes and how fast it is there. */
export function allocationLine(planned: PlannedAllocation): PlanLine {
  const { id, node, verdict, expectedMs, limitCores, guaranteeCores, reason } = planned;
  if (verdict === 'nowhere' || node === null)
    return { tone: 'bad', text: `${id}: no host takes it: ${reason}` };
  const most = limitCores === null ? '' : `, at most ${coresText(limitCores)}`;
  const cpu =
    guaranteeCores === undefined
      ? `begins with ${limitCores === null ? 'no limit' : coresText(limitCores)}`
      : `is guaranteed ${coresText(guaranteeCores)}${most}`;
  const start = `${id} on ${node} ${cpu}`;
  const expected = expectedMs === null ? '' : `, expected ${msText(expectedMs)}`;
  if (verdict === 'met' && planned.provenCores !== undefined)
    return { tone: 'plain', text: `${start}${expected}: ${unprovenText(planned.provenCores)}.` };
  if (verdict === 'met') return { tone: 'good', text: `${start}${expected}: meets its target.` };
  if (verdict === 'unknown')
    return { tone: 'plain', text: `${start}: nothing like it has run yet. ${reason}` };
  return { tone: 'bad', text: `${start}${expected}: would not meet its target. ${reason}` };
}
