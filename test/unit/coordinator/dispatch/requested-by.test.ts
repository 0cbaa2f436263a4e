import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nextDesired } from '../../../../coordinator/dispatch/next-desired.js';
import type { Decision, Plan } from '../../../../coordinator/schedule/types.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { MAX_REQUESTERS } from '../../../../coordinator/state/requesters.js';
import { type DesiredState, MAX_ENDED } from '../../../../shared/command.js';
import { allocationId, job, jobName, limit, nodeId } from '../build.js';
import { fold, reported, START } from '../state/state-build.js';

const plan = (...decisions: readonly Decision[]): Plan => ({
  ...{ decisions, pending: [], preempted: [], unreachable: [] },
});
const at = (name: string) => ({
  allocation: allocationId(`${name}-1`),
  job: jobName(name),
  node: nodeId('h1'),
});
const place = (name: string): readonly Decision[] => [
  { kind: 'place', ...at(name), reason: 'most free' },
  { kind: 'limit', ...at(name), from: null, to: limit(1), reason: 'most free' },
];
const remove = (name: string, reason: string): Decision => ({
  kind: 'remove',
  ...at(name),
  reason,
});
const submitted = (by: string | undefined, name = 'a', change: object = {}, revision = 1) =>
  ({
    kind: 'jobs-stored',
    atMs: 0,
    jobs: [{ spec: job(name, change), revision }],
    ...(by === undefined ? {} : { by }),
  }) satisfies StateEvent;
const stopped = (by?: string, name = 'a') =>
  ({
    kind: 'job-removed',
    atMs: 0,
    name: jobName(name),
    ...(by === undefined ? {} : { by }),
  }) satisfies StateEvent;

describe('desired states say at whose word', () => {
  const HEARD = fold(START, reported(0, 'h1'));
  const next = (state: ClusterState, ...decisions: readonly Decision[]): DesiredState | undefined =>
    nextDesired(state, plan(...decisions), 1000)[0];
  /** The state with the next desired state stored. */
  const stored = (state: ClusterState, ...decisions: readonly Decision[]): ClusterState =>
    fold(state, {
      kind: 'desired-stored',
      atMs: 0,
      states: nextDesired(state, plan(...decisions), 1000),
    });
  const running = () => stored(fold(HEARD, submitted('sue')), ...place('a'));
  const requesterOn = (desired: DesiredState | undefined) => desired?.allocations[0]?.requestedBy;

  it('a job runs: of who asked last, also when that changes', () => {
    const state = running();
    assert.equal(requesterOn(state.nodes.get(nodeId('h1'))?.desired ?? undefined), 'sue');
    const changed = fold(state, submitted('olga', 'a', { weight: 2 }, 2));
    assert.equal(requesterOn(next(changed)), 'olga');
    const to = { from: limit(1), to: limit(0.5), reason: '' };
    const lowered = next(state, { kind: 'limit', ...at('a'), ...to });
    assert.equal(requesterOn(lowered), 'sue', 'a limit is nobody’s');
  });

  it('and of nobody where another coordinator was asked', () => {
    const changed = fold(running(), submitted(undefined, 'a', { weight: 2 }, 2));
    assert.equal(requesterOn(next(changed)), undefined);
    assert.equal(next(changed)?.allocations[0]?.spec?.weight, 2);
    const unknown = next(fold(HEARD, submitted(undefined)), ...place('a'));
    assert.equal(Object.hasOwn(unknown?.allocations[0] ?? {}, 'requestedBy'), false);
  });

  it('and that alone is no change', () => {
    const again = fold(running(), submitted('olga', 'a', {}, 2));
    assert.deepEqual(next(again), undefined);
  });

  it('and go on saying it under the next leader', () => {
    const desired = running().nodes.get(nodeId('h1'))?.desired;
    assert.ok(desired);
    const later = fold(
      emptyState({ incarnation: 'inc', epoch: START.epoch + 1, policy: 'dqoes' }),
      reported(0, 'h1'),
      submitted(undefined),
      { kind: 'desired-stored', atMs: 0, states: [desired] },
    );
    assert.equal(requesterOn(next(later)), 'sue');
  });

  it('a job was stopped, or a node emptied, and why else a container goes', () => {
    const ended = (state: ClusterState, reason: string) =>
      next(state, remove('a', reason))?.ended ?? [];
    const one = { id: 'a-1' };
    assert.deepEqual(ended(fold(running(), stopped('tom')), 'stopped'), [
      { ...one, requestedBy: 'tom', reason: 'stopped' },
    ]);
    assert.deepEqual(ended(fold(running(), stopped()), 'stopped'), [{ ...one, reason: 'stopped' }]);
    const drained = fold(running(), {
      kind: 'node-scheduling',
      atMs: 0,
      node: nodeId('h1'),
      scheduling: 'draining',
      by: 'olga',
    });
    assert.deepEqual(ended(drained, 'drained'), [
      { ...one, requestedBy: 'olga', reason: 'drained' },
    ]);
    assert.deepEqual(ended(running(), 'moved to h2'), [{ ...one, reason: 'moved to h2' }]);
  });

  it('until it runs again, and no more than the newest', () => {
    const gone = stored(fold(running(), stopped('tom')), remove('a', 'stopped'));
    const other = stored(fold(gone, submitted('sue', 'b')), ...place('b'));
    const heldOf = (state: ClusterState) => state.nodes.get(nodeId('h1'))?.desired?.ended;
    assert.equal(heldOf(other)?.length, 1, 'one that missed a revision learns it from the next');
    const back = stored(fold(other, submitted('sue', 'a', {}, 3)), ...place('a'));
    assert.equal(heldOf(back), undefined);
    const names = Array.from({ length: MAX_ENDED + 4 }, (_, n) => `job-${n}`);
    let state = HEARD;
    for (const name of names) state = fold(state, submitted('sue', name));
    state = stored(state, ...names.flatMap(place));
    for (const name of names) {
      state = stored(fold(state, stopped('tom', name)), remove(name, 'x'.repeat(500)));
    }
    const held = heldOf(state) ?? [];
    assert.deepEqual([held.length, held.at(-1)?.id], [MAX_ENDED, `${names.at(-1)}-1`]);
    assert.equal(held[0]?.reason.length, 200);
  });

  it('and names are bounded in number and length', () => {
    let state = HEARD;
    const jobs = Array.from({ length: MAX_REQUESTERS + 10 }, (_, n) => ({
      spec: job(`job-${n}`),
      revision: 1,
    }));
    state = fold(state, { kind: 'jobs-stored', atMs: 0, jobs, by: 'x'.repeat(300) });
    assert.equal(state.requesters.jobs.size, MAX_REQUESTERS);
    assert.equal(state.requesters.jobs.get(jobName('job-0')), undefined);
    assert.equal(state.requesters.jobs.get(jobs.at(-1)?.spec.name ?? jobName('none'))?.length, 128);
  });
});
