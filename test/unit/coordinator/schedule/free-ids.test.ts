import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../coordinator/schedule/schedule.js';
import { allocation, job, limit, node, PARAMS, snapshot, wantedJob } from '../build.js';

describe('schedule: ids of new allocations', () => {
  it('are no two the same where a job grows while it leaves a node', () => {
    const draining = node('h1', {
      ...{ isDraining: true, schedulable: false, unschedulableReason: 'cordoned' },
      allocations: [allocation('a-1', { limit: limit(1) })],
    });
    const nodes = [draining, node('h2'), node('h3', { allocatableCpuCores: 3 })];
    const seen = snapshot(nodes, [wantedJob(job('a', { replicas: 2 }), ['a-1', 'h1'])]);
    const input = { snapshot: seen, nowMs: 0, params: PARAMS, policy: POLICIES.default };
    const { decisions } = schedule(input, NO_MEMORY).plan;
    assert.deepEqual(
      decisions.flatMap((each) =>
        each.kind === 'place' ? [[each.allocation, each.replaces ?? null]] : [],
      ),
      [
        ['a-2', null],
        ['a-3', 'a-1'],
      ],
    );
  });
});
