import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Prior } from '../../../../../../coordinator/schedule/forecast.js';
import { adaptivePolicy } from '../../../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import { forecaster } from '../../../../../../coordinator/schedule/policies/adaptive/forecaster.js';
import type {
  LimitDecision,
  SnapshotAllocation,
} from '../../../../../../coordinator/schedule/types.js';
import {
  NO_PROFILES,
  priorOn,
  updateProfiles,
} from '../../../../../../coordinator/schedule/workloads/profiles.js';
import { allocation, allocationId, limit, node, nodeId, PARAMS, target } from '../../../build.js';
import { Plant, type PlantOptions } from './build.js';

const WORKLOAD = 'w';
const HOST = 'h1';

/** Jobs on two cores under one leader after the other. */
class Host {
  readonly #plants: readonly Plant[];
  readonly #targetMs: number;
  readonly #unmeasured: boolean[];
  #memory = adaptivePolicy.start;
  #priorOf: () => Prior | undefined = () => undefined;

  constructor(jobs: readonly PlantOptions[], targetMs: number) {
    this.#plants = jobs.map((options) => new Plant(0.4, options));
    this.#targetMs = targetMs;
    this.#unmeasured = jobs.map(() => false);
  }

  get plants(): readonly Plant[] {
    return this.#plants;
  }
  get limits(): readonly number[] {
    return this.#plants.map((plant) => plant.limit.cpuCores ?? 0);
  }

