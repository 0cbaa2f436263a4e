import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseJobFile, parseJobValue } from '../../../cli/job-file/parse.js';
import { printJobFile } from '../../../cli/job-file/print.js';
import type { JobName } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { LATENCY_UNITS } from '../../../shared/job.js';
import { STATISTICS, TARGET_MODES } from '../../../shared/qoe.js';

const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,63}$/);
const amount = (least: number, most: number) =>
  fc.double({ min: least, max: most, noNaN: true, noDefaultInfinity: true });
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const dictionary = (key: fc.Arbitrary<string>) =>
  fc
    .dictionary(key, text, { maxKeys: 4, noNullPrototype: true })
    .filter((value) => !Object.hasOwn(value, '__proto__'));

const cpu = fc
  .tuple(amount(0.01, 8), fc.option(amount(8, 64), { nil: undefined }))
  .map(([minCores, maxCores]) => ({
    minCores,
    ...(maxCores === undefined ? {} : { maxCores }),
  }));
const bytes = fc.integer({ min: 6 * 1024 ** 2, max: 2 ** 40 });
const gpu = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 64 }) }, { noNullPrototype: true }),
  fc.record(
    {
      shareRatio: fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100),
      memoryBytes: bytes,
      onLost: fc.constant('restart' as const),
    },
    { requiredKeys: ['shareRatio'], noNullPrototype: true },
  ),
);
const resources = fc
  .tuple(cpu, fc.option(bytes, { nil: undefined }), fc.option(gpu, { nil: undefined }))
  .map(([bounds, memoryBytes, gpus]) => ({
    cpu: bounds,
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(gpus === undefined ? {} : { gpu: gpus }),
  }));
const latency: fc.Arbitrary<JobSpec['latency']> = fc.oneof(
  fc.constant({ source: 'push' as const }),
  fc.constantFrom<JobSpec['latency']>(
    {
      source: 'prometheus',
      preset: 'triton',
      match: 'model="it\'s", v!="#"',
      port: 8002,
      path: '/m',
    },
    { source: 'prometheus', metric: 'a:b/c_total', unit: 's' },
    { source: 'probe', method: 'POST', body: '{"x": "- # y"}', path: '/infer?a=b' },
  ),
  fc.record(
    {
      source: fc.constant('log' as const),
      pattern: fc.constantFrom('(?<value>[0-9.]+)', `it's "(?<value>\\d+)": #x`),
      unit: fc.constantFrom(...LATENCY_UNITS),
    },
    { noNullPrototype: true },
  ),
);
const port = fc.integer({ min: 1, max: 65535 });
const ports = fc.array(
  fc.oneof(
    port.map((containerPort) => ({ containerPort })),
    fc.tuple(port, port).map(([containerPort, hostPort]) => ({ containerPort, hostPort })),
  ),
  { maxLength: 3 },
);

const spec: fc.Arbitrary<JobSpec> = fc.record(
  {
    name: name.map((value) => value as JobName),
    image: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/:@-]{0,60}$/),
    command: fc.array(text, { maxLength: 4 }),
    env: dictionary(
      fc
        .stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,20}$/)
        .filter((name) => !/^(?:LD|NVIDIA|CUDA)_/.test(name)),
    ),
    target: fc.record(
      {
        latencyMs: amount(0.001, 86_400_000),
        statistic: fc.constantFrom(...STATISTICS),
        toleranceRatio: amount(0.001, 0.999),
        mode: fc.constantFrom(...TARGET_MODES),
      },
      { noNullPrototype: true },
    ),
    weight: amount(0.001, 1000),
    replicas: fc.integer({ min: 1, max: 400 }),
    resources,
    latency,
    constraints: dictionary(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,20}$/)).map(
      (labels) => ({ labels }),
    ),
    onLoss: fc.constantFrom('reschedule' as const, 'keep' as const),
    ports,
  },
  { noNullPrototype: true },
);

const FRAGMENTS = [
  'name: ',
  'image: x\n',
  'target:',
  ' { latency: ',
  '1s }',
  '\n',
  '---\n',
  '&a ',
  '*a',
  '!!map ',
  '? ',
  '- ',
  '.nan',
  '"',
  "'",
  '\t',
  '[',
  '{',
  '|\n  ',
  '<<: ',
  '%YAML 1.1\n',
  '\u0000',
];

describe('job file, any input', () => {
  it('never throws, and every fault has a line and a column', () => {
    const anyText = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc
        .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 6 })), {
          maxLength: 30,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyText, (input) => {
        const parsed = parseJobFile(input);
        if (parsed.ok) return;
        assert.ok(parsed.error.length > 0);
        for (const fault of parsed.error)
          assert.ok((fault.line ?? 0) >= 1 && (fault.column ?? 0) >= 1, JSON.stringify(fault));
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws on plain values', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseJobValue(value)));
  });

  it('reads back what it printed', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 3 }), (specs) => {
        const named = specs.map((one, index) => ({
          ...one,
          name: `${one.name.slice(0, 60)}-${index}` as JobName,
        }));
        const parsed = parseJobFile(named.map(printJobFile).join('---\n'));
        assert.ok(parsed.ok, JSON.stringify(parsed));
        assert.deepEqual(parsed.value, named);
      }),
      { numRuns: 300 },
    );
  });
});
