import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Day } from '../../../../console/history/day.js';
import { inSlices } from '../../../../console/history/in-slices.js';
import { SUMMARISING } from '../../../../console/http/summarising.js';
import { atOnce } from '../../../../shared/steps.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { container, latency } from '../../coordinator/build.js';
import { allocation } from '../page/build.js';
import { minute, row } from './build.js';

const ALL = { step: '1m', fromMs: 0, toMs: Number.POSITIVE_INFINITY } as const;

describe('the day of an allocation', () => {
  it('is made of minutes: shares of the time that was observed, cores on average', () => {
    const day = new Day(10);
    day.takeMinute(minute(100, row('a-1')));
    assert.deepEqual(day.pointsOf('a-1', ALL)?.points, [
      {
        atMs: 6_000_000,
        latencyMs: 50,
        worstMs: 80,
        requests: 10,
        atTargetRatio: 0.75,
        notSlowerRatio: 1,
        reservedCores: 1,
        usedCores: 0.5,
        throttledRatio: 0.5,
      },
    ]);
  });

  it('a gap is a gap, and what is not known is null, never zero', () => {
    const day = new Day(10);
    day.takeMinute(minute(100, row('a-1', { requests: 0, meanMs: null, observedSeconds: 0 })));
    day.takeMinute(minute(103, row('a-1')));
    const points = day.pointsOf('a-1', ALL)?.points ?? [];
    assert.deepEqual(
      points.map(({ atMs }) => atMs / 60_000),
      [100, 103],
    );
    assert.deepEqual([points[0]?.latencyMs, points[0]?.atTargetRatio], [null, null]);
  });

  it('minutes may come in any order, and those of yesterday go', () => {
    const day = new Day(10);
    for (const at of [5000, 4999, 3560, 3559, 5000]) day.takeMinute(minute(at, row('a-1')));
    const known = day.pointsOf('a-1', ALL)?.points.map(({ atMs }) => atMs / 60_000);
    assert.deepEqual(known, [4999, 5000], '3560 and 3559 are of the slots of 5000 and 4999');
  });

  it('minute by minute a gap is null, and the current minute is made of its moments', () => {
    const day = new Day(10);
    day.takeMinute(minute(100, row('a-1')));
    for (const [atMs, latencyMs] of [
      [6_065_000, 40],
      [6_075_000, 60],
    ] as const)
      day.takeChange({ atMs, facts: [], figures: [{ id: 'a-1' }] } as never, () =>
        allocation('a-1', { latencyMs }),
      );
    const points = day.minutesOf('a-1', { from: 99, to: 102 });
    assert.deepEqual(
      points.map((point) => point?.latencyMs ?? null),
      [null, 50, 50, null],
    );
    assert.deepEqual(day.minutesOf('b-1', { from: 1, to: 2 }), [null, null]);
    assert.equal(day.newestMinute, 101);
  });

  it('of the cluster it says how many were observed in a minute, and at target', () => {
    const day = new Day(10);
    const unseen = { observedSeconds: 0, atTargetSeconds: 0, notSlowerSeconds: 0 };
    day.takeMinute(minute(100, row('a-1'), row('b-1', { atTargetSeconds: 40 })));
    day.takeMinute(minute(101, row('a-1', unseen)));
    assert.deepEqual(atOnce(day.clusterMinutes({ from: 99, to: 102 })), [
      { atMs: 6_000_000, observed: 2, atTarget: 1.75, notSlower: 2 },
    ]);
  });

  it('of the cluster it counts a minute without a record by what was published in it', () => {
    const day = new Day(10);
    for (const [atMs, qoeClass] of [
      [6_000_000, 'within'],
      [6_010_000, 'slower'],
      [6_020_000, null],
    ] as const)
      day.takeChange({ atMs, facts: [], figures: [{ id: 'a-1' }] } as never, () =>
        allocation('a-1', { qoeClass }),
      );
    const [only, ...others] = atOnce(day.clusterMinutes({ from: 99, to: 102 }));
    assert.deepEqual(others, []);
    assert.deepEqual([only?.observed, only?.atTarget, only?.notSlower], [1, 0.5, 0.5]);
  });

  it('a service that nobody asks any more is not observed, whatever it answered last', () => {
    const day = new Day(10);
    const silent = { latencyMs: null, qoeClass: null };
    for (const [id, newestAgeMs, now] of [
      ['a-1', 90_000, {}],
      ['b-1', 60_001, silent],
    ] as const)
      day.takeChange({ atMs: 6_000_000, facts: [], figures: [{ id }] } as never, () => {
        const its = container(id, { latency: latency(100, { newestAgeMs }) });
        return allocation(id, { container: its, ...now });
      });
    const [only] = atOnce(day.clusterMinutes({ from: 100, to: 100 }));
    assert.deepEqual([only?.observed, only?.atTarget], [1, 1]);
    const newest = (id: string) => {
      const asked = { step: '10s', fromMs: 6_000_000, toMs: 6_010_000 } as const;
      const point = day.pointsOf(id, asked)?.points[0];
      return [point?.latencyMs === null, point?.worstMs === null];
    };
    assert.deepEqual(newest('a-1'), [false, false]);
    assert.deepEqual(newest('b-1'), [true, true], 'as in the record of such a minute');
  });

  it('of the cluster it yields after each minute, and says the same', async () => {
    const day = new Day(10);
    for (const at of [100, 101, 102]) day.takeMinute(minute(at, row('a-1')));
    const range = { from: 100, to: 102 };
    let [slept, nowMs] = [0, 0];
    // Each look at the clock is the end of a slice.
    const clock = {
      now: () => {
        nowMs += 100;
        return nowMs;
      },
      wall: () => 0,
      sleep: async () => {
        slept += 1;
      },
    };
    const points = await inSlices(day.clusterMinutes(range), clock);
    assert.deepEqual(points, atOnce(day.clusterMinutes(range)));
    assert.equal(slept, 3);
  });

  it('of more allocations than there is room for nothing is remembered, and it says so', () => {
    const day = new Day(1);
    day.noteLoaded();
    day.takeMinute(minute(1, row('a-1')));
    assert.equal(day.isComplete, true);
    day.takeMinute(minute(1, row('a-2')));
    assert.equal(day.isComplete, false);
    assert.equal(day.pointsOf('a-2', ALL), undefined);
    day.takeMinute(minute(1440, row('a-1')));
    assert.equal(day.isComplete, false);
    day.takeMinute(minute(1441, row('a-1')));
    assert.equal(day.isComplete, true, 'of the day that is held nothing was left out');
  });

  it('of what has been gone for an hour only the minutes are held', () => {
    const day = new Day(10);
    const publish = (minute: number, id: string): void =>
      day.takeChange({ atMs: 60_000 * minute, facts: [], figures: [{ id }] } as never, () =>
        allocation(id),
      );
    const moments = (id: string) => day.pointsOf(id, { ...ALL, step: '10s' })?.points.length;
    for (const id of ['a-1', 'b-1']) {
      publish(1000, id);
      day.takeMinute(minute(1000, row(id)));
    }
    for (const at of [1060, 1061]) publish(at, 'b-1');
    assert.deepEqual([moments('a-1'), moments('b-1')], [1, 2]);
    publish(1062, 'b-1');
    assert.deepEqual([moments('a-1'), moments('b-1')], [0, 3]);
    assert.equal(day.pointsOf('a-1', ALL)?.points.length, 1);
  });

  it('a leader whose clock is ahead takes no moments from the others', () => {
    const day = new Day(10);
    const publish = (minute: number, id: string): void =>
      day.takeChange({ atMs: 60_000 * minute, facts: [], figures: [{ id }] } as never, () =>
        allocation(id),
      );
    for (const at of [1000, 9000, 9001]) for (const id of ['a-1', 'b-1']) publish(at, id);
    assert.equal(day.pointsOf('b-1', { ...ALL, step: '10s' })?.points.length, 3);
  });

  it('what has been gone for a day makes room for what is new', () => {
    const day = new Day(1);
    day.takeMinute(minute(1000, row('a-1')));
    day.takeMinute(minute(2439, row('a-2')));
    assert.equal(day.pointsOf('a-2', ALL), undefined);
    day.takeMinute(minute(2440, row('a-2')));
    assert.equal(day.pointsOf('a-2', ALL)?.points.length, 1);
    assert.equal(day.pointsOf('a-1', ALL), undefined);
  });

  it('a leader whose clock was ahead does not hide the last hour', async () => {
    const day = new Day(10);
    for (const at of [100, 101, 9000]) day.takeMinute(minute(at, row('a-1')));
    const about = { nowMs: 102 * 60_000 };
    const asked = { day, query: { allocations: 'a-1' }, about, clock: new ManualClock() };
    const answerOf = async (path: string): Promise<unknown> => {
      const route = SUMMARISING.find((each) => each.path === path);
      const answer = await route?.run(asked as never);
      assert.ok(answer?.ok);
      return answer.value;
    };
    const { points } = (await answerOf('/history/cluster')) as { points: { atMs: number }[] };
    assert.deepEqual(
      points.map(({ atMs }) => atMs / 60_000),
      [100, 101],
    );
    const recent = (await answerOf('/history/recent')) as {
      allocations: { latencyMs: (number | null)[] }[];
    };
    assert.deepEqual(recent.allocations[0]?.latencyMs.slice(-3), [50, 50, null]);
  });
});
