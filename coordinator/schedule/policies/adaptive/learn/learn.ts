import type { CpuLimit } from '../../../../../shared/command.js';
import type { Target } from '../../../../../shared/qoe.js';
import type { LatencyReport } from '../../../../../shared/report.js';
import {
  type AllocationModel,
  copyModel,
  Field,
  type ModelDraft,
} from '../../../model/allocation-model.js';
import { clientsOf, fittedLaw, GUESS_WEIGHT } from '../../../model/fitted-law.js';
import { type LatencyLaw, secondsWithoutMinimum } from '../../../model/latency-law.js';
import { tailRatioOf } from '../../../model/tail.js';
import {
  decayFactor,
  scaleWork,
  updateWork,
  withWorkScaled,
} from '../../../model/work-estimator.js';
import type { SnapshotAllocation } from '../../../types.js';
import { foldClass, foldRefuted } from './answers.js';
import { learnArrivals } from './arrivals.js';
import { type Evidence, evidenceOf, isMeasured, limitInForce } from './evidence.js';
import { beginCounts, beginLife, endLife, hasFewerAnswers } from './life.js';
import { forgetUnansweredLoan, isLoanOver } from './loan.js';
import { foldOverhead, isNeverIdle, learnBusy, queueTail, residualSeconds } from './queue.js';
import { learnSeenCores } from './seen-cores.js';
import { MIN_WORK_SECONDS, requestsSince, spentSince } from './spent.js';
import { besideRatioOf, foldMeanWait, learnLeastWait } from './waits.js';

/** Share of the residual's weight that a new limit leaves. */
const OVERHEAD_KEPT = 0.1;
const MIN_KEPT = 1;
/** The period decides how much of the overhead passes while throttled. */
const MIN_KEPT_OTHER_PERIOD = 0.3;
const BIG_CHANGE = 0.1;
const FREE_MEMORY = 30;
const TAIL_MEMORY = { closed: 100, open: 4000 } as const;
/** A latency this far below the minimum proves the minimum wrong. */
const BEATS_MINIMUM_RATIO = 0.93;
/** A law that exceeds what is seen by this factor is wrong. */
const REFUTED_RATIO = 1.03;
/** The mean, and only the service time. */
const BARE_LAW: LatencyLaw = {
  workSeconds: 0,
  overheadSeconds: 0,
  ratePerSecond: 0,
  queueing: 0.5,
  besideSeconds: 0,
  savedSeconds: 0,
  minSeconds: 0,
  quantile: 0,
  tailRatio: 1,
};
/** A request this many reports long. */
const LONG_REQUEST = 2;
/** Use, as a ratio of the limit or of one core, under which a container was idle. */
const IDLE = 0.8;

/** What is true of the container and its node now. */
export interface LearnContext {
  /** Life of the container that the model counts in; '' = none yet. */
  readonly lifeId: string;
  /** Other programs take CPU of the host: a starved container then says nothing of itself. */
  readonly isHostShort: boolean;
  /** What requests of all jobs of the host cost now ÷ at the last report; absent = 1. */
  readonly workFactor?: number;
  /** It is a closed loop, whatever its requests look like (loops.ts); absent = no. */
  readonly isLoop?: boolean;
}

/**
 * Folds one report into the model of an allocation; a report seen before says nothing more. It
 * needs no experiments: W is CPU spent ÷ requests answered between the ends of two requests, under
 * any limit. Overhead, usable cores and tail come from requests that began after the last change of
 * the limit.
 */
export function learn(
  model: AllocationModel,
  allocation: SnapshotAllocation,
  { lifeId, isHostShort, workFactor = 1, isLoop = false }: LearnContext,
): AllocationModel {
  const { report, observedAtMs, target } = allocation;
  if (!isMeasured(report) || observedAtMs === model[Field.seenAtMs])
    return withWorkScaled(model, workFactor);
  const draft = copyModel(model);
  if (workFactor !== 1) scaleWork(draft, workFactor);
  const { usageTotalSeconds } = report.cpu;
  if (report.lifeId !== lifeId || usageTotalSeconds < model[Field.cpuSeconds]) {
    beginLife(draft, observedAtMs, usageTotalSeconds);
    if (lifeId !== '') endLife(draft, lifeId, report.lifeId);
  } else if (hasFewerAnswers(model, report)) beginCounts(draft);
  forgetUnansweredLoan(draft, limitInForce(report), observedAtMs);
  const evidence = evidenceOf(draft, allocation, report);
  if (evidence !== null && report.latency !== null) {
    if (isLoanOver(draft, evidence, observedAtMs)) draft[Field.lentCores] = 0;
    if (draft[Field.lentCores] > 0) countOnly(draft, evidence);
    else {
      const { latency } = report;
      foldRefuted(draft, { evidence, report, target, latencyMs: allocation.latencyMs });
      const isRefuted = draft[Field.isRefuted];
      // What its CPU says is learnt as if it were believed: so it can be held against its answers.
      draft[Field.isRefuted] = 0;
      learnFrom(draft, withoutStarving(evidence, isHostShort), { latency, target, isLoop });
      draft[Field.isRefuted] = isRefuted;
    }
  }
  foldClass(draft, allocation, report);
  const limitCores = limitInForce(report);
  draft[Field.seenAtMs] = observedAtMs;
  draft[Field.cpuSeconds] = report.cpu.usageTotalSeconds;
  draft[Field.count] = report.latency?.totalCount ?? 0;
  draft[Field.totalMs] = report.latency?.totalMs ?? 0;
  draft[Field.limitCores] = Number.isFinite(limitCores) ? limitCores : 0;
  if (draft[Field.workCount] >= draft[Field.inheritedUntil]) draft[Field.inheritedUntil] = 0;
  return draft;
}

