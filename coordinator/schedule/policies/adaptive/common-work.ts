import { type AllocationModel, Field } from '../../model/allocation-model.js';
import type { SnapshotAllocation } from '../../types.js';
import { doneCpuSecondsOf, isMeasured } from './learn/evidence.js';
import { hasFewerAnswers } from './learn/life.js';
import { requestsSince, spentSince } from './learn/spent.js';

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
/** The logarithm of a mean that may be further off, variance, leans, nobody knows by how much. */
const MAX_VARIANCE = 0.1;
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

/** How far the requests of one job were off its models. Written to in place: this runs often. */
interface Innovation {
  readonly job: string;
  /** Sum of the logarithms of its replicas, each by its weight, and of the weights. */
  weighted: number;
  weight: number;
  /** Of the logarithm of the job, once all its replicas are in, and its variance. */
  ratio: number;
  variance: number;
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
  known: KnownModels & { readonly isNews: boolean },
): CommonWork {
  const seen = innovationsOf(allocations, known);
  const lead = known.isNews ? fadedLead(before.lead) : before.lead;
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
): Innovation[] {
  const found = new InnovationsByJob();
  let at = 0;
  for (const allocation of allocations) {
    if (ids[at] !== allocation.id)
      while (at < ids.length && (ids[at] ?? '') < allocation.id) at += 1;
    if (ids[at] !== allocation.id) continue;
    const model = models[at];
    const lifeId = lives[at] ?? '';
    at += 1;
    if (model === undefined || !saysCost(model, allocation, lifeId)) continue;
    addReplica(found.of(allocation.job), model, allocation);
  }
  const seen = found.all.filter(({ weight }) => weight > 0);
  for (const its of seen) {
    its.ratio = its.weighted / its.weight;
    its.variance = 1 / its.weight + OWN_DRIFT * OWN_DRIFT;
  }
  return seen;
}

/**
 * The innovations of jobs, in the order in which they are asked for. That is nearly always the
 * order of their names, and then none has to be looked up.
 */
class InnovationsByJob {
  readonly all: Innovation[] = [];
  #byJob: Map<string, Innovation> | undefined;
  #last: Innovation | undefined;

  of(job: string): Innovation {
    const last = this.#last;
    if (last?.job === job) return last;
    if (last !== undefined && this.#byJob === undefined && job < last.job)
      this.#byJob = new Map(this.all.map((each) => [each.job, each]));
    const its = this.#byJob?.get(job) ?? this.#add(job);
    this.#last = its;
    return its;
  }

  #add(job: string): Innovation {
    const its = { job, weighted: 0, weight: 0, ratio: 0, variance: 0 };
    this.all.push(its);
    this.#byJob?.set(job, its);
    return its;
  }
}

// Whether the report is new, of the same life, and holds the end of a request of which both the
// beginning and the cost of those before are known.
function saysCost(
  model: AllocationModel,
  { report, observedAtMs }: SnapshotAllocation,
  lifeId: string,
): boolean {
  if (!isMeasured(report) || report.lifeId !== lifeId || report.latency === null) return false;
  if (model[Field.seenAtMs] === 0 || observedAtMs <= model[Field.seenAtMs]) return false;
  if (model[Field.doneCount] === 0 || model[Field.workCount] < MIN_REQUESTS) return false;
  if (model[Field.lentCores] > 0) return false;
  if (hasFewerAnswers(model, report)) return false;
  const { cpu, latency } = report;
  return (
    latency.totalCount > model[Field.count] && cpu.usageTotalSeconds >= model[Field.cpuSeconds]
  );
}

function addReplica(its: Innovation, model: AllocationModel, allocation: SnapshotAllocation): void {
  const { report } = allocation;
  if (!isMeasured(report) || report.latency === null) return;
  const requests = requestsSince(model, report.latency.totalCount - model[Field.count]);
  const seconds = spentSince(model, doneCpuSecondsOf(model, allocation, report), requests);
  const square = model[Field.noiseRatio] ** 2;
  const straddling = model[Field.isOpen] === 1 ? STRADDLING / requests ** 2 : 0;
  const itsVariance = square / requests + straddling;
  if (itsVariance > MAX_VARIANCE) return;
  const meanVariance = square / model[Field.workCount];
  const ratio = Math.log(
    ((seconds / requests) * model[Field.workCount]) / model[Field.workSeconds],
  );
  const weight = 1 / (itsVariance + meanVariance);
  // The logarithm of a mean is too low by half its variance.
  its.weighted += weight * (ratio + (itsVariance - meanVariance) / 2);
  its.weight += weight;
}

// Sorts `seen`.
function commonPart(seen: Innovation[]): number {
  sortByRatio(seen);
  let total = 0;
  for (const { variance } of seen) total += 1 / variance;
  let weights = 0;
  for (const { variance } of seen) weights += weightOf(1 / variance, total);
  let [below, middle] = [0, 0];
  for (const { ratio, variance } of seen) {
    middle = ratio;
    below += weightOf(1 / variance, total);
    if (below >= weights / 2) break;
  }
  let distance = 0;
  for (const { ratio, variance } of seen) {
    const most = MAX_DEVIATIONS * Math.sqrt(variance);
    const bounded = Math.max(-most, Math.min(most, ratio - middle));
    distance += weightOf(1 / variance, total) * bounded;
  }
  return middle + distance / weights;
}

// By insertion: they are few, and each answer of a comparison for `sort` is an object.
function sortByRatio(seen: Innovation[]): void {
  for (let i = 1; i < seen.length; i += 1) {
    const its = seen[i] as Innovation;
    let at = i;
    for (; at > 0; at -= 1) {
      const other = seen[at - 1] as Innovation;
      if (other.ratio <= its.ratio) break;
      seen[at] = other;
    }
    seen[at] = its;
  }
}

// One alone is never half of all: a job with many answers says much of itself, not of the host.
const weightOf = (weight: number, total: number): number => Math.min(weight, (total - weight) / 2);
