import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nextDesired } from '../../../../../coordinator/dispatch/next-desired.js';
import { assignGpus, gpuBudgetsOf } from '../../../../../coordinator/schedule/gpu/gpu-budget.js';
import { POLICIES } from '../../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../../coordinator/schedule/schedule.js';
import type {
  SnapshotAllocation,
  SnapshotJob,
  SnapshotNode,
} from '../../../../../coordinator/schedule/types.js';
import { emptyState } from '../../../../../coordinator/state/model.js';
import { reduce } from '../../../../../coordinator/state/reduce.js';
import { snapshotOf } from '../../../../../coordinator/state/snapshot.js';
import type { GpuAssignment, GpuRequest } from '../../../../../shared/gpu.js';
import {
  allocation,
  job,
  limit,
  nodeId,
  PARAMS,
  report,
  snapshot,
  wantedJob,
} from '../../build.js';
import { GIB, gpu, gpuNode, gpuReport } from './build.js';

const holding = (
  id: string,
  given: GpuAssignment,
  change: Partial<SnapshotAllocation> = {},
): SnapshotAllocation => allocation(id, { gpu: given, limit: limit(0.1), ...change });
const roomsWith = (
  gpus: Parameters<typeof gpuNode>[1],
  ...allocations: readonly SnapshotAllocation[]
) => gpuBudgetsOf(gpuNode('h1', gpus, { allocations }));
const asking = (name: string, request: GpuRequest | undefined, change: object = {}) =>
  job(name, {
    resources: { cpu: { minCores: 0.05 }, ...(request === undefined ? {} : { gpu: request }) },
    ...change,
  });
const planOf = (nodes: readonly SnapshotNode[], jobs: readonly SnapshotJob[]) =>
  schedule(
    { snapshot: snapshot(nodes, jobs), nowMs: 1000, params: PARAMS, policy: POLICIES.adaptive },
    NO_MEMORY,
  ).plan;

