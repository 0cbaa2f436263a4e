import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ReportBody } from '../../../../agent/report/report-body.js';
import { Reporter } from '../../../../agent/report/reporter.js';
import type { NodeId } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import type { NodeReport } from '../../../../shared/report.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { containerReport, reportBody } from './build-report.js';

const body = reportBody({ containers: [containerReport()] });

function world(collect: (call: number, asOfMs: number) => Promise<ReportBody>) {
  const clock = new ManualClock();
  const sent: NodeReport[] = [];
  const seen = { calls: 0, inFlight: 0, most: 0, connected: true };
  const reporter = new Reporter({
    clock,
    log: silentLog,
    node: 'n1' as NodeId,
    bootId: 'boot',
    intervalMs: 1000,
    validForMs: 3000,
    collectDeadlineMs: 400,
    collect: async (asOfMs) => {
      seen.calls += 1;
      seen.inFlight += 1;
      seen.most = Math.max(seen.most, seen.inFlight);
      try {
        return await collect(seen.calls, asOfMs);
      } finally {
        seen.inFlight -= 1;
      }
    },
    send: (report) => {
      if (seen.connected) sent.push(report);
      return seen.connected;
    },
  });
  return { clock, sent, seen, reporter };
}
const never = new Promise<ReportBody>(() => {});

