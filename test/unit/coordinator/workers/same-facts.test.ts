import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { factsOf } from '../../../../coordinator/schedule/summary-facts.js';
import type { SnapshotAllocation, SnapshotNode } from '../../../../coordinator/schedule/types.js';
import { deepEqual } from '../../../../coordinator/state/deep-equal.js';
import { hasSameFacts } from '../../../../coordinator/workers/same-facts.js';
import {
  allocation,
  container,
  containerIdOf,
  jobName,
  latency,
  limit,
  node,
  nodeId,
  target,
} from '../build.js';
import { gpu, gpuReport } from '../schedule/gpu/build.js';

const MEASURED = {
  cpu: { usageCores: 0.4, usageTotalSeconds: 9, throttledRatio: 0.25, pressureRatio: null },
  memory: { currentBytes: 3e6, workingSetBytes: 2e6, oomKills: 0 },
  latency: latency(80),
};

const nodeWith = (
  change: Partial<SnapshotAllocation> = {},
  host: Partial<SnapshotNode> = {},
): SnapshotNode =>
  node('h1', {
    allocations: [
      allocation('a-1', { limit: limit(1), report: container('a-1', MEASURED), ...change }),
    ],
    ...host,
  });

const reported = (change: Parameters<typeof container>[1]): SnapshotNode =>
  nodeWith({ report: container('a-1', { ...MEASURED, ...change }) });

const given = (shareRatio: number) => nodeWith({ gpu: { ids: [gpuReport(0).id], shareRatio } });

const OTHER_FACTS: Readonly<Record<string, SnapshotNode>> = {
  id: nodeWith({}, { id: nodeId('h2') }),
  schedulable: nodeWith({}, { schedulable: false }),
  'why it is not': nodeWith({}, { unschedulableReason: 'cordoned' }),
  drained: nodeWith({}, { isDraining: true }),
  full: nodeWith({}, { leavesOut: true }),
  labels: nodeWith({}, { labels: { zone: 'a' } }),
  CPU: nodeWith({}, { allocatableCpuCores: 3 }),
  memory: nodeWith({}, { allocatableMemoryBytes: 5 }),
  GPUs: nodeWith({}, { gpus: [gpu(0)] }),
  none: nodeWith({}, { allocations: [] }),
  more: nodeWith({}, { allocations: [...nodeWith().allocations, allocation('b-1')] }),
  allocation: nodeWith({ id: allocation('b-1').id }),
  job: nodeWith({ job: jobName('b') }),
  node: nodeWith({ node: nodeId('h2') }),
  origin: nodeWith({ origin: 'label' }),
  container: nodeWith({ containerId: containerIdOf('other') }),
  state: nodeWith({ state: 'exited' }),
  control: nodeWith({ control: 'observe' }),
  target: nodeWith({ target: target(5) }),
  weight: nodeWith({ weight: 2 }),
  minCores: nodeWith({ minCores: 0.1 }),
  maxCores: nodeWith({ maxCores: 1 }),
  'no limit': nodeWith({ limit: null }),
  'its GPU': given(0.5),
  'no report': nodeWith({ report: null }),
  image: reported({ image: 'other' }),
  reason: reported({ reason: 'said' }),
  ports: reported({ ports: { 80: 8080 } }),
  'no CPU measured': reported({ cpu: null }),
  'no memory measured': reported({ memory: null }),
  'no answer': reported({ latency: null }),
};

const SAME_FACTS: Readonly<Record<string, SnapshotNode>> = {
  nothing: nodeWith(),
  'idle CPU': nodeWith({}, { idleCpuCores: 1 }),
  limit: nodeWith({ limit: limit(2) }),
  latency: nodeWith({ latencyMs: 5 }),
  age: nodeWith({ observedAtMs: 5, newestSampleAgeMs: 5 }),
  CPU: reported({ cpu: { ...MEASURED.cpu, usageCores: 1, throttledRatio: 0 } }),
  memory: reported({ memory: { ...MEASURED.memory, workingSetBytes: 1 } }),
  answers: reported({ latency: latency(90, { newestAgeMs: 1 }) }),
};

describe('the facts of a node', () => {
  const isSame = (a: SnapshotNode, b: SnapshotNode): boolean => {
    const same = hasSameFacts(a, b);
    assert.equal(same, deepEqual(factsOf(a), factsOf(b)), 'as what is said of both');
    assert.equal(hasSameFacts(b, a), same);
    return same;
  };

  for (const [what, other] of Object.entries(OTHER_FACTS))
    it(`are other ones by ${what}`, () => assert.ok(!isSame(nodeWith(), other)));

  for (const [what, other] of Object.entries(SAME_FACTS))
    it(`are the same by ${what} alone`, () => assert.ok(isSame(nodeWith(), other)));

  it('are other ones by any of a GPU but its figures', () => {
    const gpuNode = (change: Parameters<typeof gpu>[1]) => nodeWith({}, { gpus: [gpu(0, change)] });
    assert.ok(isSame(gpuNode({}), gpuNode({ memoryUsedBytes: 9, utilisationRatio: 0 })));
    assert.ok(!isSame(gpuNode({}), gpuNode({ isKnown: false })));
    const share = { reach: 'none', reason: 'said' } as const;
    assert.ok(!isSame(gpuNode({}), gpuNode({ ladder: { ...gpuReport(0).ladder, share } })));
    assert.ok(!isSame(given(0.5), given(0.25)));
  });

  it('are other ones where one of two is not seen', () => {
    assert.ok(!hasSameFacts(undefined, nodeWith()));
    assert.ok(!hasSameFacts(nodeWith(), undefined));
    assert.ok(hasSameFacts(undefined, undefined));
  });
});
