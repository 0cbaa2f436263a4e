import type { BenchReport } from '../../../cli/bench/bench-report.js';
import { asMeasured } from '../../../lab/bench/as-measured.js';
import type { BenchScore } from '../../../lab/bench/summary.js';
import { REAL_MACHINE } from '../../../lab/host/machine.js';
import { LAB_POLICIES } from '../../../lab/policies/index.js';
import { spreadOf } from '../../../lab/report/group.js';
import { Judge } from '../../../lab/sim/judge.js';
import { runScenario } from '../../../lab/sim/run-scenario.js';
import type { RunScore, Scenario } from '../../../lab/types.js';

/** A simulated figure may differ from the measured one by this much. */
export const NEAR = 0.05;

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
  readonly isNear: boolean;
}

/**
 * Simulates every real run of a bench as it was measured, on the model of a real machine and beside
 * the same load of other programs, and compares medians by scenario and policy. Runs of policies
 * that only real containers have, and of scenarios that are not given, are left out.
 */
export function validate(
  report: BenchReport,
  scenarios: readonly Scenario[],
): readonly ValidationRow[] {
  const judge = new Judge();
  const groups = new Map<string, BenchScore[]>();
  for (const run of report.runs) {
    const key = JSON.stringify([run.scenario, run.policy]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].flatMap((runs): ValidationRow[] => {
    const [first] = runs;
    const simulated = runs.flatMap((run) => simulatedLike(run, { report, scenarios, judge }) ?? []);
    if (first === undefined || simulated.length !== runs.length) return [];
    const ratios = [runs, simulated].map((all) => medianOf(all, 'ratioToOracle') ?? Number.NaN);
    const [measured = Number.NaN, expected = Number.NaN] = ratios;
    return [
      {
        scenario: first.scenario,
        policy: first.policy,
        n: runs.length,
        measured,
        simulated: expected,
        measuredAttainable: medianOf(runs, 'ratioToAttainableAtOnce'),
        simulatedAttainable: medianOf(simulated, 'ratioToAttainableAtOnce'),
        isNear: Math.abs(measured - expected) <= NEAR,
      },
    ];
  });
}

function medianOf(
  scores: readonly RunScore[],
  key: 'ratioToOracle' | 'ratioToAttainableAtOnce',
): number | null {
  const values = scores.flatMap(({ summary }) => summary[key] ?? []);
  return values.length === 0 ? null : spreadOf(values).median;
}

interface ValidationContext {
  readonly report: BenchReport;
  readonly scenarios: readonly Scenario[];
  readonly judge: Judge;
}

function simulatedLike(
  { scenario: name, policy: policyName, repetition }: BenchScore,
  { report, scenarios, judge }: ValidationContext,
): RunScore | null {
  const scenario = scenarios.find((each) => each.name === name);
  const block = report.measures.find(
    (each) => each.scenario === name && each.repetition === repetition,
  );
  const policy = LAB_POLICIES[policyName];
  if (scenario === undefined || block === undefined || policy === undefined) return null;
  const conditions = { machine: REAL_MACHINE, bySamples: true, repetition };
  const [run] = runScenario(asMeasured(scenario, block), [policy], judge, conditions);
  return run?.score ?? null;
}
