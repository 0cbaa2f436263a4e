import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type PageQuery, readPages } from '../../../../../agent/doctor/metrics-page.js';
import { readPage } from '../../../../../agent/observe/metrics/page.js';
import { planOfPreset } from '../../../../../agent/observe/metrics/plan.js';
import { MetricTracker } from '../../../../../agent/observe/metrics/tracker.js';
import { parseMatch } from '../../../../../shared/metrics/match.js';
import { histogramPage, metricPage, pagesOf } from '../../../../lib/metric-pages.js';

const page = (name: string, text: string) => ({ name, text });
function faultOf(older: string, newer: string, query: Partial<PageQuery> = {}): string {
  const found = readPages(page('a.txt', older), page('b.txt', newer), {
    preset: 'auto',
    statistic: 'mean',
    ...query,
  });
  assert.ok(!found.ok, JSON.stringify(found));
  return found.error.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n');
}
function found(older: string, newer: string, query: Partial<PageQuery> = {}) {
  const read = readPages(page('a.txt', older), page('b.txt', newer), {
    preset: 'auto',
    statistic: 'mean',
    ...query,
  });
  assert.ok(read.ok, JSON.stringify(read));
  return read.value;
}
const BOUNDS = [0.1, 0.2, 0.5];

describe('two saved pages', () => {
  const [older, newer] = pagesOf('vllm').map(({ text }) => text) as [string, string];

  it('say nothing where nothing was answered between them', () => {
    const same = found(older, older, { statistic: 'p95', targetMs: 800 });
    assert.deepEqual(
      [same.requests, same.valueMs, same.meanMs, same.satisfiedRatio],
      [0, null, null, undefined],
    );
  });

  it('are refused when a label set has more buckets than a server can mean', () => {
    const name = 'vllm:e2e_request_latency_seconds';
    const lines = (count: number): string =>
      [...Array.from({ length: count }, (_, n) => n + 1), '+Inf']
        .map((bound) => `${name}_bucket{le="${bound}"} 1\n`)
        .concat(`${name}_count 1\n${name}_sum 1\n`)
        .join('');
    assert.equal(found(lines(999), lines(999)).requests, 0);
    assert.match(faultOf(lines(999), lines(1000)), /^b\.txt:1001: is bound 1001 of one label set/);
  });

  it('are refused when one was cut in a line', () => {
    assert.match(
      faultOf(older, newer.slice(0, 2000)),
      /^b\.txt:\d+: ends in the middle of ".*", without a newline: the page was cut$/,
    );
    assert.match(faultOf(older, newer.trimEnd()), /^b\.txt:\d+: ends in the middle/);
  });

  it('are refused when one was cut between lines', () => {
    const lines = newer.split('\n');
    const at = lines.findIndex(
      (line) =>
        line.startsWith('vllm:e2e_request_latency_seconds_bucket') && line.includes('le="5.0"'),
    );
    const cut = `${lines.slice(0, at).join('\n')}\n`;
    assert.match(
      faultOf(older, cut),
      /^b\.txt:\d+: begins a histogram without its last bucket \+Inf: the page was cut$/,
    );
    const none = `${lines.slice(0, at - 8).join('\n')}\n`;
    assert.match(
      faultOf(older, none, { preset: 'vllm' }),
      /^b\.txt:\d+: the page has no vllm:e2e_request_latency_seconds; this is a page of vLLM, time to first token/,
    );
  });

  it('are refused when the newer one has lost the last bucket', () => {
    const without = newer.replace(/^vllm:e2e_request_latency_seconds_bucket.*\+Inf.*\n/m, '');
    assert.match(
      faultOf(older, without),
      /^b\.txt:\d+: has no last bucket \+Inf any more: the page was cut$/,
    );
  });

  it('leave out requests that were refused, unless the match asks for them', () => {
    const statusPage = (answered: number, refused: number): string =>
      [200, 503]
        .map((status) => {
          const count = status === 200 ? answered : refused;
          const ms = status === 200 ? 150 : 1;
          return histogramPage(
            new Array(count).fill(ms),
            BOUNDS,
            `http_response_status_code="${status}"`,
          );
        })
        .join('');
    const [before, after] = [statusPage(10, 0), statusPage(30, 500)];
    assert.deepEqual([found(before, after).requests, found(before, after).meanMs], [20, 150]);
    const match = parseMatch('http_response_status_code="503"');
    assert.ok(match.ok);
    assert.equal(found(before, after, { matchers: match.value }).requests, 500);
    const [none, only] = [0, 500].map((count) =>
      histogramPage(new Array(count).fill(1), BOUNDS, 'http_response_status_code="503"'),
    );
    assert.deepEqual(
      [found(none ?? '', only ?? '').requests, found(none ?? '', only ?? '').valueMs],
      [0, null],
    );
  });

  it('are refused when one lost a counter of a pair', () => {
    const [a, b] = pagesOf('torchserve').map(({ text }) => text) as [string, string];
    const cut = b.slice(0, b.indexOf('# HELP ts_inference_requests_total'));
    assert.match(
      faultOf(a, cut),
      /^b\.txt:3: stands without the number of requests, the other counter of the pair/,
    );
    assert.match(faultOf(cut, b), /^a\.txt:3: stands without the number of requests/);
    const rest = b.slice(b.indexOf('# HELP ts_inference_requests_total'));
    assert.match(faultOf(a, rest), /^b\.txt:3: stands without the time of requests/);
  });

  it('drop a label set that is gone, as a model that was unloaded, and name it', () => {
    const [two, one] = [
      histogramPage([50], BOUNDS) + histogramPage([50], BOUNDS, 'model="b"'),
      histogramPage([50, 60], BOUNDS),
    ];
    const { requests, meanMs, gone } = found(two, one);
    assert.deepEqual([requests, meanMs, gone], [1, 60, ['{model="b"}']]);
    assert.equal(found(one, one).gone, undefined);
  });

  it('are refused when one is no metrics at all', () => {
    assert.match(
      faultOf('<!DOCTYPE html>\n<html>\n', newer),
      /^a\.txt:1: "<!DOCTYPE html>" is not a line of metrics$/,
    );
    assert.match(
      faultOf(older, '{"status":"ok"}\n'),
      /^b\.txt:1: "\{\\"status\\":\\"ok\\"\}" is not a line of metrics$/,
    );
    assert.match(faultOf(older, ''), /^b\.txt:1: the page is empty$/);
    assert.match(faultOf(older, '404 page not found\n'), /^b\.txt:1: .* is not a line of metrics$/);
  });

  it("are refused when they are another server's, and say whose", () => {
    const tgi = metricPage('tgi-1');
    assert.match(
      faultOf(tgi, tgi, { preset: 'vllm' }),
      /^a\.txt:\d+: the page has no vllm:e2e.*; this is a page of Text Generation Inference \(preset tgi\)$/,
    );
    assert.match(faultOf(older, tgi), /^b\.txt:\d+: the page has no vllm:e2e/);
    const plain = 'process_cpu_seconds_total 12\n';
    assert.match(
      faultOf(plain, plain),
      /^a\.txt:1: the page has no response time of a server that is known$/,
    );
  });

  it('name the label sets there are when a match chooses none', () => {
    const match = parseMatch('model="farce"');
    assert.ok(match.ok);
    const [a, b] = pagesOf('triton').map(({ text }) => text) as [string, string];
    assert.match(
      faultOf(a, b, { matchers: match.value }),
      /^a\.txt:3: no label set of .* is chosen by the match: there are \{model="face",version="1"\}, \{model="text",version="1"\}/,
    );
  });

  it('say nothing when the server began anew, whichever way that shows', () => {
    const many = histogramPage([50, 60, 150], BOUNDS);
    assert.deepEqual(
      [
        found(many, histogramPage([50], BOUNDS)).reset,
        found(many, histogramPage([50], BOUNDS)).valueMs,
      ],
      ['a counter fell', null],
    );
    const start = (seconds: number) => `process_start_time_seconds ${seconds}\n`;
    const again = found(start(1.7e9) + histogramPage([50], BOUNDS), start(1.7e9 + 60) + many);
    assert.equal(again.reset, 'the process started again');
    assert.equal(
      found(histogramPage([50], BOUNDS), histogramPage([50, 60], [0.1, 0.3])).reset,
      'the buckets have changed',
    );
  });

  it('count from zero where the first one only says that there is such a metric', () => {
    const declared = '# TYPE vllm:e2e_request_latency_seconds histogram\n';
    assert.equal(found(declared, histogramPage([50, 150], BOUNDS)).requests, 2);
    assert.match(
      faultOf('up 1\n', histogramPage([50, 150], BOUNDS)),
      /^a\.txt:1: the page has no vllm:e2e/,
    );
    assert.match(
      faultOf(histogramPage([50], BOUNDS), declared),
      /^b\.txt:1: the page has no vllm:e2e/,
    );
  });

  it('are summed at the bounds that all label sets share', () => {
    const before = histogramPage([], [0.1, 0.2]) + histogramPage([], [0.1, 0.4], 'model="b"');
    const after =
      histogramPage([50, 150], [0.1, 0.2]) + histogramPage([50, 350], [0.1, 0.4], 'model="b"');
    assert.equal(found(before, after, { targetMs: 100 }).satisfiedRatio, 0.5);
    assert.equal(found(before, after, { targetMs: 200 }).satisfiedRatio, undefined);
    const p95 = found(before, after, { statistic: 'p95' });
    assert.deepEqual([p95.valueMs, p95.atLeast], [100, true]);
  });
});

