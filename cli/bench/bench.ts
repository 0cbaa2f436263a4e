import {
  isReal,
  type MachineMeasurements,
  profiledDemandCores,
  profiledOraclePerInterval,
} from '../../lab/bench/bound.js';
import { isCluster, totalCores } from '../../lab/bench/capacity.js';
import type { LatencyProfile } from '../../lab/bench/curve.js';
import { calibrationJobs, profileNeeds } from '../../lab/bench/needs.js';
import { oraclePolicy } from '../../lab/bench/oracle-policy.js';
import type { BenchBlock } from '../../lab/bench/order.js';
import { type RunObservations, recordOf } from '../../lab/bench/run-observations.js';
import { type BenchScore, benchScoreOf } from '../../lab/bench/summary.js';
import { startTargetsMs } from '../../lab/bench/targets.js';
import { workObserved } from '../../lab/bench/work-observed.js';
import { LAB_POLICIES, type LabPolicy } from '../../lab/policies/index.js';
import { scoreRun } from '../../lab/score/score.js';
import type { RunRecord, Scenario, ScenarioNode } from '../../lab/types.js';
import { childSignal } from '../../shared/child-signal.js';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { BlockMeasures } from './bench-report.js';
import { calibrate } from './calibrate.js';
import { type Burner, playScenario, stopped } from './play.js';
import { ORACLE } from './policies.js';
import { PROFILE_WINDOW_MS } from './probe.js';
import { profileAll } from './profile.js';
import type { BenchSystem, SystemOptions } from './system.js';

/** The system under test that a phase of the bench needs. */
export interface SystemRequest extends Omit<SystemOptions, 'stateDir' | 'hosts'> {
  /** Simulated hosts cut from this machine; empty = this machine as it is. */
  readonly nodes: readonly ScenarioNode[];
}
const nodesOf = (scenario: Scenario): SystemRequest['nodes'] =>
  isCluster(scenario) ? scenario.nodes : [];

/** What a bench needs from outside. */
export interface BenchEnvironment {
  /** Opens a fresh system. The bench closes it. */
  open(options: SystemRequest): Promise<Result<BenchSystem>>;
  readonly burner: Burner & { stop(): Promise<void> };
  readonly clock: Clock;
  /** Aborts when the bench should end. */
  readonly signal: AbortSignal;
}

/** Hears what the bench does, as it happens. */
export interface BenchListener {
  step(sentence: string): void;
  problem(sentence: string): void;
  profiled(profiles: ReadonlyMap<string, LatencyProfile>, allocatableCores: number): void;
  measured(block: BlockMeasures): void;
  runBegins(block: BenchBlock, policy: string): void;
  runEnded(score: BenchScore, record: RunRecord): void;
}

/** What is run, and in which order. */
export interface BenchPlan {
  readonly scenarios: readonly Scenario[];
  readonly blocks: readonly BenchBlock[];
  /** Minimum time to measure the work of a request, ms. */
  readonly calibrateMs: number;
}

const REPORT_MS = 500;
const CALIBRATE_WINDOW_MS = 10_000;

/**
 * Profiles every kind of load once, then plays every block: it measures work and targets again,
 * then runs each policy on them. Every container is gone after each run.
 */
export async function playBench(
  plan: BenchPlan,
  world: BenchEnvironment,
  listener: BenchListener,
): Promise<Result<void>> {
  const profiled = await profileLoads(plan, world, listener);
  if (!profiled.ok) return profiled;
  for (const block of plan.blocks) {
    const played = await playBlock({ plan, block, profiles: profiled.value, world, listener });
    if (!played.ok) return played;
  }
  return ok(undefined);
}

/**
 * Opens a system, uses it and always closes it. When a part of the system dies, the result is a
 * fault with its last words.
 */
async function withSystem<T>(
  world: BenchEnvironment,
  options: SystemRequest,
  use: (system: BenchSystem, signal: AbortSignal) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (world.signal.aborted) return stopped();
  const opened = await world.open(options);
  if (!opened.ok) return opened;
  const ended = childSignal(world.signal);
  let death: string | undefined;
  void opened.value.died.then((words) => {
    death = words;
    ended.abort();
  });
  try {
    const used = await use(opened.value, ended.signal);
    if (death === undefined) return used;
    return err([{ code: 'service.unavailable', field: 'bench', message: death }]);
  } finally {
    ended.abort();
    await world.burner.stop();
    await opened.value.close();
  }
}

async function profileLoads(
  { scenarios }: BenchPlan,
  world: BenchEnvironment,
  listener: BenchListener,
) {
  // On this machine as it is: a profile does not depend on how cores are cut into hosts.
  const options = measuringSystem(PROFILE_WINDOW_MS, []);
  return withSystem(world, options, async (system, signal) => {
    const machineCores = totalCores(system.nodeCores);
    const needs = profileNeeds(scenarios, machineCores);
    listener.step(
      `profiling ${needs.length} kinds of load: response time by CPU limit, for the bound`,
    );
    const profiled = await profileAll({
      system,
      needs,
      signal,
      clock: world.clock,
      onDone: ({ key }, { points, workSeconds }) => {
        const contended = points.filter(({ isContended }) => isContended).length;
        const busy = contended === 0 ? '' : `, ${contended} of them while others were in the way`;
        listener.step(
          `profiled ${key}: ${(workSeconds * 1000).toFixed(1)} CPU-ms a request, ` +
            `${points.length} limits${busy}`,
        );
      },
    });
    if (profiled.ok) listener.profiled(profiled.value, machineCores);
    return profiled;
  });
}

