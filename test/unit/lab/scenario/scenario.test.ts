import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { SCENARIO_KEYS } from '../../../../lab/scenario/fields.js';
import { readScenario } from '../../../../lab/scenario/read.js';
import type { Scenario } from '../../../../lab/types.js';

function good(text: string): Scenario {
  const read = readScenario(text, 'named');
  if (!read.ok) throw new Error(read.error.map(({ message }) => message).join('\n'));
  return read.value.scenario;
}

/** `line:column code field` of every fault. */
function faults(text: string): readonly string[] {
  const read = readScenario(text, 'named');
  return read.ok
    ? []
    : read.error.map(({ line, column, code, field }) => `${line}:${column} ${code} ${field}`);
}
const messages = (text: string): string => {
  const read = readScenario(text, 'named');
  return read.ok ? '' : read.error.map(({ message }) => message).join('\n');
};

const JOB = '{ id: a, target: 2s, model: { work: 0.46 } }';

describe('readScenario', () => {
  it('needs only id, target and model of a job', () => {
    assert.deepEqual(good(`jobs: [${JOB}]`), {
      name: 'named',
      seed: 1,
      intervalMs: 5000,
      durationMs: 300_000,
      nodes: [{ id: 'h1', cpuCores: 2 }],
      jobs: [
        {
          id: 'a',
          atMs: 0,
          untilMs: null,
          targetMs: 2000,
          demandRatio: null,
          statistic: 'mean',
          toleranceRatio: 0.1,
          mode: 'band',
          weight: 1,
          model: {
            workSeconds: 0.46,
            overheadSeconds: 0,
            parallelism: 1,
            noiseRatio: 0.08,
            arrivals: { kind: 'closed' },
          },
          workload: null,
        },
      ],
      disturbances: [],
    });
  });

  it('reads everything of the format', () => {
    const read = good(`
name: burst-1.5
seed: 7
interval: 2s
duration: 120
tolerance: 20%
noise: 0.2
nodes: [{ id: big, cpu: 8 }, { id: small, cpu: 0.5 }]
jobs:
  - { id: j1, at: 10, until: 1m30s, target: 250ms, statistic: p95, mode: ceiling, weight: 2.5,
      tolerance: 0.05,
      model: { work: 460ms, overhead: 0.02, parallelism: 4, noise: 0, arrivals: { rate: 4 } } }
  - { id: j2, target: 3, workload: { kind: ocr-det, batch: 20, threads: 2 } }
disturbances:
  - { at: 90s, for: 10s, node: big, stolenCpu: 2 }
  - { at: 50s, job: j1, workFactor: 1.5 }
  - { at: 50s, for: 5s, job: j1, rateFactor: 2 }
  - { at: 60s, job: j1, rate: 10 }
  - { at: 20s, job: j1, target: 1s }
  - { at: 30s, for: 5s, node: small, silence: true }
  - { at: 0s, for: 5s, job: j2, silence: true }
`);
    assert.deepEqual(
      [read.name, read.seed, read.intervalMs, read.durationMs],
      ['burst-1.5', 7, 2000, 120_000],
    );
    const [first, second] = read.jobs;
    assert.deepEqual(first?.model, {
      workSeconds: 0.46,
      overheadSeconds: 0.02,
      parallelism: 4,
      noiseRatio: 0,
      arrivals: { kind: 'open', ratePerSecond: 4 },
    });
    assert.deepEqual(
      [first?.atMs, first?.untilMs, first?.targetMs, first?.toleranceRatio],
      [10_000, 90_000, 250, 0.05],
    );
    assert.deepEqual([second?.model, second?.targetMs, second?.toleranceRatio], [null, 3000, 0.2]);
    assert.deepEqual(second?.workload, {
      kind: 'ocr-det',
      batch: 20,
      threads: 2,
      arrivals: { kind: 'closed' },
    });
    assert.deepEqual(read.disturbances, [
      { kind: 'stolenCpu', atMs: 90_000, forMs: 10_000, node: 'big', cores: 2 },
      { kind: 'workFactor', atMs: 50_000, forMs: null, job: 'j1', factor: 1.5 },
      { kind: 'rateFactor', atMs: 50_000, forMs: 5000, job: 'j1', factor: 2 },
      { kind: 'rateFactor', atMs: 60_000, forMs: null, job: 'j1', factor: 2.5 },
      { kind: 'target', atMs: 20_000, job: 'j1', targetMs: 1000 },
      { kind: 'silence', atMs: 30_000, forMs: 5000, node: 'small', job: null },
      { kind: 'silence', atMs: 0, forMs: 5000, node: null, job: 'j2' },
    ]);
  });

  it('makes a group of jobs of a count, and a disturbance of the group meets each', () => {
    const read = good(`
jobs: [{ id: a, count: 3, target: 2s, model: { work: 1 } }]
disturbances: [{ at: 9s, job: a, workFactor: 2 }, { at: 9s, job: a-2, workFactor: 2 }]`);
    assert.deepEqual(
      read.jobs.map(({ id }) => id),
      ['a-1', 'a-2', 'a-3'],
    );
    assert.deepEqual(
      read.disturbances.map((each) => ('job' in each ? each.job : '')),
      ['a-1', 'a-2', 'a-3', 'a-2'],
    );
  });

  it('reads GPUs of nodes and what jobs ask of them', () => {
    const node = '{ id: h1, cpu: 2, gpu: [{ id: g0, memory: 16GiB, maxClock: 1980, power: 700 }] }';
    const job =
      '{ id: a, target: 80ms, gpu: { share: 25%, memory: 4GiB }, model: { work: 2ms, gpu: 10ms } }';
    const read = good(`nodes: [${node}]\njobs: [${job}]`);
    assert.deepEqual(read.nodes[0]?.gpus, [
      {
        id: 'g0',
        memoryBytes: 2 ** 34,
        ...{ minMhz: 210, maxMhz: 1980, stepMhz: 15 },
        ...{ idleWatts: 50, maxWatts: 700 },
      },
    ]);
    assert.deepEqual(read.jobs[0]?.gpu, { shareRatio: 0.25, memoryBytes: 2 ** 32 });
    assert.equal(read.jobs[0]?.model?.gpuSeconds, 0.01);
  });

  it('refuses jobs on GPUs that say half of it', () => {
    const job = (text: string): string => `jobs: [{ id: a, target: 2s, ${text} }]`;
    assert.match(messages(job('gpu: { count: 1 }, model: { work: 1 }')), /a job on a GPU has both/);
    assert.match(messages(job('model: { work: 1, gpu: 1 }')), /a job on a GPU has both/);
    assert.match(
      messages(job('gpu: { count: 1, share: 10% }, model: { work: 1, gpu: 1 }')),
      /one of count and share/,
    );
  });

  it('names every fault at once, each where it stands', () => {
    const found = faults(`name: bad
sede: 1
interval: 10ms
nodes:
  - { id: h1, cpu: 0 }
  - { id: h1, cpu: 2 }
jobs:
  - { id: j1, target: 2s, model: { work: 0.46, arival: closed } }
  - { id: j1, target: fast, model: { work: 0.46, arrivals: { rate: -4 } } }
  - { id: j3, at: 400s, target: 2s, mode: cieling, model: { work: 0.46, arrivals: open } }
  - { id: j4, at: 100s, until: 50s, target: 2s, model: { work: 1 } }
  - { id: j5, target: 2s }
disturbances:
  - { at: 90s, for: 60s, node: h2, stolenCpu: 1 }
  - { at: 900s, job: j9, workFactor: 1.5 }
  - { at: 9s, job: j4, workFactor: 1.5, target: 1s }
  - { at: 9s, job: j1 }
`);
    assert.deepEqual(found, [
      '2:1 scenario.unknown-key sede',
      '3:11 scenario.bad-value interval',
      '5:20 scenario.bad-value nodes.0.cpu',
      '6:11 scenario.duplicate nodes.1.id',
      '8:48 scenario.unknown-key jobs.0.model.arival',
      '9:11 scenario.duplicate jobs.1.id',
      '9:23 scenario.bad-value jobs.1.target',
      '9:68 scenario.bad-value jobs.1.model.arrivals.rate',
      '10:19 scenario.bad-value jobs.2.at',
      '10:43 scenario.bad-value jobs.2.mode',
      '10:83 scenario.bad-value jobs.2.model.arrivals',
      '11:32 scenario.bad-value jobs.3.until',
      '12:5 scenario.bad-value jobs.4',
      '14:32 scenario.bad-value disturbances.0.node',
      '15:11 scenario.bad-value disturbances.1.at',
      '15:22 scenario.bad-value disturbances.1.job',
      '16:49 scenario.bad-value disturbances.2.target',
      '17:5 scenario.bad-value disturbances.3',
    ]);
  });

  it('does not guess at a duration that cannot be read', () => {
    const job = '{ id: a, at: 400s, target: 2s, model: { work: 1 } }';
    assert.deepEqual(faults(`duration: long\njobs: [${job}]`), [
      '1:11 scenario.bad-value duration',
    ]);
    assert.deepEqual(faults(`jobs: [${job}]`), ['1:21 scenario.bad-value jobs.0.at']);
  });

  it('says value and cure, with the nearest known word', () => {
    assert.match(
      messages(`jobs: [{ id: a, taget: 2s, model: { work: 1 } }]`),
      /unknown key \(did you mean target\?\)/,
    );
    assert.match(messages(`hosts: 2\njobs: [${JOB}]`), /hosts: unknown key: use .*\bnodes\b/);
    assert.match(
      messages(`jobs: [{ id: a, target: 2 parsecs, model: { work: 1 } }]`),
      /"2 parsecs" is not a duration: write/,
    );
    assert.match(
      messages(`jobs: [${JOB}]\ndisturbances: [{ at: 1s, job: b, workFactor: 2 }]`),
      /there is no job "b" \(did you mean a\?\); there are a/,
    );
    assert.match(
      messages(`jobs: [${JOB}]\ndisturbances: [{ at: 1s, job: a, rateFactor: 2 }]`),
      /"a" has closed arrivals and so no rate: give it arrivals: \{ rate: 4 \}/,
    );
  });

  it('refuses what would not end: sizes and numbers of requests', () => {
    assert.match(
      messages(`interval: 500ms\nduration: 24h\njobs: [${JOB}]`),
      /172800 intervals are more than 20000/,
    );
    assert.match(
      messages(`jobs: [{ id: a, count: 3000, target: 2s, model: { work: 1 } }]`),
      /is not a count/,
    );
    assert.match(
      messages('jobs: [{ id: a, target: 2s, model: { work: 0.01ms } }]'),
      /million requests/,
    );
    assert.match(messages('jobs: []'), /write at least one job/);
    assert.match(
      messages(
        `nodes: [{ id: h1, cpu: 2 }]\njobs: [${JOB}]\ndisturbances: [{ at: 1s, node: h1, ` +
          'stolenCpu: 2 }]',
      ),
      /leaves nothing/,
    );
  });

  it('answers any broken text with a fault that has a place', () => {
    for (const text of [
      '',
      'jobs',
      '[',
      'jobs: {',
      '- a',
      'a: [b',
      'jobs: [{ id: a, id: b }]',
      '\u0000',
      'jobs: *x',
    ]) {
      const read = readScenario(text, 'x');
      assert.ok(!read.ok, text);
      assert.ok(read.error.length > 0 && read.error.every(({ line }) => (line ?? 0) >= 1), text);
    }
  });

  // The tests run in dist/test/unit/lab-sim; the documents are not built.
  const doc = (): string =>
    readFileSync(new URL('../../../../../docs/lab.md', import.meta.url), 'utf8');

  it('docs/lab.md lists every key once', () => {
    const table = doc().split('\n## Scenario file\n')[1]?.split('\n## ')[0] ?? '';
    const listed = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
    const under = (prefix: string, keys: readonly string[]) =>
      keys.map((key) => `${prefix}.${key}`);
    const known = [
      ...SCENARIO_KEYS.scenario,
      ...under('nodes', SCENARIO_KEYS.node),
      ...under('nodes.gpu', SCENARIO_KEYS.gpu),
      ...under('jobs', SCENARIO_KEYS.job),
      ...under('jobs.gpu', SCENARIO_KEYS.jobGpu),
      ...under('jobs.model', [...SCENARIO_KEYS.model, 'arrivals.rate']),
      ...under('jobs.workload', [...SCENARIO_KEYS.workload, 'arrivals.rate']),
      ...under('disturbances', SCENARIO_KEYS.disturbance),
      ...under('disturbances.foreign', SCENARIO_KEYS.foreign),
    ];
    assert.deepEqual([...listed].sort(), [...known].sort());
  });

  it("docs/lab.md's example is a good scenario", () => {
    assert.equal(good(/```yaml\n([\s\S]*?)```/.exec(doc())?.[1] ?? '').jobs.length, 4);
  });
});
