import { Field, type ModelDraft } from '../../../model/allocation-model.js';
import { isWholeOnAverage } from '../../../model/late-ends.js';
import { decayFactor } from '../../../model/work-estimator.js';
import type { Evidence } from './evidence.js';

/**
 * The mean number of requests under way covers this number of answers, or of reports. One report of
 * many answers says little: a queue has a whole number of requests in it now and then.
 */
const CONCURRENCY_ANSWERS = 30;
const CONCURRENCY_REPORTS = 8;
/**
 * Maximum number of clients that a closed loop is recognised with; more look like open arrivals.
 */
const MAX_CLIENTS = 4;
/**
 * Mean distance, per report, of requests under way from a whole number of clients, as a ratio of
 * that number: closed below this, open from `OPEN_FROM`.
 */
const CLOSED_WITHIN = 0.06;
const OPEN_FROM = 0.15;
const MIN_ANSWERS = 4;
/**
 * Fewer requests under way than this are no client that always waits, after any number of answers.
 */
const MIN_CLOSED_CONCURRENCY = 0.5;
/** A closed loop uses all of its limit. */
const BUSY = 0.93;
/** The same over all of what is remembered, where a quota at the kernel's minimum is held badly. */
const ALWAYS_BUSY = 0.9;
const RATE_MEMORY = 500;
/**
 * After a longer time without a report the host may have slept, and its clients as well: then no
 * time between two requests is known.
 */
const MAX_GAP_SECONDS = 120;
/**
 * Two-sided CUSUM of log-likelihoods: rate × FASTER or × SLOWER against the rate as known, for
 * Poisson arrivals; alarm at a ratio of e^THRESHOLD.
 */
const FASTER = 1.6;
const SLOWER = 0.6;
const [LOG_FASTER, LOG_SLOWER] = [Math.log(FASTER), Math.log(SLOWER)];
const THRESHOLD = 10;

/**
 * Tells a closed loop from open arrivals, and learns the rate of the latter. Writes `model`. A
 * client that waits for each answer always has one request under way: the time its requests took
 * equals the time between the ends of two of them, in every single report. With open arrivals that
 * holds at most on average (Little's law, L = λW, Little 1961). The rate is that of arrivals, not
 * of answers, which come at the server's pace while a queue grows. `isLoop`: it is known to be one.
 */
export function learnArrivals(model: ModelDraft, evidence: Evidence, isLoop = false): void {
  const { waitedSeconds, count, doneAtMs } = evidence;
  const seconds = (doneAtMs - model[Field.doneAtMs]) / 1000;
  if (seconds <= 0 || evidence.seconds > MAX_GAP_SECONDS) return;
  const keep = decayFactor(count, Math.max(CONCURRENCY_ANSWERS, CONCURRENCY_REPORTS * count));
  model[Field.waitingSeconds] = model[Field.waitingSeconds] * keep + waitedSeconds;
  model[Field.elapsedSeconds] = model[Field.elapsedSeconds] * keep + seconds;
  const concurrency = model[Field.waitingSeconds] / model[Field.elapsedSeconds];
  const clients = Math.min(MAX_CLIENTS, Math.max(1, Math.round(concurrency)));
  model[Field.strayingSeconds] =
    model[Field.strayingSeconds] * keep + Math.abs(waitedSeconds / clients - seconds);
  const { usedSeconds, limitCores } = evidence;
  const busyRatio = Math.min(1, usedSeconds / (evidence.seconds * limitCores));
  model[Field.busySeconds] = model[Field.busySeconds] * keep + busyRatio * seconds;
  classifyArrivals(model, evidence, clients);
  if (isLoop) {
    model[Field.isOpen] = 0;
    model[Field.clients] = clients;
  }
  updateRate(model, count, arrivalSeconds(model, evidence, seconds));
}

