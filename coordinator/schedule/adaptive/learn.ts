import type { Statistic } from '../../../shared/qoe.js';
import type { LatencyReport } from '../../../shared/report.js';
import type { SnapshotAllocation } from '../types.js';
import { learnArrivals } from './arrivals.js';
import { type Evidence, evidenceOf, isMeasured, limitInForce } from './evidence.js';
import { fold, foldWork } from './filter.js';
import { type Known, NOTHING_KNOWN } from './known.js';
import { type Law, latencySeconds } from './law.js';
import { tailRatioOf } from './tail.js';

/** What was known before any request ended, in requests: a first guess yields to the first real measurement. */
const GUESS_WEIGHT = 0.5;
const OVERHEAD_MEMORY = { closed: 60, open: 300 } as const;
/** The residual is taken to be zero with this weight, requests: of a queue only many answers tell anything. */
const OVERHEAD_PRIOR = { closed: 1, open: 30 } as const;
/** What another limit leaves of the weight of the residual seen under the last one. */
const OVERHEAD_KEPT = 0.3;
const BIG_CHANGE = 0.1;
const FREE_MEMORY = 30;
const TAIL_MEMORY = 100;
/** A latency this far below the "least" proves the least wrong. */
const BEATS_LEAST = 0.93;

/**
 * Folds one report into what is known of an allocation; a report seen before changes nothing. Needs no experiments: W is ΔCPU ÷ Δrequests between the ends of two
 * requests, whatever the limit was meanwhile; overhead, usable cores and tail come from requests that began after the last change of the limit.
 */
export function learn(known: Known, allocation: SnapshotAllocation): Known {
  const { report, observedAtMs } = allocation;
  if (!isMeasured(report) || observedAtMs === known.seenAtMs) return known;
  const before = report.lifeId === known.lifeId ? known : newLife(known, report.lifeId);
  const evidence = evidenceOf(before, allocation, report);
  const limitCores = limitInForce(report);
  const counters = {
    seenAtMs: observedAtMs,
    cpuSeconds: report.cpu.usageTotalSeconds,
    count: report.latency?.totalCount ?? 0,
    totalMs: report.latency?.totalMs ?? 0,
    underCores: Number.isFinite(limitCores) ? limitCores : 0,
  };
  if (evidence === null) return { ...before, ...counters };
  const learned = learnFrom(before, evidence, report.latency, allocation.target?.statistic ?? 'mean');
  return { ...learned, ...counters };
}

// The same program again: what it costs stays likely, its counters begin anew.
const newLife = (known: Known, lifeId: string): Known => ({
  ...known,
  ...{ lifeId, seenAtMs: 0, doneCount: 0, doneCpuSeconds: 0 },
  workSeconds: known.workCount > 2 ? (known.workSeconds / known.workCount) * 2 : known.workSeconds,
  workCount: Math.min(2, known.workCount),
});

function learnFrom(known: Known, evidence: Evidence, latency: LatencyReport | null, statistic: Statistic): Known {
  if (latency === null) return known;
  const arrived = known.doneCount > 0 ? learnArrivals(known, evidence, latency.newestAgeMs / 1000) : known;
  if (evidence.count === 0) return arrived;
  const worked = learnWork(arrived, evidence);
  const done = {
    doneCount: known.count + evidence.count,
    doneCpuSeconds: evidence.doneCpuSeconds,
    lastMeanSeconds: evidence.waitedSeconds / evidence.count,
  };
  if (!evidence.isClean || evidence.regime === 'starved') return { ...worked, ...done };
  const tailed =
    latency.sinceChangeCount >= latency.window.count ? learnTail(worked, evidence, latency, statistic) : worked;
  const spanSeconds =
    known.doneCount > 0 ? (evidence.doneCpuSeconds - known.doneCpuSeconds) / (done.doneCount - known.doneCount) : 0;
  return { ...learnLatency(tailed, evidence, spanSeconds), ...done };
}

function learnWork(
  known: Known,
  { count, usedSeconds, seconds, waitedSeconds, doneCpuSeconds, regime, limitCores }: Evidence,
): Known {
  if (known.doneCount > 0) {
    const requests = known.count + count - known.doneCount;
    return {
      ...known,
      ...foldWork(known, { seconds: Math.max(1e-7 * requests, doneCpuSeconds - known.doneCpuSeconds), requests }),
    };
  }
  if (known.workCount > 0) return known;
  const rateCores = regime === 'bound' ? limitCores : usedSeconds / seconds;
  const guessSeconds = Math.max(1e-7, (rateCores * waitedSeconds) / count);
  return { ...known, workSeconds: guessSeconds * GUESS_WEIGHT, workCount: GUESS_WEIGHT };
}

