import { scenarioTargetOf } from '../sim/spec.js';
import type {
  DecisionRecord,
  IntervalRecord,
  JobInterval,
  RunRecord,
  Scenario,
  ScenarioJob,
} from '../types.js';
import { targetFactor } from './actions.js';
import { intervalConditions } from './moments.js';

/** One job at one look. */
export interface JobObservation {
  readonly node: string | null;
  /** Statistic of the target over the window of the agent; null = no observation. */
  readonly latencyMs: number | null;
  /** Limit in the kernel, cores; null = no limit. */
  readonly limitCores: number | null;
  readonly periodUs: number;
  /** CPU used since the container started; null = not known. */
  readonly cpuSeconds: number | null;
  /** Requests answered since the container started. */
  readonly requests: number;
}

/** One limit that was set. */
export interface DecisionObservation extends DecisionRecord {
  /** It is the first limit of the allocation, which does not count as an update. */
  readonly isFirst: boolean;
}

/** Everything seen of one real run. */
export interface RunObservations {
  /** One look at the end of each interval. */
  readonly looks: readonly ReadonlyMap<string, JobObservation>[];
  readonly decisions: readonly DecisionObservation[];
  /** Times at which jobs moved to another node, ms from the start. */
  readonly movedAtMs: readonly number[];
  /**
   * Mean CPU that other programs used on the host, without the containers of the run, the CPU it
   * steals and the load of other programs that it makes, cores; null = not known.
   */
  readonly othersCores: number | null;
  /**
   * CPU that everything but the containers of the run used in each interval, cores; null = not
   * known.
   */
  readonly intervalOthersCores: readonly (number | null)[];
  /** The load of other programs that the bench made; null = none. */
  readonly foreign: ForeignUsage | null;
}

/** CPU of a run that the bench used in the place of other programs, ms. */
export interface ForeignUsage {
  /** Asked for by the bursts. */
  readonly plannedCpuMs: number;
  /** Really used. */
  readonly usedCpuMs: number;
}

/** One real run and what it was meant to do. */
export interface RecordInput {
  readonly scenario: Scenario;
  readonly policy: string;
  /** Target each job begins with, ms. */
  readonly targetsMs: ReadonlyMap<string, number>;
  readonly seen: RunObservations;
}

/**
 * A real run as a record of the lab. Jobs come from the scenario, not from the observations: a job
 * that never ran counts as unsatisfied.
 */
export function recordOf({ scenario, policy, targetsMs, seen }: RecordInput): RunRecord {
  const { name, seed, intervalMs } = scenario;
  const looks = withCounters(seen.looks);
  const intervals = intervalConditions(scenario).map(
    ({ endMs, conditions, changes }, k): IntervalRecord => {
      const look = { now: looks[k], before: looks[k - 1], intervalMs };
      const isWithin = (atMs: number): boolean => atMs >= endMs - intervalMs && atMs < endMs;
      return {
        jobs: conditions.jobs.map((job) => {
          const targetMs = (targetsMs.get(job.id) ?? job.targetMs) * targetFactor(conditions, job);
          return jobInterval(job, targetMs, look);
        }),
        changes,
        limitUpdates: seen.decisions.filter(({ atMs, isFirst }) => !isFirst && isWithin(atMs))
          .length,
        moves: seen.movedAtMs.filter(isWithin).length,
      };
    },
  );
  const decisions = seen.decisions.map(({ isFirst: _, ...decision }) => decision);
  return { scenario: name, policy, seed, intervalMs, intervals, decisions };
}

type Looks = RunObservations['looks'];

/**
 * The looks with the counters that a report which came late, or too soon after another, left out:
 * what was counted between the looks beside it, shared out by time. Else the next interval would
 * have all that the container ever used and answered.
 */
const withCounters = (looks: Looks): Looks =>
  looks.map((look, at) => {
    const all = [...look].map(([id, seen]) => [id, counted(seen, { looks, at, id })] as const);
    return new Map(all);
  });

/** A job at one of the looks. */
interface Place {
  readonly looks: Looks;
  readonly at: number;
  readonly id: string;
}

function counted(seen: JobObservation, place: Place): JobObservation {
  if (seen.node === null || seen.cpuSeconds !== null) return seen;
  const before = nearestCounters(place, seen.node, -1);
  const after = nearestCounters(place, seen.node, 1);
  // Before its first counters a container had used nothing; after its last ones nothing is known.
  const from = before.counters ?? { cpuSeconds: 0, requests: 0 };
  const to = after.counters ?? from;
  const share = (place.at - before.at) / (after.at - before.at);
  const between = (low: number, high: number): number => low + share * Math.max(0, high - low);
  const requests = Math.round(between(from.requests, to.requests));
  return {
    ...seen,
    cpuSeconds: between(from.cpuSeconds, to.cpuSeconds),
    requests: seen.requests > 0 ? seen.requests : requests,
  };
}

interface NearestCounters {
  /** Index of the look that has them, or of the first without the container. */
  readonly at: number;
  /** null = there are none, that way. */
  readonly counters: { readonly cpuSeconds: number; readonly requests: number } | null;
}

function nearestCounters(
  { looks, at: from, id }: Place,
  node: string,
  step: 1 | -1,
): NearestCounters {
  for (let at = from + step; ; at += step) {
    const seen = looks[at]?.get(id);
    if (seen?.node !== node) return { at, counters: null };
    const { cpuSeconds, requests } = seen;
    if (cpuSeconds !== null) return { at, counters: { cpuSeconds, requests } };
  }
}

interface ConsecutiveLooks {
  readonly now: ReadonlyMap<string, JobObservation> | undefined;
  readonly before: ReadonlyMap<string, JobObservation> | undefined;
  readonly intervalMs: number;
}

function jobInterval(
  job: ScenarioJob,
  targetMs: number,
  { now, before, intervalMs }: ConsecutiveLooks,
): JobInterval {
  const seen = now?.get(job.id);
  const seenBefore = before?.get(job.id);
  // On another node there is another container, whose counter starts at 0.
  const isElsewhere =
    seenBefore?.node != null && seen?.node != null && seenBefore.node !== seen.node;
  const usedBefore = isElsewhere ? 0 : (seenBefore?.cpuSeconds ?? 0);
  const used = seen?.cpuSeconds == null ? 0 : Math.max(0, seen.cpuSeconds - usedBefore);
  const answeredBefore = isElsewhere ? 0 : (seenBefore?.requests ?? 0);
  return {
    id: job.id,
    node: seen?.node ?? null,
    target: scenarioTargetOf(job, targetMs),
    weight: job.weight,
    latencyMs: seen?.latencyMs ?? null,
    limitCores: seen?.limitCores ?? null,
    periodUs: seen?.periodUs ?? 100_000,
    usageCores: (used * 1000) / intervalMs,
    requests: Math.max(0, (seen?.requests ?? 0) - answeredBefore),
  };
}