const policyNamed = (name: string): { readonly policy: LabPolicy } => {
  const policy = LAB_POLICIES[name];
  if (policy === undefined)
    throw new RangeError(`there is no policy ${name}: names are checked before the bench`);
  return { policy };
};

/**
 * The policy `equal` gives a container what its own bounds allow; without bounds, all get the same.
 */
const measuringSystem = (windowMs: number, nodes: SystemRequest['nodes']): SystemRequest => ({
  ...policyNamed('equal'),
  nodes,
  intervalMs: REPORT_MS,
  reportMs: REPORT_MS,
  windowMs,
  seed: 1,
});

interface BlockOptions {
  readonly plan: BenchPlan;
  readonly block: BenchBlock;
  readonly profiles: ReadonlyMap<string, LatencyProfile>;
  readonly world: BenchEnvironment;
  readonly listener: BenchListener;
}

async function playBlock(options: BlockOptions): Promise<Result<void>> {
  const { plan, block, listener } = options;
  const scenario = plan.scenarios[block.scenario];
  if (scenario === undefined) return ok(undefined);
  listener.step(`measuring the work of ${scenario.name}, repetition ${block.repetition}`);
  const ready = await measureBlock(scenario, options);
  if (!ready.ok) return ready;
  const { measured, targetsMs } = ready.value;
  listener.measured({
    repetition: block.repetition,
    scenario: scenario.name,
    nodeCores: measured.nodeCores,
    workSeconds: Object.fromEntries(measured.workSeconds),
    targetsMs: Object.fromEntries(targetsMs),
  });
  for (const policy of block.policies) {
    listener.runBegins(block, policy);
    const seen = await playRun({ ...options, scenario, policy, ...ready.value });
    if (!seen.ok) return seen;
    const record = recordOf({ scenario, policy, targetsMs, seen: seen.value });
    // The machine drifts within a block too: the bound is computed for the machine as it was during
    // this run.
    const workSeconds = new Map([...measured.workSeconds, ...workObserved(scenario, seen.value)]);
    const oracle = profiledOraclePerInterval(scenario, targetsMs, { ...measured, workSeconds });
    const score = scoreRun(record, oracle, scenario.jobs.length);
    const { othersCores } = seen.value;
    listener.runEnded(
      benchScoreOf(score, { repetition: block.repetition, workSeconds, othersCores }),
      record,
    );
  }
  return ok(undefined);
}

interface CalibratedBlock {
  readonly measured: MachineMeasurements;
  readonly targetsMs: ReadonlyMap<string, number>;
}

/**
 * The machine drifts within minutes, so the cost of a request is measured under load at the start
 * of every block.
 */
async function measureBlock(
  scenario: Scenario,
  { plan, profiles, world }: BlockOptions,
): Promise<Result<CalibratedBlock>> {
  const options = measuringSystem(CALIBRATE_WINDOW_MS, nodesOf(scenario));
  return withSystem(world, options, async (system, signal) => {
    const { clock } = world;
    const jobs = calibrationJobs(scenario);
    const calibrated = await calibrate({
      system,
      jobs,
      measureMs: plan.calibrateMs,
      clock,
      signal,
    });
    if (!calibrated.ok) return calibrated;
    const { workSeconds, ratios } = calibrated.value;
    const measured: MachineMeasurements = { nodeCores: system.nodeCores, profiles, workSeconds };
    const targetsMs = startTargetsMs(scenario, measured, ratios);
    return targetsMs.ok ? ok({ measured, targetsMs: targetsMs.value }) : targetsMs;
  });
}

interface RunOptions extends BlockOptions, CalibratedBlock {
  readonly scenario: Scenario;
  readonly policy: string;
}

async function playRun(options: RunOptions): Promise<Result<RunObservations>> {
  const { scenario, policy, targetsMs, block, world, listener } = options;
  const { intervalMs, seed } = scenario;
  const decide =
    policy === ORACLE ? { policy: oracleOf(scenario, options.measured) } : policyNamed(policy);
  // Five reports per interval, each over the requests of one interval: the report at the end of an
  // interval describes exactly that interval.
  const nodes = nodesOf(scenario);
  const system = {
    ...decide,
    nodes,
    intervalMs,
    windowMs: intervalMs,
    reportMs: intervalMs / 5,
    seed,
  };
  return withSystem(world, system, (running, signal) =>
    playScenario({
      scenario,
      targetsMs,
      signal,
      system: running,
      repetition: block.repetition,
      burner: world.burner,
      clock: world.clock,
      onProblem: (sentence) => listener.problem(sentence),
    }),
  );
}

function oracleOf(scenario: Scenario, measured: MachineMeasurements): LabPolicy {
  const jobs = new Map(scenario.jobs.filter(isReal).map((job) => [job.id, job]));
  return oraclePolicy((id, latencyMs) => {
    const job = jobs.get(id);
    return job === undefined
      ? Number.POSITIVE_INFINITY
      : profiledDemandCores(measured, job, { latencyMs, work: 1, rate: 1 });
  });
}
