import { isKnownToBeMet } from '../../proto/quote-budget.js';
import type { PlannedAllocation, PlanVerdict } from '../../proto/schemas/plan.js';
import type { JobQuote, QuoteStep } from '../../proto/schemas/quote.js';
import type { JobSpec } from '../../shared/job.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { cutText } from '../../shared/text.js';
import { type Forecast, type ForecastInput, forecastOver } from './forecast.js';
import { worstRange } from './likely-range.js';
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
/** Steps in search of a target that takes no more CPU than has been seen to help. */
const STEPS_TO_PROVEN = 24;
/** The fastest target that is met is found to this ratio. */
const FASTEST_RATIO = 1.025;
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
  const common = { job: job.name, ...(prices === undefined ? {} : { prices }) };
  if (job.replicas === 0) return { ...common, fastestMs: null, steps: [], reason: NO_REPLICAS };
  const base = yield* settledSteps(input, state);
  const asked = (latencyMs: number): Steps<Forecast> =>
    forecastOver({ ...input, jobs: [{ ...job, target: { ...job.target, latencyMs } }] }, base);
  const stepAt = function* (targetMs: number): Steps<QuoteStep> {
    return stepOf(targetMs, yield* asked(targetMs));
  };
  const best = bestOf(yield* asked(UNREACHABLE_MS));
  if (typeof best === 'string')
    return { ...common, fastestMs: null, steps: [], reason: cutText(best, MAX_REASON) };
  if (targetsMs === undefined) return { ...common, ...(yield* ladder(stepAt, best)) };
  const steps: QuoteStep[] = [];
  for (const targetMs of targetsMs) steps.push(yield* stepAt(targetMs));
  return { ...common, fastestMs: null, steps, reason: '' };
}

const NO_REPLICAS = 'it has no replicas, and nothing runs: give it replicas: 1, and ask again';

type StepAt = (targetMs: number) => Steps<QuoteStep>;

/**
 * From the fastest target that is offered, slower and slower, to where slower is not cheaper. None
 * is offered that takes more CPU than has been seen to help: that may buy nothing.
 */
function* ladder(
  stepAt: StepAt,
  bestMs: number,
): Steps<Pick<JobQuote, 'fastestMs' | 'steps' | 'reason' | 'provenCores'>> {
  const { fastest, tooFast } = yield* fastestOffered(stepAt, bestMs);
  if (fastest === null) return { fastestMs: null, steps: [], reason: NONE_MET };
  const provenCores = tooFast?.provenCores;
  const steps = [fastest];
  for (const targetMs of ladderFrom(fastest.targetMs)) {
    const step = yield* stepAt(targetMs);
    const saved = savedRatio(steps.at(-1), step);
    steps.push(step);
    if (saved < LEAST_SAVING_RATIO) break;
  }
  return {
    ...{ fastestMs: fastest.targetMs, steps, reason: '' },
    ...(provenCores === undefined ? {} : { provenCores }),
  };
}

const NONE_MET = 'no target up to 16 times the best response time is expected to be met';

/** The fastest target that is offered, and a faster one that is not; null = there is none. */
interface Fastest {
  readonly fastest: QuoteStep | null;
  readonly tooFast: QuoteStep | null;
}

/**
 * What the node could do at best is not met where that CPU serves the targets of others, and not
 * known where it is more than the job has been seen to use.
 */
function* fastestOffered(stepAt: StepAt, bestMs: number): Steps<Fastest> {
  let tooFast: QuoteStep | null = null;
  let targetMs = roundedUp(bestMs);
  for (let unmet = 0, tried = 0; unmet <= STEPS_DOWN && tried < STEPS_TO_PROVEN; tried += 1) {
    const step: QuoteStep = yield* stepAt(targetMs);
    if (isKnownToBeMet(step)) return yield* fastestBetween(stepAt, { fastest: step, tooFast });
    if (step.verdict !== 'met') unmet += 1;
    tooFast = step;
    targetMs = roundedUp(targetMs * STEP_RATIO);
  }
  return { fastest: null, tooFast };
}

/** Between a target that is not offered and one that is: the fastest that is. */
function* fastestBetween(
  stepAt: StepAt,
  found: Fastest & { readonly fastest: QuoteStep },
): Steps<Fastest> {
  let { fastest, tooFast } = found;
  while (tooFast !== null && fastest.targetMs / tooFast.targetMs > FASTEST_RATIO) {
    const middleMs = roundedUp(Math.sqrt(tooFast.targetMs * fastest.targetMs));
    if (middleMs >= fastest.targetMs) break;
    const step: QuoteStep = yield* stepAt(middleMs);
    if (isKnownToBeMet(step)) fastest = step;
    else tooFast = step;
  }
  return { fastest, tooFast };
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

/** Eight slower targets, each rounded up to three digits. */
const ladderFrom = (fastestMs: number): readonly number[] =>
  Array.from({ length: STEPS_DOWN }, (_, i) => roundedUp(fastestMs * STEP_RATIO ** (i + 1)));

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

function stepOf(targetMs: number, { plans, effects, costs }: Forecast): QuoteStep {
  const allocations = plans[0]?.allocations ?? [];
  const { cpuCores = null, costPerHour = null } = costs[0]?.after ?? {};
  const verdict = worstVerdict(allocations);
  return {
    targetMs,
    verdict,
    cpuCores,
    expectedMs: worstOf(allocations),
    ...worstRange(allocations),
    ...leastProven(allocations),
    nodes: [...new Set(allocations.flatMap(({ node }) => node ?? []))].sort(),
    costPerHour: verdict === 'met' ? costPerHour : null,
    effects,
  };
}

/** Of several replicas the least CPU above which more has not been seen to help. */
function leastProven(allocations: readonly PlannedAllocation[]): Pick<QuoteStep, 'provenCores'> {
  const known = allocations.flatMap(({ provenCores }) => provenCores ?? []);
  return known.length === 0 ? {} : { provenCores: Math.min(...known) };
}

function worstOf(allocations: readonly PlannedAllocation[]): number | null {
  const known = allocations.flatMap(({ expectedMs }) => expectedMs ?? []);
  return known.length === allocations.length && known.length > 0 ? Math.max(...known) : null;
}
