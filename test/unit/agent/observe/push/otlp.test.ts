import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HistogramDiffer } from '../../../../../agent/observe/push/otlp/differ.js';
import { readMetricsRequest } from '../../../../../agent/observe/push/otlp/otlp.js';
import { decodeMetricsRequest } from '../../../../../agent/observe/push/otlp/protobuf.js';
import { seededRandom } from '../../../../../shared/random.js';
import { encodeMetricsRequest, metricsRequest } from '../../../../lib/otlp.js';

function read(body: unknown) {
  const batch = readMetricsRequest(body);
  assert.ok(batch.ok, JSON.stringify(batch));
  return batch.value;
}
const decoded = (bytes: Uint8Array) => {
  const body = decodeMetricsRequest(bytes);
  assert.ok(body.ok, JSON.stringify(body));
  return body.value;
};

describe('OpenTelemetry metrics', () => {
  const request = metricsRequest([{ counts: [10, 6, 3, 1], sum: 3.2 }]);

  it('are read alike from JSON and from protobuf, gauges and the like left out', () => {
    const [json, bytes] = [read(request), read(decoded(encodeMetricsRequest(request)))];
    const withoutKeys = ({ histograms, rejected }: typeof json) => ({
      rejected,
      histograms: histograms.map(({ key: _, ...rest }) => rest),
    });
    assert.deepEqual(withoutKeys(bytes), withoutKeys(json));
    assert.deepEqual(withoutKeys(json), {
      rejected: 0,
      histograms: [
        {
          metric: 'http.server.request.duration',
          isDelta: true,
          startedAt: 1764039600000000000,
          coveredMs: 1000,
          count: 20,
          sumMs: 3200,
          buckets: [
            { boundMs: 100, count: 10 },
            { boundMs: 200, count: 16 },
            { boundMs: 500, count: 19 },
            { boundMs: Number.POSITIVE_INFINITY, count: 20 },
          ],
        },
      ],
    });
    assert.notEqual(bytes.histograms[0]?.key, '');
  });

  it('of refused requests are left out, of failed ones not', () => {
    const counts = [1, 0, 0, 0];
    const all = metricsRequest(
      [200, 503, 429, 500].map((status) => ({ counts, sum: status / 1000, status })),
    );
    for (const body of [all, decoded(encodeMetricsRequest(all))]) {
      const { histograms, rejected } = read(body);
      assert.deepEqual([histograms.map(({ sumMs }) => sumMs), rejected], [[200, 500], 0]);
      assert.equal(new Set(histograms.map(({ key }) => key)).size, 2);
    }
  });

  it('may be nested as deeply as a sender likes: nothing throws', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    const point = { attributes: deep, count: '1', sum: 1 };
    const histogram = { dataPoints: [point], aggregationTemporality: 2 };
    const metrics = [{ name: 'x', unit: 's', histogram }];
    for (const body of [
      { resourceMetrics: [{ resource: deep, scopeMetrics: [{ metrics }] }] },
      { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] },
    ])
      assert.doesNotThrow(() => readMetricsRequest(body));
  });

  it('have short keys, however long the names of their resource', () => {
    const keyOf = (name: string): string => {
      const { resourceMetrics } = metricsRequest([{ counts: [1, 0, 0, 0], sum: 1 }]);
      const resource = { attributes: [{ key: 'name', value: { stringValue: name } }] };
      const body = { resourceMetrics: resourceMetrics.map((each) => ({ ...each, resource })) };
      return read(body).histograms[0]?.key ?? '';
    };
    const long = 'x'.repeat(100_000);
    assert.ok(keyOf(long).length < 2000, `${keyOf(long).length} characters`);
    assert.equal(keyOf(long), keyOf(long));
    assert.notEqual(keyOf(`${long}a`), keyOf(`${long}b`));
    assert.notEqual(keyOf('a'), keyOf('b'));
  });

  it('may bring a list of numbers one by one, and a long one', function () {
    // Copied whole for each number it would take minutes.
    this.timeout(10_000);
    const field = (number: number, body: Buffer): Buffer => {
      const length: number[] = [];
      for (let rest = body.length; ; rest = Math.floor(rest / 128)) {
        length.push(rest < 128 ? rest : (rest % 128) + 128);
        if (rest < 128) break;
      }
      return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), body]);
    };
    const count = 400_000;
    // Each is the field 2 as a varint, 1.
    const buckets = Buffer.alloc(2 * count, Buffer.from([2 * 8, 1]));
    const metric = Buffer.concat([
      field(1, Buffer.from('x')),
      field(10, field(1, field(8, buckets))),
    ]);
    const bytes = field(1, field(2, field(2, metric)));
    const { resourceMetrics } = decoded(bytes) as {
      resourceMetrics: {
        scopeMetrics: {
          metrics: {
            exponentialHistogram: { dataPoints: { positive: { bucketCounts: number[] } }[] };
          }[];
        }[];
      }[];
    };
    const found = resourceMetrics[0]?.scopeMetrics[0]?.metrics[0]?.exponentialHistogram;
    assert.equal(found?.dataPoints[0]?.positive.bucketCounts.length, count);
  });

  it('may be exponential: bucket i of scale 0 ends at 2^(offset + i + 1), zeros lie below', () => {
    const point = {
      count: '7',
      sum: 0.5,
      scale: 0,
      zeroCount: '1',
      positive: { offset: -4, bucketCounts: ['2', '4'] },
    };
    const metric = {
      name: 'x',
      unit: 's',
      exponentialHistogram: {
        dataPoints: [point],
        aggregationTemporality: 'AGGREGATION_TEMPORALITY_DELTA',
      },
    };
    const body = { resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] };
    const expected = [
      { boundMs: 62.5, count: 1 },
      { boundMs: 125, count: 3 },
      { boundMs: 250, count: 7 },
      { boundMs: Number.POSITIVE_INFINITY, count: 7 },
    ];
    assert.deepEqual(read(body).histograms[0]?.buckets, expected);
    const numbered = {
      ...metric,
      exponentialHistogram: { ...metric.exponentialHistogram, aggregationTemporality: 1 },
    };
    const bytes = encodeMetricsRequest({
      resourceMetrics: [{ scopeMetrics: [{ metrics: [numbered] }] }],
    });
    assert.deepEqual(read(decoded(bytes)).histograms[0]?.buckets, expected);
  });

  it('are counted as rejected where counts and bounds do not fit', () => {
    const broken = JSON.parse(
      JSON.stringify(request).replace('"1"],"explicitBounds"', '"1","9"],"explicitBounds"'),
    ) as unknown;
    assert.deepEqual(read(broken), { histograms: [], rejected: 1 });
    for (const bad of [null, [], {}, { resourceMetrics: 1 }, 'x'])
      assert.equal(readMetricsRequest(bad).ok, false, JSON.stringify(bad));
    assert.deepEqual(
      read({ resourceMetrics: [null, { scopeMetrics: [{ metrics: [1, { name: 'x' }] }] }] }),
      {
        histograms: [],
        rejected: 0,
      },
    );
  });

  it('cut or broken protobuf is refused, and never more than that', () => {
    const bytes = encodeMetricsRequest(request);
    for (let length = 1; length < bytes.length; length += 1) {
      const cut = decodeMetricsRequest(bytes.subarray(0, length));
      if (cut.ok) readMetricsRequest(cut.value);
    }
    const random = seededRandom(7);
    for (let round = 0; round < 3000; round += 1) {
      const noisy = Uint8Array.from(bytes);
      for (let count = 0; count < 3; count += 1)
        noisy[Math.floor(random() * noisy.length)] = Math.floor(random() * 256);
      const found = decodeMetricsRequest(noisy);
      if (found.ok) readMetricsRequest(found.value);
    }
    assert.equal(
      decodeMetricsRequest(Uint8Array.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])).ok,
      false,
    );
  });
});