describe('a metric that somebody names', () => {
  const ask = (metric: string, older: string, newer: string, more: Partial<PageQuery> = {}) =>
    found(older, newer, { metric, ...more });

  it('is whatever the page makes of it', () => {
    const histogram = (n: number) =>
      `x_seconds_bucket{le="0.1"} ${n}\nx_seconds_bucket{le="+Inf"} ${n}\nx_seconds_sum ` +
      `${n / 20}\nx_seconds_count ${n}\n`;
    assert.deepEqual(
      [
        ask('x_seconds', histogram(1), histogram(3)).kind,
        ask('x_seconds', histogram(1), histogram(3)).valueMs,
      ],
      ['histogram', 50],
    );
    const summary = (n: number) => `x_ms{quantile="0.5"} 7\nx_ms_sum ${10 * n}\nx_ms_count ${n}\n`;
    assert.deepEqual(
      [
        ask('x_ms', summary(1), summary(3)).kind,
        ask('x_ms', summary(1), summary(3), { statistic: 'p50' }).valueMs,
      ],
      ['summary', 7],
    );
    assert.equal(ask('x_ms', summary(1), summary(3), { statistic: 'p95' }).valueMs, null);
    const gauge = (ms: number) => `x_ms ${ms}\n`;
    const read = ask('x_ms', gauge(1), gauge(3));
    assert.deepEqual([read.kind, read.valueMs, read.meanOnly], ['gauge', 3, true]);
    assert.equal(ask('x_ms', gauge(3), gauge(3)).valueMs, null);
  });

  it('may be two counters, and takes a unit where its name ends in none', () => {
    const pair = (n: number) => `busy ${200 * n}\ndone_total ${n}\n`;
    const read = ask('busy / done', pair(1), pair(4), { unit: 'us' });
    assert.deepEqual([read.kind, read.valueMs, read.requests], ['counter-pair', 0.2, 3]);
    const refused = readPages(page('a', pair(1)), page('b', pair(1)), {
      preset: 'auto',
      metric: 'busy/done',
      statistic: 'mean',
    });
    assert.ok(!refused.ok && /set the unit/.test(refused.error[0]?.message ?? ''));
  });
});

