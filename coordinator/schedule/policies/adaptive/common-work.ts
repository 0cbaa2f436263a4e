import { sum } from '../../limits/fit.js';
import { type AllocationModel, Field } from '../../model/allocation-model.js';
import type { SnapshotAllocation } from '../../types.js';
import { evidenceOf, isMeasured } from './learn/evidence.js';
import { spentSince } from './learn/spent.js';

/**
 * How the cost of requests changes for all jobs of a host at once, as it does where others share
 * its hardware: by a quarter within seconds.
 */
export interface CommonWork {
  /** Natural logarithm of what the work of every job is multiplied by now; 0 = nothing. */
  readonly change: number;
  /** Share of what is seen that is believed. */
  readonly gain: number;
  /** By how much all were off their models in the newest report, logarithm; its mean square. */
  readonly innovation: number;
  readonly meanSquare: number;
  /** What requests cost now ÷ on average lately, logarithm. */
  readonly lead: number;
}

const FIRST_GAIN = 0.4;
const GAIN = { least: 0.2, most: 0.6 } as const;
/** The gain grows or falls by at most this share in a report. */
const GAIN_RATE = 0.05;
/** The mean square covers about the last ten reports; a single one counts at most ninefold. */
const SQUARE_GAIN = 0.1;
const MAX_SQUARES = 9;

/** The average that is compared with covers about the last 15 reports. */
const LEAD_KEPT = 14 / 15;

/** Nothing seen yet. */
export const NO_COMMON_WORK: CommonWork = {
  change: 0,
  gain: FIRST_GAIN,
  innovation: 0,
  meanSquare: 0,
  lead: 0,
};

/** Fewer jobs cannot tell what they have in common from what is their own. */
const MIN_JOBS = 3;
/** Requests from which a model says what one costs. */
const MIN_REQUESTS = 5;
/** By how much the cost of one job differs from report to report by itself, relative. */
const OWN_DRIFT = 0.03;
/** Squares of the work of one request that a request under way at either end adds. */
const STRADDLING = 0.5;
/** A job counts at most this number of its standard deviations away from the middle of all. */
const MAX_DEVIATIONS = 2.5;
/** No host changes its speed by more within a report: e^0.35 is 1.4 times. */
const MAX_CHANGE = 0.35;

/** What is remembered of the host's allocations, in id order. */
export interface KnownModels {
  readonly ids: readonly string[];
  readonly models: readonly AllocationModel[];
  readonly lives: readonly string[];
}

/** How far the requests of one job were off its model, logarithm, and the variance of that. */
interface Innovation {
  readonly ratio: number;
  readonly variance: number;
}

/**
 * Folds the newest reports of a host. The common part is their robust mean, each weighted by how
 * much it says; replicas of a job count as one, because their clients change together. The gain
 * follows the data, like that of a filter whose innovations are to be white (Mehra 1970): two in
 * the same direction say that it was too small, two in turn that chance was followed.
 */
export function foldCommonWork(
  before: CommonWork,
  allocations: readonly SnapshotAllocation[],
  { isNews, ...known }: KnownModels & { readonly isNews: boolean },
): CommonWork {
  const seen = innovationsOf(allocations, known);
  const lead = isNews ? fadedLead(before.lead) : before.lead;
  const innovation = seen.length < MIN_JOBS ? 0 : commonPart(seen);
  if (innovation === 0 || Math.abs(innovation) > MAX_CHANGE) return withoutChange(before, lead);
  const square = innovation * innovation;
  const meanSquare =
    before.meanSquare === 0
      ? square
      : before.meanSquare +
        SQUARE_GAIN * (Math.min(square, MAX_SQUARES * before.meanSquare) - before.meanSquare);
  const likeness = meanSquare === 0 ? 0 : (innovation * before.innovation) / meanSquare;
  const wanted = before.gain * Math.exp(GAIN_RATE * Math.max(-1, Math.min(1, likeness)));
  const gain = Math.max(GAIN.least, Math.min(GAIN.most, wanted));
  const change = gain * innovation;
  return { change, gain, innovation, meanSquare, lead: lead + change };
}

