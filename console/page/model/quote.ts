import type { JobQuote, QuoteStep } from '../../../proto/schemas/quote.js';
import type { JobSpec } from '../../../shared/job.js';
import { moneyText } from './money.js';
import { effectLines, type PlanLine, unprovenText } from './plan-text.js';
import { coresText, msText, numberText } from './words.js';

/** What a target is among those that were quoted. */
export type QuoteMark = 'now' | 'fastest' | 'cheapest';

/** One target that was quoted, as it stands in the chart. Places are shares from 0 to 1. */
export interface QuotePoint {
  readonly step: QuoteStep;
  /** From the left: a slower target stands further right. */
  readonly x: number;
  /** From the ground; null = its CPU is not known. */
  readonly y: number | null;
  readonly marks: readonly QuoteMark[];
  readonly targetText: string;
  readonly cpuText: string;
  /** '' = the cluster has no prices. */
  readonly costText: string;
  readonly verdictText: string;
  readonly expense: readonly PlanLine[];
  /** All of it in one sentence. */
  readonly sentence: string;
}

/** A price curve as it is drawn. */
export interface QuoteChart {
  readonly points: readonly QuotePoint[];
  /** Where the target that is asked for now stands; null = outside of what was quoted. */
  readonly nowX: number | null;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** CPU at the top, cores. */
  readonly topCores: number;
  readonly hasCosts: boolean;
  /** What it shows, for those who do not see it. */
  readonly summary: string;
  /** Why nothing faster is offered; '' = it is not said. */
  readonly note: string;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Two costs that differ by less are the same. */
const SAME_RATIO = 0.01;
const Y_TICKS = 4;

/**
 * The price curve of a job. The scale of the targets is that of ratios. `cheapest`: of the targets
 * that are met at nobody's expense and cost least, the fastest.
 */
export function quoteChart(
  { steps, fastestMs, prices, provenCores }: JobQuote,
  { target }: JobSpec,
): QuoteChart {
  const { latencyMs: nowMs } = target;
  const ms = steps.map(({ targetMs }) => targetMs);
  const [from, to] = [Math.min(...ms, nowMs), Math.max(...ms, nowMs)];
  const xOf = (value: number): number =>
    to > from ? Math.log(value / from) / Math.log(to / from) : 0.5;
  const topCores = Math.max(...steps.map(({ cpuCores }) => cpuCores ?? 0), 0.01) * 1.1;
  const cheapest = cheapestOf(steps);
  const points = steps.map((step): QuotePoint => {
    const marks: QuoteMark[] = [];
    if (isSameMs(step.targetMs, nowMs)) marks.push('now');
    if (fastestMs !== null && isSameMs(step.targetMs, fastestMs)) marks.push('fastest');
    if (step === cheapest) marks.push('cheapest');
    return pointOf(step, { marks, x: xOf(step.targetMs), topCores, currency: prices?.currency });
  });
  return {
    points,
    nowX: steps.length === 0 ? null : xOf(nowMs),
    xTicks: xTicksOf(ms, xOf),
    yTicks: Array.from({ length: Y_TICKS + 1 }, (_, i) => ({
      at: i / Y_TICKS,
      text: numberText((topCores * i) / Y_TICKS),
    })),
    topCores,
    hasCosts: prices !== undefined,
    summary: summaryOf(points),
    note:
      provenCores === undefined
        ? ''
        : `Nothing faster is offered: more than ${coresText(provenCores)} was not seen to help.`,
  };
}

const isSameMs = (a: number, b: number): boolean => Math.abs(a - b) <= a * 1e-9;

const isSteady = ({ verdict, effects, cpuCores, provenCores }: QuoteStep): boolean =>
  verdict === 'met' &&
  provenCores === undefined &&
  cpuCores !== null &&
  effects.every(({ effect }) => effect === 'gains-target');

const priceOf = ({ costPerHour, cpuCores }: QuoteStep): number => costPerHour ?? cpuCores ?? 0;

function cheapestOf(steps: readonly QuoteStep[]): QuoteStep | undefined {
  const steady = steps.filter(isSteady);
  const least = Math.min(...steady.map(priceOf));
  return steady
    .filter((step) => priceOf(step) <= least * (1 + SAME_RATIO))
    .reduce<QuoteStep | undefined>(
      (best, step) => (best === undefined || step.targetMs < best.targetMs ? step : best),
      undefined,
    );
}

/** The text of a tick beyond this ends at its place; that of any other has it in the middle. */
export const TEXT_ENDS_AT = 0.9;
/** From the middle of one text to that of the next, at least. */
const APART = 0.16;
const middleOf = (at: number): number => (at > TEXT_ENDS_AT ? at - APART / 2 : at);

/** Both ends, and of those between at most as many as can be read on a phone. */
function xTicksOf(ms: readonly number[], xOf: (ms: number) => number): readonly Tick[] {
  const sorted = [...ms].sort((a, b) => a - b);
  const ticks: Tick[] = [];
  for (const value of [...sorted.slice(0, 1), ...sorted.slice(-1), ...sorted.slice(1, -1)]) {
    const at = xOf(value);
    if (ticks.every((each) => Math.abs(middleOf(each.at) - middleOf(at)) >= APART))
      ticks.push({ at, text: msText(value) });
  }
  return ticks.sort((a, b) => a.at - b.at);
}

const VERDICT_TEXTS: Readonly<Record<QuoteStep['verdict'], string>> = {
  met: 'met',
  unmet: 'not met',
  unknown: 'not known',
  nowhere: 'no host takes it',
};
/** Of a target that takes more CPU than has been seen to help it is not known. */
const verdictText = ({ verdict, provenCores }: QuoteStep): string =>
  verdict === 'met' && provenCores !== undefined
    ? unprovenText(provenCores)
    : VERDICT_TEXTS[verdict];
const MARK_TEXTS: Readonly<Record<QuoteMark, string>> = {
  now: 'asked for now',
  fastest: 'the fastest',
  cheapest: 'the cheapest at nobody’s expense',
};

interface PointContext {
  readonly marks: readonly QuoteMark[];
  readonly x: number;
  readonly topCores: number;
  readonly currency: string | undefined;
}

function pointOf(step: QuoteStep, { marks, x, topCores, currency }: PointContext): QuotePoint {
  const { targetMs, cpuCores, costPerHour, effects } = step;
  const targetText = msText(targetMs);
  const cpuText = coresText(cpuCores);
  const costText =
    currency === undefined || costPerHour === null
      ? ''
      : `${moneyText(costPerHour)} ${currency} an hour`;
  const expense = effectLines(effects);
  const hurt = expense.filter(({ tone }) => tone === 'bad').length;
  const words = marks.map((mark) => MARK_TEXTS[mark]);
  return {
    step,
    x,
    y: cpuCores === null ? null : Math.min(1, cpuCores / topCores),
    marks,
    targetText,
    cpuText,
    costText,
    verdictText: verdictText(step),
    expense,
    sentence:
      `${targetText}${words.length === 0 ? '' : ` (${words.join(', ')})`}: ` +
      `${verdictText(step)}, ${cpuText}${costText === '' ? '' : `, ${costText}`}; ` +
      likelyText(step) +
      (hurt === 0 ? 'at nobody’s expense' : `at the expense of ${hurt}`),
  };
}

/** Nothing where it is not known. */
const likelyText = ({ expectedLowMs: low, expectedHighMs: high }: QuoteStep): string =>
  low === undefined || high === undefined
    ? ''
    : `between ${msText(low)} and ${msText(high)} nine times in ten; `;

function summaryOf(points: readonly QuotePoint[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return 'No target was quoted.';
  return (
    `CPU by target: ${first.targetText} takes ${first.cpuText}, ` +
    `${last.targetText} takes ${last.cpuText}.`
  );
}

/** Whether a target is among those that were quoted. */
export const isQuoted = (steps: readonly QuoteStep[], ms: number): boolean =>
  steps.some(({ targetMs }) => isSameMs(targetMs, ms));
