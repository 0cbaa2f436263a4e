import type { PlannedAllocation, PlanVerdict } from '../../proto/schemas/plan.js';
import type { JobQuote, QuoteStep } from '../../proto/schemas/quote.js';
import type { JobSpec } from '../../shared/job.js';
import type { Prices } from '../../shared/prices.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { cutText } from '../../shared/text.js';
import { type Forecast, type ForecastInput, forecastOver } from './forecast.js';
import { worstRange } from './likely-range.js';
import { reservationOf } from './reservation.js';
import { settledSteps } from './settle.js';

/** The job to be quoted, and the state to start from. */
export interface QuoteInput extends Omit<ForecastInput, 'jobs'> {
  readonly job: JobSpec;
  /** Absent = from the fastest that is reachable, in steps, to where slower is not cheaper. */
  readonly targetsMs?: readonly number[];
}

/** No workload answers in that time: what is reachable instead is the fastest. */
const UNREACHABLE_MS = 1e-3;
const STEPS_DOWN = 8;
/** Of the ratio of two steps. */
const MIDPOINTS = 4;
/** Two steps double the response time. */
const STEP_RATIO = Math.SQRT2;
/** A slower target that saves less of the CPU than this ends the ladder. */
const LEAST_SAVING_RATIO = 0.01;
const MAX_REASON = 4000;

/**
 * What targets of one job would cost, fastest first. Each is decided by the scheduler itself on a
 * copy of the state, as `forecast` does. Pure; nothing is stored.
 */
export const quote = (input: QuoteInput): JobQuote => atOnce(quoteSteps(input));

/** `quote` in steps. */
export function* quoteSteps(input: QuoteInput): Steps<JobQuote> {
  const { job, state, prices, targetsMs } = input;
  const base = yield* settledSteps(input, state);
  const asked = (latencyMs: number): Steps<Forecast> =>
    forecastOver({ ...input, jobs: [{ ...job, target: { ...job.target, latencyMs } }] }, base);
  const stepAt = function* (targetMs: number): Steps<QuoteStep> {
    return stepOf(job, targetMs, yield* asked(targetMs), prices);
  };
  const common = { job: job.name, ...(prices === undefined ? {} : { prices }) };
  const best = bestOf(yield* asked(UNREACHABLE_MS));
  if (typeof best === 'string')
    return { ...common, fastestMs: null, steps: [], reason: cutText(best, MAX_REASON) };
  if (targetsMs === undefined) {
    const steps = yield* climbDown(stepAt, best);
    const [first] = steps;
    return { ...common, fastestMs: first?.targetMs ?? null, steps, reason: reasonOf(steps) };
  }
  const steps: QuoteStep[] = [];
  for (const targetMs of targetsMs) steps.push(yield* stepAt(targetMs));
  return { ...common, fastestMs: null, steps, reason: '' };
}

const reasonOf = (steps: readonly QuoteStep[]): string =>
  steps.length > 0 ? '' : 'no target up to 16 times the best response time is expected to be met';

/**
 * From the fastest target that is met, slower and slower, to where slower is not cheaper. What the
 * node could do at best is not met where that CPU serves the targets of others.
 */
function* climbDown(
  stepAt: (targetMs: number) => Steps<QuoteStep>,
  bestMs: number,
): Steps<readonly QuoteStep[]> {
  const steps: QuoteStep[] = [];
  let unmetMs: number | undefined;
  for (const targetMs of ladderFrom(bestMs)) {
    const step = yield* stepAt(targetMs);
    if (steps.length === 0) {
      if (step.verdict !== 'met') {
        unmetMs = targetMs;
        continue;
      }
      const faster = unmetMs === undefined ? step : yield* fastestMet(stepAt, unmetMs, step);
      if (faster !== step) steps.push(faster);
    }
    const saved = savedRatio(steps.at(-1), step);
    steps.push(step);
    if (saved < LEAST_SAVING_RATIO) break;
  }
  return steps;
}

/** Between a target that is not met and one that is: the fastest that is, to two per cent. */
function* fastestMet(
  stepAt: (targetMs: number) => Steps<QuoteStep>,
  unmetMs: number,
  met: QuoteStep,
): Steps<QuoteStep> {
  let [tooFast, found] = [unmetMs, met];
  for (let i = 0; i < MIDPOINTS; i += 1) {
    const step = yield* stepAt(roundedUp(Math.sqrt(tooFast * found.targetMs)));
    if (step.verdict === 'met') found = step;
    else tooFast = step.targetMs;
  }
  return found;
}

/** The slowest of the best values of all replicas, ms; a text = why it is not known. */
function bestOf({ plans }: Forecast): number | string {
  let worst = 0;
  for (const { verdict, reachableMs, expectedMs, reason } of plans[0]?.allocations ?? []) {
    const best = reachableMs ?? expectedMs;
    if (verdict === 'nowhere' || verdict === 'unknown' || best === null) return reason;
    worst = Math.max(worst, best);
  }
  return worst > 0 ? worst : 'no node takes it';
}

/** Nine targets, each rounded up to three digits, so that the first is reachable. */
const ladderFrom = (fastestMs: number): readonly number[] =>
  Array.from({ length: STEPS_DOWN + 1 }, (_, i) => roundedUp(fastestMs * STEP_RATIO ** i));

function roundedUp(ms: number): number {
  const unit = 10 ** (Math.floor(Math.log10(ms)) - 2);
  return Number((Math.ceil(ms / unit - 1e-9) * unit).toPrecision(3));
}

function savedRatio(before: QuoteStep | undefined, { cpuCores }: QuoteStep): number {
  if (before?.verdict !== 'met' || before.cpuCores === null || cpuCores === null) return 1;
  return before.cpuCores === 0 ? 0 : (before.cpuCores - cpuCores) / before.cpuCores;
}

const WORST_FIRST: readonly PlanVerdict[] = ['nowhere', 'unknown', 'unmet', 'met'];
const worstVerdict = (allocations: readonly PlannedAllocation[]): PlanVerdict =>
  WORST_FIRST.find((word) => allocations.some(({ verdict }) => verdict === word)) ?? 'nowhere';

function stepOf(
  job: JobSpec,
  targetMs: number,
  { plans, effects }: Forecast,
  prices: Prices | undefined,
): QuoteStep {
  const allocations = plans[0]?.allocations ?? [];
  const { cpuCores, costPerHour } = reservationOf(job, allocations, prices);
  const verdict = worstVerdict(allocations);
  return {
    targetMs,
    verdict,
    cpuCores,
    expectedMs: worstOf(allocations),
    ...worstRange(allocations),
    nodes: [...new Set(allocations.flatMap(({ node }) => node ?? []))].sort(),
    costPerHour: verdict === 'met' ? costPerHour : null,
    effects,
  };
}

function worstOf(allocations: readonly PlannedAllocation[]): number | null {
  const known = allocations.flatMap(({ expectedMs }) => expectedMs ?? []);
  return known.length === allocations.length && known.length > 0 ? Math.max(...known) : null;
}
