import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { runScenario, type ScoredRun } from '../../../../lab/sim/run-scenario.js';
import type { IntervalRecord, Scenario } from '../../../../lab/types.js';
import { bestClock, gpuScenario } from './gpu-build.js';

const SHIPPED = readFileSync(
  new URL('../../../../../lab/scenarios/gpu-shared.yaml', import.meta.url),
  'utf8',
);

function run(scenario: Scenario, ...policies: readonly string[]): readonly ScoredRun[] {
  const chosen = policies.flatMap((name) => LAB_POLICIES[name] ?? []);
  return [...runScenario(scenario, chosen, new Judge())];
}

const clocksOf = (interval: IntervalRecord | undefined): readonly number[] =>
  (interval?.gpus ?? []).map(({ clockMhz }) => clockMhz);

describe('lab: GPUs', () => {
  it('meets every target within five intervals, with less energy than at full clock', () => {
    for (const seed of [1, 2, 3]) {
      const scenario = gpuScenario(SHIPPED, seed);
      const [lowest, highest] = run(scenario, 'adaptive', 'max-clock');
      assert.ok(lowest !== undefined && highest !== undefined);
      const { intervals } = lowest.record;
      let changedAt = 0;
      for (const [k, { changes }] of intervals.entries()) {
        if (changes.length > 0) changedAt = k;
        if (k >= changedAt + 5)
          assert.equal(lowest.score.satisfied[k], 4, `seed ${seed}, interval ${k}`);
      }
      const [saved, spent] = [
        lowest.score.summary.gpuJoules ?? 0,
        highest.score.summary.gpuJoules ?? 0,
      ];
      assert.ok(saved > 0 && saved < 0.8 * spent, `${saved} J of ${spent} J`);
    }
  });

  it('changes no clock more than once a minute while nothing happens', () => {
    const calm = gpuScenario(
      SHIPPED.replace(/disturbances:[\s\S]*/, '').replace('duration: 300s', 'duration: 900s'),
    );
    for (const seed of [1, 2, 3]) {
      const [{ record } = { record: undefined }] = run({ ...calm, seed }, 'adaptive');
      const rest = record?.intervals.slice(8) ?? [];
      const last = new Map<string, number>();
      for (const [k, { gpus = [] }] of rest.entries())
        for (const { id, changes } of gpus) {
          if (changes === 0) continue;
          assert.ok(
            changes === 1 && k - (last.get(id) ?? -100) >= 12,
            `seed ${seed}: ${id} again in interval ${k + 8}`,
          );
          last.set(id, k);
        }
    }
  });

  it('holds percentiles, at the lowest clock that does', () => {
    for (const statistic of ['p90', 'p95', 'p99']) {
      const job =
        `{ id: a, target: 150ms, statistic: ${statistic}, gpu: { count: 1 }, model: { work: ` +
        '2ms, gpu: 60ms, overhead: 10ms, noise: 0.12 } }';
      const scenario = gpuScenario(
        'duration: 300s\nnodes: [{ id: h1, cpu: 8, gpu: [{ id: g0, memory: 40GiB }] ' +
          `}]\njobs: [${job}]`,
      );
      const gpu = scenario.nodes[0]?.gpus?.[0];
      assert.ok(gpu !== undefined);
      const best = bestClock(scenario.jobs, gpu);
      const [{ record, score } = { record: undefined, score: undefined }] = run(
        scenario,
        'adaptive',
      );
      assert.ok(
        score?.satisfied.slice(6).every((met) => met === 1),
        `${statistic}: ${score?.satisfied}`,
      );
      const [clock = 0] = clocksOf(record?.intervals.at(-1));
      assert.ok(
        clock >= best.mhz && clock <= best.mhz * 1.12,
        `${statistic}: ${clock} MHz, the lowest is ${best.mhz}`,
      );
    }
  });

  it('holds targets by the power limit where the clock cannot be set, and then rests', () => {
    const job =
      '{ id: a, target: 130ms, gpu: { count: 1 }, model: { work: 2ms, gpu: 80ms, overhead: 6ms } }';
    const scenario = gpuScenario(
      'duration: 900s\nnodes: [{ id: h1, cpu: 8, gpu: [{ id: g0, memory: 40GiB, minPower: ' +
        `100 }] }]\njobs: [${job}]`,
    );
    const [lowest, highest] = run(scenario, 'adaptive', 'max-clock');
    assert.ok(lowest !== undefined && highest !== undefined);
    const { satisfied, summary } = lowest.score;
    assert.ok(
      satisfied.slice(24).every((met) => met === 1),
      `${satisfied}`,
    );
    assert.ok((summary.gpuChangesPerMinuteLastThird ?? 9) <= 1);
    assert.ok((summary.gpuJoules ?? 0) < 0.9 * (highest.score.summary.gpuJoules ?? 0));
  });

  it('finds the lowest clock that most targets have in common', () => {
    const jobs = [
      // In common: 840 to 1130 MHz.
      '{ id: a, target: 130ms, gpu: { share: 40% }, model: { work: 2ms, gpu: 32ms, ' +
        'overhead: 6ms } }',
      '{ id: b, target: 90ms, gpu: { share: 20% }, model: { work: 2ms, gpu: 11ms, ' +
        'overhead: 3ms } }',
      '{ id: c, target: 200ms, mode: ceiling, gpu: { share: 20% }, model: { work: 2ms, ' +
        'gpu: 12ms } }',
    ];
    const scenario = gpuScenario(
      'duration: 100s\nnodes: [{ id: h1, cpu: 8, gpu: [{ id: g0, memory: 40GiB }] ' +
        `}]\njobs: [${jobs.join(',')}]`,
    );
    const gpu = scenario.nodes[0]?.gpus?.[0];
    assert.ok(gpu !== undefined);
    const best = bestClock(scenario.jobs, gpu);
    assert.equal(best.met, 3);
    const [{ record, score } = { record: undefined, score: undefined }] = run(scenario, 'adaptive');
    assert.deepEqual(
      score?.satisfied.slice(5),
      score?.satisfied.slice(5).map(() => 3),
    );
    const [clock = 0] = clocksOf(record?.intervals.at(-1));
    assert.ok(
      clock >= best.mhz && clock <= best.mhz * 1.05,
      `${clock} MHz, the lowest is ${best.mhz}`,
    );
  });

  it('serves the most jobs where no clock serves all, and slows none needlessly', () => {
    const three = [
      '{ id: a, target: 100ms, gpu: { share: 30% }, model: { work: 1ms, gpu: 21ms } }',
      '{ id: b, target: 100ms, gpu: { share: 30% }, model: { work: 1ms, gpu: 21ms } }',
      // Needs nearly the highest clock, at which the others are faster than their bands.
      '{ id: c, target: 75ms, gpu: { share: 30% }, model: { work: 1ms, gpu: 22ms } }',
    ];
    const of = (jobs: readonly string[]) =>
      gpuScenario(
        'duration: 100s\nnodes: [{ id: h1, cpu: 8, gpu: [{ id: g0, memory: 40GiB }] ' +
          `}]\njobs: [${jobs.join(',')}]`,
      );
    const [most] = run(of(three), 'adaptive');
    assert.deepEqual(
      most?.score.satisfied.slice(6),
      most?.score.satisfied.slice(6).map(() => 2),
    );
    const [none] = run(
      of(['{ id: a, target: 50ms, gpu: { count: 1 }, model: { work: 1ms, gpu: 90ms } }']),
      'adaptive',
    );
    assert.deepEqual(clocksOf(none?.record.intervals.at(-1)), [1410]);
  });

  it('places by share and memory, and leaves waiting what has no room', () => {
    const job = (id: string, ask: string): string =>
      `{ id: ${id}, target: 200ms, gpu: { ${ask} }, model: { work: 1ms, gpu: 20ms } }`;
    const jobs = [
      job('a', 'share: 60%'),
      job('b', 'share: 60%'),
      job('c', 'share: 40%, memory: 8GiB'),
      job('d', 'share: 30%, memory: 40GiB'),
      job('e', 'count: 1'),
    ];
    const scenario = gpuScenario(
      'duration: 30s\nnodes: [{ id: h1, cpu: 8, gpu: [{ id: g0, memory: 40GiB }, { id: g1, ' +
        `memory: 40GiB }] }]\njobs: [${jobs.join(',')}]`,
    );
    const [{ record } = { record: undefined }] = run(scenario, 'adaptive');
    const places = Object.fromEntries(
      (record?.intervals.at(-1)?.jobs ?? []).map(({ id, node }) => [id, node]),
    );
    assert.deepEqual(places, { a: 'h1', b: 'h1', c: 'h1', d: null, e: null });
  });
});