describe('pushed histograms', () => {
  const points = (
    isDelta: boolean,
    counts: readonly number[],
    sum: number,
    more: { route?: string; startedAt?: string } = {},
  ) => read(metricsRequest([{ counts, sum, ...more }], { isDelta })).histograms;

  it('that tell what is new are taken as they are', () => {
    const interval = new HistogramDiffer().take(points(true, [10, 6, 3, 1], 3.2), 0);
    assert.deepEqual(
      [interval?.count, interval?.sumMs, interval?.buckets?.[1]?.count],
      [20, 3200, 16],
    );
  });

  it('that tell all since the start are subtracted, by label set', () => {
    const differ = new HistogramDiffer();
    assert.equal(differ.take(points(false, [10, 6, 3, 1], 3.2), 0), null);
    assert.equal(differ.take(points(false, [5, 0, 0, 0], 0.2, { route: '/other' }), 0), null);
    const next = [
      ...points(false, [12, 6, 4, 1], 3.8),
      ...points(false, [6, 0, 0, 0], 0.25, { route: '/other' }),
    ];
    const interval = differ.take(next, 0);
    assert.equal(interval?.count, 4);
    assert.ok(Math.abs((interval?.sumMs ?? 0) - 650) < 1e-9);
    assert.deepEqual(
      interval?.buckets?.map(({ count }) => count),
      [3, 3, 4, 4],
    );
  });

  it('of a process that began anew say nothing the first time', () => {
    const differ = new HistogramDiffer();
    const again = { startedAt: '1764039700000000000' };
    differ.take(points(false, [10, 0, 0, 0], 1), 0);
    assert.equal(differ.take(points(false, [11, 0, 0, 0], 1.1, again), 0), null);
    assert.equal(differ.take(points(false, [12, 0, 0, 0], 1.2, again), 0)?.count, 1);
    assert.equal(differ.take(points(false, [3, 0, 0, 0], 0.2, again), 0), null);
  });

  it('of workers that were replaced give room to those of new ones', () => {
    const differ = new HistogramDiffer();
    const of = (worker: number, count: number) =>
      points(false, [count, 0, 0, 0], count / 100, { route: `/${worker}` });
    for (let worker = 0; worker < 500; worker += 1) differ.take(of(worker, 1), 0);
    // As many are remembered as may be, and none of them has left.
    differ.take(of(500, 1), 60_000);
    assert.equal(differ.take(of(500, 3), 61_000), null);
    assert.equal(differ.take(of(0, 2), 599_000)?.count, 1);
    differ.take(of(501, 1), 600_000);
    assert.equal(differ.take(of(501, 3), 601_000)?.count, 2);
    assert.equal(differ.take(of(0, 4), 602_000)?.count, 2);
  });
});