function classifyArrivals(model: ModelDraft, evidence: Evidence, clients: number): void {
  const { waitedSeconds, count, regime, usedSeconds, seconds, limitCores } = evidence;
  if (model[Field.waitingSeconds] < MIN_CLOSED_CONCURRENCY * model[Field.elapsedSeconds])
    model[Field.isOpen] = 1;
  if (model[Field.waitingSeconds] < (MIN_ANSWERS * waitedSeconds) / count) return;
  const straying = model[Field.strayingSeconds] / model[Field.elapsedSeconds];
  const isBusy =
    regime === 'free' || !Number.isFinite(limitCores) || usedSeconds > BUSY * seconds * limitCores;
  if (straying > OPEN_FROM) {
    if (computesBetween(model)) model[Field.isOpen] = 0;
    else if (!isWhole(model, clients)) model[Field.isOpen] = 1;
  } else if (straying < CLOSED_WITHIN && isBusy) model[Field.isOpen] = 0;
  model[Field.clients] = model[Field.isOpen] ? 1 : clients;
}

// A loop strays in two reports where an end between them was noted late; its mean does not.
const isWhole = (model: ModelDraft, clients: number): boolean =>
  isWholeOnAverage(model[Field.waitingSeconds], model[Field.elapsedSeconds], clients);

// A queue's server computes only while a request is under way. One that computes for longer does so
// between two requests of a client that waits for its answers.
const computesBetween = (model: ModelDraft): boolean =>
  model[Field.busySeconds] > ALWAYS_BUSY * model[Field.elapsedSeconds] &&
  model[Field.waitingSeconds] < ALWAYS_BUSY * model[Field.elapsedSeconds] &&
  model[Field.waitingSeconds] >= MIN_CLOSED_CONCURRENCY * model[Field.elapsedSeconds];

// Under FIFO a request arrived its latency before it ended. This is the time between the arrivals
// of the answered requests; `seconds` lie between their ends. Over many reports the difference
// cancels.
function arrivalSeconds(
  model: ModelDraft,
  { waitedSeconds, count }: Evidence,
  seconds: number,
): number {
  return model[Field.isOpen]
    ? Math.max(0, seconds - (waitedSeconds / count - model[Field.lastMeanSeconds]))
    : seconds;
}

function updateRate(model: ModelDraft, arrived: number, seconds: number): void {
  const rate =
    model[Field.arrivedSeconds] > 0 ? model[Field.arrivedCount] / model[Field.arrivedSeconds] : 0;
  if (rate > 0) detectRateChange(model, rate, arrived, seconds);
  if (model[Field.arrivalsUp] > THRESHOLD)
    restart(model, model[Field.moreCount], model[Field.moreSeconds]);
  else if (model[Field.arrivalsDown] > THRESHOLD)
    restart(model, model[Field.fewerCount], model[Field.fewerSeconds]);
  else {
    const keep = decayFactor(seconds, Math.max(3 * seconds, rate > 0 ? RATE_MEMORY / rate : 60));
    model[Field.arrivedCount] = model[Field.arrivedCount] * keep + arrived;
    model[Field.arrivedSeconds] = model[Field.arrivedSeconds] * keep + seconds;
  }
}

function detectRateChange(model: ModelDraft, rate: number, arrived: number, seconds: number): void {
  const more = arrived * LOG_FASTER - (FASTER - 1) * rate * seconds;
  const fewer = arrived * LOG_SLOWER - (SLOWER - 1) * rate * seconds;
  model[Field.arrivalsUp] = Math.max(0, model[Field.arrivalsUp] + more);
  model[Field.arrivalsDown] = Math.max(0, model[Field.arrivalsDown] + fewer);
  const [isMore, isFewer] = [model[Field.arrivalsUp] > 0, model[Field.arrivalsDown] > 0];
  model[Field.moreCount] = isMore ? model[Field.moreCount] + arrived : 0;
  model[Field.moreSeconds] = isMore ? model[Field.moreSeconds] + seconds : 0;
  model[Field.fewerCount] = isFewer ? model[Field.fewerCount] + arrived : 0;
  model[Field.fewerSeconds] = isFewer ? model[Field.fewerSeconds] + seconds : 0;
}

function restart(model: ModelDraft, count: number, seconds: number): void {
  model[Field.arrivedCount] = count;
  model[Field.arrivedSeconds] = seconds;
  for (const index of CHANGE_FIELDS) model[index] = 0;
}

const CHANGE_FIELDS = [
  Field.arrivalsUp,
  Field.arrivalsDown,
  Field.moreCount,
  Field.moreSeconds,
  Field.fewerCount,
  Field.fewerSeconds,
] as const;
