import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parentWeightOf } from '../../../../agent/containers/weight.js';
import { coresForContainers, groupSharesOf } from '../../../../lab/host/competition.js';
import type { HostNode } from '../../../../lab/host/node.js';
import { type Random, seededRandom } from '../../../../shared/random.js';
import { hostWith, limit, model, type Running } from '../sim/build.js';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-4, `${actual}, not ${expected}`);

describe('coresForContainers', () => {
  const of = (groupShares: number, otherThreads: number, freshThreads = 0): number =>
    coresForContainers({ hostCores: 2, groupShares, otherThreads, freshThreads });

  it('leaves all where no other program runs', () => {
    assert.equal(of(1024, 0), 2);
  });

  it('is between the same weight on each CPU and the same load on each CPU', () => {
    // One thread: two thirds of its CPU, or all of it.
    near(of(1024, 1), 2 - (2 / 3 + 1) / 2);
    // 1024 of 1024 + 3891 on its CPU, or 1024 of 8806 of two CPUs.
    near(of(7782, 1), 2 - (0.208342 + 0.232569) / 2);
  });

  it('counts threads that fill the host as one group against another', () => {
    near(of(1024, 2), 1);
    near(of(3072, 2), 1.5);
    near(of(3072, 5), 1.5);
  });

  it('lets a thread that has just woken run first', () => {
    // Four times the weight: 4096 of 4096 + 512 on its CPU, or all of it.
    near(of(1024, 1, 1), 2 - (8 / 9 + 1) / 2);
    assert.ok(of(1024, 2, 1) < of(1024, 2));
  });

  it('leaves less to more threads, and more to a heavier group; never less than there is', () => {
    const random = seededRandom(141);
    for (let i = 0; i < 500; i += 1) {
      const hostCores = 0.5 + 8 * random();
      const [groupShares, otherThreads] = [2 + 20_000 * random(), Math.floor(6 * random())];
      const beside = { hostCores, groupShares, otherThreads, freshThreads: 0 };
      const cores = coresForContainers(beside);
      assert.ok(cores >= Math.max(0, hostCores - otherThreads) - 1e-9 && cores <= hostCores);
      const more = coresForContainers({ ...beside, otherThreads: otherThreads + 1 });
      assert.ok(more < cores + 1e-9, JSON.stringify(beside));
      assert.ok(coresForContainers({ ...beside, groupShares: 2 * groupShares }) >= cores);
    }
  });
});

describe('groupSharesOf', () => {
  it('is the weight that the agent writes', () => {
    for (const hostCores of [0.5, 1, 2, 7, 64])
      for (const keptRatio of [0, 0.05, 0.4])
        for (const heldWeight of [0, 900, 5000, 19_456, 2_000_000]) {
          const room = { hostCores, allocatableCores: hostCores * (1 - keptRatio) };
          const parent = { weight: { version: 1, value: 1024 }, heldWeight } as const;
          assert.equal(groupSharesOf(heldWeight, room), parentWeightOf(parent, 1024, room));
        }
  });
});

interface Drawn {
  readonly host: HostNode;
  readonly running: readonly Running[];
}

function drawnHost(random: Random, seed: number): Drawn {
  const count = 1 + Math.floor(6 * random());
  return hostWith(
    2,
    Array.from({ length: count }, () => ({
      model: model({ workSeconds: 0.01 + 0.2 * random(), parallelism: random() < 0.2 ? 2 : 1 }),
      limit: random() < 0.3 ? limit(null) : limit(0.05 + random(), 20_000 + 80_000 * random()),
    })),
    seed,
  );
}

/** Changes what runs beside the containers, and advances by a millisecond or two. */
function drift({ host }: Drawn, nowMs: number, random: Random): number {
  if (random() < 0.1) host.setOtherThreads(Math.floor(4 * random()), 0);
  if (random() < 0.05) host.setGroupShares(1024 + Math.floor(8000 * random()));
  const untilMs = nowMs + 0.5 + 2 * random();
  host.advance(untilMs);
  return untilMs;
}

describe('a host beside other programs', () => {
  it('uses all CPU that anybody wants and no more, and gives nobody more than he wants', () => {
    const random = seededRandom(138);
    for (let seed = 1; seed <= 20; seed += 1) {
      const drawn = drawnHost(random, seed);
      drawn.host.setOtherThreads(1, 0);
      let threads = 1;
      for (let nowMs = 2000; nowMs < 4000; ) {
        const { host, running } = drawn;
        host.advance(nowMs);
        if (random() < 0.1) {
          threads = Math.floor(4 * random());
          host.setOtherThreads(threads, 0);
        }
        const given = running.map(({ container }) => container.givenCores);
        const wanted = running.map(({ container }) => container.wantCores);
        const containers = given.reduce((sum, cores) => sum + cores, 0);
        const wantedCores = wanted.reduce((sum, cores) => sum + cores, threads);
        const before = host.othersUsedMs;
        host.advance(nowMs + 1e-6);
        const others = (host.othersUsedMs - before) / 1e-6;
        for (const [i, cores] of given.entries()) assert.ok(cores <= (wanted[i] ?? 0) + 1e-9);
        assert.ok(others <= threads + 1e-3);
        assert.ok(
          Math.abs(containers + others - Math.min(2, wantedCores)) < 1e-3,
          `${containers} and ${others} of ${wantedCores} wanted`,
        );
        nowMs += 0.5 + 3 * random();
      }
    }
  });

  it('gives no container more than its quota, whatever runs beside it', () => {
    const random = seededRandom(139);
    for (let seed = 1; seed <= 20; seed += 1) {
      const drawn = drawnHost(random, seed);
      drawn.host.advance(2000);
      const before = drawn.running.map(({ container }) => container.usageMs);
      let nowMs = 2000;
      while (nowMs < 6000) nowMs = drift(drawn, nowMs, random);
      for (const [i, { container }] of drawn.running.entries()) {
        const { cpuCores, periodUs } = container.limit;
        if (cpuCores === null) continue;
        const most = cpuCores * (nowMs - 2000 + (2 * periodUs) / 1000);
        const used = container.usageMs - (before[i] ?? 0);
        assert.ok(used <= most, `${used} ms of ${most}`);
      }
      const { host } = drawn;
      assert.ok(host.idleMs > -1e-3, `${host.idleMs}`);
    }
  });
});
