import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { fixedPartsHashOf } from '../../../../shared/fixed-parts-hash.js';
import type { JobSpec } from '../../../../shared/job.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { allocationId, container, containerIdOf, job, limit, nodeId } from '../build.js';
import { fold, reported, START, stored } from './state-build.js';

type Change = Partial<ContainerReport>;

let count = 0;
function desired(spec: JobSpec | undefined): StateEvent {
  count += 1;
  const version = { incarnation: 'inc', epoch: 3, revision: count };
  const wanted = { id: allocationId('a-1'), limit: limit(1), reason: '' };
  const allocations = spec === undefined ? [] : [{ ...wanted, job: spec.name, spec }];
  const state = { ...version, node: nodeId('h1'), validForMs: 1000, allocations };
  return { kind: 'desired-stored', atMs: 0, states: [state] };
}
/** A report of `h1` with `a-1` in this condition; undefined = without. */
function seen(change: Change | undefined): StateEvent {
  count += 1;
  const containers = change === undefined ? [] : [container('a-1', change)];
  return reported(0, 'h1', { sequence: count, containers });
}
/** What the agent answers of `a-1`; '' = it is as it is wanted. */
function answered(reason: string): StateEvent {
  const version = { incarnation: 'inc', epoch: 3, revision: count };
  const ok = reason === '';
  const ack = {
    ...{ node: nodeId('h1'), bootId: 'boot-1', asked: version, holds: version, reason: '' },
    outcome: ok ? ('applied' as const) : ('partial' as const),
    allocations: [{ id: allocationId('a-1'), ok, reason }],
  };
  return { kind: 'acks', atMs: 0, acks: [ack] };
}
/** The events of containers between the first state and each that follows, as `type: reason`. */
function eventsOf(first: ClusterState, ...events: readonly StateEvent[]): readonly string[] {
  let before = first;
  return events.flatMap((event) => {
    const after = fold(before, event);
    const found = deriveEvents(before, after, { nowMs: 0, wallMs: 0, source: '/test' });
    before = after;
    return found.flatMap(({ type, data }) => {
      const reason = 'reason' in data && data.reason !== undefined ? `: ${data.reason}` : '';
      return /^dqoes\.job\.(?:start|lost)/.test(type) ? [`${type.slice(6)}${reason}`] : [];
    });
  });
}

const ABSENT = { containerId: null, lifeId: '' };
const pending = (reason = ''): Change => ({ ...ABSENT, state: 'pending', reason });
const NO_IMAGE = 'the container cannot be made: no such image web:2 [docker.no-image]';
const TAKEN = 'the engine refused: the name dqoes-a-1 is taken [docker.refused]';
/** The engine has a new name for what it makes for a container, and a new port, in each try. */
const portTaken = (part: string): string =>
  `the engine refused: driver failed programming external connectivity on endpoint dqoes-a-1 ` +
  `(${part.repeat(32)}): Bind for 0.0.0.0:80 failed: port is already allocated [docker.refused]`;
const noAnswer = (port: number): string =>
  'the container cannot be made: lookup registry.example on 10.0.0.2:53: read udp ' +
  `10.0.0.7:${port}->10.0.0.2:53: i/o timeout [docker.no-image]`;
const failed = (reason = NO_IMAGE): Change => ({ ...ABSENT, state: 'failed', reason });
const ended = (code: number, change: Change = {}): Change => ({
  ...{ state: code === 0 ? 'exited' : 'failed', reason: `exited with code ${code}` },
  ...change,
});
const life = (number: number): Change => ({ lifeId: `life@${number}` });
const PLACED = fold(START, stored('a'), seen(undefined), desired(job('a')));
const RUNS = fold(PLACED, seen(life(1)));

