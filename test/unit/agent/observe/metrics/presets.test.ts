import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type PageQuery, readPages } from '../../../../../agent/doctor/metrics-page.js';
import { parseMatch } from '../../../../../shared/metrics/match.js';
import {
  findPreset,
  PRESET_NAMES,
  type PresetName,
} from '../../../../../shared/metrics/presets.js';
import { STATISTICS, type Statistic } from '../../../../../shared/qoe.js';
import { pagesOf } from '../../../../lib/metric-pages.js';

interface Answer {
  readonly pages?: string;
  readonly kind: string;
  readonly unit: string;
  readonly requests: number;
  /** By statistic, ms; null = not said. A `+` before the number: at least. */
  readonly values: Readonly<Record<Statistic, number | null | `+${number}`>>;
  readonly meanOnly?: true;
  /** Target in ms → share. */
  readonly satisfied?: readonly [number, number];
}
const means = (mean: number) => ({ mean, p50: null, p90: null, p95: null, p99: null });

// Worked out by hand from the differences of the two pages: bucket counts, rank = q × requests,
// linear within the bucket.
const ANSWERS: Readonly<Record<PresetName, Answer>> = {
  // (62 000 − 0) ms ÷ 100; 10 | 30 | 40 | 10 | 10 requests up to 0.3, 0.5, 0.8, 1, 1.5 s.
  vllm: {
    kind: 'histogram',
    unit: 's',
    requests: 100,
    values: { mean: 620, p50: 500 + 300 * (10 / 40), p90: 1000, p95: 1250, p99: 1450 },
    satisfied: [800, 0.8],
  },
  // 20 | 60 | 20 up to 20, 40, 60 ms; the first of them begins at 10.
  'vllm-ttft': {
    kind: 'histogram',
    unit: 's',
    requests: 100,
    values: { mean: 34, p50: 30, p90: 50, p95: 55, p99: 59 },
    satisfied: [40, 0.8],
  },
  // 500 | 400 | 100 up to 10, 25, 50 ms.
  'vllm-itl': {
    kind: 'histogram',
    unit: 's',
    requests: 1000,
    values: { mean: 11, p50: 10, p90: 25, p95: 37.5, p99: 47.5 },
    satisfied: [25, 0.9],
  },
  // 5 in (100, 200], 10 in (200, 400], 5 in (1000, 2000] ms.
  sglang: {
    kind: 'histogram',
    unit: 's',
    requests: 20,
    values: { mean: 600, p50: 300, p90: 1600, p95: 1800, p99: 1960 },
    satisfied: [400, 0.75],
  },
  // Bounds 0.01 ms × 1.5^k: 40 up to k = 26, 40 up to k = 27.
  tgi: {
    kind: 'histogram',
    unit: 's',
    requests: 80,
    values: {
      mean: 375,
      p50: 0.01 * 1.5 ** 26,
      p90: 0.01 * 1.5 ** 26 * (1 + 0.5 * (32 / 40)),
      p95: 0.01 * 1.5 ** 26 * (1 + 0.5 * (36 / 40)),
      p99: 0.01 * 1.5 ** 26 * (1 + 0.5 * (39.2 / 40)),
    },
    satisfied: [0.01 * 1.5 ** 26, 0.5],
  },
  // REST: 30 in (11568.3, 20823], GRPC: 10 in (20823, 37481.3] µs.
  'tf-serving': {
    kind: 'histogram',
    unit: 'us',
    requests: 40,
    values: {
      mean: 20,
      p50: 11.5683 + 9.2547 * (20 / 30),
      p90: 20.823 + 16.6583 * 0.6,
      p95: 20.823 + 16.6583 * 0.8,
      p99: 20.823 + 16.6583 * 0.96,
    },
    satisfied: [20.823, 0.75],
  },
  // face: 3 000 000 µs, 100 requests; text: 1 000 000 µs, 100.
  triton: { kind: 'counter-pair', unit: 'us', requests: 200, values: means(20), meanOnly: true },
  torchserve: { kind: 'counter-pair', unit: 'us', requests: 6, values: means(50), meanOnly: true },
  // 10 | 60 | 30 up to 100, 200, 300 ms.
  'ray-serve': {
    kind: 'histogram',
    unit: 'ms',
    requests: 100,
    values: {
      mean: 170,
      p50: 100 + 100 * (40 / 60),
      p90: 200 + 100 * (20 / 30),
      p95: 200 + 100 * (25 / 30),
      p99: 200 + 100 * (29 / 30),
    },
    satisfied: [200, 0.7],
  },
  // 5 in (75, 100], 15 in (100, 250] ms.
  kserve: {
    kind: 'histogram',
    unit: 's',
    requests: 20,
    values: { mean: 150, p50: 150, p90: 230, p95: 240, p99: 248 },
    satisfied: [100, 0.25],
  },
  // Status 200: 8 in (25, 50], 2 in (50, 75]; status 500, new in the second page: 2 in (10, 25] ms.
  bentoml: {
    kind: 'histogram',
    unit: 's',
    requests: 12,
    values: { mean: 40, p50: 37.5, p90: 50 + 25 * 0.4, p95: 50 + 25 * 0.7, p99: 50 + 25 * 0.94 },
    satisfied: [50, 10 / 12],
  },
  mlserver: { kind: 'summary', unit: 's', requests: 50, values: means(50), meanOnly: true },
  // 50 in (5, 10], 50 in (10, 25] ms.
  seldon: {
    kind: 'histogram',
    unit: 's',
    requests: 100,
    values: { mean: 10, p50: 10, p90: 22, p95: 23.5, p99: 24.7 },
    satisfied: [10, 0.5],
  },
  // 5 s for 200 tokens.
  'llama-cpp': {
    kind: 'counter-pair',
    unit: 's',
    requests: 200,
    values: means(25),
    meanOnly: true,
  },
  // All of them in the first bucket, up to 5 s, so no percentile is made of it.
  localai: {
    kind: 'histogram',
    unit: 's',
    requests: 10,
    values: means(400),
    meanOnly: true,
    satisfied: [5000, 1],
  },
  // 3 in (2.5, 5] s, 1 beyond 10 s.
  'otel-http': {
    kind: 'histogram',
    unit: 's',
    requests: 4,
    values: { mean: 7500, p50: 2500 + 2500 * (2 / 3), p90: '+10000', p95: '+10000', p99: '+10000' },
    satisfied: [5000, 0.75],
  },
};

