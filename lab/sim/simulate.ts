import { NO_MEMORY, schedule } from '../../coordinator/schedule/schedule.js';
import {
  DEFAULT_PARAMS,
  type Policy,
  type PolicyParams,
} from '../../coordinator/schedule/types.js';
import type { Sample } from '../host/container.js';
import type { MachineModel } from '../host/machine.js';
import type { IntervalRecord, RunRecord, Scenario } from '../types.js';
import { intervalsOf } from './bound.js';
import { Cluster } from './cluster.js';
import { momentsOf, type ScenarioMoment } from './conditions.js';
import type { Judge } from './judge.js';

/** From a decision to the kernel, ms. */
const ENFORCE_DELAY_MS = 30;
const REPORTS_PER_INTERVAL = 5;

/** One run of the simulation, and who watches its requests. */
export interface SimulateInput {
  readonly scenario: Scenario;
  readonly policy: Policy;
  readonly judge: Judge;
  /** Parameters that differ from the defaults; interval and seed come from the scenario. */
  readonly params?: Partial<PolicyParams>;
  /**
   * Judge jobs by the requests that clients saw in the interval, or the last five, as a real run
   * does; default: by the long-run value.
   */
  readonly bySamples?: boolean;
  /** Default: an even one. The long-run judge knows no other. */
  readonly machine?: MachineModel;
  /** From 1, the default: another one has other work, arrivals and bursts of other programs. */
  readonly repetition?: number;
  /** From 1, the default: another one has other work and arrivals beside the same bursts. */
  readonly chance?: number;
  /** Called with each response time of each job, as its client sees it. */
  readonly onSample?: (job: string, sample: Sample) => void;
  /** Called at the end, for each job with unanswered requests, with their arrival times, ms. */
  readonly onWaiting?: (job: string, sinceMs: readonly number[]) => void;
}

/**
 * Runs a scenario under one policy. Hosts run; agents report five times per interval; at each
 * report the scheduler decides on the reports, and its limits reach the kernel 30 ms later. The
 * same scenario (with its seed) and policy give the same record. What the scenario changes at the
 * very end of an interval belongs to the next one.
 */
export function simulate({
  scenario,
  policy,
  judge,
  params,
  bySamples = false,
  machine,
  repetition = 1,
  chance = 1,
  onSample,
  onWaiting,
}: SimulateInput): RunRecord {
  const moments = momentsOf(scenario);
  const [first, ...later] = moments;
  if (first === undefined) throw new Error('a scenario begins with a moment');
  const cluster = new Cluster(scenario, first.conditions, {
    machine,
    repetition,
    chance,
    onSample,
  });
  const run: Run = {
    cluster,
    moments: later,
    changes: [...first.changes],
    enforceAtMs: Number.POSITIVE_INFINITY,
  };
  const decide = decider(
    { scenario, policy, judge, ...(params === undefined ? {} : { params }) },
    cluster,
  );
  const intervals: IntervalRecord[] = [];
  const count = intervalsOf(scenario);
  const stepMs = scenario.intervalMs / REPORTS_PER_INTERVAL;
  for (let tick = 0; ; tick += 1) {
    const nowMs = tick * stepMs;
    runTo(run, nowMs);
    if (tick > 0 && tick % REPORTS_PER_INTERVAL === 0)
      intervals.push({
        ...cluster.judge(judge, nowMs, bySamples),
        changes: take(run),
        ...cluster.takeChanges(nowMs),
      });
    if (tick === count * REPORTS_PER_INTERVAL) break;
    applyMomentsUntil(run, nowMs);
    decide(nowMs);
    run.enforceAtMs = nowMs + ENFORCE_DELAY_MS;
  }
  for (const [job, sinceMs] of cluster.waiting()) onWaiting?.(job, sinceMs);
  const { name, seed, intervalMs } = scenario;
  return {
    scenario: name,
    policy: policy.name,
    seed,
    intervalMs,
    intervals,
    decisions: cluster.decisions,
  };
}

interface Run {
  readonly cluster: Cluster;
  /** Future moments, in order. */
  moments: readonly ScenarioMoment[];
  /** Changes since the last interval ended. */
  changes: string[];
  enforceAtMs: number;
}

function take(run: Run): readonly string[] {
  const { changes } = run;
  run.changes = [];
  return changes;
}

function decider(
  { scenario, policy, params }: SimulateInput,
  cluster: Cluster,
): (nowMs: number) => void {
  const { intervalMs, seed } = scenario;
  const maxIntervalMs = Math.max(intervalMs, DEFAULT_PARAMS.maxIntervalMs);
  const all: PolicyParams = { ...DEFAULT_PARAMS, maxIntervalMs, ...params, intervalMs, seed };
  let memory = NO_MEMORY;
  return (nowMs) => {
    cluster.report(nowMs);
    const decided = schedule(
      { snapshot: cluster.snapshot(nowMs), nowMs, params: all, policy },
      memory,
    );
    memory = decided.memory;
    cluster.applyPlan(decided.plan, nowMs);
  };
}

// Runs to `nowMs`; what happens exactly then is left to the caller.
function runTo(run: Run, nowMs: number): void {
  for (;;) {
    const momentMs = run.moments[0]?.atMs ?? Number.POSITIVE_INFINITY;
    const nextMs = Math.min(run.enforceAtMs, momentMs);
    if (nextMs >= nowMs) break;
    run.cluster.advance(nextMs);
    if (run.enforceAtMs <= nextMs) {
      run.enforceAtMs = Number.POSITIVE_INFINITY;
      run.cluster.enforce(nextMs);
    } else applyMomentsUntil(run, nextMs);
  }
  run.cluster.advance(nowMs);
}

function applyMomentsUntil(run: Run, nowMs: number): void {
  for (;;) {
    const [moment, ...rest] = run.moments;
    if (moment === undefined || moment.atMs > nowMs) return;
    run.moments = rest;
    run.changes.push(...moment.changes);
    run.cluster.applyConditions(moment.conditions);
  }
}