describe('a container that cannot be made', () => {
  it('causes one event for each reason, however often it is tried', () => {
    const tries = [seen(pending()), seen(failed()), seen(failed()), seen(failed())];
    assert.deepEqual(eventsOf(PLACED, ...tries), [`job.start-failed: ${NO_IMAGE}`]);
    const [first, ...others] = eventsOf(PLACED, seen(failed()), seen(failed(TAKEN)), seen({}));
    assert.equal(first, `job.start-failed: ${NO_IMAGE}`);
    assert.deepEqual(others, [`job.start-failed: ${TAKEN}`, 'job.started']);
    assert.deepEqual(eventsOf(RUNS, seen(ended(3, life(1))), seen(failed())), [
      'job.lost: exited with code 3',
      `job.start-failed: ${NO_IMAGE}`,
    ]);
  });

  it('causes one, whatever the words of the engine have of one try only', () => {
    const tries = ['3f', 'a0', 'b7'].map((part) => seen(failed(portTaken(part))));
    assert.deepEqual(eventsOf(PLACED, ...tries), [`job.start-failed: ${portTaken('3f')}`]);
    const pulls = [49_152, 50_011].map((port) => seen(failed(noAnswer(port))));
    assert.deepEqual(eventsOf(PLACED, ...pulls), [`job.start-failed: ${noAnswer(49_152)}`]);
    const missing = (part: string): string => `no such image web@sha256:${part.repeat(32)}`;
    const images = ['3f', 'a0'].map((part) => seen(failed(missing(part))));
    assert.equal(eventsOf(PLACED, ...images).length, 2, 'but not for the digests of images');
  });

  it('is named with its job, its node and the words of the engine, cut', () => {
    const after = fold(PLACED, seen(failed('x'.repeat(2000))));
    const [event] = deriveEvents(PLACED, after, { nowMs: 0, wallMs: 0, source: '/test' });
    assert.equal(event?.type, 'dqoes.job.start-failed');
    assert.match(event?.id ?? '', /^start-failed\.a-1\.h1\.boot-1\.\d+$/);
    assert.deepEqual(event?.data, {
      ...{ job: 'a', allocation: 'a-1', node: 'h1' },
      reason: `${'x'.repeat(500)}…`,
    });
  });

  it('was named by the leader before: the next one does not say it again', () => {
    const begun = fold(START, stored('a'), desired(job('a')));
    assert.deepEqual(eventsOf(begun, seen(failed()), seen(failed())), []);
  });
});

describe('a new container of a changed job that cannot be made', () => {
  const held = (reason: string): string => `runs on as it was: ${reason}`;
  const changed = job('a', { image: 'web:2' });
  const asked = fold(RUNS, answered(''), stored('a', { image: 'web:2' }, 2), desired(changed));

  it('causes one event for each reason, though the one before runs on', () => {
    const events = [answered(held(NO_IMAGE)), seen(life(1)), answered(held(NO_IMAGE))];
    const said = `job.start-failed: ${held(NO_IMAGE)}`;
    assert.deepEqual(eventsOf(asked, ...events), [said]);
    assert.deepEqual(eventsOf(asked, ...events, answered(held(TAKEN))), [
      said,
      `job.start-failed: ${held(TAKEN)}`,
    ]);
  });

  it('causes one, whatever the words of the engine have of one try only', () => {
    const tries = [49_152, 50_011].map((port) => answered(held(noAnswer(port))));
    assert.deepEqual(eventsOf(asked, ...tries), [`job.start-failed: ${held(noAnswer(49_152))}`]);
  });

  it('causes none while it waits for its image or for room', () => {
    assert.deepEqual(eventsOf(asked, answered('pulling web:2: 3 of 7 MB')), []);
    assert.deepEqual(eventsOf(asked, answered(held('this host has no memory for it'))), []);
  });

  it('causes none again after an answer that says nothing of it', () => {
    const stale = answered('');
    assert.ok(stale.kind === 'acks');
    const silent = { ...stale, acks: stale.acks.map((ack) => ({ ...ack, allocations: [] })) };
    const failing = answered(held(NO_IMAGE));
    assert.equal(eventsOf(asked, failing, silent, failing).length, 1);
  });

  it('causes none again at the next leader', () => {
    const begun = fold(START, stored('a', { image: 'web:2' }), seen(life(1)), desired(changed));
    assert.deepEqual(eventsOf(begun, answered(held(NO_IMAGE))), []);
  });
});

