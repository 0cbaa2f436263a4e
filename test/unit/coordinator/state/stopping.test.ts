import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationStatuses } from '../../../../coordinator/state/allocation-status.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { jobPage, jobStatuses } from '../../../../coordinator/state/job-status.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { nodeStatuses } from '../../../../coordinator/state/node-status.js';
import type { Ack } from '../../../../shared/command.js';
import { NOT_REMOVED } from '../../../../shared/report.js';
import { container, jobName, nodeId } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './state-build.js';

const VERSION = { incarnation: 'inc', epoch: 3, revision: 2 };
const DISK = 'the journal cannot be written, so nothing is changed: ENOSPC';
const answered = (outcome: Ack['outcome'], reason: string): StateEvent => ({
  kind: 'acks',
  atMs: 0,
  acks: [
    {
      ...{ node: nodeId('h1'), bootId: 'boot-1', outcome, asked: VERSION, holds: VERSION },
      ...{ allocations: [], reason },
    },
  ],
});
const removed = (name: string): StateEvent => ({
  kind: 'job-removed',
  atMs: 0,
  name: jobName(name),
});
const runs = (...ids: readonly string[]) => ({ containers: ids.map((id) => container(id)) });

/** a-1 runs on h1, and its job was stopped; h1 has not been told yet. */
const stopped = fold(
  START,
  stored('a'),
  desiredOn('h1', 1, ['a-1', 1]),
  reported(0, 'h1', runs('a-1')),
  removed('a'),
);
/** It was told, and still has it. */
const told = fold(stopped, desiredOn('h1', 2), reported(1000, 'h1', runs('a-1')));
const SILENT: StateEvent = { kind: 'tick', atMs: 60_000 };

const stoppingIn = (state: ClusterState) => jobPage(state, 1000, {}).stopping;
const reasonsIn = (state: ClusterState) => stoppingIn(state)?.flatMap(({ reasons }) => reasons);

