import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Disturbance } from '../../../../lab/disturbance.js';
import { lineText } from '../../../../lab/recording/lines.js';
import { arrivalKind } from '../../../../lab/replay/arrivals.js';
import { type Fit, fitRecording } from '../../../../lab/replay/fit.js';
import { scenarioText } from '../../../../lab/replay/scenario-text.js';
import type { Stretch } from '../../../../lab/replay/stretches.js';
import { readScenario } from '../../../../lab/scenario/read.js';
import type { Scenario, ScenarioJob } from '../../../../lab/types.js';
import { assertNear, model, open, scenario, simJob } from '../sim/build.js';
import { header, policyNamed, readGood, recordSimulation } from './record-sim.js';

const CLOSED: readonly ScenarioJob[] = [
  simJob('small', {
    targetMs: 400,
    model: model({ workSeconds: 0.08, overheadSeconds: 0.004, noiseRatio: 0.08 }),
  }),
  simJob('wide', {
    targetMs: 800,
    model: model({ workSeconds: 1.2, parallelism: 2, noiseRatio: 0.08 }),
  }),
  simJob('slow', {
    targetMs: 3000,
    model: model({ workSeconds: 0.9, overheadSeconds: 0.05, noiseRatio: 0.08 }),
  }),
];
const OPEN = simJob('open', {
  targetMs: 60,
  statistic: 'p95',
  mode: 'ceiling',
  weight: 2,
  model: model({ workSeconds: 0.02, noiseRatio: 0.08, arrivals: open(8) }),
});
const WORLD = scenario([...CLOSED, OPEN], {
  durationMs: 180_000,
  nodes: [{ id: 'h1', cpuCores: 4 }],
});

function fitOf(world: Scenario, policy = 'dqoes'): Fit {
  const { recording } = readGood(recordSimulation(world, policyNamed(policy)).text);
  const fit = fitRecording(recording);
  assert.ok(fit.ok, JSON.stringify(fit));
  return fit.value;
}
function jobOf(
  { scenario: { jobs } }: Fit,
  id: string,
): ScenarioJob & { readonly model: NonNullable<ScenarioJob['model']> } {
  const found = jobs.find((job) => job.id === id);
  assert.ok(found?.model != null, `${id} was fitted`);
  return { ...found, model: found.model };
}
const changesOf = (fit: Fit, kind: Disturbance['kind']): readonly Disturbance[] =>
  fit.scenario.disturbances.filter((each) => each.kind === kind);

