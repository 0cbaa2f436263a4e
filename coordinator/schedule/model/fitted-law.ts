import type { Statistic } from '../../../shared/qoe.js';
import { type AllocationModel, Field } from './allocation-model.js';
import { type LatencyLaw, savedSeconds } from './latency-law.js';
import { normalDeviateOf, quantileOf } from './tail.js';
import { besideOf, NOTHING_BESIDE } from './waits.js';

/**
 * Weight of the guess before any request has ended, in requests: less than one, so that the first
 * real measurement outweighs it.
 */
export const GUESS_WEIGHT = 0.5;
/**
 * The arrival rate is taken to be known from this number of requests more than were seen: a wider
 * margin would cost more jobs than it saves.
 */
const RATE_PRIOR = 250;
/**
 * Weight, in requests, of the prior that the residual is zero. One answer of a mostly idle server
 * tells as much as one of a closed loop; of a queue only many answers tell anything.
 */
const OVERHEAD_PRIOR = { closed: 0.3, idle: 1, queue: 800 } as const;
/** From this mean number of requests under way an open server counts as having a queue. */
const QUEUE_FROM = 2 / 3;
/**
 * Variance that requests under way at either end of a report add to the work of its requests, in
 * squares of the work of one: simulated 0.28 to 0.42 at four to nine requests per report, rounded
 * up.
 */
const STRADDLING = 0.5;
/**
 * Weight of the expected tail (normal noise, or the law of the queue), in requests: windows are few
 * and alike, and the long answers of a queue come in bursts.
 */
const TAIL_PRIOR = { closed: 15, open: 2000 } as const;

/** λ of open arrivals, requests per second; 0 = closed loop or not known. */
export const arrivalRateOf = (model: AllocationModel): number =>
  model[Field.isOpen] && !model[Field.isRefuted] && model[Field.arrivedSeconds] > 0
    ? model[Field.arrivedCount] / model[Field.arrivedSeconds]
    : 0;

/**
 * Clients of a closed loop. Each of n clients waits for the requests of all, so its latency is that
 * of n times the work.
 */
export const clientsOf = (model: AllocationModel): number =>
  model[Field.isRefuted] ? 1 : Math.max(1, model[Field.clients]);

// What a queue adds grows about with the fourth power of the requests under way (Little's law).
function overheadPriorOf(model: AllocationModel): number {
  if (!model[Field.isOpen]) return OVERHEAD_PRIOR.closed;
  const underWay =
    model[Field.elapsedSeconds] > 0
      ? model[Field.waitingSeconds] / model[Field.elapsedSeconds]
      : QUEUE_FROM;
  return Math.max(
    OVERHEAD_PRIOR.idle,
    OVERHEAD_PRIOR.queue * Math.min(1, underWay / QUEUE_FROM) ** 4,
  );
}

/** The latency law that the model's measurements fit; null before any request has ended. */
export const fittedLaw = (model: AllocationModel, statistic: Statistic): LatencyLaw | null =>
  lawDraft(model, statistic);

/** The same with what a limit and its period save an idle server. */
export function fittedLawUnder(
  model: AllocationModel,
  statistic: Statistic,
  { cores, periodUs }: LimitHeld,
): LatencyLaw | null {
  const law = lawDraft(model, statistic);
  if (law !== null) law.savedSeconds = savedSeconds(law, cores, periodUs);
  return law;
}

/** A limit as it was in force. */
export interface LimitHeld {
  /** Infinity = none. */
  readonly cores: number;
  readonly periodUs: number;
}

/** A law that may be written to. */
export type LawDraft = { -readonly [K in keyof LatencyLaw]: LatencyLaw[K] };

function lawDraft(model: AllocationModel, statistic: Statistic): LawDraft | null {
  if (model[Field.isRefuted]) return lawOfAnswers(model);
  if (model[Field.workCount] === 0) return null;
  const workSeconds = clientsOf(model) * workOf(model, statistic);
  const kind = model[Field.isOpen] ? 'open' : 'closed';
  const tailWeight = model[Field.tailWeight] + TAIL_PRIOR[kind];
  const expected = model[Field.isOpen]
    ? 1
    : 1 + normalDeviateOf(statistic) * model[Field.noiseRatio];
  const ratePerSecond = arrivalRateOf(model);
  const beside = statistic === 'mean' ? besideOf(model, ratePerSecond) : NOTHING_BESIDE;
  return {
    workSeconds,
    overheadSeconds:
      ((1 - beside.ratio) * model[Field.overheadSeconds]) /
      (model[Field.overheadWeight] + overheadPriorOf(model)),
    ratePerSecond,
    queueing: (1 + dispersionOf(model)) / 2,
    besideSeconds: beside.seconds,
    savedSeconds: 0,
    minSeconds: minSecondsOf(model, workSeconds),
    quantile: quantileOf(statistic),
    tailRatio:
      statistic === 'mean'
        ? 1
        : Math.max(1e-3, (model[Field.tailSum] + TAIL_PRIOR[kind] * expected) / tailWeight),
  };
}

/**
 * The law of one whose CPU says nothing of its response times (learn/refuted.ts): these, in inverse
 * proportion to its limit. The secant through the last answers: it corrects itself.
 */
const lawOfAnswers = (model: AllocationModel): LawDraft => ({
  workSeconds: model[Field.answerWork],
  overheadSeconds: 0,
  ratePerSecond: 0,
  queueing: 0.5,
  besideSeconds: 0,
  savedSeconds: 0,
  minSeconds: 0,
  quantile: 0,
  tailRatio: 1,
});

const minSecondsOf = (model: AllocationModel, workSeconds: number): number =>
  model[Field.freeCores] > 0 ? workSeconds / model[Field.freeCores] : 0;

/**
 * Makes the law that of the same model with another mean work of its requests, core-seconds, and no
 * recent one.
 */
export function setWork(law: LawDraft, model: AllocationModel, meanSeconds: number): void {
  law.workSeconds = clientsOf(model) * meanSeconds;
  law.minSeconds = minSecondsOf(model, law.workSeconds);
}

// The tail of a queue is made while requests are expensive: where their work has just grown, the
// recent work counts before the long mean has followed.
function workOf(model: AllocationModel, statistic: Statistic): number {
  const meanSeconds = model[Field.workSeconds] / model[Field.workCount];
  return model[Field.isOpen] && statistic !== 'mean'
    ? Math.max(meanSeconds, model[Field.recentWork])
    : meanSeconds;
}

// σ² of the work. What a request under way at either end of a report has used counts in the wrong
// report, which makes work look less even, the more so the fewer requests there are.
const dispersionOf = (model: AllocationModel): number =>
  Math.max(
    0,
    model[Field.noiseRatio] ** 2 - STRADDLING / Math.max(1, model[Field.requestsPerReport]),
  );

/**
 * Relative standard error of the predicted latency: of the work, and for a queue also of its
 * arrival rate.
 */
export function errorRatioOf(model: AllocationModel): number {
  const work = model[Field.noiseRatio] / Math.sqrt(Math.max(GUESS_WEIGHT, model[Field.workCount]));
  if (!model[Field.isOpen]) return work;
  return Math.hypot(work, 1 / Math.sqrt(model[Field.arrivedCount] + RATE_PRIOR));
}

/** One thread can use one core, whatever was seen. */
const ONE_THREAD_CORES = 1;

/** CPU up to which more is known to make requests faster, or to be used whole, cores. */
export const provenCoresOf = (model: AllocationModel): number =>
  Math.max(ONE_THREAD_CORES, model[Field.seenCores], model[Field.freeCores]);
