import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MISSING_GRACE_MS } from '../../../../../coordinator/schedule/placement/missing-gpus.js';
import type {
  SnapshotAllocation,
  SnapshotGpu,
  SnapshotNode,
} from '../../../../../coordinator/schedule/types.js';
import { jobStatuses } from '../../../../../coordinator/state/job-status.js';
import { type GpuReport, missingGpuOf } from '../../../../../shared/gpu.js';
import type { JobSpec } from '../../../../../shared/job.js';
import {
  allocation,
  allocationId,
  container,
  job,
  latency,
  limit,
  nodeId,
  wantedJob,
} from '../../build.js';
import { fold, reported, START, stored } from '../../state/state-build.js';
import { Plans } from '../plans.js';
import { gpu, gpuNode, gpuReport } from './build.js';

const resources = { cpu: { minCores: 0.05 }, gpu: { count: 1 } };
const given = { ids: ['GPU-0'], shareRatio: 1 };
const holder = (change: Partial<SnapshotAllocation> = {}): SnapshotAllocation =>
  allocation('a-1', {
    gpu: given,
    limit: limit(0.1),
    report: container('a-1', { latency: latency(100) }),
    ...change,
  });
const host = (gpus: readonly SnapshotGpu[], held: SnapshotAllocation = holder()): SnapshotNode =>
  gpuNode('h1', gpus, { allocations: [held] });
const spare = gpuNode('h2', [gpu(7)]);
const LOST: Partial<GpuReport> = {
  isKnown: false,
  reason: 'nvidia-smi: Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost',
};
const HUNG: Partial<GpuReport> = { isKnown: false, reason: 'nvidia-smi hung and was ended' };

/** What is decided of `a` in plans at these times, but for limits. */
function decided(
  nodes: readonly SnapshotNode[],
  timesMs: readonly number[],
  change: Partial<JobSpec> = {},
): readonly string[] {
  const plans = new Plans('adaptive');
  const wanted = wantedJob(job('a', { resources, ...change }), ['a-1', 'h1']);
  return timesMs.flatMap((nowMs) =>
    plans.next(nodes, [wanted], nowMs).placing.map((each) => {
      const [first = ''] = each.reason.split(';');
      return `${each.kind} ${each.allocation} ${each.node}: ${first}`;
    }),
  );
}

const LONG = [0, 1000, MISSING_GRACE_MS, MISSING_GRACE_MS + 1000];

