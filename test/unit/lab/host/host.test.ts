import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { waterLevel } from '../../../../lab/host/share.js';
import { assertNear, hostWith, limit, meanOf, model, open } from '../sim/build.js';

const coresUsed = (usageMs: number, forMs: number): number => usageMs / forMs;

describe('waterLevel', () => {
  const shares = (
    wants: readonly number[],
    weights: readonly number[],
    capacity: number,
  ): readonly number[] => {
    const level = waterLevel(Float64Array.from(wants), Float64Array.from(weights), capacity);
    return wants.map((want, i) => Math.min(want, level * (weights[i] ?? 0)));
  };

  it('shares by weight what is short', () => {
    assert.deepEqual(shares([4, 4, 4], [1, 2, 1], 4), [1, 2, 1]);
  });

  it('gives nobody more than it wants, and what one leaves to the others', () => {
    assert.deepEqual(shares([0.5, 4, 4], [2, 1, 1], 4.5), [0.5, 2, 2]);
  });

  it('lets everybody have their wish where it fits', () => {
    assert.equal(
      waterLevel(Float64Array.of(1, 2), Float64Array.of(1, 1), 3),
      Number.POSITIVE_INFINITY,
    );
  });
});

describe('HostNode', () => {
  it('runs a closed loop at its limit: throughput is min(c, p) ÷ work', () => {
    for (const [cores, parallelism, wanted] of [
      [0.25, 1, 0.25],
      [3, 1, 1],
      [1.5, 4, 1.5],
    ] as const) {
      const { host, running } = hostWith(8, [
        { model: model({ parallelism }), limit: limit(cores) },
      ]);
      host.advance(101_500);
      const [only] = running;
      assert.ok(only !== undefined);
      const before = only.container.usageMs;
      host.advance(201_500);
      assertNear(
        coresUsed(only.container.usageMs - before, 100_000),
        wanted,
        0.002,
        `limit ${cores}`,
      );
    }
  });

  it('shares a full host by weight without quotas; the weight of Docker is 0.1 CPU', () => {
    const free = limit(null);
    const { host, running } = hostWith(1, [
      { model: model(), limit: { ...free, guaranteeCores: 0.2, weightCores: 0.3 } },
      { model: model(), limit: { ...free, guaranteeCores: 0.1 } },
      { model: model(), limit: free },
    ]);
    host.advance(10_000);
    const before = running.map(({ container }) => container.usageMs);
    host.advance(60_000);
    const used = running.map(({ container }, i) => (container.usageMs - (before[i] ?? 0)) / 50_000);
    for (const [i, part] of [0.6, 0.2, 0.2].entries())
      assertNear(used[i] ?? 0, part, 0.01, `container ${i}`);
  });

  it('answers a queue faster with a quota that is kept, and uses the same', () => {
    const served = model({ workSeconds: 0.03, noiseRatio: 0, arrivals: open(8) });
    const quota = limit(0.5, 20_000);
    const { host, running } = hostWith(2, [
      { model: served, limit: quota },
      { model: served, limit: { ...quota, burstUs: 40_000 } },
      { model: served, limit: limit(null) },
    ]);
    host.advance(200_000);
    const [hard, soft, free] = running.map(({ samples }) => meanOf(samples));
    assert.ok(
      (soft ?? 0) < 0.8 * (hard ?? 0) && (soft ?? 0) > 1.05 * (free ?? 0),
      `${hard} ${soft} ${free}`,
    );
  });

  it('lets requests wait beside each other, and works on them in order', () => {
    const queue = { workSeconds: 0.03, noiseRatio: 0, arrivals: open(8) };
    const members = [
      model(queue),
      model({ ...queue, waitSeconds: 0.5 }),
      model({ ...queue, waitSeconds: 0.5, concurrency: 100 }),
    ].map((each) => ({ model: each, limit: limit(0.5, 10_000) }));
    // Each alone: the same arrivals, and no neighbour.
    const [alone, waiting, bounded] = members.map((each) => {
      const { host, running } = hostWith(2, [each]);
      host.advance(400_000);
      return running[0]?.samples ?? [];
    });
    assert.ok(alone !== undefined && waiting !== undefined && bounded !== undefined);
    // Four of them wait at a time, and still all are answered at the rate at which they come.
    assertNear(waiting.length, alone.length, 0.01);
    assertNear(meanOf(waiting), meanOf(alone) + 500, 0.01);
    assert.deepEqual(bounded, waiting);
  });

  it('begins with as many at a time as its concurrency: one makes the wait an overhead', () => {
    const queue = { workSeconds: 0.03, noiseRatio: 0, arrivals: open(2) };
    const samplesOf = (change: Parameters<typeof model>[0]) => {
      const { host, running } = hostWith(2, [
        { model: model({ ...queue, ...change }), limit: limit(0.5, 10_000) },
      ]);
      host.advance(400_000);
      return running[0]?.samples.map(({ latencyMs }) => Math.round(latencyMs)) ?? [];
    };
    const occupied = samplesOf({ overheadSeconds: 0.2 });
    assert.ok(occupied.length > 700);
    assert.deepEqual(samplesOf({ waitSeconds: 0.2, concurrency: 1 }), occupied);
    const two = samplesOf({ waitSeconds: 0.2, concurrency: 2 });
    const mean = (values: readonly number[]): number =>
      values.reduce((total, value) => total + value, 0) / values.length;
    assert.ok(mean(two) < mean(occupied) && mean(two) > mean(samplesOf({ waitSeconds: 0.2 })));
  });

  it('knows all that were asked and not answered, in order, those that wait included', () => {
    const { host, running } = hostWith(2, [
      {
        model: model({ arrivals: open(8), waitSeconds: 2, concurrency: 4 }),
        limit: limit(null),
      },
    ]);
    host.advance(30_000);
    const since = running[0]?.container.waitingSinceMs ?? [];
    assert.ok(since.length > 100, `${since.length}`);
    assert.deepEqual(
      since,
      [...since].sort((a, b) => a - b),
    );
  });

  it('answers in work ÷ min(c, p) + overhead on average', () => {
    const { host, running } = hostWith(8, [
      { model: model({ workSeconds: 0.46, parallelism: 2 }), limit: limit(0.31) },
      {
        model: model({ workSeconds: 0.46, overheadSeconds: 0.2, parallelism: 2 }),
        limit: limit(null),
      },
    ]);
    host.advance(300_000);
    assertNear(meanOf(running[0]?.samples ?? []), 460 / 0.31, 0.01);
    assertNear(meanOf(running[1]?.samples ?? []), 230 + 200, 0.001);
  });

  it('lets an overhead elapse while throttled: a sleep needs no CPU', () => {
    const slow = model({ workSeconds: 0.05, overheadSeconds: 0.05 });
    const { host, running } = hostWith(1, [{ model: slow, limit: limit(0.5) }]);
    host.advance(60_000);
    // 50 ms of quota a period: work and sleep take turns within each.
    assertNear(meanOf(running[0]?.samples ?? []), 100, 0.02);
  });

  it('hides the limit of a lightly loaded server with a long period, not a short one', () => {
    const light = model({ workSeconds: 0.022, arrivals: open(1) });
    const longPeriod = hostWith(2, [{ model: light, limit: limit(0.3) }]);
    const shortPeriod = hostWith(2, [{ model: light, limit: limit(0.3, 10_000) }]);
    longPeriod.host.advance(600_000);
    shortPeriod.host.advance(600_000);
    assertNear(meanOf(longPeriod.running[0]?.samples ?? []), 22, 0.15);
    assertNear(meanOf(shortPeriod.running[0]?.samples ?? []), 22 / 0.3, 0.1);
  });

  it('serves open arrivals in order, one at a time, waiting counted', () => {
    const { host, running } = hostWith(1, [
      { model: model({ arrivals: open(8) }), limit: limit(null) },
    ]);
    host.advance(2_000_000);
    const samples = running[0]?.samples ?? [];
    // M/D/1 at ρ = 0.8: W(1 + ρ/(2(1 − ρ))).
    assertNear(meanOf(samples), 100 * (1 + 0.8 / 0.4), 0.06);
    assertNear(samples.length, 8 * 2000, 0.02);
    assert.ok(
      samples.every(
        ({ endedAtMs }, i) => endedAtMs >= (samples[i - 1]?.endedAtMs ?? 0) + 100 - 1e-6,
      ),
    );
  });

  it('shares by weight when unlimited containers want more than there is', () => {
    const one = { model: model(), limit: limit(null) };
    const { host, running } = hostWith(2, [one, one, one, one, one]);
    host.advance(100_000);
    for (const { container } of running)
      assertNear(coresUsed(container.usageMs, 100_000), 0.4, 0.02);
    const waited = running.map(({ container }) => container.contendedMs / 100_000);
    assert.ok(
      waited.every((ratio) => ratio > 0.95),
      `${waited}`,
    );
  });

  it('stolen CPU leaves less for all', () => {
    const { host, running } = hostWith(4, [
      { model: model({ parallelism: 4 }), limit: limit(null) },
    ]);
    host.advance(10_000);
    const before = running[0]?.container.usageMs ?? 0;
    host.setCapacity(1.5);
    host.advance(20_000);
    assertNear((running[0]?.container.usageMs ?? 0) - before, 15_000, 1e-6);
  });

  it('counts idle CPU, stolen CPU as used', () => {
    const { host, running } = hostWith(4, [{ model: model(), limit: limit(0.5) }]);
    host.advance(10_000);
    host.setCapacity(2);
    host.advance(20_000);
    const used = running[0]?.container.usageMs ?? 0;
    assertNear(host.idleMs, 4 * 10_000 + 2 * 10_000 - used, 1e-9);
  });

  it('takes 0.3 to 1.5 s to start', () => {
    const starts = Array.from({ length: 50 }, (_, seed) => {
      const { running } = hostWith(1, [{ model: model(), limit: limit(1) }], seed);
      return running[0]?.container.startsAtMs ?? 0;
    });
    assert.ok(starts.every((ms) => ms >= 300 && ms <= 1500));
    assert.ok(Math.max(...starts) - Math.min(...starts) > 600);
  });

  it('work counts from the next request on, the rate at once', () => {
    const { host, running } = hostWith(1, [
      { model: model(), limit: limit(null) },
      { model: model({ workSeconds: 0.0001, arrivals: open(10) }), limit: limit(null) },
    ]);
    host.advance(100_000);
    const [closed, opened] = running;
    assert.ok(closed !== undefined && opened !== undefined);
    const [before, asked] = [closed.samples.length, opened.samples.length];
    for (const { container } of running) host.setLoad(container, { workFactor: 2, rateFactor: 3 });
    host.advance(200_000);
    assertNear(meanOf(closed.samples.slice(before + 1)), 200, 0.01);
    assertNear((opened.samples.length - asked) / asked, 3, 0.1);
  });
});