describe('Reporter', () => {
  it('sends one report per interval, numbered and stamped', async () => {
    const { clock, sent, reporter } = world(() => Promise.resolve(body));
    reporter.start();
    await clock.advance(3000);
    await reporter.stop();
    assert.deepEqual(
      sent.map(({ sequence, sentAtMs }) => [sequence, sentAtMs]),
      [
        [1, 1000],
        [2, 2000],
        [3, 3000],
        [4, 4000],
      ],
    );
    assert.equal(sent[0]?.bootId, 'boot');
    assert.equal(sent[0]?.node, 'n1');
    assert.equal(sent[0]?.validForMs, 3000);
    assert.equal(clock.sleeping, 0);
  });

  it('does not drift when measuring takes time, and skips beats it missed', async () => {
    const { clock, sent, reporter } = world(async () => {
      await clock.sleep(300);
      return body;
    });
    reporter.start();
    await clock.advance(2500);
    assert.deepEqual(
      sent.map((report) => report.sentAtMs),
      [1300, 2300, 3300],
    );
    await reporter.stop();
  });

  /** A body whose newest answer ended at a time, as it is measured. */
  const answeredAt = (endedAtMs: number, asOfMs: number): ReportBody => {
    const { latency } = containerReport();
    assert.ok(latency !== null);
    const newest = { ...latency, newestAgeMs: asOfMs - endedAtMs };
    const silent = containerReport({ latency: null });
    return reportBody({ containers: [containerReport({ latency: newest }), silent] });
  };
  const endsIn = (sent: readonly NodeReport[]) =>
    sent.map(({ sentAtMs, containers: [first] }) => [
      sentAtMs,
      first?.latency === null ? null : sentAtMs - (first?.latency?.newestAgeMs ?? Number.NaN),
    ]);

  it('counts ages from the sending, whatever measuring took', async () => {
    const { clock, sent, reporter } = world(async (call, asOfMs) => {
      await clock.sleep(100 * call);
      // The third ended while it was measured.
      return answeredAt([960, 1990, 3250][call - 1] ?? Number.NaN, asOfMs);
    });
    reporter.start();
    await clock.advance(2500);
    await reporter.stop();
    assert.deepEqual(endsIn(sent), [
      [1100, 960],
      [2200, 1990],
      [3300, 3250],
    ]);
    assert.deepEqual(
      sent.map(({ containers }) => containers[1]?.latency),
      [null, null, null],
    );
  });

  it('counts ages from the sending also where measuring outlasted an interval', async () => {
    const { clock, sent, reporter } = world(async (call, asOfMs) => {
      await clock.sleep(call === 2 ? 1250 : 0);
      return answeredAt(asOfMs - 30, asOfMs);
    });
    reporter.start();
    await clock.advance(3000);
    await reporter.stop();
    assert.deepEqual(endsIn(sent), [
      [1000, 970],
      [2400, null],
      [3250, 1970],
      [4000, 3970],
    ]);
  });

  it('says no age below zero', async () => {
    const { clock, sent, reporter } = world((_, asOfMs) =>
      Promise.resolve(answeredAt(asOfMs + 1e-9, asOfMs)),
    );
    reporter.start();
    await clock.advance(0);
    await reporter.stop();
    assert.equal(sent[0]?.containers[0]?.latency?.newestAgeMs, 0);
  });

  it('keeps the rhythm when measuring hangs: null values, a warning, one at a time', async () => {
    const { clock, sent, seen, reporter } = world((call) =>
      call === 1 ? Promise.resolve(body) : never,
    );
    reporter.start();
    await clock.advance(3500);
    assert.equal(sent.length, 4);
    assert.equal(seen.calls, 2);
    assert.equal(seen.most, 1);
    for (const report of sent.slice(1)) {
      assert.equal(report.containers[0]?.allocation, 'face-0');
      assert.equal(report.containers[0]?.cpu, null);
      assert.equal(report.containers[0]?.latency, null);
      assert.equal(report.host.cpuUtilisationRatio, null);
      assert.deepEqual(report.warnings, ['measuring took more than 400 ms: values are not known']);
    }
    assert.deepEqual(
      sent.map((report) => report.sequence),
      [1, 2, 3, 4],
    );
    await reporter.stop();
    assert.equal(clock.sleeping, 0);
  });

  it('sends values again when measuring recovers', async () => {
    let release: (value: ReportBody) => void = () => {};
    const { clock, sent, reporter } = world((call) =>
      call === 2
        ? new Promise<ReportBody>((resolve) => (release = resolve))
        : Promise.resolve(body),
    );
    reporter.start();
    await clock.advance(1500);
    assert.equal(sent[1]?.containers[0]?.cpu, null);
    release(body);
    await clock.advance(1000);
    assert.notEqual(sent[2]?.containers[0]?.cpu, null);
    assert.deepEqual(sent[2]?.warnings, []);
    await reporter.stop();
  });

  it('goes on when measuring fails', async () => {
    const { clock, sent, reporter } = world((call) =>
      call === 2 ? Promise.reject(new Error('disk')) : Promise.resolve(body),
    );
    reporter.start();
    await clock.advance(2000);
    assert.deepEqual(
      sent.map((report) => report.warnings),
      [[], ['measuring failed: disk'], []],
    );
    await reporter.stop();
  });

  it('sends nothing before anything was known', async () => {
    const { clock, sent, reporter } = world(() => never);
    reporter.start();
    await clock.advance(5000);
    assert.equal(sent.length, 0);
    await reporter.stop();
  });

  it('holds only the newest while the bus is away', async () => {
    const { clock, sent, seen, reporter } = world(() => Promise.resolve(body));
    seen.connected = false;
    reporter.start();
    await clock.advance(3200);
    assert.equal(sent.length, 0);
    seen.connected = true;
    reporter.flush();
    reporter.flush();
    assert.deepEqual(
      sent.map((report) => report.sequence),
      [4],
    );
    await clock.advance(800);
    assert.deepEqual(
      sent.map((report) => report.sequence),
      [4, 5],
    );
    await reporter.stop();
  });

  it('drops a held report that is of an earlier interval', async () => {
    const { clock, sent, seen, reporter } = world(() => Promise.resolve(body));
    seen.connected = false;
    reporter.start();
    await clock.advance(0);
    await reporter.stop();
    await clock.advance(1001);
    seen.connected = true;
    reporter.flush();
    assert.equal(sent.length, 0);
  });
});