/** What requests cost on average lately ÷ now, at least 1. */
export const slowerBefore = ({ lead }: CommonWork): number => Math.exp(Math.max(0, -lead));

/** Less of it is nothing. */
const LEAST_LEAD = 1e-4;

function fadedLead(lead: number): number {
  const kept = lead * LEAD_KEPT;
  return Math.abs(kept) < LEAST_LEAD ? 0 : kept;
}

const withoutChange = (before: CommonWork, lead: number): CommonWork =>
  before.change === 0 && before.innovation === 0 && before.lead === lead
    ? before
    : { ...before, change: 0, innovation: 0, lead };

// One for each job. `allocations` and `ids` are both in id order.
function innovationsOf(
  allocations: readonly SnapshotAllocation[],
  { ids, models, lives }: KnownModels,
): readonly Innovation[] {
  const byJob = new Map<string, Innovation[]>();
  let at = 0;
  for (const allocation of allocations) {
    while (at < ids.length && (ids[at] ?? '') < allocation.id) at += 1;
    const model = ids[at] === allocation.id ? models[at] : undefined;
    const seen = model === undefined ? null : innovationOf(model, allocation, lives[at] ?? '');
    if (seen === null) continue;
    const others = byJob.get(allocation.job);
    if (others === undefined) byJob.set(allocation.job, [seen]);
    else others.push(seen);
  }
  return [...byJob.values()].map((seen) => {
    const weight = sum(seen.map(({ variance }) => 1 / variance));
    const ratio = sum(seen.map((each) => each.ratio / each.variance)) / weight;
    return { ratio, variance: 1 / weight + OWN_DRIFT * OWN_DRIFT };
  });
}

function innovationOf(
  model: AllocationModel,
  allocation: SnapshotAllocation,
  lifeId: string,
): Innovation | null {
  const { report, observedAtMs } = allocation;
  if (!isMeasured(report) || observedAtMs === model[Field.seenAtMs]) return null;
  if (report.lifeId !== lifeId || model[Field.doneCount] === 0) return null;
  if (model[Field.workCount] < MIN_REQUESTS || model[Field.lentCores] > 0) return null;
  const evidence = evidenceOf(model, allocation, report);
  if (evidence === null || evidence.count === 0) return null;
  const { seconds, requests } = spentSince(model, evidence);
  const square = model[Field.noiseRatio] ** 2;
  const straddling = model[Field.isOpen] === 1 ? STRADDLING / requests ** 2 : 0;
  const [itsVariance, meanVariance] = [
    square / requests + straddling,
    square / model[Field.workCount],
  ];
  const ratio = Math.log(
    ((seconds / requests) * model[Field.workCount]) / model[Field.workSeconds],
  );
  // The logarithm of a mean is too low by half its variance.
  return { ratio: ratio + (itsVariance - meanVariance) / 2, variance: itsVariance + meanVariance };
}

function commonPart(seen: readonly Innovation[]): number {
  const total = sum(seen.map(({ variance }) => 1 / variance));
  const sorted = seen
    .map(({ ratio, variance }) => ({ ratio, variance, weight: weightOf(1 / variance, total) }))
    .sort((a, b) => a.ratio - b.ratio);
  const weights = sum(sorted.map(({ weight }) => weight));
  let below = 0;
  const middle = sorted.find(({ weight }) => {
    below += weight;
    return below >= weights / 2;
  });
  const middleRatio = middle?.ratio ?? 0;
  const distances = sorted.map(({ ratio, variance, weight }) => {
    const most = MAX_DEVIATIONS * Math.sqrt(variance);
    return weight * Math.max(-most, Math.min(most, ratio - middleRatio));
  });
  return middleRatio + sum(distances) / weights;
}

// One alone is never half of all: a job with many answers says much of itself, not of the host.
const weightOf = (weight: number, total: number): number => Math.min(weight, (total - weight) / 2);
