import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationStatuses } from '../../../../coordinator/state/allocation-status.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { fixedPartsHashOf } from '../../../../shared/fixed-parts-hash.js';
import type { JobSpec } from '../../../../shared/job.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { allocationId, container, containerIdOf, job, limit, nodeId, target } from '../build.js';
import { fold, reported, START, stored } from './state-build.js';

let revision = 0;
/** `a-1` on `h1` as this version of its job. */
function desired(change: Partial<JobSpec>): StateEvent {
  revision += 1;
  const spec = job('a', change);
  const state = {
    ...{ incarnation: 'inc', epoch: 3, revision, node: nodeId('h1'), validForMs: 1000 },
    allocations: [
      { id: allocationId('a-1'), job: spec.name, spec, limit: limit(1), reason: 'test' },
    ],
  };
  return { kind: 'desired-stored', atMs: 0, states: [state] };
}
const seen = (change: Partial<ContainerReport> = {}): StateEvent => {
  revision += 1;
  return reported(0, 'h1', { sequence: revision, containers: [container('a-1', change)] });
};
/** What the agent answers of `a-1`; '' = it is as it is wanted. */
function answered(reason: string): StateEvent {
  const version = { incarnation: 'inc', epoch: 3, revision };
  const ack = {
    ...{ node: nodeId('h1'), bootId: 'boot-1', outcome: 'partial' as const, reason: '' },
    ...{ asked: version, holds: version },
    allocations: [{ id: allocationId('a-1'), ok: reason === '', reason }],
  };
  return { kind: 'acks', atMs: 0, acks: [ack] };
}
const isOutdated = (state: ClusterState): boolean | undefined =>
  allocationStatuses(state, 100)[0]?.isOutdated;

const ENV = { env: { LEVEL: '2' } };
const NEW = { containerId: containerIdOf('new'), lifeId: 'new@1' };
const RUNS = fold(START, stored('a'), desired({}), seen());

describe('an allocation of a job that was changed', () => {
  it('is outdated until another container is there, where the change takes one', () => {
    assert.equal(isOutdated(RUNS), undefined);
    const stored2 = fold(RUNS, stored('a', ENV, 2));
    assert.equal(isOutdated(stored2), true, 'not yet desired');
    const asked = fold(stored2, desired(ENV));
    assert.equal(isOutdated(asked), true);
    const stopped = fold(asked, seen(), seen({ state: 'failed', reason: 'exited with code 143' }));
    assert.equal(isOutdated(stopped), true, 'what has ended is the one before');
    const none = fold(stopped, seen({ containerId: null, lifeId: '', state: 'pending' }));
    assert.equal(isOutdated(none), undefined, 'nothing is there');
    assert.equal(isOutdated(fold(asked, seen(NEW))), undefined);
    assert.equal(isOutdated(fold(none, seen(NEW))), undefined);
  });

  it('is not once the job is changed back before its turn has come', () => {
    const asked = fold(RUNS, stored('a', ENV, 2), desired(ENV), seen());
    const other = { env: { LEVEL: '3' } };
    const twice = fold(asked, stored('a', other, 3), desired(other), seen());
    assert.equal(isOutdated(twice), true);
    const back = fold(twice, stored('a', {}, 4), desired({}), seen());
    assert.equal(isOutdated(back), undefined);
    assert.equal(isOutdated(fold(back, stored('a', ENV, 5), desired(ENV))), true);
  });

  it('is outdated until its agent steers it by the change, where that takes no container', () => {
    const change = { target: target(500) };
    const asked = fold(RUNS, stored('a', change, 2), desired(change), seen());
    assert.equal(isOutdated(asked), true);
    assert.equal(isOutdated(fold(asked, seen({ target: target(500) }))), undefined);
    const heavier = fold(RUNS, stored('a', { weight: 3 }, 2), desired({ weight: 3 }));
    assert.equal(isOutdated(heavier), true);
    assert.equal(isOutdated(fold(heavier, seen({ weight: 3 }))), undefined);
  });

  it('is outdated where a leader that has just begun hears that it runs on as it was', () => {
    const begun = fold(START, stored('a', ENV), desired(ENV), seen());
    assert.equal(isOutdated(begun), undefined, 'nothing says so');
    assert.equal(isOutdated(fold(begun, answered('runs on as it was: no image'))), true);
    assert.equal(isOutdated(fold(begun, answered(''))), undefined);
  });

  it('is not outdated where its agent has cut the name of the image, as in each report', () => {
    const image = `registry.example/${'x'.repeat(300)}:1`;
    const begun = fold(
      START,
      stored('a', { image }),
      desired({ image }),
      seen({ image: image.slice(0, 256) }),
    );
    assert.equal(isOutdated(fold(begun, answered('no room for its limit'))), undefined);
  });
});

