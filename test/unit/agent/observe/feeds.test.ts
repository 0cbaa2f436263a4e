import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { FeedStart, LatencyFeed } from '../../../../agent/observe/feeds/feed.js';
import { openFeed } from '../../../../agent/observe/feeds/open-feed.js';
import { PushFeed } from '../../../../agent/observe/feeds/push-feed.js';
import { readMetricsRequest } from '../../../../agent/observe/push/otlp/otlp.js';
import type { LatencySourceSpec } from '../../../../shared/job.js';
import type { Statistic } from '../../../../shared/qoe.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { histogramPage, metricPage } from '../../../lib/metric-pages.js';
import { metricsRequest } from '../../../lib/otlp.js';
import { container } from './build.js';
import { PlannedServer } from './planned-server.js';

const BOUNDS = [0.1, 0.2, 0.5];

describe('sources of response times', () => {
  const closing: AbortController[] = [];
  afterEach(() => {
    for (const each of closing.splice(0)) each.abort();
  });

  function open(
    spec: LatencySourceSpec,
    over: { statistic?: Statistic; ports?: readonly number[] } = {},
  ) {
    const [clock, server, stop] = [new ManualClock(0), new PlannedServer(), new AbortController()];
    closing.push(stop);
    const start: FeedStart = {
      container: container({ exposedPorts: over.ports ?? [8000] }),
      signal: stop.signal,
      statistic: () => over.statistic ?? 'mean',
      deps: {
        clock,
        engine: { followLogs: () => assert.fail('not planned: followLogs') },
        compile: () => assert.fail('not planned: compile'),
        openHttp: () => server,
        windowMs: 5000,
        scrape: { intervalMs: 1000, deadlineMs: 500, waitMs: 200 },
      },
    };
    const feed: LatencyFeed = openFeed(
      spec as Extract<LatencySourceSpec, { source: 'probe' }>,
      start,
    );
    const told = () => feed.read(clock.now(), null).report;
    return { clock, server, stop, feed, told };
  }
  const latencies = (count: number): readonly number[] =>
    Array.from({ length: count }, (_, n) => 10 + (n % 10) * 15);

  describe('a page of metrics', () => {
    it('is read in its rhythm on one connection, one interval per reading', async () => {
      const { clock, server, feed, told, stop } = open({ source: 'prometheus', preset: 'vllm' });
      server.answer = () => histogramPage(latencies(10), BOUNDS);
      await clock.advance(0);
      assert.deepEqual([server.asked.length, told(), feed.fault], [1, null, '']);
      server.answer = () => histogramPage(latencies(40), BOUNDS);
      await clock.advance(1000);
      assert.deepEqual(
        [told()?.window.count, told()?.window.meanMs, told()?.totalCount],
        [30, 77.5, 30],
      );
      assert.deepEqual([told()?.newestAgeMs, told()?.window.p50Ms !== null], [0, true]);
      const [request] = server.asked;
      assert.deepEqual(
        [request?.host, request?.port, request?.path, request?.deadlineMs],
        ['172.17.0.2', 8000, '/metrics', 500],
      );
      stop.abort();
      await clock.advance(10_000);
      assert.equal(server.asked.length, 2);
      assert.ok(server.closed > 0);
    });

    it('is read just before a report, so that the report is not an interval old', async () => {
      const { clock, server, feed, told } = open({ source: 'prometheus', preset: 'vllm' });
      server.answer = () => histogramPage(latencies(10), BOUNDS);
      await clock.advance(0);
      await clock.advance(300);
      await feed.refresh?.();
      assert.equal(server.asked.length, 1, 'too soon for another look');
      await clock.advance(500);
      server.answer = () => histogramPage(latencies(40), BOUNDS);
      await feed.refresh?.();
      assert.deepEqual([server.asked.length, told()?.totalCount, told()?.newestAgeMs], [2, 30, 0]);
      await clock.advance(900);
      assert.equal(server.asked.length, 2, 'the rhythm goes on from there');
      await clock.advance(100);
      assert.equal(server.asked.length, 3);
    });

    it('is waited for by a report for a moment only', async () => {
      const { clock, server, feed, told } = open({ source: 'prometheus', preset: 'vllm' });
      server.answer = () => histogramPage(latencies(10), BOUNDS);
      await clock.advance(0);
      let answer: (page: string) => void = () => {};
      server.answer = () => new Promise((resolve) => (answer = resolve));
      await clock.advance(900);
      let isRefreshed = false;
      const refreshed = feed.refresh?.().then(() => (isRefreshed = true));
      await clock.advance(150);
      assert.equal(isRefreshed, false);
      await clock.advance(50);
      await refreshed;
      assert.equal(told(), null);
      answer(histogramPage(latencies(40), BOUNDS));
      await clock.advance(10);
      assert.equal(told()?.totalCount, 30);
    });

    it('that cannot be read loses nothing: the next reading covers the gap', async () => {
      const { clock, server, feed, told } = open({ source: 'prometheus', preset: 'vllm' });
      server.answer = () => histogramPage(latencies(10), BOUNDS);
      await clock.advance(0);
      server.answer = () => err('http://172.17.0.2:8000/metrics: no answer within 500 ms');
      await clock.advance(1000);
      assert.match(feed.fault, /^the metrics cannot be read: .*no answer within 500 ms$/);
      await clock.advance(20_000);
      assert.ok(server.asked.length < 8, `${server.asked.length} looks`);
      server.answer = () => histogramPage(latencies(25), BOUNDS);
      await clock.advance(8000);
      assert.deepEqual([feed.fault, told()?.totalCount], ['', 15]);
    });

    it('of a server that began anew, or that is cut, says nothing of that interval', async () => {
      const { clock, server, feed, told } = open({ source: 'prometheus', preset: 'vllm' });
      server.answer = () => histogramPage(latencies(10), BOUNDS);
      await clock.advance(0);
      server.answer = () => histogramPage(latencies(4), BOUNDS);
      await clock.advance(1000);
      assert.deepEqual([told(), feed.fault], [null, '']);
      server.answer = () => histogramPage(latencies(9), BOUNDS).slice(0, 150);
      await clock.advance(1000);
      assert.match(feed.fault, /^the metrics cannot be used: line \d+ .*: the page was cut$/);
      server.answer = () => histogramPage(latencies(9), BOUNDS);
      await clock.advance(1000);
      assert.deepEqual([told()?.totalCount, feed.fault], [5, '']);
    });

    it('of another server, or without a match, is a fault that names what there is', async () => {
      const other = open({ source: 'prometheus', preset: 'tgi' });
      other.server.answer = () => histogramPage(latencies(10), BOUNDS);
      await other.clock.advance(1000);
      assert.match(other.feed.fault, /no tgi_request_duration on the page yet$/);
      const unmatched = open({ source: 'prometheus', preset: 'vllm', match: 'model="b"' });
      unmatched.server.answer = () => histogramPage(latencies(10), BOUNDS);
      await unmatched.clock.advance(1000);
      assert.match(
        unmatched.feed.fault,
        /the match chooses no label set: there are \{model="a"\}$/,
      );
    });

    it('that tells nothing before the first request is counted from zero', async () => {
      const { clock, server, told } = open({ source: 'prometheus', preset: 'vllm' });
      server.answer = () => 'process_start_time_seconds 1.7e9\n';
      await clock.advance(1000);
      server.answer = () =>
        `process_start_time_seconds 1.7e9\n${histogramPage(latencies(7), BOUNDS)}`;
      await clock.advance(1000);
      assert.equal(told()?.totalCount, 7);
    });

    it('is found on the second of two ports, and stays found', async () => {
      const { clock, server, feed } = open({ source: 'prometheus', preset: 'tgi' }, { ports: [] });
      server.answer = ({ port }) =>
        port === 3000 ? metricPage('tgi-1') : err('connect ECONNREFUSED');
      await clock.advance(1000);
      assert.deepEqual([server.asked.map(({ port }) => port), feed.fault], [[80, 3000, 3000], '']);
    });

    it('chooses the reading with the statistic, and takes no mean for a percentile', async () => {
      const triton = (statistic: Statistic) => {
        const opened = open({ source: 'prometheus', preset: 'triton', port: 8002 }, { statistic });
        let page = 'triton-summary-1';
        opened.server.answer = () => metricPage(page);
        return {
          ...opened,
          next: () => {
            page = 'triton-summary-2';
          },
        };
      };
      const p95 = triton('p95');
      await p95.clock.advance(0);
      p95.next();
      await p95.clock.advance(1000);
      assert.deepEqual([p95.told()?.window.p95Ms, p95.told()?.window.count], [44.5, 100]);
      const mean = triton('mean');
      await mean.clock.advance(0);
      mean.next();
      await mean.clock.advance(1000);
      assert.deepEqual([mean.told()?.window.meanMs, mean.told()?.window.p95Ms], [30, null]);
    });

    it('that nobody can find is a fault at once, and nobody asks', async () => {
      const { clock, server, feed } = open({ source: 'prometheus' }, { ports: [1, 2] });
      await clock.advance(5000);
      assert.match(feed.fault, /exposes the ports 1, 2: set latency\.port/);
      assert.equal(server.asked.length, 0);
    });
  });

  describe('a probe', () => {
    it('asks as told, rarely, and counts as an observation but not as traffic', async () => {
      const { clock, server, told } = open({ source: 'probe', path: '/infer', body: '{"x":1}' });
      server.answer = () => 'fine';
      await clock.advance(0);
      await clock.advance(10_000);
      assert.deepEqual(
        [server.asked.length, told()?.window.count, told()?.window.meanMs, told()?.totalCount],
        [6, 5, 12, 0],
      );
      const { method, path, body } = server.asked[0] ?? {};
      assert.deepEqual([method, path, body], ['POST', '/infer', '{"x":1}']);
    });

    it('takes at most a hundredth of the time of a server that is slow', async () => {
      const { clock, server } = open({ source: 'probe' });
      const answers: (() => void)[] = [];
      server.answer = () =>
        new Promise((resolve) =>
          answers.push(() => resolve(ok({ status: 200, elapsedMs: 1000, bytes: 0 }))),
        );
      await clock.advance(1000);
      answers[0]?.();
      await clock.advance(98_000);
      assert.equal(server.asked.length, 1);
      await clock.advance(1000);
      assert.equal(server.asked.length, 2);
    });

    it('without an answer is made again soon, and more and more rarely', async () => {
      const { clock, server } = open({ source: 'probe' });
      const askedAt: number[] = [];
      const late = async () => {
        askedAt.push(clock.now() / 1000);
        await clock.sleep(30_000);
        return err('no answer within 30000 ms');
      };
      server.answer = late;
      await clock.advance(1_300_000);
      assert.deepEqual(askedAt.splice(0), [0, 45, 105, 195, 345, 615, 945, 1275]);
      server.answer = () => 'fine';
      await clock.advance(400_000);
      server.answer = late;
      await clock.advance(50_000);
      assert.equal(askedAt.length, 2, 'an answer ends the long pauses');
    });

    it('that fails is no response time', async () => {
      const { clock, server, feed, told } = open({ source: 'probe' });
      server.answer = () => ok({ status: 503, elapsedMs: 1, bytes: 0 });
      await clock.advance(0);
      assert.deepEqual([told(), feed.fault], [null, 'the probe was answered with status 503']);
      server.answer = () => err('no answer within 30000 ms');
      await clock.advance(2000);
      assert.match(feed.fault, /^the probe failed: no answer/);
      server.answer = () => 'fine';
      await clock.advance(2000);
      assert.deepEqual([told()?.window.count, told()?.rejectedCount, feed.fault], [1, 2, '']);
    });
  });

  describe('pushed histograms', () => {
    const push = (feed: LatencyFeed, name: string, counts: readonly number[]) => {
      assert.ok(feed instanceof PushFeed);
      const batch = readMetricsRequest(
        metricsRequest([{ counts, sum: 0.05 * counts.reduce((a, b) => a + b) }], { name }),
      );
      assert.ok(batch.ok);
      feed.push([], batch.value.histograms);
    };

    it('are response times where their metric is known, the likeliest of them', async () => {
      const { clock, feed, told } = open({ source: 'push' });
      push(feed, 'db.client.operation.duration', [9, 0, 0, 0]);
      assert.equal(told(), null);
      push(feed, 'rpc.server.duration', [4, 0, 0, 0]);
      assert.equal(told()?.totalCount, 4);
      await clock.advance(6000);
      push(feed, 'http.server.request.duration', [10, 6, 3, 1]);
      push(feed, 'rpc.server.duration', [4, 0, 0, 0]);
      assert.deepEqual(
        [told()?.totalCount, told()?.window.count, told()?.window.meanMs],
        [24, 20, 50],
      );
    });

    it('are those of the metric that is named', () => {
      const { feed, told } = open({ source: 'push', metric: 'db.client.operation.duration' });
      push(feed, 'http.server.request.duration', [10, 6, 3, 1]);
      push(feed, 'db.client.operation.duration', [9, 0, 0, 0]);
      assert.equal(told()?.totalCount, 9);
    });
  });
});
