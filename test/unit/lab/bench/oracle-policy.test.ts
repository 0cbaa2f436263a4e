import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  DEFAULT_PARAMS,
  type SnapshotAllocation,
  type SnapshotNode,
} from '../../../../coordinator/schedule/types.js';
import { oraclePolicy } from '../../../../lab/bench/oracle-policy.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';

const allocation = (name: string, targetMs: number): SnapshotAllocation => ({
  id: `${name}-1` as AllocationId,
  job: name as JobName,
  node: 'h1' as NodeId,
  origin: 'dqoes',
  containerId: null,
  state: 'running',
  control: 'enforce',
  target: { latencyMs: targetMs, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
  weight: 1,
  minCores: 0.01,
  maxCores: 2,
  limit: null,
  latencyMs: null,
  observedAtMs: 0,
  newestSampleAgeMs: 0,
  report: null,
});

// W = 0.1 CPU-s for everybody.
const decide = (...allocations: readonly SnapshotAllocation[]): readonly (number | null)[] => {
  const policy = oraclePolicy((_, latencyMs) => 100 / latencyMs);
  const node: SnapshotNode = {
    id: 'h1' as NodeId,
    schedulable: true,
    unschedulableReason: '',
    labels: {},
    allocatableCpuCores: 2,
    allocatableMemoryBytes: 1e9,
    reportIntervalMs: 1000,
    idleCpuCores: null,
    allocations,
  };
  const { limits } = policy.decide({ node, nowMs: 0, params: DEFAULT_PARAMS }, policy.start);
  return limits.map(({ limit }) => limit.cpuCores);
};

describe('lab bench: the policy oracle', () => {
  it('puts everybody on target where that fits', () =>
    assert.deepEqual(decide(allocation('a', 100), allocation('b', 200)), [1, 0.5]));

  it('puts them deeper into their bands where it does not', () => {
    // 1 + 1.05 on target, 1.86 at the edges.
    const [a, b] = decide(allocation('a', 100), allocation('b', 100 / 1.05));
    assert.ok((a ?? 0) < 1 && (a ?? 0) > 0.95, String(a));
    assert.ok((a ?? 0) + (b ?? 0) <= 2.001 && (a ?? 0) + (b ?? 0) > 1.95);
  });

  it('leaves out whom there is no room for, and gives them the rest', () => {
    const limits = decide(allocation('a', 100), allocation('b', 60), allocation('c', 150));
    assert.deepEqual(limits, [1, 0.33333, 0.66666]);
  });
});
