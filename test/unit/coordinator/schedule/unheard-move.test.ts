import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MOVE_DEADLINE_MS } from '../../../../coordinator/schedule/placement/end-moves.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../../coordinator/schedule/schedule.js';
import {
  allocation,
  allocationId,
  job,
  limit,
  node,
  PARAMS,
  snapshot,
  wantedJob,
} from '../build.js';

describe('schedule: a move to a node that is never heard', () => {
  it('is cancelled there too, also of a job that waits for its node', () => {
    const home = node('h1', { allocations: [allocation('a-1', { limit: limit(1) })] });
    const kept = job('a', { onLoss: 'keep' });
    const { placed, ...its } = wantedJob(kept, ['a-1', 'h1'], ['a-2', 'h9']);
    const moving = placed.map((each) =>
      each.id === 'a-2' ? { ...each, replaces: allocationId('a-1') } : each,
    );
    const seen = snapshot([home], [{ ...its, placed: moving }]);
    const at = (nowMs: number, memory: SchedulerMemory) =>
      schedule({ snapshot: seen, nowMs, params: PARAMS, policy: POLICIES.default }, memory);
    const removed = ({ plan }: ReturnType<typeof at>) =>
      plan.decisions.flatMap((each) =>
        each.kind === 'remove' ? [`${each.allocation}@${each.node}: ${each.reason}`] : [],
      );
    const first = at(0, NO_MEMORY);
    const later = at(MOVE_DEADLINE_MS - 1, first.memory);
    assert.deepEqual([removed(first), removed(later)], [[], []]);
    assert.deepEqual(removed(at(MOVE_DEADLINE_MS, later.memory)), [
      'a-2@h9: move cancelled: no answer on h9 in 120 s',
    ]);
  });
});
