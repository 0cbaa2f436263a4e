import type { CpuLimit } from '../../../../../shared/command.js';
import type { Target } from '../../../../../shared/qoe.js';
import type { LatencyReport } from '../../../../../shared/report.js';
import { foldWork, keptRatio } from '../../../model/work-estimator.js';
import { type Draft, draftOf, K, type Known } from '../../../model/allocation-model.js';
import { type Law, latencySeconds } from '../../../model/latency-law.js';
import { clientsOf, GUESS_WEIGHT, lawOf } from '../../../model/fitted-law.js';
import { tailRatioOf } from '../../../model/tail.js';
import type { SnapshotAllocation } from '../../../types.js';
import { learnArrivals } from './arrivals.js';
import { type Evidence, evidenceOf, isMeasured, limitInForce, type Measured } from './evidence.js';
import { foldOverhead, isNeverIdle, learnBusy, queueTail, residualSeconds } from './queue.js';

/** What another limit leaves of the weight of the residual seen under the last one. */
const OVERHEAD_KEPT = 0.1;
const LEAST_KEPT = 1;
/** The period decides how much of the overhead passes while throttled. */
const LEAST_KEPT_OTHER_PERIOD = 0.3;
const BIG_CHANGE = 0.1;
const FREE_MEMORY = 30;
const TAIL_MEMORY = { closed: 100, open: 4000 } as const;
/** A latency this far below the "least" proves the least wrong. */
const BEATS_LEAST = 0.93;
const REFUTED = 1.03;
/** The mean, and nothing but the service time. */
const BARE: Law = {
  workSeconds: 0,
  overheadSeconds: 0,
  ratePerSecond: 0,
  queueing: 0.5,
  savedSeconds: 0,
  leastSeconds: 0,
  quantile: 0,
  tailRatio: 1,
};
const LEAST_WORK_SECONDS = 1e-7;
const REMEMBERED_REQUESTS = 2;
/** Reports. */
const LONG_REQUEST = 2;
/** Use, as a ratio of the limit or of one core, under which a container was idle. */
const IDLE = 0.8;

export interface LearnContext {
  /** Which life of the container `known` counts in; '' = none yet. */
  readonly lifeId: string;
  /** Something else takes CPU of the host: a starved container then says nothing of itself. */
  readonly isHostShort: boolean;
}

/**
 * Folds one report into what is known of an allocation; a report seen before changes nothing. Needs
 * no experiments: W is CPU spent ÷ requests answered between the ends of two requests, whatever the
 * limit was meanwhile; overhead, usable cores and tail come from requests that began after the last
 * change of the limit.
 */
export function learn(
  known: Known,
  allocation: SnapshotAllocation,
  { lifeId, isHostShort }: LearnContext,
): Known {
  const { report, observedAtMs, target } = allocation;
  if (!isMeasured(report) || observedAtMs === known[K.seenAtMs]) return known;
  const draft = draftOf(known);
  if (report.lifeId !== lifeId || hasFallen(known, report))
    beginLife(draft, observedAtMs, report.cpu.usageTotalSeconds);
  const evidence = evidenceOf(draft, allocation, report);
  if (evidence !== null && report.latency !== null)
    learnFrom(draft, withoutStarving(evidence, isHostShort), { latency: report.latency, target });
  const limitCores = limitInForce(report);
  draft[K.seenAtMs] = observedAtMs;
  draft[K.cpuSeconds] = report.cpu.usageTotalSeconds;
  draft[K.count] = report.latency?.totalCount ?? 0;
  draft[K.totalMs] = report.latency?.totalMs ?? 0;
  draft[K.underCores] = Number.isFinite(limitCores) ? limitCores : 0;
  return draft;
}

// The counters of answers begin anew with the agent, too.
const hasFallen = (known: Known, { cpu, latency }: Measured): boolean =>
  cpu.usageTotalSeconds < known[K.cpuSeconds] ||
  (latency?.totalCount ?? 0) < known[K.count] ||
  (latency?.totalMs ?? 0) < known[K.totalMs];

// The same program again: what it costs stays likely, its counters begin anew.
function beginLife(known: Draft, atMs: number, cpuSeconds: number): void {
  const kept =
    known[K.workCount] > REMEMBERED_REQUESTS ? REMEMBERED_REQUESTS / known[K.workCount] : 1;
  known[K.bornAtMs] = atMs;
  known[K.bornCpuSeconds] = cpuSeconds;
  known[K.seenAtMs] = 0;
  known[K.doneCount] = 0;
  known[K.doneCpuSeconds] = 0;
  known[K.workSeconds] *= kept;
  known[K.workCount] *= kept;
}

// Where nobody else takes CPU, it is the neighbours under our own limits that come first now and
// then.
const withoutStarving = (evidence: Evidence, isHostShort: boolean): Evidence =>
  evidence.regime === 'starved' && !isHostShort ? { ...evidence, regime: 'mixed' } : evidence;

interface Seen {
  readonly latency: LatencyReport;
  readonly target: Target | null;
}

function learnFrom(known: Draft, evidence: Evidence, { latency, target }: Seen): void {
  if (evidence.count === 0) return;
  if (known[K.doneCount] > 0) learnArrivals(known, evidence);
  const spanSeconds = learnWork(known, evidence);
  if (latency.sinceChangeCount >= latency.window.count) known[K.isUnsettled] = 0;
  if (evidence.regime !== 'starved') {
    if (target !== null && target.statistic !== 'mean')
      learnTail(known, evidence, { latency, target });
    if (known[K.isOpen] && isNeverIdle(known, evidence)) learnBusy(known, evidence, spanSeconds);
    else if (evidence.isClean && spanSeconds > 0) learnLatency(known, evidence, spanSeconds);
  }
  known[K.doneCount] = known[K.count] + evidence.count;
  known[K.doneCpuSeconds] = evidence.doneCpuSeconds;
  known[K.doneAtMs] = evidence.doneAtMs;
  known[K.lastMeanSeconds] = evidence.waitedSeconds / evidence.count;
}

