import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  arrivalRate,
  foldArrivals,
  NO_ARRIVALS,
} from '../../../../../coordinator/schedule/gpu/arrivals.js';
import { seededRandom } from '../../../../../shared/random.js';

/** Response times of one client that waits, or of one queue, with the times at which they end. */
interface Request {
  readonly latencyMs: number;
  readonly endedAtMs: number;
}

/** Each answer follows the one before. */
const loopOf = (latencyMs: number, count: number): readonly Request[] =>
  Array.from({ length: count }, (_, i) => ({ latencyMs, endedAtMs: latencyMs * (i + 1) }));

/** Requests that arrive by themselves at a server that takes `serviceMs` for each. */
function queueOf(everyMs: number, serviceMs: number, count: number): readonly Request[] {
  const random = seededRandom(3);
  let [arrivesAtMs, freeAtMs] = [0, 0];
  return Array.from({ length: count }, () => {
    arrivesAtMs -= everyMs * Math.log(1 - random());
    freeAtMs = Math.max(freeAtMs, arrivesAtMs) + serviceMs;
    return { latencyMs: freeAtMs - arrivesAtMs, endedAtMs: freeAtMs };
  });
}

/**
 * What is made of reports of a second each. `lateMs`: how late the newest end of a report is noted,
 * though not after the report.
 */
function reportsOf(requests: readonly Request[], lateMs: (report: number) => number) {
  let its = NO_ARRIVALS;
  const found: (typeof its)[] = [];
  const last = requests.at(-1)?.endedAtMs ?? 0;
  for (let report = 1; report * 1000 <= last; report += 1) {
    const [fromMs, toMs] = [(report - 1) * 1000, report * 1000];
    const seen = requests.filter(({ endedAtMs: at }) => at > fromMs && at <= toMs);
    const newest = seen.at(-1);
    if (newest === undefined) continue;
    its = foldArrivals(its, {
      count: seen.length,
      waitedMs: seen.reduce((sum, { latencyMs }) => sum + latencyMs, 0),
      doneAtMs: Math.min(toMs, newest.endedAtMs + lateMs(report)),
    });
    found.push(its);
  }
  return found;
}

const takenForOpen = (latencyMs: number, lateMs: (report: number) => number): readonly number[] =>
  reportsOf(loopOf(latencyMs, 60_000 / latencyMs), lateMs).flatMap(({ isOpen }, i) =>
    isOpen ? [i + 1] : [],
  );

describe('arrivals at a GPU', () => {
  it('are a closed loop in its first seconds, although an end is noted late', () => {
    for (const late of [2, 3, 4, 5, 6])
      for (const latencyMs of [130, 170, 190, 300])
        assert.deepEqual(
          takenForOpen(latencyMs, (report) => (report === late ? 190 : 0)),
          [],
          `${latencyMs} ms, report ${late}`,
        );
  });

  it('are a closed loop although each other end is noted late', () => {
    for (const latencyMs of [130, 170, 190, 300])
      assert.deepEqual(
        takenForOpen(latencyMs, (report) => (report % 2 === 0 ? 190 : 0)),
        [],
        `${latencyMs} ms`,
      );
  });

  it('are open where requests come by themselves, late ends or not', () => {
    for (const lateMs of [0, 150])
      for (const [everyMs, serviceMs] of [
        [200, 100],
        [175, 100],
        [150, 100],
        [125, 100],
      ] as const) {
        const found = reportsOf(queueOf(everyMs, serviceMs, 600), (report) =>
          report % 3 === 0 ? lateMs : 0,
        );
        const open = found.filter(({ isOpen }) => isOpen).length;
        const what = `every ${everyMs} ms, ${open} of ${found.length} reports`;
        assert.ok(open > 0.8 * found.length, what);
        const rate = arrivalRate(found.at(-1) ?? NO_ARRIVALS);
        assert.ok(Math.abs(rate * everyMs - 1) < 0.15, `${what}: ${rate} in a ms`);
      }
  });
});