describe('a container that ends by itself', () => {
  it('is lost with its exit code, and once', () => {
    const oom = ended(137, { reason: 'exited with code 137 (killed: out of memory)' });
    assert.deepEqual(eventsOf(RUNS, seen(oom), seen(oom)), [
      'job.lost: exited with code 137 (killed: out of memory)',
    ]);
    assert.deepEqual(eventsOf(RUNS, seen(ended(0, life(1)))), ['job.lost: exited with code 0']);
  });

  it('is lost though no report has shown that it ran', () => {
    const said = ['job.lost: exited with code 3'];
    assert.deepEqual(eventsOf(PLACED, seen(pending()), seen(ended(3))), said);
    assert.deepEqual(eventsOf(PLACED, seen(ended(3)), seen(ended(3))), said);
    const again = [seen(ended(3, life(1))), seen(ended(3, life(2)))];
    assert.deepEqual(eventsOf(PLACED, ...again), [...said, ...said], 'once for each start');
  });

  it('and is started again by the engine is said once for each start', () => {
    const loop = 'restarting: it ended 2 times, last with exit code 3; dqoes job logs a says why';
    const starts = [seen(life(2)), seen({ ...life(3), reason: loop }), seen(life(3))];
    assert.deepEqual(eventsOf(RUNS, ...starts), [
      'job.started: its container ended and was started again',
      `job.started: ${loop}`,
    ]);
    const between = ended(3, { ...life(2), reason: loop });
    const given = ended(3, life(3));
    assert.deepEqual(
      eventsOf(RUNS, seen(life(2)), seen(between), seen(life(3)), seen(given), seen(given)),
      [
        'job.started: its container ended and was started again',
        `job.started: ${loop}`,
        'job.lost: exited with code 3',
      ],
      'and lost once it is given up',
    );
    assert.deepEqual(
      eventsOf(RUNS, seen(between), seen(ended(3, life(2)))),
      ['job.lost: exited with code 3'],
      'also where an older agent says late that it is',
    );
    const done = ended(0, { ...life(2), reason: loop });
    assert.deepEqual(
      eventsOf(RUNS, seen(done), seen(ended(0, life(2)))),
      ['job.lost: exited with code 0'],
      'also one that always ends well, and is stopped while it waits for its start',
    );
    const other = { containerId: containerIdOf('other'), ...life(9) };
    assert.deepEqual(eventsOf(RUNS, seen(other)), ['job.started'], 'another container');
  });
});

describe('a container that its host stops', () => {
  const stop = ended(143, life(1));

  it('since its job was stopped is not lost', () => {
    const stopped = fold(RUNS, { kind: 'job-removed', atMs: 0, name: job('a').name });
    assert.deepEqual(eventsOf(fold(stopped, desired(undefined)), seen(stop)), []);
  });

  it('since its job was changed is not lost', () => {
    const change = { env: { LEVEL: '2' } };
    const asked = fold(RUNS, stored('a', change, 2), desired(job('a', change)));
    const next = { containerId: containerIdOf('next'), ...life(2) };
    const events = [seen(stop), seen(pending()), seen(next)];
    assert.deepEqual(eventsOf(asked, ...events), ['job.started']);
  });

  it('since its job was changed under the leader before is not lost, if it is said', () => {
    const change = { env: { LEVEL: '2' } };
    const made = (of: Partial<JobSpec>, its: Change): StateEvent => {
      count += 1;
      const containers = [container('a-1', its)];
      const specHashes = { 'a-1': fixedPartsHashOf(job('a', of)) };
      return reported(0, 'h1', { sequence: count, containers, specHashes });
    };
    const begun = fold(START, stored('a', change), desired(job('a', change)), made({}, life(1)));
    const next = { containerId: containerIdOf('next'), ...life(2) };
    const events = [made({}, stop), seen(pending()), made(change, next)];
    assert.deepEqual(eventsOf(begun, ...events), ['job.started']);
    const crash = made(change, ended(3, next));
    assert.deepEqual(eventsOf(fold(begun, ...events), crash), ['job.lost: exited with code 3']);
  });

  it('since a job before had its name is not lost', () => {
    const again = fold(RUNS, desired(undefined), desired(job('a')));
    assert.deepEqual(eventsOf(again, seen(stop), seen(pending())), []);
  });
});