// Where no other program takes CPU, it is the neighbours under limits of dqoes that run first now
// and then.
const withoutStarving = (evidence: Evidence, isHostShort: boolean): Evidence =>
  evidence.regime === 'starved' && !isHostShort ? { ...evidence, regime: 'mixed' } : evidence;

/** What clients saw, what they asked for, and whether they are known to wait for answers. */
interface Answers {
  readonly latency: LatencyReport;
  readonly target: Target | null;
  readonly isLoop: boolean;
}

function learnFrom(
  model: ModelDraft,
  evidence: Evidence,
  { latency, target, isLoop }: Answers,
): void {
  if (evidence.count === 0) return;
  if (model[Field.doneCount] > 0) learnArrivals(model, evidence, isLoop);
  const spanSeconds = learnWork(model, evidence);
  learnSeenCores(model, evidence, spanSeconds);
  if (latency.sinceChangeCount >= latency.window.count) model[Field.isUnsettled] = 0;
  if (evidence.regime !== 'starved') {
    if (target !== null && target.statistic !== 'mean')
      learnTail(model, evidence, { latency, target });
    if (model[Field.isOpen] && target?.statistic === 'mean')
      learnLeastWait(model, evidence, latency);
    if (model[Field.isOpen] && isNeverIdle(model, evidence))
      learnBusy(model, evidence, spanSeconds);
    else if (evidence.isClean && spanSeconds > 0) learnLatency(model, evidence, spanSeconds);
  }
  countOnly(model, evidence);
}

function countOnly(model: ModelDraft, evidence: Evidence): void {
  if (evidence.count === 0) return;
  model[Field.doneCount] = model[Field.count] + evidence.count;
  model[Field.doneCpuSeconds] = evidence.doneCpuSeconds;
  model[Field.doneAtMs] = evidence.doneAtMs;
  model[Field.lastMeanSeconds] = evidence.waitedSeconds / evidence.count;
}

/** Returns the work of one of just these requests, s; 0 = not known. */
function learnWork(model: ModelDraft, evidence: Evidence): number {
  const { count, waitedSeconds } = evidence;
  if (model[Field.doneCount] > 0) {
    const requests = requestsSince(model, count);
    const seconds = spentSince(model, evidence.doneCpuSeconds, requests);
    updateWork(model, seconds, requests);
    return seconds / requests;
  }
  if (model[Field.workCount] > 0) return 0;
  const rateCores = firstRate(model, evidence);
  if (rateCores === null) return 0;
  model[Field.workSeconds] =
    Math.max(MIN_WORK_SECONDS, (rateCores * waitedSeconds) / count) * GUESS_WEIGHT;
  model[Field.workCount] = GUESS_WEIGHT;
  return 0;
}

// Cores used while the first requests ran; null where the container was idle for most of the
// report, so that nothing can be said before another answer. Where a request outlasts a report, the
// last report alone may show only its idle part.
function firstRate(model: ModelDraft, evidence: Evidence): number | null {
  const {
    regime,
    limitCores,
    usedSeconds,
    seconds,
    waitedSeconds,
    count,
    doneAtMs,
    doneCpuSeconds,
  } = evidence;
  const livedSeconds = (doneAtMs - model[Field.bornAtMs]) / 1000;
  if (waitedSeconds / count > LONG_REQUEST * seconds && livedSeconds > 0)
    return (doneCpuSeconds - model[Field.bornCpuSeconds]) / livedSeconds;
  if (regime === 'bound') return limitCores;
  const usedCores = usedSeconds / seconds;
  return usedCores < IDLE * Math.min(1, limitCores) ? null : usedCores;
}