describe('place: GPUs', () => {
  it('gives a share where least of the GPU stays free, with memory in proportion', () => {
    const rooms = roomsWith(
      [gpu(0), gpu(1)],
      holding('a-1', { ids: ['GPU-1'], shareRatio: 0.5, memoryBytes: 10 * GIB }),
    );
    assert.deepEqual(assignGpus({ shareRatio: 0.25 }, rooms), {
      ids: ['GPU-1'],
      shareRatio: 0.25,
      memoryBytes: 10 * GIB,
    });
    assert.deepEqual(assignGpus({ shareRatio: 0.6, memoryBytes: GIB }, rooms)?.ids, ['GPU-0']);
    assert.equal(assignGpus({ shareRatio: 0.25, memoryBytes: 41 * GIB }, rooms), null);
  });

  it('gives whole GPUs only where nobody has a share', () => {
    const rooms = roomsWith(
      [gpu(0), gpu(1), gpu(2)],
      holding('a-1', { ids: ['GPU-1'], shareRatio: 0.1 }),
    );
    assert.deepEqual(assignGpus({ count: 2 }, rooms), { ids: ['GPU-0', 'GPU-2'], shareRatio: 1 });
    assert.equal(assignGpus({ count: 3 }, rooms), null);
  });

  it('gives no whole GPU that other programs fill, and says so', () => {
    const held = (gib: number) => gpu(0, { memoryUsedBytes: gib * GIB });
    assert.equal(assignGpus({ count: 1 }, roomsWith([held(30)])), null);
    assert.deepEqual(assignGpus({ count: 1 }, roomsWith([held(30), gpu(1)]))?.ids, ['GPU-1']);
    assert.deepEqual(assignGpus({ count: 1 }, roomsWith([held(2)]))?.ids, ['GPU-0']);
    const { pending } = planOf([gpuNode('h1', [held(30)])], [wantedJob(asking('x', { count: 1 }))]);
    assert.match(
      pending[0]?.refusals[0]?.message ?? '',
      /GPU 0: other programs hold 30GiB of its memory/,
    );
  });

  it('gives the whole GPU of a lighter job, whose own memory that is', () => {
    const used = [gpu(0, { memoryUsedBytes: 30 * GIB })];
    const light = holding('a-1', { ids: ['GPU-0'], shareRatio: 1 });
    const jobs = [
      wantedJob(asking('a', { count: 1 }), ['a-1', 'h1']),
      wantedJob(asking('x', { count: 1 }, { weight: 9 })),
    ];
    const plan = planOf([gpuNode('h1', used, { allocations: [light] })], jobs);
    assert.deepEqual(
      plan.preempted.map(({ allocation: id }) => id),
      ['a-1'],
    );
  });

  it('fills a GPU to the last per cent and no further', () => {
    const rooms = roomsWith(
      [gpu(0)],
      holding('a-1', { ids: ['GPU-0'], shareRatio: 0.7, memoryBytes: GIB }),
    );
    assert.notEqual(assignGpus({ shareRatio: 0.3, memoryBytes: GIB }, rooms), null);
    assert.equal(assignGpus({ shareRatio: 0.31, memoryBytes: GIB }, rooms), null);
  });

  it('counts memory that others use, and not twice what is promised', () => {
    const used = { memoryUsedBytes: 30 * GIB };
    assert.equal(
      assignGpus({ shareRatio: 0.1, memoryBytes: 12 * GIB }, roomsWith([gpu(0, used)])),
      null,
    );
    const ours = holding('a-1', { ids: ['GPU-0'], shareRatio: 0.5, memoryBytes: 28 * GIB });
    assert.notEqual(
      assignGpus({ shareRatio: 0.1, memoryBytes: 10 * GIB }, roomsWith([gpu(0, used)], ours)),
      null,
    );
  });

  it('takes no GPU that is unknown, of another vendor, split, or without MPS for a share', () => {
    const shut = [
      gpu(0, { isKnown: false, reason: 'nvidia-smi has printed nothing for 5 s' }),
      gpu(1, { vendor: 'amd' }),
      gpu(2, { isMig: true }),
      gpu(3, {
        ladder: { ...gpuReport(3).ladder, share: { reach: 'none', reason: 'no MPS server runs' } },
      }),
    ];
    assert.equal(assignGpus({ shareRatio: 0.1 }, roomsWith(shut)), null);
    assert.deepEqual(assignGpus({ count: 1 }, roomsWith(shut))?.ids, ['GPU-3']);
    const { pending } = planOf(
      [gpuNode('h1', shut)],
      [wantedJob(asking('x', { shareRatio: 0.1 }))],
    );
    assert.equal(
      pending[0]?.refusals[0]?.message,
      'node h1 has GPU 0: nvidia-smi has printed nothing for 5 s, GPU 1: AMD GPUs are ' +
        'observed only, GPU 2: it is split into MIG instances, GPU 3: no MPS server runs; ' +
        '10% of a GPU requested',
    );
    assert.equal(pending[0]?.refusals[0]?.resource, 'gpu');
  });

  it('says what is left where it is too little, and that a node has none', () => {
    const left = gpuNode('h1', [gpu(0)], {
      allocations: [holding('a-1', { ids: ['GPU-0'], shareRatio: 0.8, memoryBytes: 30 * GIB })],
    });
    const bare = gpuNode('h2', []);
    const a = wantedJob(asking('a', { shareRatio: 0.8, memoryBytes: 30 * GIB }), ['a-1', 'h1']);
    const { pending } = planOf(
      [left, bare],
      [a, wantedJob(asking('x', { shareRatio: 0.5, memoryBytes: GIB }))],
    );
    assert.deepEqual(
      pending[0]?.refusals.map(({ message }) => message),
      [
        'node h1 has GPU 0: 20% left; 50% of a GPU with 1GiB requested',
        'node h2 has no GPU; 50% of a GPU with 1GiB requested',
      ],
    );
  });

  it('places each seeing those before it, with what they were given', () => {
    const jobs = ['a', 'b', 'c'].map((name) => wantedJob(asking(name, { shareRatio: 0.5 })));
    const { decisions, pending } = planOf([gpuNode('h1', [gpu(0)])], jobs);
    const places = decisions.flatMap((each) =>
      each.kind === 'place' ? [[each.allocation, each.gpu?.ids, each.gpu?.shareRatio]] : [],
    );
    assert.deepEqual(places, [
      ['a-1', ['GPU-0'], 0.5],
      ['b-1', ['GPU-0'], 0.5],
    ]);
    assert.deepEqual(
      pending.map(({ allocation: id }) => id),
      ['c-1'],
    );
  });

  it('lets a heavier job take the GPU of a lighter one', () => {
    const light = holding('light-1', { ids: ['GPU-0'], shareRatio: 1 });
    const jobs = [
      wantedJob(asking('light', { count: 1 }), ['light-1', 'h1']),
      wantedJob(asking('heavy', { count: 1 }, { weight: 9 })),
    ];
    const { decisions, preempted } = planOf(
      [gpuNode('h1', [gpu(0)], { allocations: [light] })],
      jobs,
    );
    assert.deepEqual(
      preempted.map(({ allocation: id }) => id),
      ['light-1'],
    );
    const place = decisions.find((each) => each.kind === 'place');
    assert.deepEqual(place?.kind === 'place' && place.gpu?.ids, ['GPU-0']);
  });

  it('assigns other GPUs where the job requests them, and removes what does not fit', () => {
    const held = holding('a-1', { ids: ['GPU-0'], shareRatio: 0.25, memoryBytes: 10 * GIB });
    const node = gpuNode('h1', [gpu(0)], {
      allocations: [held, holding('b-1', { ids: ['GPU-0'], shareRatio: 0.5, memoryBytes: GIB })],
    });
    const b = wantedJob(asking('b', { shareRatio: 0.5, memoryBytes: GIB }), ['b-1', 'h1']);
    const of = (request: GpuRequest | undefined) =>
      planOf([node], [wantedJob(asking('a', request), ['a-1', 'h1']), b]).decisions.filter(
        ({ allocation: id, kind }) => id === 'a-1' && kind !== 'limit',
      );
    assert.deepEqual(of({ shareRatio: 0.25 }), []);
    const [more] = of({ shareRatio: 0.5 });
    assert.deepEqual(more?.kind === 'place' && more.gpu, {
      ids: ['GPU-0'],
      shareRatio: 0.5,
      memoryBytes: 20 * GIB,
    });
    const [none] = of(undefined);
    assert.ok(none?.kind === 'place' && none.gpu === undefined);
    assert.equal(of({ shareRatio: 0.75 })[0]?.kind, 'remove');
  });

  it('keeps an assignment in the desired state, and knows it again after a restart', () => {
    const id = nodeId('h1');
    const spec = asking('a', { shareRatio: 0.25 });
    let state = emptyState({ incarnation: 'i', epoch: 1, policy: 'adaptive' });
    state = reduce(state, { kind: 'jobs-stored', atMs: 0, jobs: [{ spec, revision: 1 }] });
    state = reduce(state, {
      kind: 'reports',
      atMs: 0,
      reports: [{ atMs: 0, report: report('h1', { gpus: [gpuReport(0)] }) }],
    });
    const plan = schedule(
      { snapshot: snapshotOf(state), nowMs: 0, params: PARAMS, policy: POLICIES.adaptive },
      NO_MEMORY,
    ).plan;
    const [desired] = nextDesired(state, plan, 1000);
    assert.deepEqual(desired?.allocations[0]?.gpu, {
      ids: ['GPU-0'],
      shareRatio: 0.25,
      memoryBytes: 10 * GIB,
    });
    assert.equal(desired?.gpus, undefined);
    state = reduce(state, {
      kind: 'desired-stored',
      atMs: 0,
      states: desired === undefined ? [] : [desired],
    });
    const [node] = snapshotOf(state).nodes;
    assert.equal(node?.id, id);
    assert.equal(node?.allocations[0]?.gpu?.shareRatio, 0.25);
  });
});