/** Returns the work of one of just these requests, s; 0 = not known. */
function learnWork(known: Draft, evidence: Evidence): number {
  const { count, waitedSeconds, doneCpuSeconds } = evidence;
  if (known[K.doneCount] > 0) {
    const requests = known[K.count] + count - known[K.doneCount];
    const spent = Math.max(LEAST_WORK_SECONDS * requests, doneCpuSeconds - known[K.doneCpuSeconds]);
    foldWork(known, spent, requests);
    return spent / requests;
  }
  if (known[K.workCount] > 0) return 0;
  const rateCores = firstRate(known, evidence);
  if (rateCores === null) return 0;
  known[K.workSeconds] =
    Math.max(LEAST_WORK_SECONDS, (rateCores * waitedSeconds) / count) * GUESS_WEIGHT;
  known[K.workCount] = GUESS_WEIGHT;
  return 0;
}

// Cores used while the first requests ran; null where the container was idle for most of the
// report, so that nothing can be said before another answer. Where one outlasts a report, the last
// report alone may show its idle part only.
function firstRate(known: Draft, evidence: Evidence): number | null {
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
  const livedSeconds = (doneAtMs - known[K.bornAtMs]) / 1000;
  if (waitedSeconds / count > LONG_REQUEST * seconds && livedSeconds > 0)
    return (doneCpuSeconds - known[K.bornCpuSeconds]) / livedSeconds;
  if (regime === 'bound') return limitCores;
  const usedCores = usedSeconds / seconds;
  return usedCores < IDLE * Math.min(1, limitCores) ? null : usedCores;
}

function learnTail(
  known: Draft,
  evidence: Evidence,
  { latency, target }: { readonly latency: LatencyReport; readonly target: Target },
): void {
  const isClean = evidence.isClean && latency.sinceChangeCount >= latency.window.count;
  const kind = known[K.isOpen] ? 'open' : 'closed';
  const ratio = known[K.isOpen]
    ? queueTail(known, evidence, { latency, target })
    : isClean
      ? tailRatioOf(latency.window, target.statistic)
      : null;
  if (ratio === null) return;
  const weight = Math.min(evidence.count, latency.window.count);
  const keep = keptRatio(weight, TAIL_MEMORY[kind]);
  known[K.tailSum] = known[K.tailSum] * keep + ratio * weight;
  known[K.tailWeight] = known[K.tailWeight] * keep + weight;
}

// The work of just these requests, so that its noise cancels against that of their latency.
function learnLatency(known: Draft, evidence: Evidence, spanSeconds: number): void {
  const { count, waitedSeconds, regime, limitCores } = evidence;
  const meanSeconds = waitedSeconds / count;
  if (regime === 'free') {
    learnFree(known, count, (spanSeconds * clientsOf(known)) / meanSeconds);
    forgetRefuted(known, meanSeconds, limitCores);
    return;
  }
  if (!Number.isFinite(limitCores)) return;
  const residual = residualSeconds(known, evidence, spanSeconds);
  if (residual === null) return;
  foldOverhead(known, residual, count);
  if (
    known[K.freeCores] === 0 ||
    meanSeconds >= (BEATS_LEAST * spanSeconds * clientsOf(known)) / known[K.freeCores]
  )
    return;
  known[K.freeCores] = 0;
  known[K.freeWeight] = 0;
}

function learnFree(known: Draft, count: number, usedCores: number): void {
  const keep = keptRatio(count, FREE_MEMORY);
  const weight = known[K.freeWeight] * keep + count;
  known[K.freeCores] =
    (known[K.freeCores] * known[K.freeWeight] * keep + usedCores * count) / weight;
  known[K.freeWeight] = weight;
}

// An overhead that explains more than what is seen while the limit does not even bind is wrong.
function forgetRefuted(known: Draft, meanSeconds: number, limitCores: number): void {
  const law = { ...(lawOf(known, 'mean') ?? BARE), leastSeconds: 0 };
  if (latencySeconds(law, limitCores) <= REFUTED * meanSeconds) return;
  known[K.overheadSeconds] /= 2;
  known[K.overheadWeight] /= 2;
}

/**
 * To be called when another limit is decided: what was seen as overhead under the old one counts
 * for less in a closed loop, and the tail of a queue is another for a while.
 */
export function afterChange(known: Known, from: CpuLimit, to: CpuLimit): Known {
  // Without a quota before and after nothing binds: what was seen stays as true as it was.
  if (from.cpuCores === null && to.cpuCores === null) return known;
  const isSamePeriod = from.periodUs === to.periodUs;
  const isNear =
    Math.abs((to.cpuCores ?? 0) / (from.cpuCores ?? Number.POSITIVE_INFINITY) - 1) < BIG_CHANGE;
  if (isNear && (isSamePeriod || known[K.isOpen])) return known;
  const draft = draftOf(known);
  if (known[K.isOpen]) {
    draft[K.isUnsettled] = 1;
    return draft;
  }
  // The mean stays, its weight sinks: one new answer then counts as much as all before.
  const leastWeight = isSamePeriod ? LEAST_KEPT : LEAST_KEPT_OTHER_PERIOD;
  const weight = Math.max(
    Math.min(known[K.overheadWeight], leastWeight),
    known[K.overheadWeight] * OVERHEAD_KEPT,
  );
  const kept = known[K.overheadWeight] > 0 ? weight / known[K.overheadWeight] : 0;
  draft[K.overheadSeconds] *= kept;
  draft[K.overheadWeight] = weight;
  return draft;
}