  /** One report of each, and what is decided about them; returns how far limits moved. */
  step(): number {
    const before = this.limits;
    const allocations = this.#plants.map((plant, i) => this.#reported(plant, i));
    const nowMs = this.#plants[0]?.nowMs ?? 0;
    const input = { node: node(HOST, { allocations }), nowMs, params: PARAMS };
    const decided = adaptivePolicy.decide({ ...input, priorOf: this.#priorOf }, this.#memory);
    this.#memory = decided.memory;
    for (const { allocation: id, limit: its } of decided.limits)
      if (its.cpuCores !== null) this.#plants[Number(id.slice(1, 2))]?.hold(its.cpuCores);
    return Math.max(...this.limits.map((cores, i) => ratio(cores, before[i] ?? cores)));
  }

  /** The largest distance of a limit from where it is now, as a factor, over some reports. */
  farthest(reports: number): number {
    const before = this.limits;
    let most = 1;
    for (let i = 0; i < reports; i += 1) {
      this.step();
      most = Math.max(most, ...this.limits.map((cores, at) => ratio(cores, before[at] ?? cores)));
    }
    return most;
  }

  settle(): this {
    for (let i = 0; i < 60; i += 1) this.step();
    return this;
  }

  /**
   * Another coordinator leads: it knows what was stored of the workload and nothing else. The same
   * workload also ran on a host where a request took `elsewhereRatio` times the CPU; how fast hosts
   * are is not stored.
   */
  newLeader(elsewhereRatio = 1): this {
    const seen = forecaster.profiles(this.#memory).flatMap(({ profile }) => [
      { workload: WORKLOAD, node: nodeId(HOST), profile },
      {
        workload: WORKLOAD,
        node: nodeId('h2'),
        profile: { ...profile, workSeconds: elsewhereRatio * profile.workSeconds },
      },
    ]);
    const { profiles } = updateProfiles(NO_PROFILES, seen);
    assert.equal(profiles.size, 1);
    const stored = { ...NO_PROFILES, profiles };
    this.#priorOf = () => priorOn(stored, WORKLOAD, nodeId(HOST));
    this.#memory = adaptivePolicy.start;
    return this;
  }

  /** Its agent is started again: one report says nothing of CPU, and answers count from zero. */
  newAgent(): this {
    for (const [i, plant] of this.#plants.entries()) {
      plant.restartAgent();
      this.#unmeasured[i] = true;
    }
    return this;
  }

  #reported(plant: Plant, i: number): SnapshotAllocation {
    const id = allocationId(`j${i}-1`);
    const seen = { ...plant.run(), id, target: target(this.#targetMs) };
    const { report } = seen;
    if (!this.#unmeasured[i] || report === null) return seen;
    this.#unmeasured[i] = false;
    return { ...seen, report: { ...report, cpu: null, latency: null }, latencyMs: null };
  }
}

const ratio = (a: number, b: number): number => Math.max(a / b, b / a);

/** Three jobs of one workload, at their targets with about 0.4 CPU each. */
const jobs = (change: Partial<PlantOptions> = {}): readonly PlantOptions[] =>
  [1, 2, 3].map((seed) => ({ workSeconds: 0.04, noiseRatio: 0.05, seed, ...change }));

describe('adaptive under a new leader', () => {
  it('leaves limits where they are while it knows no more than the workload', () => {
    const host = new Host(jobs(), 100).settle().newLeader(4);
    assert.equal(host.step(), 1);
    assert.equal(host.step(), 1);
  });

  it('moves no limit far, however fast the host was where the workload was seen', () => {
    assert.ok(new Host(jobs(), 100).settle().newLeader(4).farthest(30) < 1.25);
    assert.ok(new Host(jobs(), 100).settle().newLeader(0.25).farthest(30) < 1.25);
  });

  it('moves no limit far where four clients ask, of which the workload says nothing', () => {
    const host = new Host(jobs({ workSeconds: 0.01, clients: 4 }), 100).settle();
    assert.ok(
      host.limits.every((cores) => cores > 0.3 && cores < 0.5),
      host.limits.join(),
    );
    assert.ok(host.newLeader().farthest(30) < 1.25);
  });

  it('decides at once where a target has changed', () => {
    const before = [allocation('a-1', { limit: limit(0.4), target: target(100) })];
    const prior: Prior = {
      profile: {
        ...{ workSeconds: 0.04, noiseRatio: 0.05, requests: 100, overheadSeconds: 0 },
        ...{ freeCores: 0, clients: 1, ratePerSecond: 0, tailRatios: {} },
      },
      speedRatio: 1,
    };
    const input = { nowMs: 1000, params: PARAMS, priorOf: () => prior };
    const first = adaptivePolicy.decide(
      { ...input, node: node(HOST, { allocations: before }) },
      adaptivePolicy.start,
    );
    assert.deepEqual(first.limits, []);
    const after = before.map((its) => ({ ...its, target: target(50) }));
    const next = adaptivePolicy.decide(
      { ...input, node: node(HOST, { allocations: after }) },
      first.memory,
    );
    assert.deepEqual(idsOf(next.limits), ['a-1']);
  });

  it('waits a minute at most for one that never answers', () => {
    const its = [allocation('a-1', { limit: limit(1.5) })];
    const newcomer = allocation('b-1', { report: null });
    const decideAt = (nowMs: number, memory: typeof adaptivePolicy.start, isAlone: boolean) => {
      const allocations = (isAlone ? its : [...its, newcomer]).map((each) => ({
        ...each,
        observedAtMs: nowMs,
      }));
      const input = { nowMs, params: PARAMS, node: node(HOST, { allocations }) };
      return adaptivePolicy.decide(input, memory);
    };
    const { memory } = decideAt(1000, adaptivePolicy.start, true);
    assert.deepEqual(idsOf(decideAt(59_000, memory, false).limits), ['b-1']);
    assert.deepEqual(idsOf(decideAt(62_000, memory, false).limits), ['a-1', 'b-1']);
  });

  it('takes nothing for a newcomer from one that has not answered under it yet', () => {
    const allocations = [
      allocation('a-1', { limit: limit(1.5) }),
      allocation('b-1', { report: null }),
    ];
    const { limits } = adaptivePolicy.decide(
      { nowMs: 1000, params: PARAMS, node: node(HOST, { allocations }) },
      adaptivePolicy.start,
    );
    assert.deepEqual(idsOf(limits), ['b-1']);
    assert.ok((limits[0]?.limit.cpuCores ?? 9) <= 0.5 + 1e-9);
  });
});

describe('adaptive and an agent that is started again', () => {
  it('does not take the start of a program beside it for what requests cost', () => {
    const host = new Host(jobs(), 100).settle().newAgent();
    assert.ok(host.farthest(3) < 1.1);
    for (const plant of host.plants) plant.workSeconds = 0.12;
    assert.ok(host.farthest(1) < 1.3);
  });
});

const idsOf = (limits: readonly LimitDecision[]): readonly string[] =>
  limits.map(({ allocation: id }) => id);