describe('fitting a scenario to a recording', () => {
  const fit = fitOf(WORLD);

  it('finds the work of a request within 3 %', () => {
    for (const { id, model: truth } of WORLD.jobs)
      assertNear(jobOf(fit, id).model.workSeconds, truth?.workSeconds ?? 0, 0.03, id);
  });

  it('tells closed loops from open arrivals, and their rate', () => {
    for (const { id } of CLOSED) assert.equal(jobOf(fit, id).model.arrivals.kind, 'closed', id);
    const { arrivals } = jobOf(fit, 'open').model;
    assert.ok(arrivals.kind === 'open');
    assertNear(arrivals.ratePerSecond, 8, 0.1, 'rate');
  });

  it('finds the noise of a closed loop, and how many cores it can use', () => {
    for (const { id } of CLOSED) {
      const { noiseRatio, parallelism } = jobOf(fit, id).model;
      assert.ok(noiseRatio > 0.04 && noiseRatio < 0.16, `${id} ${noiseRatio}`);
      assert.equal(parallelism, id === 'wide' ? 2 : 1, id);
    }
  });

  it('keeps targets, modes, weights, nodes and intervals, and invents no change', () => {
    const { jobs, nodes, intervalMs, durationMs, disturbances } = fit.scenario;
    const essence = (job: ScenarioJob) => ({ ...job, model: null });
    assert.deepEqual(jobs.map(essence).sort(byId), WORLD.jobs.map(essence).sort(byId));
    assert.deepEqual(
      [nodes, intervalMs, durationMs],
      [WORLD.nodes, WORLD.intervalMs, WORLD.durationMs],
    );
    assert.deepEqual(disturbances, []);
    assert.deepEqual(fit.notes, []);
  });

  it('is written as a scenario file that reads back equal', () => {
    const read = readScenario(scenarioText(fit.scenario, ['a comment\nof two lines']), 'other');
    assert.ok(read.ok, JSON.stringify(read));
    assert.deepEqual(read.value.scenario, fit.scenario);
  });

  it('finds arrivals, departures and changes of targets at the report that shows them', () => {
    const [small, wide, slow] = CLOSED as readonly [ScenarioJob, ScenarioJob, ScenarioJob];
    const jobs = [{ ...small, untilMs: 60_000 }, { ...wide, atMs: 30_000 }, slow];
    const disturbances: readonly Disturbance[] = [
      { kind: 'target', atMs: 80_000, job: 'slow', targetMs: 2000 },
    ];
    const moved = fitOf({ ...WORLD, jobs, disturbances });
    assert.deepEqual(jobOf(moved, 'small').untilMs, 60_000);
    assert.deepEqual(jobOf(moved, 'wide').atMs, 30_000);
    assert.deepEqual(jobOf(moved, 'slow').targetMs, 3000);
    assert.deepEqual(changesOf(moved, 'target'), disturbances);
  });

  it('finds drift of work and rate, and stolen CPU, within a few intervals and 5 %', () => {
    const disturbances: readonly Disturbance[] = [
      { kind: 'workFactor', atMs: 90_000, forMs: null, job: 'slow', factor: 1.5 },
      { kind: 'rateFactor', atMs: 90_000, forMs: null, job: 'open', factor: 2 },
      { kind: 'stolenCpu', atMs: 60_000, forMs: 40_000, node: 'h1', cores: 1 },
    ];
    const drifted = fitOf({ ...WORLD, disturbances });
    for (const kind of ['workFactor', 'rateFactor'] as const) {
      const [found, ...others] = changesOf(drifted, kind);
      assert.ok(
        found?.kind === kind && others.length === 0,
        `${kind} ${JSON.stringify([found, ...others])}`,
      );
      assertNear(found.atMs, 90_000, 0.15, `${kind} begins`);
      assertNear(
        found.factor,
        kind === 'workFactor' ? 1.5 : 2,
        kind === 'workFactor' ? 0.05 : 0.2,
        kind,
      );
    }
    const [stolen, ...others] = changesOf(drifted, 'stolenCpu');
    assert.ok(stolen?.kind === 'stolenCpu' && others.length === 0, JSON.stringify(others));
    assertNear(stolen.cores, 1, 0.05, 'stolen');
    assertNear(stolen.atMs, 60_000, 0.1, 'stolen from');
    assertNear(stolen.forMs ?? 0, 40_000, 0.15, 'stolen for');
  });

  it('finds a silence', () => {
    const silence: Disturbance = {
      kind: 'silence',
      atMs: 50_500,
      forMs: 20_000,
      node: 'h1',
      job: null,
    };
    const [found] = changesOf(fitOf({ ...WORLD, disturbances: [silence] }), 'silence');
    assert.ok(found?.kind === 'silence');
    assertNear(found.atMs, 50_000, 0.01);
    assertNear(found.forMs ?? 0, 21_000, 0.01);
  });

  it('fits nothing where there is nothing, with the cure', () => {
    const empty = fitRecording(readGood(lineText(header())).recording);
    assert.ok(
      !empty.ok && /no report of any node/.test(empty.error[0]?.message ?? ''),
      JSON.stringify(empty),
    );
    const text = recordSimulation({ ...WORLD, jobs: [] }, policyNamed('equal')).text;
    const idle = fitRecording(readGood(text).recording);
    assert.ok(
      !idle.ok && /no container with a target answered/.test(idle.error[0]?.message ?? ''),
      JSON.stringify(idle),
    );
  });

  it('knows two clients that wait for their answers from requests that come by themselves', () => {
    const stretch = (waitedMs: number): Stretch => ({
      fromMs: 0,
      toMs: 1000,
      count: 5,
      waitedMs,
      cpuSeconds: 0.5,
      limit: { cpuCores: 0.5, periodUs: 100_000 },
      regime: 'bound',
      isClean: true,
    });
    assert.deepEqual(arrivalKind([1990, 2000, 2010, 2000].map(stretch)), {
      kind: 'closed',
      clients: 2,
    });
    assert.deepEqual(arrivalKind([300, 1200, 800, 2000].map(stretch)), { kind: 'open' });
    assert.deepEqual(arrivalKind([500, 505, 495, 500].map(stretch)), { kind: 'open' });
  });
});

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : 1;
