import type { MachineMeasurements } from '../../lab/bench/bound.js';
import { totalCores } from '../../lab/bench/capacity.js';
import type { LatencyProfile } from '../../lab/bench/curve.js';
import { calibrationJobs, type ProfileNeed, profileNeeds } from '../../lab/bench/needs.js';
import type { BenchBlock } from '../../lab/bench/order.js';
import { startTargetsMs } from '../../lab/bench/targets.js';
import type { Scenario } from '../../lab/types.js';
import { ok, type Result } from '../../shared/result.js';
import { calibrate } from './calibrate.js';
import {
  type BenchEnvironment,
  nodesOf,
  policyNamed,
  type SystemRequest,
  withSystem,
} from './environment.js';
import type { BenchListener, BenchPlan } from './plan.js';
import { PROFILE_WINDOW_MS } from './probe.js';
import { profileAll } from './profile.js';

const REPORT_MS = 500;
const CALIBRATE_WINDOW_MS = 10_000;

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

type Profiles = ReadonlyMap<string, LatencyProfile>;

/** Profiles every kind of load that is not known yet. */
export async function profileLoads(
  { scenarios, known }: BenchPlan,
  world: BenchEnvironment,
  listener: BenchListener,
): Promise<Result<Profiles>> {
  const { profiles, allocatableCores } = known;
  const missingOn = (machineCores: number): readonly ProfileNeed[] =>
    profileNeeds(scenarios, machineCores).filter(({ key }) => !profiles.has(key));
  if (allocatableCores !== null && missingOn(allocatableCores).length === 0) return ok(profiles);
  // On this machine as it is: a profile does not depend on how cores are cut into hosts.
  const options = measuringSystem(PROFILE_WINDOW_MS, []);
  return withSystem(world, options, async (system, signal) => {
    const machineCores = totalCores(system.nodeCores);
    const needs = missingOn(machineCores);
    listener.step(
      `profiling ${needs.length} kinds of load: response time by CPU limit, for the bound`,
    );
    const profiled = await profileAll({
      system,
      needs,
      signal,
      clock: world.clock,
      onDone: ({ key }, profile) => listener.step(profileLine(key, profile)),
    });
    if (!profiled.ok) return profiled;
    const all: Profiles = new Map([...profiles, ...profiled.value]);
    listener.profiled(all, machineCores);
    return ok(all);
  });
}

function profileLine(key: string, { points, workSeconds }: LatencyProfile): string {
  const contended = points.filter(({ isContended }) => isContended).length;
  const busy = contended === 0 ? '' : `, ${contended} of them while others were in the way`;
  return (
    `profiled ${key}: ${(workSeconds * 1000).toFixed(1)} CPU-ms a request, ` +
    `${points.length} limits${busy}`
  );
}

/** What all runs of a block share. */
export interface CalibratedBlock {
  readonly measured: MachineMeasurements;
  /** Target each job begins with, ms. */
  readonly targetsMs: ReadonlyMap<string, number>;
}

/** A block to measure, and with what. */
export interface BlockContext {
  readonly plan: BenchPlan;
  readonly block: BenchBlock;
  readonly profiles: Profiles;
  readonly world: BenchEnvironment;
  readonly listener: BenchListener;
}

/**
 * The machine drifts within minutes, so the cost of a request is measured under load at the start
 * of every block. A block that was begun before goes on with what was measured then.
 */
export async function calibrateBlock(
  scenario: Scenario,
  { plan, block: { repetition }, profiles, world, listener }: BlockContext,
): Promise<Result<CalibratedBlock>> {
  const known = plan.known.blocks.find(
    (each) => each.scenario === scenario.name && each.repetition === repetition,
  );
  if (known !== undefined) {
    const { nodeCores, workSeconds, targetsMs } = known;
    const measured = { nodeCores, profiles, workSeconds: new Map(Object.entries(workSeconds)) };
    return ok({ measured, targetsMs: new Map(Object.entries(targetsMs)) });
  }
  listener.step(`measuring the work of ${scenario.name}, repetition ${repetition}`);
  const options = measuringSystem(CALIBRATE_WINDOW_MS, nodesOf(scenario));
  const calibrated = await withSystem(world, options, async (system, signal) => {
    const jobs = calibrationJobs(scenario);
    const { calibrateMs: measureMs } = plan;
    const found = await calibrate({ system, jobs, measureMs, clock: world.clock, signal });
    if (!found.ok) return found;
    const { workSeconds, ratios } = found.value;
    const measured: MachineMeasurements = { nodeCores: system.nodeCores, profiles, workSeconds };
    const targetsMs = startTargetsMs(scenario, measured, ratios);
    return targetsMs.ok ? ok({ measured, targetsMs: targetsMs.value }) : targetsMs;
  });
  if (!calibrated.ok) return calibrated;
  const { measured, targetsMs } = calibrated.value;
  listener.measured({
    repetition,
    scenario: scenario.name,
    nodeCores: measured.nodeCores,
    workSeconds: Object.fromEntries(measured.workSeconds),
    targetsMs: Object.fromEntries(targetsMs),
  });
  return calibrated;
}
