import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type {
  SnapshotAllocation,
  SnapshotNode,
} from '../../../../../coordinator/schedule/types.js';
import type { GpuRequest } from '../../../../../shared/gpu.js';
import {
  allocation,
  allocationId,
  container,
  containerIdOf,
  job,
  latency,
  limit,
  nodeId,
  wantedJob,
} from '../../build.js';
import { GIB, gpu, gpuNode } from '../gpu/build.js';
import { Plans } from '../plans.js';

type Change = Partial<SnapshotAllocation>;
interface World {
  readonly gpusEach: number;
  readonly hosts: number;
  /** undefined = the job asks for no GPU any more. */
  readonly request: GpuRequest | undefined;
  /** Of the memory of each GPU; absent = none. */
  readonly usedBytes?: number;
}
const THREE: World = { gpusEach: 2, hosts: 3, request: { count: 2 } };
const NUMBERS = [1, 2, 3];

/** Three replicas with a GPU each, whose job was changed, through plans one after the other. */
class Changed {
  readonly plans = new Plans();
  nowMs = 0;
  readonly held = new Map<string, SnapshotAllocation>();
  readonly updated = new Set<string>();
  reasons: readonly string[] = [];

  constructor(readonly world: World) {
    for (const n of NUMBERS) {
      const ids = [`GPU-${n - 1}`];
      this.set(n, { gpu: { ids, shareRatio: 1 }, limit: limit(1) });
      this.answers(n);
    }
  }

  set(n: number, change: Change): void {
    const node = nodeId(this.#hostOf(n));
    const was = this.held.get(`a-${n}`) ?? allocation(`a-${n}`, { node });
    this.held.set(`a-${n}`, { ...was, ...change });
  }

  /** Runs in the container of this number and answers. */
  answers(n: number, made = 1): void {
    const containerId = containerIdOf(`a-${n}:${made}`);
    const said = { containerId, latency: latency(100) };
    this.set(n, { state: 'running', containerId, report: container(`a-${n}`, said) });
  }

  /** What is decided in the next plan, which is obeyed, but for limits. */
  plan(): readonly string[] {
    this.nowMs += 1000;
    const nodes = Array.from({ length: this.world.hosts }, (_, i) => this.#node(i + 1));
    const resources = { cpu: { minCores: 0.05 } };
    const { request } = this.world;
    const asked = request === undefined ? resources : { ...resources, gpu: request };
    const spec = job('a', { resources: asked, replicas: 3, moves: 'never' });
    const wanted = wantedJob(spec);
    const placed = [...this.held.values()].map(({ id, node }) => ({
      ...{ id, node },
      ...(this.updated.has(id) ? {} : { isOutdated: true as const }),
    }));
    const { plan, placing } = this.plans.next(nodes, [{ ...wanted, placed }], this.nowMs);
    this.reasons = (plan.rollouts ?? []).map(({ reason }) => reason);
    return placing.map((each) => {
      const { allocation: id } = each;
      if (each.kind === 'remove') this.held.delete(id);
      else this.#place(id, each.gpu);
      return `${each.kind} ${id}`;
    });
  }

  #place(id: string, given: SnapshotAllocation['gpu']): void {
    const n = Number(id.split('-')[1]);
    const { gpu: _, ...was } = this.held.get(id) ?? allocation(id, { node: nodeId('h1') });
    this.held.set(allocationId(id), { ...was, ...(given === undefined ? {} : { gpu: given }) });
    this.set(n, { state: 'exited', limit: limit(1) });
    this.updated.add(id);
  }

  #hostOf(n: number): string {
    return `h${this.world.hosts === 1 ? 1 : n}`;
  }

  #node(n: number): SnapshotNode {
    const { gpusEach, hosts } = this.world;
    const first = hosts === 1 ? 0 : n - 1;
    const used = { memoryUsedBytes: this.world.usedBytes ?? 0 };
    const made = (index: number) => gpu(index, used);
    const gpus = Array.from({ length: gpusEach }, (_, i) => made(i === 0 ? first : first + 10 * i));
    const one = Array.from({ length: gpusEach }, (_, i) => made(i));
    const allocations = [...this.held.values()].filter(({ node }) => node === `h${n}`);
    return gpuNode(`h${n}`, hosts === 1 ? one : gpus, { allocations });
  }
}

describe('a job of several replicas that asks for other GPUs', () => {
  it('gets them one container after the other', () => {
    for (const request of [{ count: 2 }, undefined]) {
      const made = new Changed({ ...THREE, request });
      assert.deepEqual(made.plan(), ['place a-1']);
      assert.deepEqual([made.plan(), made.plan()], [[], []]);
      made.answers(1, 2);
      assert.deepEqual(made.plan(), ['place a-2']);
      assert.deepEqual(made.plan(), []);
    }
  });

  it('gets them beside what its own containers hold of them', () => {
    const made = new Changed({ ...THREE, usedBytes: 39 * GIB });
    assert.deepEqual(made.plan(), ['place a-1']);
  });

  it('gets them at once where a container does not run', () => {
    const made = new Changed(THREE);
    made.set(2, { state: 'failed' });
    made.set(3, { state: 'failed' });
    assert.deepEqual(made.plan(), ['place a-2', 'place a-3']);
    made.answers(2, 2);
    assert.deepEqual(made.plan(), []);
    made.answers(3, 2);
    assert.deepEqual(made.plan(), ['place a-1']);
  });

  it('loses no more than one container where the GPUs are not free', () => {
    const made = new Changed({ gpusEach: 3, hosts: 1, request: { count: 3 } });
    assert.deepEqual(made.plan(), ['remove a-1']);
    assert.deepEqual([made.plan(), made.plan(), made.plan()], [[], [], []]);
    assert.match(made.reasons.join(), /another container has no place, and a-2 finds no GPU on h1/);
  });

  it('goes on with those that get them from the one that left', () => {
    const made = new Changed({ gpusEach: 3, hosts: 1, request: { count: 2 } });
    assert.deepEqual(made.plan(), ['remove a-1']);
    assert.deepEqual(made.plan(), ['place a-2']);
    made.answers(2, 2);
    assert.deepEqual(made.plan(), []);
  });
});
