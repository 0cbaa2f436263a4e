import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkpointValues, readCheckpoint } from '../../../../coordinator/view/checkpoint.js';
import { MinuteFold } from '../../../../coordinator/view/minutes.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import type { ContainerReport, NodeReport } from '../../../../shared/report.js';
import { latency } from '../build.js';
import { reportAt } from './minutes-build.js';

const NO_JOBS = new Map();

/** Reports every 5 s from one second to another, the wall clock being the agent's. */
const fold = (folding: MinuteFold, from: number, to: number) => {
  const closed = [];
  for (let second = from; second <= to; second += 5)
    closed.push(folding.add(reportAt(second), second * 1000, NO_JOBS) ?? []);
  return closed.flat();
};

describe('minutes: counters that the first report does not say', () => {
  const MEASURED = { currentBytes: 1, workingSetBytes: 1, oomKills: 0 };
  const without = (second: number, change: Partial<ContainerReport>, bootId = 'boot-1') => {
    const containers = reportAt(second).containers.map((each) => ({ ...each, ...change }));
    return reportAt(second, { containers, bootId });
  };
  const usedIn = (closed: readonly { readonly record: MinuteRecord }[]) =>
    closed[0]?.record.allocations[0]?.usedCpuSeconds;

  it('count from when they are known: what a container used before is in no minute', () => {
    const folding = new MinuteFold(1);
    folding.add(without(3655, { cpu: null }), 3_655_000, NO_JOBS);
    // Half a core from the second report on, after an hour before it.
    assert.equal(usedIn(fold(folding, 3660, 3720)), 27.5);
  });

  it('so do those of an agent that starts again, over a change of leader too', () => {
    const [first, second] = [new MinuteFold(1), new MinuteFold(2)];
    fold(first, 3655, 3680);
    first.add(without(3685, { cpu: null }, 'boot-2'), 3_685_000, NO_JOBS);
    const [stored = new Uint8Array()] = checkpointValues(first.open, 3_685_000);
    for (const [id, open] of readCheckpoint(stored, 0)) second.adopt(id, open);
    const closed = [];
    for (let s = 3690; s <= 3720; s += 5)
      closed.push(second.add(reportAt(s, { bootId: 'boot-2' }), s * 1000, NO_JOBS) ?? []);
    assert.equal(usedIn(closed.flat()), 12.5 + 12.5);
  });

  it('a report without values hides no requests, and makes none up', () => {
    const requestsAfter = (change: Partial<ContainerReport>) => {
      const folding = new MinuteFold(1);
      folding.add(without(55, { cpu: null, latency: null, ...change }), 55_000, NO_JOBS);
      return fold(folding, 60, 120)[0]?.record.allocations[0]?.requests;
    };
    // 120 were answered until the second report: before it was late, or since it was measured.
    assert.equal(requestsAfter({}), 110);
    assert.equal(requestsAfter({ memory: MEASURED }), 230);
  });
});

describe('minutes: time long after the newest answer', () => {
  const timesOf = (newestAgeMs: number, meanMs = 100, change: Partial<NodeReport> = {}) => {
    const folding = new MinuteFold(1);
    const closed = [];
    for (let s = 55; s <= 120; s += 5) {
      const seen = { latency: latency(meanMs, { newestAgeMs }) };
      const containers = reportAt(s).containers.map((each) => ({ ...each, ...seen }));
      closed.push(folding.add(reportAt(s, { ...change, containers }), s * 1000, NO_JOBS) ?? []);
    }
    const [row] = closed.flat()[0]?.record.allocations ?? [];
    return [row?.seconds, row?.observedSeconds, row?.notSlowerSeconds, row?.reservedCpuSeconds];
  };

  it('is not observed: nobody asks, or nothing is answered; what is reserved counts', () => {
    assert.deepEqual(timesOf(60_000), [60, 60, 60, 60]);
    assert.deepEqual(timesOf(60_001), [60, 0, 0, 60]);
    assert.deepEqual(timesOf(60_001, 1000), [60, 0, 0, 60], 'nor is it slower');
  });

  it('is long by the response time where that is longer', () => {
    assert.deepEqual(timesOf(179_000, 60_000), [60, 60, 0, 60]);
    assert.deepEqual(timesOf(181_000, 60_000), [60, 0, 0, 60]);
  });

  it('is long by the window of the agent where that is longer: what is in it is of now', () => {
    assert.deepEqual(timesOf(119_000, 100, { windowMs: 120_000 }), [60, 60, 60, 60]);
    assert.deepEqual(timesOf(121_000, 100, { windowMs: 120_000 }), [60, 0, 0, 60]);
  });
});