describe('a job that was stopped', () => {
  it('is listed as stopping until its host says that its containers are gone', () => {
    for (const state of [stopped, told]) {
      const [only, ...others] = stoppingIn(state) ?? [];
      assert.deepEqual([only?.name, only?.reasons, others], ['a', ['stopping on h1'], []]);
      assert.deepEqual(
        only?.allocations.map(({ id, node, isStopping }) => [id, node, isStopping]),
        [['a-1', 'h1', true]],
      );
    }
    assert.equal(stoppingIn(fold(told, reported(2000, 'h1', runs()))), undefined);
  });

  it('is no job any more: nothing counts it as one', () => {
    for (const state of [stopped, told]) {
      assert.deepEqual(jobStatuses(state, 1000), []);
      assert.deepEqual(jobPage(state, 1000, {}).jobs, []);
    }
  });

  it('says which host is silent, and what to do where that is gone for good', () => {
    const why =
      'a-1: stopping: h1 is silent, and removes it once it is back; where the host is gone for ' +
      'good: dqoes node remove h1';
    assert.deepEqual(reasonsIn(fold(told, SILENT)), [why]);
    assert.deepEqual(reasonsIn(fold(told, SILENT, reported(61_000, 'h1', runs('a-1')))), [
      'stopping on h1',
    ]);
    const gone: StateEvent = { kind: 'node-removed', atMs: 61_000, node: nodeId('h1') };
    assert.equal(stoppingIn(fold(told, SILENT, gone)), undefined);
  });

  it('says why a host changes nothing, as where its disk is full', () => {
    const full = fold(told, answered('refused', DISK));
    assert.deepEqual(reasonsIn(full), [`a-1: stopping: h1 changes nothing: ${DISK}`]);
    assert.deepEqual(reasonsIn(fold(full, answered('applied', ''))), ['stopping on h1']);
  });

  it('says why its agent cannot remove it', () => {
    const reason = `${NOT_REMOVED}the engine did not answer in time [docker.timeout]`;
    const tried = reported(2000, 'h1', { containers: [container('a-1', { reason })] });
    assert.deepEqual(reasonsIn(fold(told, tried)), [`a-1: stopping: on h1 it ${reason}`]);
  });

  it('is shown so by what lists containers, and by its host only where that is stuck', () => {
    const [one] = allocationStatuses(told, 1000);
    assert.deepEqual(
      [one?.isStopping, one?.reason, one?.container?.reason],
      [true, 'stopping', 'stopping'],
    );
    const warnings = (state: ClusterState) => nodeStatuses(state, 1000)[0]?.warnings;
    assert.deepEqual(warnings(told), []);
    assert.deepEqual(warnings(fold(told, SILENT)), [
      'not wanted here any more, and may still run: a-1',
    ]);
  });

  it('is known again after a restart once its host has reported', () => {
    const again = fold(START, desiredOn('h1', 2));
    assert.equal(stoppingIn(again), undefined);
    assert.deepEqual(reasonsIn(fold(again, reported(0, 'h1', runs('a-1')))), ['stopping on h1']);
  });

  it('is nothing that only a host without a desired state says', () => {
    assert.equal(stoppingIn(fold(START, reported(0, 'h1', runs('a-1')))), undefined);
  });

  it('was not there where no container of it was made', () => {
    const never = container('a-1', { containerId: null, state: 'failed', reason: 'no image' });
    const state = fold(told, reported(2000, 'h1', { containers: [never] }));
    assert.equal(stoppingIn(state), undefined);
  });

  it('stands beside containers that labels name as it, which are a job of their own', () => {
    const web = container('adopted-1', { origin: 'label', job: jobName('a'), name: 'web' });
    const state = fold(told, reported(2000, 'h1', { containers: [container('a-1'), web] }));
    assert.deepEqual(jobStatuses(state, 2000)[0]?.origin, 'label');
    assert.deepEqual(reasonsIn(state), ['stopping on h1']);
  });

  it('comes in the page of its name, which may have no job', () => {
    const state = fold(told, stored('b'), stored('c'));
    const first = jobPage(state, 1000, { limit: 1 });
    assert.deepEqual([first.jobs, first.stopping?.length, first.next], [[], 1, 'a']);
    const rest = jobPage(state, 1000, { after: jobName('a') });
    assert.deepEqual(
      [rest.jobs.map(({ spec }) => spec.name), rest.stopping, rest.next],
      [['b', 'c'], undefined, undefined],
    );
  });
});

describe('a job whose name was used before', () => {
  it('is a job, and says what a silent host may still run of the one before', () => {
    const again = fold(told, SILENT, stored('a', {}, 5), desiredOn('h2', 1, ['a-1', 1]));
    const here = fold(again, reported(60_000, 'h2', runs('a-1')));
    const [job] = jobStatuses(here, 60_000);
    assert.deepEqual([job?.state, job?.allocations.map(({ node }) => node)], ['running', ['h2']]);
    assert.match(job?.reasons.join() ?? '', /^a-1 from before: stopping: h1 is silent, and/);
    assert.equal(stoppingIn(here), undefined);
  });

  it('says nothing of what is being removed as it should be', () => {
    const again = fold(told, stored('a', {}, 5), desiredOn('h2', 1, ['a-1', 1]));
    const [job] = jobStatuses(fold(again, reported(2000, 'h2', runs('a-1'))), 2000);
    assert.deepEqual(job?.reasons, []);
  });

  it('takes over no container of the one before on the same host', () => {
    const again = fold(told, stored('a', {}, 5), desiredOn('h1', 3, ['a-1', 1]));
    assert.deepEqual(
      allocationStatuses(again, 2000).map(({ id, container: it, isStopping }) => [
        id,
        it,
        isStopping,
      ]),
      [['a-1', null, undefined]],
    );
  });
});
