import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readLabels } from '../../../../agent/discover/labels.js';
import { workloadsOf } from '../../../../agent/discover/workloads.js';
import { numberAt } from '../../../../agent/drivers/cgroup-parse.js';
import { locate, parseMemberships, parseMounts } from '../../../../agent/drivers/cgroup-paths.js';
import { createPatternCompiler } from '../../../../agent/drivers/host-regexp.js';
import { isLatencyMs, parseObservations } from '../../../../agent/observe/push/observations.js';
import { parseStatsd } from '../../../../agent/observe/push/statsd.js';
import type { ContainerId } from '../../../../shared/ids.js';
import { checkLogPattern } from '../../../../shared/log-pattern.js';
import { editDistance } from '../../../../shared/nearest.js';
import { container, desired, ownLabels } from '../../../unit/agent/observe/build.js';

const near = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 60 });

describe('parsers of foreign text (properties)', () => {
  it('StatsD: never throws, and what it yields is a response time', () => {
    const text = fc.oneof(fc.string(), near('a1:|msh@.0,#token:-e+\n'));
    fc.assert(
      fc.property(text, (datagram) => {
        for (const batch of parseStatsd(datagram))
          for (const { latencyMs, weight } of batch.observations)
            assert.ok(
              isLatencyMs(latencyMs) && Number.isInteger(weight) && weight >= 1 && weight <= 10_000,
            );
      }),
    );
  });

  it('StatsD: what was written is read, in order', () => {
    const value = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 50 }), (values) => {
        const text = values.map((latencyMs) => `req:${latencyMs}|ms`).join('\n');
        const [batch] = parseStatsd(text);
        assert.deepEqual(
          batch?.observations.map((observation) => observation.latencyMs),
          values,
        );
      }),
    );
  });

  it('observations: never throws on any JSON or text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((it) => JSON.stringify({ observations: [it], latencyMs: it })),
    );
    fc.assert(
      fc.property(text, (body) => {
        const parsed = parseObservations(body);
        if (parsed.ok)
          assert.ok(parsed.value.observations.every((entry) => isLatencyMs(entry.latencyMs)));
        else assert.ok(parsed.error.length > 0);
      }),
    );
  });

  it('labels: never throws; a fault or a finite target', () => {
    const key = fc.constantFrom(
      'enable',
      'target',
      'weight',
      'cpu.min',
      'cpu.max',
      'tolerance',
      'job',
      'latency.pattern',
      'typo',
    );
    const value = fc.oneof(
      fc.string(),
      near('0123456789.%hums-+e'),
      fc.constantFrom('true', '1s', '10%'),
    );
    const labels = fc.dictionary(
      key.map((it) => `dqoes.${it}`),
      value,
    );
    fc.assert(
      fc.property(labels, fc.string(), (given, name) => {
        const { spec } = readLabels({ name, labels: given });
        if (spec.ok) {
          assert.ok(
            spec.value.target.latencyMs > 0 &&
              spec.value.weight > 0 &&
              spec.value.bounds.minCores >= 0.01,
          );
          assert.match(spec.value.job, /^[A-Za-z0-9_-]{1,63}$/);
        } else
          assert.ok(
            spec.error.every((fault) => fault.message.startsWith(`label ${fault.field}: `)),
          );
      }),
    );
  });

  it('workloads: unique ids in order, every desired allocation of ours present', () => {
    const id = fc.constantFrom('face-0', 'face-1', 'face-2', 'bad id');
    const one = fc.record({
      hex: fc.stringMatching(/^[0-9a-f]{64}$/),
      own: fc.option(id),
      running: fc.boolean(),
      startedAt: fc.constantFrom(
        '2026-01-01T00:00:00Z',
        '2026-02-01T00:00:00Z',
        '0001-01-01T00:00:00Z',
      ),
    });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 8 }),
        fc.subarray(['face-0', 'face-1', 'face-2']),
        (given, wanted) => {
          const containers = given.map(({ hex, own, running, startedAt }) =>
            container({
              id: hex as ContainerId,
              labels:
                own === null ? { 'dqoes.enable': 'true', 'dqoes.target': '1s' } : ownLabels(own),
              running,
              startedAt,
              exitCode: running ? null : 1,
            }),
          );
          const { workloads } = workloadsOf({
            containers,
            desired: wanted.map((it) => desired(it)),
          });
          const ids = workloads.map((workload) => workload.id as string);
          assert.deepEqual(ids, [...new Set(ids)].sort());
          for (const it of wanted) assert.ok(ids.includes(it));
        },
      ),
    );
  });

  it('log patterns: what the check accepts compiles, or is refused with a reason', () => {
    const compile = createPatternCompiler();
    const body = near('ab1.*+?()[]{},|\\ds^$ ');
    fc.assert(
      fc.property(body, body, (before, after) => {
        const checked = checkLogPattern(`${before}(?<value>[0-9]+)${after}`);
        if (!checked.ok) return assert.ok(checked.error.length > 0);
        const compiled = compile(checked.value);
        assert.ok(compiled.ok || compiled.error.includes('linear time'));
      }),
    );
  });

  it('kernel files: paths and numbers never throw, and a folder never leaves its mount', () => {
    const mounts = parseMounts(
      '35 24 0:29 / /cg rw - cgroup2 cgroup2 rw\n36 24 0:30 /a /cpu rw - cgroup cgroup rw,cpu',
    );
    const membership = fc
      .array(near('0123:cpu,/ab.\n'), { maxLength: 4 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(membership, fc.string(), (text, mountinfo) => {
        parseMounts(mountinfo);
        const found = locate(mounts, parseMemberships(text), () => true);
        if (found.ok)
          assert.ok(
            !`${found.value.cpu}`.split('/').includes('..') &&
              /^\/(cg|cpu)/.test(`${found.value.cpu}`),
          );
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.string(), (value, stale) => {
        const text = `${value}`;
        assert.equal(numberAt({ bytes: Buffer.from(text + stale), length: text.length }, 0), value);
      }),
    );
  });

  it('edit distance is a metric', () => {
    fc.assert(
      fc.property(near('abc.'), near('abc.'), near('abc.'), (a, b, c) => {
        assert.equal(editDistance(a, a), 0);
        assert.equal(editDistance(a, b), editDistance(b, a));
        assert.ok(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c));
      }),
      { numRuns: 50 },
    );
  });
});