function learnTail(
  model: ModelDraft,
  evidence: Evidence,
  { latency, target }: { readonly latency: LatencyReport; readonly target: Target },
): void {
  const isClean = evidence.isClean && latency.sinceChangeCount >= latency.window.count;
  const kind = model[Field.isOpen] ? 'open' : 'closed';
  const ratio = model[Field.isOpen]
    ? queueTail(model, evidence, { latency, target })
    : isClean
      ? tailRatioOf(latency.window, target.statistic)
      : null;
  if (ratio === null) return;
  const weight = Math.min(evidence.count, latency.window.count);
  const keep = decayFactor(weight, TAIL_MEMORY[kind]);
  model[Field.tailSum] = model[Field.tailSum] * keep + ratio * weight;
  model[Field.tailWeight] = model[Field.tailWeight] * keep + weight;
}

// Uses the work of just these requests, so that its noise cancels against that of their latency.
function learnLatency(model: ModelDraft, evidence: Evidence, spanSeconds: number): void {
  const { count, waitedSeconds, regime, limitCores } = evidence;
  // A source with a coarse clock can answer requests in no time at all, which says nothing.
  if (!(waitedSeconds > 0)) return;
  const meanSeconds = waitedSeconds / count;
  if (regime === 'free') {
    learnFree(model, count, (spanSeconds * clientsOf(model)) / meanSeconds);
    forgetRefuted(model, meanSeconds, limitCores);
    return;
  }
  if (!Number.isFinite(limitCores)) return;
  if (!foldWithoutCpu(model, evidence, spanSeconds)) return;
  if (
    model[Field.freeCores] === 0 ||
    meanSeconds >= (BEATS_MINIMUM_RATIO * spanSeconds * clientsOf(model)) / model[Field.freeCores]
  )
    return;
  model[Field.freeCores] = 0;
  model[Field.freeWeight] = 0;
}

/** Folds what a request took without CPU; false where the law says nothing of these requests. */
function foldWithoutCpu(model: ModelDraft, evidence: Evidence, spanSeconds: number): boolean {
  foldMeanWait(model, evidence);
  if (besideRatioOf(model) === 1) return true;
  const residual = residualSeconds(model, evidence, spanSeconds);
  if (residual === null) return false;
  foldOverhead(model, residual, evidence.count);
  return true;
}

function learnFree(model: ModelDraft, count: number, usedCores: number): void {
  const keep = decayFactor(count, FREE_MEMORY);
  const weight = model[Field.freeWeight] * keep + count;
  model[Field.freeCores] =
    (model[Field.freeCores] * model[Field.freeWeight] * keep + usedCores * count) / weight;
  model[Field.freeWeight] = weight;
}

// An overhead that explains more than is seen while the limit does not even bind is wrong.
function forgetRefuted(model: ModelDraft, meanSeconds: number, limitCores: number): void {
  const law = fittedLaw(model, 'mean') ?? BARE_LAW;
  if (secondsWithoutMinimum(law, limitCores) <= REFUTED_RATIO * meanSeconds) return;
  model[Field.overheadSeconds] /= 2;
  model[Field.overheadWeight] /= 2;
}

/**
 * To be called when a new limit is decided: in a closed loop the overhead seen under the old one
 * counts for less, and the tail of a queue is different for a while.
 */
export function afterChange(model: AllocationModel, from: CpuLimit, to: CpuLimit): AllocationModel {
  // Without a quota before and after no limit binds: what was seen stays valid.
  if (from.cpuCores === null && to.cpuCores === null) return model;
  const isSamePeriod = from.periodUs === to.periodUs;
  const isNear =
    Math.abs((to.cpuCores ?? 0) / (from.cpuCores ?? Number.POSITIVE_INFINITY) - 1) < BIG_CHANGE;
  if (isNear && (isSamePeriod || model[Field.isOpen])) return model;
  const draft = copyModel(model);
  if (model[Field.isOpen]) {
    draft[Field.isUnsettled] = 1;
    return draft;
  }
  // The mean stays and its weight falls, so that one new answer counts as much as all before.
  const leastWeight = isSamePeriod ? MIN_KEPT : MIN_KEPT_OTHER_PERIOD;
  const weight = Math.max(
    Math.min(model[Field.overheadWeight], leastWeight),
    model[Field.overheadWeight] * OVERHEAD_KEPT,
  );
  const kept = model[Field.overheadWeight] > 0 ? weight / model[Field.overheadWeight] : 0;
  draft[Field.overheadSeconds] *= kept;
  draft[Field.overheadWeight] = weight;
  return draft;
}
