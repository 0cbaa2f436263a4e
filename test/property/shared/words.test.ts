import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compareVersions } from '../../../shared/command.js';
import { allocationIdOf, isSafeId, toSafeId } from '../../../shared/ids.js';
import { classify } from '../../../shared/qoe.js';
import { seededRandom } from '../../../shared/random.js';
import { summarise } from '../../../shared/samples.js';
import {
  formatBytes,
  formatDurationMs,
  parseBytes,
  parseDurationMs,
  parseRatio,
} from '../../../shared/units.js';
import { anyJobName, anyStateVersion, anyTarget } from '../../lib/arbitraries/basic.js';

const close = (a: number, b: number, ratio: number): boolean =>
  Math.abs(a - b) <= Math.abs(b) * ratio;

describe('shared words, as laws', () => {
  it('a shown duration reads back within half a per cent, or a second above a minute', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 86_400_000, noNaN: true }), (ms) => {
        const read = parseDurationMs(formatDurationMs(ms));
        assert.ok(read.ok, formatDurationMs(ms));
        assert.ok(
          close(read.value, ms, 0.006) || (ms >= 59_500 && Math.abs(read.value - ms) <= 1000),
        );
      }),
    );
  });

  it('a shown size reads back within half a per cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 49 }), (bytes) => {
        const read = parseBytes(formatBytes(bytes));
        assert.ok(read.ok && close(read.value, bytes, 0.006), formatBytes(bytes));
      }),
    );
  });

  it('any text is a value or a sentence, for every parser', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]+[a-zµ%]*$/)), (text) => {
        for (const parse of [parseDurationMs, parseBytes, parseRatio]) {
          const result = parse(text);
          if (result.ok) assert.ok(result.value > 0 && Number.isFinite(result.value));
          else assert.ok(result.error.length < 200);
        }
      }),
    );
  });

  it('a percentage and its ratio are the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), (percent) => {
        assert.deepEqual(parseRatio(`${percent}%`), { ok: true, value: percent / 100 });
      }),
    );
  });

  it('any text can be made an identifier, and an identifier stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) =>
        assert.ok(isSafeId(toSafeId(text))),
      ),
    );
    fc.assert(
      fc.property(anyJobName, fc.nat(9999), (job, ordinal) =>
        assert.ok(isSafeId(allocationIdOf(job, ordinal))),
      ),
    );
  });

  it('versions have one order', () => {
    fc.assert(
      fc.property(anyStateVersion, anyStateVersion, (a, b) => {
        assert.equal(Math.sign(compareVersions(a, b)), -Math.sign(compareVersions(b, a)) + 0);
        assert.equal(compareVersions(a, a), 0);
        if (a.epoch > b.epoch) assert.ok(compareVersions(a, b) > 0);
      }),
    );
  });

  it('a slower answer never has a faster class, and the target itself is within', () => {
    const order = { faster: 0, within: 1, slower: 2 };
    const latency = fc.double({ min: 0, max: 1e8, noNaN: true });
    fc.assert(
      fc.property(anyTarget, latency, latency, (target, a, b) => {
        const [faster, slower] = a < b ? [a, b] : [b, a];
        assert.ok(order[classify(target, faster)] <= order[classify(target, slower)]);
        assert.equal(classify(target, target.latencyMs), 'within');
      }),
    );
  });

  it('a summary lies within its samples, percentiles in order', () => {
    const samples = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(samples, (latencies) => {
        const summary = summarise(latencies);
        assert.ok(summary !== undefined && summary.count === latencies.length);
        const { minMs, p50Ms, p90Ms, p95Ms, p99Ms, maxMs } = summary;
        const ordered = [minMs, p50Ms, p90Ms, p95Ms, p99Ms, maxMs];
        assert.deepEqual(
          ordered,
          [...ordered].sort((a, b) => a - b),
        );
        assert.ok(ordered.every((value) => latencies.includes(value)));
        assert.ok(summary.meanMs >= minMs * (1 - 1e-12) && summary.meanMs <= maxMs * (1 + 1e-12));
      }),
    );
  });

  it('chance lies in [0, 1)', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        for (let i = 0; i < 20; i += 1) {
          const value = random();
          assert.ok(value >= 0 && value < 1);
        }
      }),
    );
  });
});
