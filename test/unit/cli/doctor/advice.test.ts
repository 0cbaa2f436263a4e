import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readLabels } from '../../../../agent/discover/labels.js';
import type { WatchedContainer } from '../../../../agent/wiring/doctor.js';
import { adviceFor } from '../../../../cli/doctor/advice.js';
import { ADVICE_COLUMNS } from '../../../../cli/doctor/advise.js';
import { tableLines } from '../../../../cli/output/table.js';

/** One client that waits for each answer: 0.1 CPU-s in 100 ms, so all the time one core. */
const seen = (change: Partial<WatchedContainer> = {}): WatchedContainer => ({
  name: 'face',
  image: 'face:1',
  limitCores: null,
  seconds: 60,
  requests: 600,
  cpuSecondsPerRequest: 0.1,
  meanMs: 100,
  p95Ms: 118,
  worstP95Ms: 121,
  bestMs: 99,
  worstMeanMs: 104,
  usedCores: 1,
  peakCores: 1.02,
  statistic: 'p95',
  sourceLabels: { source: 'prometheus', preset: 'vllm' },
  why: '',
  ...change,
});

describe('advice for a container that nobody controls', () => {
  it('is a target that has held, and the labels that ask for it', () => {
    const advice = adviceFor(seen(), 'dqoes.');
    // A tenth above the worst 95th percentile, of two digits.
    assert.equal(advice.targetMs, 140);
    assert.deepEqual(advice.labels, {
      'dqoes.enable': 'true',
      'dqoes.target': '140ms',
      'dqoes.statistic': 'p95',
      'dqoes.latency.source': 'prometheus',
      'dqoes.latency.preset': 'vllm',
    });
    const read = readLabels({ name: 'face', labels: advice.labels });
    assert.equal(read.spec.ok, true);
    assert.deepEqual(read.warnings, []);
  });

  it('says what the target takes of what it uses now', () => {
    const mean = adviceFor(seen({ statistic: 'mean', worstMeanMs: 180 }), 'dqoes.');
    assert.equal(mean.targetMs, 200);
    // 0.1 CPU-s in 200 ms.
    const takes = mean.takesCores ?? 0;
    assert.ok(takes > 0.4 && takes < 0.7, String(takes));
    assert.ok(Math.abs((mean.freesCores ?? 0) - (1.02 - takes)) < 1e-9);
  });

  it('does not take a limit that is there for time that no CPU shortens', () => {
    // 0.1 CPU-s with 0.4 cores are 250 ms.
    const limited = { meanMs: 250, bestMs: 250, worstMeanMs: 255, usedCores: 0.4, peakCores: 0.4 };
    const mean = { ...limited, statistic: 'mean' as const, p95Ms: null, worstP95Ms: null };
    const advice = adviceFor(seen({ ...mean, limitCores: 0.4, requests: 240 }), 'dqoes.');
    assert.equal(advice.targetMs, 290);
    const takes = advice.takesCores ?? 0;
    assert.ok(takes > 0.3 && takes < 0.4, String(takes));
  });

  it('is none where too little was seen, and says why', () => {
    const few = adviceFor(seen({ requests: 3 }), 'dqoes.');
    assert.deepEqual([few.targetMs, few.labels, few.takesCores], [null, {}, null]);
    assert.match(few.why, /3 requests are too few: watch it longer/);
    const none = adviceFor(seen({ requests: 0, why: 'log: no response times' }), 'dqoes.');
    assert.equal(none.why, 'log: no response times');
    const blind = adviceFor(seen({ cpuSecondsPerRequest: null, peakCores: null }), 'dqoes.');
    assert.deepEqual([blind.targetMs, blind.takesCores, blind.freesCores], [140, null, null]);
  });

  it('is no target that a label refuses', () => {
    const said = (change: Partial<WatchedContainer>) => {
      const { targetMs, labels, why } = adviceFor(seen(change), 'dqoes.');
      return [targetMs, labels, why];
    };
    const zero = said({ worstP95Ms: 0, p95Ms: 0, meanMs: 0.01, bestMs: 0, worstMeanMs: 0.1 });
    const why = 'its source says 0 ms, and a target is above that: let it tell fractions';
    assert.deepEqual(zero, [null, {}, why]);
    const slow = said({ worstP95Ms: 86_000_000 });
    assert.deepEqual(slow, [null, {}, '23h53m20s is too slow for a target: 24h at most']);
    assert.deepEqual(said({ worstP95Ms: null }), [
      null,
      {},
      'no p95 was told: watch it longer (--for)',
    ]);
  });

  it('takes the prefix of the labels', () => {
    const keys = Object.keys(adviceFor(seen(), 'team.').labels);
    assert.ok(keys.every((key) => key.startsWith('team.')));
  });

  it('says on 80 columns why there is none', () => {
    const none = adviceFor(seen({ requests: 3, why: 'too few requests: send it some' }), 'dqoes.');
    const rows = [adviceFor(seen(), 'dqoes.'), none];
    const lines = tableLines(ADVICE_COLUMNS, rows, { wide: false, colour: false, width: 80 });
    assert.match(lines[0] ?? '', /TARGET .*WHY NOT$/);
    assert.match(lines[2] ?? '', / too few request/);
    for (const line of lines) assert.ok(line.length <= 80, line);
  });
});
