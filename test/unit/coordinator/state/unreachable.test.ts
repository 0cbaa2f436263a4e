import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Unreachable } from '../../../../coordinator/schedule/types.js';
import { allocationStatuses } from '../../../../coordinator/state/allocation-status.js';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { jobStatuses } from '../../../../coordinator/state/job-status.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import {
  allocationId,
  container,
  job,
  jobName,
  latency,
  nodeId,
  report,
  target,
} from '../build.js';

const START = emptyState({ incarnation: 'inc', epoch: 3, policy: 'adaptive' });
const fold = (state: ClusterState, ...events: StateEvent[]) => events.reduce(reduce, state);
const stored = (targetMs: number, revision: number): StateEvent => ({
  kind: 'jobs-stored',
  atMs: 0,
  jobs: [{ spec: job('a', { target: target(targetMs) }), revision }],
});
const reported = (sequence: number, change: object = {}): StateEvent => {
  const containers = [container('a-1', { latency: latency(1500), ...change })];
  const atMs = sequence * 1000;
  return {
    kind: 'reports',
    atMs,
    reports: [{ atMs, report: report('h1', { sequence, containers }) }],
  };
};
const placed: Extract<StateEvent, { kind: 'desired-stored' }> = {
  kind: 'desired-stored',
  atMs: 0,
  states: [
    {
      incarnation: 'inc',
      epoch: 3,
      revision: 1,
      node: nodeId('h1'),
      validForMs: 1000,
      allocations: [
        {
          id: allocationId('a-1'),
          job: jobName('a'),
          spec: job('a'),
          limit: { cpuCores: 1, periodUs: 1e5 },
          reason: 'r',
        },
      ],
    },
  ],
};
const outOfReach = (change: Partial<Unreachable> = {}): Unreachable => ({
  allocation: allocationId('a-1'),
  job: jobName('a'),
  node: nodeId('h1'),
  targetMs: 1000,
  reachableMs: 1400,
  neededCores: 2.5,
  reason: 'best 1.4s with 1.20 CPU; 1s would take 2.50 CPU',
  ...change,
});
const planned = (...unreachable: readonly Unreachable[]): StateEvent => ({
  kind: 'planned',
  atMs: 0,
  pending: [],
  preempted: [],
  unreachable,
});
const happened = (before: ClusterState, after: ClusterState) =>
  deriveEvents(before, after, { nowMs: 0, wallMs: 0, source: '/test' });
const typesOf = (before: ClusterState, after: ClusterState) =>
  happened(before, after).map(({ type }) => type);

