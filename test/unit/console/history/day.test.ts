import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Day } from '../../../../console/history/day.js';
import { Ring } from '../../../../console/history/ring.js';
import type { AllocationMinute, MinuteRecord } from '../../../../proto/schemas/view.js';
import { allocationId, jobName, nodeId } from '../../coordinator/build.js';

const row = (id: string, change: Partial<AllocationMinute> = {}): AllocationMinute => ({
  id: allocationId(id),
  job: jobName('a'),
  requests: 10,
  meanMs: 50,
  worstMs: 80,
  seconds: 60,
  observedSeconds: 40,
  atTargetSeconds: 30,
  notSlowerSeconds: 40,
  reservedCpuSeconds: 60,
  usedCpuSeconds: 30,
  energyJoules: null,
  throttledRatio: 0.5,
  ...change,
});
const minute = (at: number, ...allocations: AllocationMinute[]): MinuteRecord => ({
  schema: 1,
  node: nodeId('h1'),
  minute: at,
  epoch: 1,
  seconds: 60,
  allocations,
});
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

  it('of more allocations than there is room for nothing is remembered, and it says so', () => {
    const day = new Day(1);
    day.noteLoaded();
    day.takeMinute(minute(1, row('a-1')));
    assert.equal(day.isComplete, true);
    day.takeMinute(minute(1, row('a-2')));
    assert.equal(day.isComplete, false);
    assert.equal(day.pointsOf('a-2', ALL), undefined);
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

  it('a ring holds what it says, in bytes', () => {
    assert.equal(new Ring(1440, 8).byteLength + new Ring(360, 8).byteLength, 1800 * (32 + 4));
  });
});