const find = (name: string, query: Partial<PageQuery> = {}) => {
  const found = readPages(...pagesOf(name), { preset: 'auto', statistic: 'mean', ...query });
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};
const near = (found: number | null, expected: number, what: string): void => {
  assert.ok(
    found !== null && Math.abs(found - expected) <= 1e-6 * expected,
    `${what}: ${found} instead of ${expected}`,
  );
};

describe('presets', () => {
  for (const name of PRESET_NAMES) {
    const {
      pages = name.replace(/^vllm-.*/, 'vllm'),
      kind,
      unit,
      requests,
      values,
      meanOnly,
      satisfied,
    } = ANSWERS[name];
    it(`${name}: what its two pages say, as worked out by hand`, () => {
      for (const statistic of STATISTICS) {
        const found = find(pages, { preset: name, statistic });
        assert.deepEqual(
          {
            preset: found.preset,
            kind: found.kind,
            unit: found.unit,
            requests: found.requests,
            meanOnly: found.meanOnly,
          },
          { preset: name, kind, unit, requests, meanOnly },
        );
        const expected = values[statistic];
        assert.equal(found.atLeast, typeof expected === 'string', statistic);
        if (expected === null) assert.equal(found.valueMs, null, statistic);
        else near(found.valueMs, Number(expected), `${name} ${statistic}`);
      }
      const [targetMs, share] = satisfied ?? [100, undefined];
      const ratio = find(pages, { preset: name, targetMs }).satisfiedRatio;
      if (share === undefined) assert.equal(ratio, undefined);
      else near(ratio ?? null, share, `${name} within ${targetMs} ms`);
    });
  }

  it('auto finds whose pages they are', () => {
    for (const name of PRESET_NAMES.filter((each) => !each.startsWith('vllm-')))
      assert.equal(find(name).preset, name);
  });

  it("reads Triton's summary where there is one, and counters for the mean", () => {
    const p95 = find('triton-summary', { preset: 'triton', statistic: 'p95' });
    assert.deepEqual(
      [p95.kind, p95.valueMs, p95.requests, p95.meanOnly],
      ['summary', 44.5, 100, undefined],
    );
    const mean = find('triton-summary', { preset: 'triton' });
    assert.deepEqual([mean.kind, mean.valueMs], ['counter-pair', 30]);
  });

  it('tells models of one server apart by a match', () => {
    const face = parseMatch('model="face"');
    const notFace = parseMatch('{model!="face"}');
    assert.ok(face.ok && notFace.ok);
    assert.equal(find('triton', { matchers: face.value }).valueMs, 30);
    assert.equal(find('triton', { matchers: notFace.value }).valueMs, 10);
  });

  it('gives no share where the target is no bound', () => {
    assert.equal(find('vllm', { targetMs: 700 }).satisfiedRatio, undefined);
  });

  it('knows the servers by the names people write', () => {
    assert.equal(findPreset('TF Serving'), 'tf-serving');
    assert.equal(findPreset('llama.cpp'), 'llama-cpp');
    assert.equal(findPreset('Ray'), 'ray-serve');
    assert.equal(findPreset('ollama'), undefined);
  });
});
