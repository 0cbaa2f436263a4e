import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { BenchReport } from '../../../cli/bench/bench-report.js';
import { asMeasured } from '../../../lab/bench/as-measured.js';
import type { ForeignUsage } from '../../../lab/bench/run-observations.js';
import { benchScoreOf } from '../../../lab/bench/summary.js';
import { withForeign } from '../../../lab/foreign/levels.js';
import { REAL_MACHINE } from '../../../lab/host/machine.js';
import { LAB_POLICIES } from '../../../lab/policies/index.js';
import { Judge } from '../../../lab/sim/judge.js';
import { runScenario } from '../../../lab/sim/run-scenario.js';
import type { RunRecord } from '../../../lab/types.js';
import { keptBenches, readBench } from '../../bench/lib/recorded-bench.js';
import { validate } from '../../bench/lib/validation.js';
import { job, scenario } from '../lab/bench/build.js';

const world = scenario({ jobs: ['a', 'b', 'c'].map((id) => job(id)), durationMs: 60_000 });
const block = (repetition: number) => ({
  repetition,
  scenario: world.name,
  nodeCores: [1.9],
  workSeconds: { 'ocr-det x2, 1 thread': 0.05 },
  targetsMs: { a: 100, b: 80, c: 70 },
});

/** A bench on "real" containers that are the simulation itself; `change` makes it another. */
function benchOf(
  policies: readonly string[],
  change = 0,
  foreign: ForeignUsage | null = null,
): BenchReport {
  const records: RunRecord[] = [];
  const runs = [1, 2].flatMap((repetition) =>
    policies.map((name) => {
      const policy = LAB_POLICIES[name === 'oracle' ? 'equal' : name];
      assert.ok(policy !== undefined);
      const conditions = { machine: REAL_MACHINE, bySamples: true, repetition };
      const measured = asMeasured(world, block(repetition));
      const [run] = runScenario(measured, [policy], new Judge(), conditions);
      assert.ok(run !== undefined);
      records.push(run.record);
      const { summary } = run.score;
      const score = {
        ...run.score,
        policy: name,
        summary: { ...summary, ratioToOracle: summary.ratioToOracle + change },
      };
      const others = { othersCores: null, othersPerInterval: [], foreign };
      return benchScoreOf(score, { repetition, workSeconds: new Map(), ...others });
    }),
  );
  return {
    machine: { cpu: 'X', cpuCores: 2, memoryBytes: 1, kernel: '6', node: 'v20' },
    settings: { program: '', calibrateSeconds: 10, foreign: null, scenarios: {} },
    allocatableCores: 1.9,
    startedAt: '',
    complete: true,
    runs,
    records,
    summary: [],
    measures: [block(1), block(2)],
    profiles: {},
    profiledFor: [],
  };
}

/** The same bench as if no other policy had run. */
function onlyOf({ runs, records, ...bench }: BenchReport, policy: string): BenchReport {
  const isOf = (at: number): boolean => runs[at]?.policy === policy;
  return {
    ...bench,
    runs: runs.filter((_, at) => isOf(at)),
    records: records.filter((_, at) => isOf(at)),
  };
}

describe('sim:validate', function () {
  this.timeout(60_000);

  it('finds runs that are as the simulation says, by scenario and policy', () => {
    const rows = validate(benchOf(['equal', 'adaptive']), [world]);
    assert.deepEqual(
      rows.map(({ policy, n, isNear }) => [policy, n, isNear]),
      [
        ['equal', 2, true],
        ['adaptive', 2, true],
      ],
    );
    for (const row of rows) {
      assert.ok((row.measuredAttainable ?? 0) > 0.3, JSON.stringify(row));
      assert.ok((row.simulatedAttainable ?? 0) > 0.3, JSON.stringify(row));
    }
  });

  it('says how often limits changed at rest', () => {
    const [still, moving] = validate(benchOf(['equal', 'pi']), [world]);
    assert.deepEqual([still?.measuredUpdates, still?.simulatedUpdates], [0, 0]);
    const { measuredUpdates = 0, simulatedUpdates = 0 } = moving ?? {};
    assert.ok(measuredUpdates > 0 && simulatedUpdates > 0, JSON.stringify(moving));
  });

  it('finds those that are not', () => {
    const [row] = validate(benchOf(['adaptive'], -0.06), [world]);
    assert.equal(row?.isNear, false);
    assert.equal(validate(benchOf(['adaptive'], -0.04), [world])[0]?.isNear, true);
  });

  it('says what other programs had, by the weight of the cgroup of containers', () => {
    const bench = benchOf(['equal'], 0, { plannedCpuMs: 20_000, usedCpuMs: 6000 });
    const beside = [withForeign(world, 'rough')];
    const [raised] = validate(bench, beside);
    const [left] = validate(bench, beside, false);
    assert.equal(raised?.measuredForeign, 0.3);
    const [low, high] = [raised?.simulatedForeign ?? 0, left?.simulatedForeign ?? 0];
    assert.ok(low > 0 && high > 1.5 * low, `${low} and ${high}`);
    assert.equal(validate(benchOf(['equal']), [world])[0]?.simulatedForeign, null);
  });

  // The speed of that machine moved by a quarter from one interval to the next. Simulated with the
  // mean work of each run, the paper's rule had 0.28 more of the oracle than it had. `adaptive` has
  // changed since: it had less than it would have now.
  it('moves the speed as it moved in the run', () => {
    const { report, scenarios } = readBench('test/fixtures/bench/idle-burst-10.json.gz');
    const [row, ...others] = validate(onlyOf(report, 'dqoes'), scenarios);
    assert.deepEqual([row?.policy, row?.n, others], ['dqoes', 2, []]);
    const { measured = 0, simulated = 1 } = row ?? {};
    assert.ok(Math.abs(measured - simulated) < 0.12, `${measured}, ${simulated}`);
  });

  it('reads every bench that is kept', () => {
    const benches = keptBenches().map((file) => readBench(file));
    assert.ok(benches.length > 0);
    for (const { file, report, scenarios } of benches) {
      assert.ok(report.runs.length > 0 && report.complete, file);
      assert.ok(scenarios.length > 0, file);
    }
  });

  it('leaves out what cannot be simulated: other scenarios, and the profiled limits', () => {
    assert.deepEqual(validate(benchOf(['oracle']), [world]), []);
    assert.deepEqual(validate(benchOf(['equal']), [{ ...world, name: 'other' }]), []);
  });
});
