import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../../coordinator/schedule/schedule.js';
import { allocation, container, job, node, PARAMS, snapshot, wantedJob } from '../../build.js';

describe('place: the size of a desired state', () => {
  it('counts containers that dqoes did not start: their limits are part of it', () => {
    const adopted = Array.from({ length: 398 }, (_, i) => {
      const id = `adopted-${String(i).padStart(3, '0')}`;
      const report = container(id, { origin: 'label' });
      return allocation(id, { origin: 'label', report, minCores: 0.001 });
    });
    const nodes = [node('h1', { allocations: adopted, allocatableCpuCores: 64 })];
    const jobs = [wantedJob(job('web', { replicas: 10 }))];
    const { decisions, pending } = schedule(
      { snapshot: snapshot(nodes, jobs), nowMs: 0, params: PARAMS, policy: POLICIES.equal },
      NO_MEMORY,
    ).plan;
    const placed = decisions.filter(({ kind }) => kind === 'place');
    assert.ok(placed.length > 0 && placed.length <= 2, `${placed.length}`);
    assert.equal(pending.length, 10 - placed.length);
    assert.match(pending[0]?.refusals[0]?.message ?? '', /its desired state is full/);
  });
});