describe('targets out of reach', () => {
  const running = fold(START, stored(1000, 1), placed, reported(1));
  const lost = fold(running, planned(outOfReach()));

  it('cause one event, with what could be and what it would take', () => {
    const [event, ...others] = happened(running, lost);
    assert.deepEqual(others, []);
    assert.equal(event?.type, 'dqoes.job.unreachable');
    assert.deepEqual(event?.data, outOfReach());
    const again = fold(
      lost,
      planned(outOfReach({ reachableMs: 1390, neededCores: 2.6, reason: 'other figures' })),
    );
    assert.deepEqual(typesOf(lost, again), [], 'figures move with every report');
    assert.equal(again.unreachable.get(allocationId('a-1'))?.reachableMs, 1390);
  });

  it('cause another when they are reachable, and for another target', () => {
    assert.deepEqual(typesOf(lost, fold(lost, planned())), ['dqoes.job.reachable']);
    const harder = fold(lost, stored(500, 2));
    assert.deepEqual(typesOf(harder, fold(harder, planned(outOfReach({ targetMs: 500 })))), [
      'dqoes.job.unreachable',
    ]);
    const easier = fold(lost, stored(5000, 2));
    const [event] = happened(easier, fold(easier, planned()));
    assert.deepEqual(event?.data, {
      job: 'a',
      allocation: 'a-1',
      node: 'h1',
      targetMs: 5000,
    });
  });

  it('have another id each time they change', () => {
    const back = fold(lost, planned(), reported(2));
    const ids = [
      ...happened(running, lost),
      ...happened(back, fold(back, planned(outOfReach()))),
    ].map(({ id }) => id);
    assert.equal(new Set(ids).size, 2);
  });

  it('cause no event when the job is gone or the policy changed', () => {
    const gone: StateEvent = {
      kind: 'desired-stored',
      atMs: 0,
      states: [
        {
          incarnation: 'inc',
          epoch: 3,
          revision: 2,
          node: nodeId('h1'),
          validForMs: 1,
          allocations: [],
        },
      ],
    };
    const stopped = fold(
      lost,
      { kind: 'job-removed', atMs: 0, name: jobName('a') },
      gone,
      reported(2, { state: 'exited' }),
    );
    assert.deepEqual(typesOf(stopped, fold(stopped, planned())), []);
    const other = fold(lost, { kind: 'policy-set', atMs: 0, policy: 'equal' });
    assert.deepEqual([typesOf(lost, other), other.unreachable.size], [[], 0]);
    assert.deepEqual(typesOf(other, fold(other, planned())), []);
    assert.equal(
      fold(lost, { kind: 'policy-set', atMs: 0, policy: 'adaptive' }).unreachable.size,
      1,
    );
  });

  it('stay known while their node is silent, since nothing is decided there', () => {
    const silent = fold(lost, { kind: 'tick', atMs: 60_000 });
    const kept = fold(silent, planned());
    assert.equal(kept.unreachable.size, 1);
    assert.deepEqual(typesOf(silent, kept), []);
  });

  it('are forgotten when what ran there was started elsewhere', () => {
    const silent = fold(lost, { kind: 'tick', atMs: 60_000 });
    const states = placed.states.map((each) => ({ ...each, revision: 2, allocations: [] }));
    const elsewhere = fold(silent, { ...placed, states });
    const after = fold(elsewhere, planned());
    assert.equal(after.unreachable.size, 0);
    assert.deepEqual(typesOf(elsewhere, after), [], 'it is not reachable there either');
  });

  it('are in the status of allocation and job while they are about its target', () => {
    const [status] = allocationStatuses(lost, 0);
    const { targetMs, reachableMs, neededCores, reason } = outOfReach();
    assert.deepEqual(status?.unreachable, { targetMs, reachableMs, neededCores, reason });
    assert.deepEqual(jobStatuses(lost, 0)[0]?.reasons, [
      'a-1: the target 1s cannot be met on h1: best 1.4s with 1.20 CPU; 1s would take 2.50 CPU',
    ]);
    assert.equal(allocationStatuses(fold(lost, stored(500, 2)), 0)[0]?.unreachable, undefined);
    assert.deepEqual(jobStatuses(running, 0)[0]?.reasons, []);
  });

  it('have null for figures without a meaning', () => {
    const endless = outOfReach({
      reachableMs: Number.POSITIVE_INFINITY,
      neededCores: Number.NaN,
      reason: 'x'.repeat(9000),
    });
    const [event] = happened(running, fold(running, planned(endless)));
    assert.ok(event?.type === 'dqoes.job.unreachable');
    const { reachableMs, neededCores, reason } = event.data;
    assert.deepEqual([reachableMs, neededCores, reason.length], [null, null, 4000]);
  });

  it('of adopted containers are handled like those of jobs', () => {
    const adopted = { origin: 'label', job: jobName('web'), target: target(1000) };
    const seen = fold(START, reported(1, adopted));
    const after = fold(seen, planned(outOfReach({ job: jobName('web') })));
    assert.deepEqual(typesOf(seen, after), ['dqoes.job.unreachable']);
    assert.notEqual(allocationStatuses(after, 0)[0]?.unreachable, undefined);
    assert.deepEqual(typesOf(after, fold(after, planned())), ['dqoes.job.reachable']);
  });
});

describe('a submission', () => {
  it('gives the target, and the previous one where it changed', () => {
    const first = fold(START, stored(1000, 1));
    const dataOf = (before: ClusterState, after: ClusterState) => happened(before, after)[0]?.data;
    const common = { job: 'a', replicas: 1 };
    assert.deepEqual(dataOf(START, first), { ...common, change: 'created', target: target(1000) });
    const second = fold(first, stored(500, 2));
    const changed = {
      ...common,
      change: 'updated',
      target: target(500),
      previousTarget: target(1000),
    };
    assert.deepEqual(dataOf(first, second), changed);
    const third = fold(second, stored(500, 3));
    assert.deepEqual(dataOf(second, third), { ...common, change: 'updated', target: target(500) });
  });
});
