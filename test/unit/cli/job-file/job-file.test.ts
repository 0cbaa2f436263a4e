import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseJobFile, parseJobValue } from '../../../../cli/job-file/parse.js';
import { printJobFile } from '../../../../cli/job-file/print.js';
import type { JobSpec } from '../../../../shared/job.js';
import { edited, faultsOf, MINIMAL } from './build.js';

const FULL = `name: face-unlock
image: registry.example/face:1.4
command: [--batch, 20]
env: { MODEL: det, DEBUG: true, N: 007 }
target:
  latency: 1m30s
  statistic: p95
  tolerance: 10%
  mode: ceiling
weight: 2.5
replicas: 3
resources:
  cpu: { min: 0.05, max: 2 }
  memory: 512MiB
  gpu: { count: 0 }
latency:
  source: log
  pattern: 'took (?<value>[0-9.]+)'
  unit: us
constraints: { labels: { zone: a } }
onLoss: keep
ports: [8080, "18080:80"]
`;

describe('job file', () => {
  it('reads every key', () => {
    const parsed = parseJobFile(FULL);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    assert.deepEqual(parsed.value, [
      {
        name: 'face-unlock',
        image: 'registry.example/face:1.4',
        command: ['--batch', '20'],
        env: { MODEL: 'det', DEBUG: 'true', N: '007' },
        target: { latencyMs: 90_000, statistic: 'p95', toleranceRatio: 0.1, mode: 'ceiling' },
        weight: 2.5,
        replicas: 3,
        resources: { cpu: { minCores: 0.05, maxCores: 2 }, memoryBytes: 512 * 1024 ** 2 },
        latency: { source: 'log', pattern: 'took (?<value>[0-9.]+)', unit: 'us' },
        constraints: { labels: { zone: 'a' } },
        onLoss: 'keep',
        ports: [{ containerPort: 8080 }, { containerPort: 80, hostPort: 18080 }],
      },
    ]);
  });

  it('reads a credit, and writes it again', () => {
    const parsed = parseJobFile(`${MINIMAL}credit: 10% below 99%\n`);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    const [spec] = parsed.value;
    assert.deepEqual(spec?.credit, { costRatio: 0.1, belowRatio: 0.99 });
    assert.match(printJobFile(spec as JobSpec), /^credit: 10% below 99%$/m);
    assert.deepEqual(parseJobFile(printJobFile(spec as JobSpec)), parsed);
    const wrong = parseJobFile(`${MINIMAL}credit: 10% under 99%\n`);
    assert.ok(!wrong.ok);
    assert.match(
      wrong.error[0]?.message ?? '',
      /"10% under 99%" is not a credit: write .* 10% below/,
    );
  });

  it('tells variables with a secret from those with a value, and writes both again', () => {
    const parsed = parseJobFile(`${MINIMAL}env: { A: 1, B: { secret: db }, C: { secret: 007 } }\n`);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    const [spec] = parsed.value;
    assert.deepEqual([spec?.env, spec?.secretEnv], [{ A: '1' }, { B: 'db', C: '007' }]);
    assert.deepEqual(parseJobFile(printJobFile(spec as JobSpec)), parsed);
  });

  it('fills in the defaults', () => {
    const parsed = parseJobFile(MINIMAL);
    assert.ok(parsed.ok);
    const [spec] = parsed.value;
    assert.deepEqual(spec?.target, {
      latencyMs: 800,
      statistic: 'mean',
      toleranceRatio: 0.1,
      mode: 'band',
    });
    assert.deepEqual([spec?.weight, spec?.replicas, spec?.onLoss], [1, 1, 'reschedule']);
    assert.equal(spec?.latency.source, 'log');
  });

  it('reads the other sources of response times', () => {
    const sources = [
      ['{ source: prometheus }', { source: 'prometheus' }],
      [
        '{ source: prometheus, preset: TF Serving, port: 8501, path: /m?x=1, match: model="face" }',
        {
          source: 'prometheus',
          preset: 'tf-serving',
          port: 8501,
          path: '/m?x=1',
          match: 'model="face"',
        },
      ],
      [
        '{ source: prometheus, metric: busy / done_total, unit: us }',
        { source: 'prometheus', metric: 'busy/done_total', unit: 'us' },
      ],
      [
        '{ source: push, metric: http.server.request.duration }',
        { source: 'push', metric: 'http.server.request.duration' },
      ],
      [
        `{ source: probe, path: /infer, body: '{"x":1}' }`,
        { source: 'probe', path: '/infer', body: '{"x":1}' },
      ],
    ] as const;
    for (const [text, expected] of sources) {
      const parsed = parseJobFile(`${MINIMAL}latency: ${text}\n`);
      assert.ok(parsed.ok, JSON.stringify(parsed));
      assert.deepEqual(parsed.value[0]?.latency, expected);
    }
  });

  it('reads several documents, blank ones left out', () => {
    const parsed = parseJobFile(
      `---\n${MINIMAL}---\n# nothing\n---\n${edited('name: a', 'name: b')}`,
    );
    assert.ok(parsed.ok, JSON.stringify(parsed));
    assert.deepEqual(
      parsed.value.map(({ name }) => name),
      ['a', 'b'],
    );
  });

  it('follows an alias', () => {
    const parsed = parseJobFile('name: a\nimage: &i b\nenv: { X: *i }\ntarget: { latency: 1s }\n');
    assert.ok(parsed.ok, JSON.stringify(parsed));
    assert.equal(parsed.value[0]?.env.X, 'b');
  });

  it('refuses what is too long, too deep or too wrong, quickly and without a crash', function () {
    this.timeout(30_000);
    assert.match(faultsOf('x'.repeat(300_000))[0]?.message ?? '', /longer than 256 KiB/);
    for (const nest of ['[', '- ', '? ', '{a: ', '- [', '[{']) {
      const faults = faultsOf(nest.repeat(Math.floor(250_000 / nest.length)));
      assert.deepEqual(
        faults.map(({ message }) => message),
        ['this is nested deeper than any job file'],
        nest,
      );
    }
    for (const odd of ['[,', '"', '---\n', '&a ', 'a\n  - '])
      assert.ok(faultsOf(odd.repeat(40_000)).length <= 101, odd);
    const many = faultsOf(
      `${MINIMAL}${Array.from({ length: 5000 }, (_, index) => `k${index}: 1\n`).join('')}`,
    );
    assert.equal(many.length, 101);
    assert.match(many.at(-1)?.message ?? '', /and 4900 more faults/);
    const keys = Array.from({ length: 40_000 }, (_, index) => `k${index.toString(36)}:\n`);
    assert.equal(faultsOf(keys.join('')).length, 101);
    assert.equal(faultsOf('a:\n'.repeat(80_000)).length, 101);
  });

  it('refuses a key that stands twice, at its place, in every form of mapping', () => {
    const twice = `${MINIMAL}env: { A: b, "A": c }\nresources:\n  cpu: 1\n  cpu: 2\nname: a\n`;
    const found = faultsOf(twice).map(({ message, line, column }) => ({ message, line, column }));
    const message = 'this key stands twice in its mapping: keep one of the two';
    const from = MINIMAL.split('\n').length;
    assert.deepEqual(found, [
      { message, line: from, column: 14 },
      { message, line: from + 3, column: 3 },
      { message, line: from + 4, column: 1 },
    ]);
  });

  it('reads plain values by the same rules, without positions', () => {
    const parsed = parseJobValue({
      name: 'a',
      image: 'b',
      target: { latency: '8' },
      weight: Number.NaN,
    });
    assert.ok(!parsed.ok);
    assert.deepEqual(
      parsed.error.map(({ field, line }) => [field, line]),
      [
        ['target.latency', undefined],
        ['weight', undefined],
      ],
    );
  });
});
