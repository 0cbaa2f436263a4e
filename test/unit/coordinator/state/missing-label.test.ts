import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../coordinator/schedule/schedule.js';
import { jobStatuses } from '../../../../coordinator/state/job-status.js';
import { snapshotAfter, snapshotOf } from '../../../../coordinator/state/snapshot.js';
import { container, PARAMS } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './state-build.js';

const inZone = (zone: string) => ({ constraints: { labels: { zone } } });
const heard = (node: string, zone: string, ...containers: readonly string[]) =>
  reported(0, node, {
    labels: { zone },
    containers: containers.map((id) => container(id)),
  });
const WHY = 'its label zone is a, and the job asks for b';

describe('a job that asks for a label that its node lacks', () => {
  const runs = fold(
    START,
    heard('h1', 'a', 'a-1'),
    heard('h2', 'b'),
    stored('a', inZone('a')),
    desiredOn('h1', 1, ['a-1', 1]),
    heard('h1', 'a', 'a-1'),
  );
  const changed = fold(runs, stored('a', inZone('b'), 2));
  const decisionsOf = (state: typeof runs) => {
    const input = { snapshot: snapshotOf(state), nowMs: 0, params: PARAMS };
    return schedule({ ...input, policy: POLICIES.adaptive }, NO_MEMORY).plan.decisions.flatMap(
      (each) => (each.kind === 'limit' ? [] : [each]),
    );
  };

  it('is moved to one that has it', () => {
    assert.deepEqual(decisionsOf(runs), []);
    const [move, ...others] = decisionsOf(changed);
    assert.ok(move?.kind === 'place' && others.length === 0);
    assert.deepEqual([move.allocation, move.node, move.replaces], ['a-2', 'h2', 'a-1']);
    assert.ok(move.reason.startsWith(`moves from h1: h1 refuses the job as it is now (${WHY})`));
  });

  it('runs on where no other has it, and says why', () => {
    const alone = fold(changed, heard('h2', 'c'));
    assert.deepEqual(decisionsOf(alone), []);
    assert.deepEqual(jobStatuses(alone, 0)[0]?.reasons, [
      `a-1: h1 refuses it as it is now, what runs there runs on: ${WHY}`,
    ]);
    assert.deepEqual(jobStatuses(runs, 0)[0]?.reasons, []);
  });

  it('is seen in the next snapshot, whichever of both changed its labels', () => {
    const first = snapshotAfter(null, runs);
    const relabelled = fold(runs, heard('h1', 'z', 'a-1'));
    for (const state of [changed, relabelled]) {
      const next = snapshotAfter(first, state);
      assert.deepEqual(next.snapshot, snapshotOf(state));
      assert.equal(next.snapshot.jobs[0]?.refusedBy?.size, 1);
      const healed = fold(state, stored('a', inZone('a'), 3), heard('h1', 'a', 'a-1'));
      assert.equal(snapshotAfter(next, healed).snapshot.jobs[0]?.refusedBy, undefined);
    }
  });
});