function learnTail(known: Known, { count }: Evidence, latency: LatencyReport, statistic: Statistic): Known {
  if (statistic === 'mean') return known;
  const { sum, weight } = fold(known.tailSum, known.tailWeight, {
    value: tailRatioOf(latency.window, statistic),
    weight: Math.min(count, latency.window.count),
    memory: TAIL_MEMORY,
  });
  return { ...known, tailSum: sum, tailWeight: weight };
}

// `spanSeconds`: work of just these requests, so that its noise cancels against theirs; 0 = not known.
function learnLatency(known: Known, evidence: Evidence, spanSeconds: number): Known {
  if (spanSeconds <= 0) return known;
  const { count, waitedSeconds, regime, limitCores } = evidence;
  const meanSeconds = waitedSeconds / count;
  if (regime === 'free') {
    const free = fold(known.freeCores * known.freeWeight, known.freeWeight, {
      value: spanSeconds / meanSeconds,
      weight: count,
      memory: FREE_MEMORY,
    });
    return { ...known, freeCores: free.sum / free.weight, freeWeight: free.weight };
  }
  if (!Number.isFinite(limitCores)) return known;
  const kind = known.isOpen ? 'open' : 'closed';
  const workSeconds = known.isOpen ? known.workSeconds / known.workCount : spanSeconds;
  const law: Law = { workSeconds, overheadSeconds: 0, ratePerSecond: rateOf(known), leastSeconds: 0 };
  const modelSeconds = latencySeconds(law, limitCores);
  if (!Number.isFinite(modelSeconds)) return known;
  const overhead = fold(known.overheadSeconds, known.overheadWeight, {
    value: Math.min(meanSeconds, Math.max(-0.3 * meanSeconds, meanSeconds - modelSeconds)),
    weight: count,
    memory: OVERHEAD_MEMORY[kind],
  });
  const leastSeconds = known.freeCores > 0 ? spanSeconds / known.freeCores : 0;
  const isDisproved = meanSeconds < BEATS_LEAST * leastSeconds;
  return {
    ...known,
    overheadSeconds: overhead.sum,
    overheadWeight: overhead.weight,
    ...(isDisproved ? { freeCores: 0, freeWeight: 0 } : {}),
  };
}

/** To be called when another limit is decided: what was seen as overhead under the old one counts for less. */
export function afterChange(known: Known, fromCores: number, toCores: number): Known {
  if (Math.abs(toCores / fromCores - 1) < BIG_CHANGE) return known;
  return {
    ...known,
    overheadSeconds: known.overheadSeconds * OVERHEAD_KEPT,
    overheadWeight: known.overheadWeight * OVERHEAD_KEPT,
  };
}

/** λ of open arrivals, requests per second; 0 = closed loop or not known. */
export const rateOf = ({ isOpen, arrivedCount, arrivedSeconds }: Known): number =>
  isOpen && arrivedSeconds > 0 ? arrivedCount / arrivedSeconds : 0;

/** k: statistic ÷ mean; 1 until seen. */
export const tailOf = ({ tailSum, tailWeight }: Known): number => (tailWeight > 0 ? tailSum / tailWeight : 1);

/** What is known, as a law of latency; null before any request has ended. */
export function lawOf(known: Known): Law | null {
  if (known.workCount === 0) return null;
  const workSeconds = known.workSeconds / known.workCount;
  const prior = OVERHEAD_PRIOR[known.isOpen ? 'open' : 'closed'];
  return {
    workSeconds,
    overheadSeconds: known.overheadSeconds / (known.overheadWeight + prior),
    ratePerSecond: rateOf(known),
    leastSeconds: known.freeCores > 0 ? workSeconds / known.freeCores : 0,
  };
}

/** Relative standard error of the latency that the law predicts. */
export function errorRatioOf(known: Known): number {
  const work = known.noiseRatio / Math.sqrt(Math.max(GUESS_WEIGHT, known.workCount));
  const queue = known.isOpen ? 1 / Math.sqrt(known.arrivedCount + OVERHEAD_PRIOR.open) : 0;
  return Math.hypot(work, queue);
}

export { NOTHING_KNOWN };