describe('an allocation whose GPU is gone', () => {
  it('leaves at once where the tool says that the GPU is lost', () => {
    assert.deepEqual(decided([host([gpu(0, LOST)]), spare], [0, 1000]), [
      `remove a-1 h1: h1 misses GPU 0 (GPU-0): ${LOST.reason}`,
    ]);
  });

  it('counts as lost by itself only where the tool tells of another, or names it', () => {
    const none = { isKnown: false, reason: 'nvidia-smi: No devices were found' };
    const named = (index: number): Partial<GpuReport> => ({
      isKnown: false,
      reason: `nvidia-smi: Unable to determine the device handle for GPU${index}: GPU is lost`,
    });
    const isLost = (...gpus: readonly Partial<GpuReport>[]): boolean | undefined =>
      missingGpuOf(
        given,
        gpus.map((change, index) => gpuReport(index, change)),
      )?.isGone;
    assert.deepEqual(
      [isLost(LOST, {}), isLost(LOST, LOST), isLost(LOST), isLost(none), isLost(none, none)],
      [true, false, true, false, false],
    );
    assert.deepEqual([isLost(named(0), named(0)), isLost(named(1), named(1))], [true, false]);
    assert.deepEqual([isLost(named(10), named(10)), isLost({})], [false, undefined]);
  });

  it('runs on for two minutes where a tool that lost another GPU lists none', () => {
    const nodes = [host([gpu(0, LOST), gpu(1, LOST)]), spare];
    assert.deepEqual(decided(nodes, [0, 1000, MISSING_GRACE_MS - 1]), []);
    assert.match(decided(nodes, LONG).join(), /^place a-2 h2: moves from h1: h1 misses/);
  });

  it('leaves also for another GPU of its host', () => {
    const nodes = [host([gpu(0, LOST), gpu(1)])];
    assert.match(decided(nodes, [0, 1000]).join(), /^remove a-1 h1/);
  });

  it('stays where its job is to stay, until another host serves it', () => {
    const keep = { onLoss: 'keep' } as const;
    assert.deepEqual(decided([host([gpu(0, LOST)]), spare], LONG.slice(0, 2), keep), []);
    assert.match(decided([host([gpu(0, LOST)]), spare], LONG, keep).join(), /^place a-2 h2/);
  });

  it('moves while it runs, where nobody could see the GPU for two minutes', () => {
    for (const gpus of [[gpu(0, HUNG)], []]) {
      const nodes = [host(gpus), spare];
      assert.deepEqual(decided(nodes, [0, 1000, MISSING_GRACE_MS - 1]), []);
      assert.match(
        decided(nodes, LONG).join(),
        /^place a-2 h2: moves from h1: h1 (misses|does not)/,
      );
    }
  });

  it('runs on where no other host has a GPU', () => {
    assert.deepEqual(decided([host([])], LONG), []);
  });

  it('leaves after that time where its container does not run', () => {
    const dead = host([], holder({ state: 'failed' }));
    assert.deepEqual(decided([dead, spare], LONG.slice(0, 2)), []);
    assert.match(
      decided([dead, spare], LONG).join(),
      /remove a-1 h1: h1 does not report GPU GPU-0/,
    );
  });

  it('is left alone while its host is not heard', () => {
    const silent = { schedulable: false, unschedulableReason: 'the node is suspect' };
    assert.deepEqual(decided([{ ...host([gpu(0, LOST)]), ...silent }, spare], LONG), []);
  });

  it('is the only one of a changed job that leaves in a plan', () => {
    const report = container('a-2', { latency: latency(100) });
    const theirs = { node: nodeId('h2'), gpu: { ids: ['GPU-7'], shareRatio: 1 } };
    const other = allocation('a-2', { ...theirs, limit: limit(0.1), report });
    const nodes = [host([gpu(0, LOST), gpu(1)]), gpuNode('h2', [gpu(7)], { allocations: [other] })];
    const wanted = wantedJob(job('a', { resources, replicas: 2 }));
    const placed = [holder(), other].map(({ id, node }) => ({ id, node }));
    const changed = placed.map((each) => ({ ...each, isOutdated: true as const }));
    const plans = new Plans();
    plans.next(nodes, [{ ...wanted, placed }], 0);
    const { plan, placing } = plans.next(nodes, [{ ...wanted, placed: changed }], 1000);
    assert.deepEqual(
      placing.map(({ kind, allocation: id }) => `${kind} ${id}`),
      ['remove a-1'],
    );
    assert.deepEqual(plan.turns, []);
  });

  it('is named by the status of its job', () => {
    const spec = job('a', { resources });
    const wanted = { id: allocationId('a-1'), job: spec.name, spec, limit: limit(1), gpu: given };
    const state = fold(
      START,
      stored('a', { resources }),
      reported(0, 'h1', { gpus: [gpuReport(0, LOST)], containers: [container('a-1')] }),
      {
        kind: 'desired-stored',
        atMs: 0,
        states: [
          {
            ...{ incarnation: 'inc', epoch: 3, revision: 1, node: nodeId('h1'), validForMs: 1000 },
            allocations: [{ ...wanted, reason: '' }],
          },
        ],
      },
      reported(1000, 'h1', {
        ...{ sequence: 2, gpus: [gpuReport(0, LOST)], containers: [container('a-1')] },
      }),
    );
    assert.deepEqual(jobStatuses(state, 1000)[0]?.reasons, [
      `a-1: h1 misses GPU 0 (GPU-0): ${LOST.reason}`,
    ]);
  });
});