/**
 * A report that says what `a-1` was made from; undefined = it is being stopped. `held`: revision of
 * the desired state that its agent obeyed.
 */
function made(
  of: Partial<JobSpec> | undefined,
  change: Partial<ContainerReport> = {},
  held = revision,
): StateEvent {
  revision += 1;
  return reported(0, 'h1', {
    sequence: revision,
    containers: [container('a-1', change)],
    specHashes: { 'a-1': of === undefined ? '' : fixedPartsHashOf(job('a', of)) },
    holds: { incarnation: 'inc', epoch: 3, revision: held },
  });
}
/** Nothing is desired on `h1`. */
function nothing(): StateEvent {
  revision += 1;
  const version = { incarnation: 'inc', epoch: 3, revision };
  const state = { ...version, node: nodeId('h1'), validForMs: 1000, allocations: [] };
  return { kind: 'desired-stored', atMs: 0, states: [state] };
}

const OTHER = { env: { LEVEL: '3' } };
const NEWER = { containerId: containerIdOf('newer'), lifeId: 'newer@1' };
const CHANGES: readonly Partial<JobSpec>[] = [
  ENV,
  { command: ['sleep', '61'] },
  { ports: [{ containerPort: 80 }] },
  { resources: { cpu: { minCores: 0.05 }, memoryBytes: 2 ** 30 } },
];

describe('an allocation whose agent says what its container was made from', () => {
  it('is outdated after a change of leader until the new container is there', () => {
    for (const change of CHANGES) {
      const begun = fold(START, stored('a', change), desired(change), made({}));
      assert.equal(isOutdated(begun), true, JSON.stringify(change));
      assert.equal(isOutdated(fold(begun, made(change, NEW))), undefined);
    }
  });

  it('is outdated where a second change came before the first was reported', () => {
    const asked = fold(RUNS, made({}), stored('a', ENV, 2), desired(ENV));
    const twice = fold(asked, stored('a', OTHER, 3), desired(OTHER));
    assert.equal(isOutdated(twice), true);
    const first = fold(twice, made(ENV, NEW));
    assert.equal(isOutdated(first), true, 'that is the one of the first change');
    assert.equal(isOutdated(fold(first, made(OTHER, NEWER))), undefined);
  });

  it('is outdated where its job was stopped and runs again as another', () => {
    const again = fold(RUNS, made({}), nothing(), stored('a', ENV, 2), desired(ENV));
    assert.equal(isOutdated(fold(again, made({}))), true);
    assert.equal(isOutdated(fold(again, made(ENV, NEW))), undefined);
  });

  it('is outdated after a change back until its agent has heard of that', () => {
    const asked = fold(RUNS, made({}), stored('a', ENV, 2), desired(ENV));
    const before = revision;
    const back = fold(asked, stored('a', {}, 3), desired({}));
    assert.equal(isOutdated(back), true, 'it may be stopping');
    const late = fold(back, made({}, {}, before));
    assert.equal(isOutdated(late), true, 'sent before');
    assert.equal(isOutdated(fold(late, made({}))), undefined);
    const stopping = fold(late, made(undefined));
    assert.equal(isOutdated(stopping), true);
    assert.equal(isOutdated(fold(stopping, made({}, NEW))), undefined);
    assert.equal(isOutdated(fold(late, made({}), desired({}))), undefined, 'another limit');
  });

  it('is not outdated once that is right, whatever was answered before', () => {
    const begun = fold(START, stored('a', ENV), desired(ENV), made({}));
    const held = fold(begun, answered('runs on as it was: no image'));
    assert.equal(isOutdated(held), true);
    assert.equal(isOutdated(fold(held, made(ENV, NEW))), undefined);
    const named = { image: `sha256:${'ab'.repeat(32)}` };
    const unnamed = fold(begun, made(ENV, { ...NEW, ...named }), answered('no room for its limit'));
    assert.equal(isOutdated(unnamed), undefined, 'its image has another name by now');
  });

  it('is outdated until its agent steers it by the change, too', () => {
    const change = { target: target(500) };
    const asked = fold(RUNS, stored('a', change, 2), desired(change), made({}));
    assert.equal(isOutdated(asked), true);
    assert.equal(isOutdated(fold(asked, made(change, { target: target(500) }))), undefined);
  });

  it('shows nobody that hash: values of the environment could be guessed by it', () => {
    const begun = fold(START, stored('a', ENV), desired(ENV), made(ENV));
    const text = JSON.stringify(allocationStatuses(begun, 100));
    assert.equal(text.includes(fixedPartsHashOf(job('a', ENV))), false);
  });
});
