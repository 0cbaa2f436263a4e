import type { BenchReport } from '../../../cli/bench/bench-report.js';
import { sum } from '../../../coordinator/schedule/limits/fit.js';
import { asMeasured, othersAsStolen } from '../../../lab/bench/as-measured.js';
import {
  type AttainableInput,
  requestSpreads,
  workAsShown,
} from '../../../lab/bench/attainable-run.js';
import type { BenchScore } from '../../../lab/bench/summary.js';
import { type MachineModel, REAL_MACHINE } from '../../../lab/host/machine.js';
import { LAB_POLICIES } from '../../../lab/policies/index.js';
import { spreadOf } from '../../../lab/report/group.js';
import { Judge } from '../../../lab/sim/judge.js';
import { runScenario, type ScoredRun } from '../../../lab/sim/run-scenario.js';
import type { Scenario } from '../../../lab/types.js';

/** A simulated figure may differ from the measured one by this much. */
export const NEAR = 0.05;

/** Each run is simulated with this work and these arrivals beside the same bursts. */
const CHANCES = [1, 2, 3];

/** One scenario under one policy: what was measured, and what the simulation says. */
export interface ValidationRow {
  readonly scenario: string;
  readonly policy: string;
  /** Real runs. */
  readonly n: number;
  /** Satisfied ÷ oracle: medians. */
  readonly measured: number;
  readonly simulated: number;
  /** Satisfied ÷ attainable, at once: medians; null = not known. */
  readonly measuredAttainable: number | null;
  readonly simulatedAttainable: number | null;
  /** Limit updates per container and minute in the last third: medians. */
  readonly measuredUpdates: number;
  readonly simulatedUpdates: number;
  /** What the load of other programs used of what it asked for: medians; null = there is none. */
  readonly measuredForeign: number | null;
  readonly simulatedForeign: number | null;
  readonly isNear: boolean;
}

/** A simulated run beside the measured one. */
interface Simulated {
  /** Satisfied ÷ the oracle of the measured run. */
  readonly ratio: number;
  readonly ratioToAttainable: number | null;
  readonly updates: number;
  readonly foreignRatio: number | null;
}

/**
 * Simulates every real run of a bench as it was measured, three times, on the model of a real
 * machine, beside the same load of other programs and what others took meanwhile, and compares
 * medians by scenario and policy. `isGroupWeighed`: whether the agents of these runs kept the
 * weight of the cgroup of containers (`docker.parent-weight`). Runs of policies that only real
 * containers have, and of scenarios that are not given, are left out.
 */
export function validate(
  report: BenchReport,
  scenarios: readonly Scenario[],
  isGroupWeighed = true,
): readonly ValidationRow[] {
  const judge = new Judge();
  const groups = new Map<string, BenchScore[]>();
  for (const run of report.runs) {
    const key = JSON.stringify([run.scenario, run.policy]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].flatMap((runs): ValidationRow[] => {
    const [first] = runs;
    const simulated = runs.flatMap((run) =>
      simulatedLike(run, { report, scenarios, judge, isGroupWeighed }),
    );
    if (first === undefined || simulated.length !== CHANCES.length * runs.length) return [];
    const measured = spreadOf(runs.map(({ summary }) => summary.ratioToOracle)).median;
    const expected = spreadOf(simulated.map(({ ratio }) => ratio)).median;
    return [
      {
        scenario: first.scenario,
        policy: first.policy,
        n: runs.length,
        measured,
        simulated: expected,
        measuredAttainable: median(runs.map((run) => run.summary.ratioToAttainableAtOnce ?? null)),
        simulatedAttainable: median(simulated.map((each) => each.ratioToAttainable)),
        measuredUpdates: spreadOf(runs.map(({ summary }) => updatesOf(summary))).median,
        simulatedUpdates: spreadOf(simulated.map(({ updates }) => updates)).median,
        measuredForeign: median(runs.map(({ foreign }) => usedRatio(foreign))),
        simulatedForeign: median(simulated.map(({ foreignRatio }) => foreignRatio)),
        isNear: Math.abs(measured - expected) <= NEAR,
      },
    ];
  });
}

const updatesOf = (summary: BenchScore['summary']): number =>
  summary.updatesPerContainerMinuteLastThird;

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : spreadOf(known).median;
}

const usedRatio = (foreign: BenchScore['foreign']): number | null =>
  foreign === null || foreign.plannedCpuMs === 0 ? null : foreign.usedCpuMs / foreign.plannedCpuMs;

interface ValidationContext {
  readonly report: BenchReport;
  readonly scenarios: readonly Scenario[];
  readonly judge: Judge;
  readonly isGroupWeighed: boolean;
}

function simulatedLike(
  measured: BenchScore,
  { report, scenarios, judge, isGroupWeighed }: ValidationContext,
): readonly Simulated[] {
  const { scenario: name, policy: policyName, repetition } = measured;
  const scenario = scenarios.find((each) => each.name === name);
  const block = report.measures.find(
    (each) => each.scenario === name && each.repetition === repetition,
  );
  const record = report.records[report.runs.indexOf(measured)];
  const policy = LAB_POLICIES[policyName];
  if (scenario === undefined || block === undefined || record === undefined) return [];
  if (policy === undefined) return [];
  const machineCores = report.machine.cpuCores;
  const seen: AttainableInput = {
    scenario,
    record,
    measured: {
      nodeCores: block.nodeCores,
      profiles: new Map(Object.entries(report.profiles)),
      workSeconds: new Map(Object.entries(measured.workSeconds)),
    },
    machineCores,
    intervalOthersCores: measured.othersPerInterval,
  };
  // What requests cost in this run, where it shows it; the machine drifts within a block.
  const workSeconds = { ...block.workSeconds, ...measured.workSeconds };
  const asRun = asMeasured(scenario, { ...block, workSeconds }, requestSpreads(seen));
  const taken = othersAsStolen(asRun, { ...measured, machineCores });
  const changes = [...asRun.disturbances, ...taken, ...workAsShown(seen)];
  const world = { ...asRun, disturbances: changes };
  const machine = machineLike(block.nodeCores[0] ?? machineCores, { machineCores, isGroupWeighed });
  return CHANCES.flatMap((chance): Simulated[] => {
    const conditions = { machine, bySamples: true, repetition, chance };
    const [run] = runScenario(world, [policy], judge, conditions);
    return run === undefined ? [] : [simulatedOf(run, measured)];
  });
}

/**
 * What others used, engine and dqoes included, and how the speed moved from interval to interval
 * was measured and is part of the scenario; so the model does not add it again.
 */
const machineLike = (
  allocatableCores: number,
  { machineCores, isGroupWeighed }: { machineCores: number; isGroupWeighed: boolean },
): MachineModel => ({
  ...REAL_MACHINE,
  speedSpread: 0,
  keptRatio: Math.max(0, 1 - allocatableCores / machineCores),
  ownCores: 0,
  engineStartMs: 0,
  isGroupWeighed,
});

function simulatedOf({ record, score }: ScoredRun, { oracle, foreign }: BenchScore): Simulated {
  const { satisfiedLastThird, ratioToAttainableAtOnce } = score.summary;
  const foreignCores = record.intervals.map((interval) => interval.foreignCores ?? 0);
  const usedCpuMs = sum(foreignCores) * record.intervalMs;
  return {
    ratio: oracle === 0 ? 1 : satisfiedLastThird / oracle,
    ratioToAttainable: ratioToAttainableAtOnce ?? null,
    updates: updatesOf(score.summary),
    foreignRatio: usedRatio(foreign && { ...foreign, usedCpuMs }),
  };
}