describe('the page of a server that runs', () => {
  it('goes on with the models that are left when one is unloaded', () => {
    const tracker = new MetricTracker(planOfPreset('vllm'));
    const look = (text: string) => tracker.take(readPage(text, tracker.question), 'mean');
    look(histogramPage([50], BOUNDS) + histogramPage([50], BOUNDS, 'model="b"'));
    const next = look(histogramPage([50, 60], BOUNDS));
    assert.ok(next.kind === 'interval', JSON.stringify(next));
    assert.deepEqual([next.interval.count, next.interval.sumMs], [1, 60]);
    const again = look(histogramPage([50, 60], BOUNDS) + histogramPage([70], BOUNDS, 'model="b"'));
    assert.ok(again.kind === 'interval', JSON.stringify(again));
    assert.deepEqual([again.interval.count, again.interval.sumMs], [1, 70]);
  });
});

describe('a newer page that was cut anywhere', () => {
  for (const preset of [
    'vllm',
    'sglang',
    'tf-serving',
    'triton',
    'torchserve',
    'ray-serve',
    'mlserver',
    'otel-http',
  ] as const)
    it(`is refused, or says what the whole page says: ${preset}`, () => {
      const [older, newer] = pagesOf(preset);
      const read = (text: string) =>
        readPages(older, { name: 'b', text }, { preset, statistic: 'p95' });
      const whole = read(newer.text);
      assert.ok(whole.ok);
      let refused = 0;
      for (let length = 0; length < newer.text.length; length += 1) {
        const cut = read(newer.text.slice(0, length));
        // Cut between two label sets a page looks as if the later ones were unloaded: that is said.
        if (cut.ok && cut.value.gone === undefined)
          assert.deepEqual(cut.value, whole.value, newer.text.slice(0, length).slice(-200));
        if (!cut.ok) refused += 1;
      }
      assert.ok(refused > 0.9 * newer.text.length, `${refused} of ${newer.text.length} refused`);
    });
});
