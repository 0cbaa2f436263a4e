import { attainableInRun } from '../../lab/bench/attainable-run.js';
import {
  isReal,
  type MachineMeasurements,
  profiledDemandCores,
  profiledOraclePerInterval,
} from '../../lab/bench/bound.js';
import { oraclePolicy } from '../../lab/bench/oracle-policy.js';
import { type RunObservations, recordOf } from '../../lab/bench/run-observations.js';
import { benchScoreOf } from '../../lab/bench/summary.js';
import { workObserved } from '../../lab/bench/work-observed.js';
import type { LabPolicy } from '../../lab/policies/index.js';
import { scoreRun, withAttainable } from '../../lab/score/score.js';
import type { Scenario } from '../../lab/types.js';
import { ok, type Result } from '../../shared/result.js';
import { type BenchEnvironment, nodesOf, policyNamed, withSystem } from './environment.js';
import {
  type BlockContext,
  type CalibratedBlock,
  calibrateBlock,
  profileLoads,
} from './measure.js';
import type { BenchListener, BenchPlan } from './plan.js';
import { playScenario } from './play.js';
import { ORACLE } from './policies.js';

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

async function playBlock(options: BlockContext): Promise<Result<void>> {
  const { plan, block, listener } = options;
  const scenario = plan.scenarios[block.scenario];
  if (scenario === undefined) return ok(undefined);
  const ready = await calibrateBlock(scenario, options);
  if (!ready.ok) return ready;
  const { measured, targetsMs } = ready.value;
  for (const policy of block.policies) {
    listener.runBegins(block, policy);
    const seen = await playRun({ ...options, scenario, policy, ...ready.value });
    if (!seen.ok) return seen;
    const record = recordOf({ scenario, policy, targetsMs, seen: seen.value });
    // The machine drifts within a block too: the bound is computed for the machine as it was during
    // this run.
    const workSeconds = new Map([...measured.workSeconds, ...workObserved(scenario, seen.value)]);
    const oracle = profiledOraclePerInterval(scenario, targetsMs, { ...measured, workSeconds });
    const { othersCores, foreign, intervalOthersCores } = seen.value;
    const { machineCores } = options.world;
    const score = withAttainable(
      scoreRun(record, oracle, scenario.jobs.length),
      attainableInRun({ scenario, record, measured, machineCores, intervalOthersCores }),
    );
    const { repetition } = block;
    const others = { othersCores, othersPerInterval: intervalOthersCores, foreign };
    listener.runEnded(benchScoreOf(score, { repetition, workSeconds, ...others }), record);
  }
  return ok(undefined);
}

interface RunOptions extends BlockContext, CalibratedBlock {
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
      foreign: world.foreign,
      machineCores: world.machineCores,
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
