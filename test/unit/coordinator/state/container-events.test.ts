import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import type { JobSpec } from '../../../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../../../shared/report.js';
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
function seen(change: Change | undefined, more: Partial<NodeReport> = {}): StateEvent {
  count += 1;
  const containers = change === undefined ? [] : [container('a-1', change)];
  return reported(0, 'h1', { sequence: count, containers, ...more });
}
/** The first reports of an agent that was started again: it does not know yet what is wanted. */
const restarted = (...changes: readonly (Change | undefined)[]): readonly StateEvent[] =>
  [undefined, ...changes].map((change) => seen(change, { bootId: 'boot-2' }));
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
const noAnswer = (port: number, server = '10.0.0.2'): string =>
  `the container cannot be made: lookup registry.example on ${server}:53: read udp ` +
  `10.0.0.7:${port}->${server}:53: i/o timeout [docker.no-image]`;
const cannotDial = (address: string): string =>
  'the container cannot be made: Get "https://registry.example/v2/": dial tcp ' +
  `${address}:443: connect: connection refused [docker.no-image]`;
const failed = (reason = NO_IMAGE): Change => ({ ...ABSENT, state: 'failed', reason });
const ended = (code: number, change: Change = {}): Change => ({
  ...{ state: code === 0 ? 'exited' : 'failed', reason: `exited with code ${code}` },
  ...change,
});
const life = (number: number): Change => ({ lifeId: `life@${number}` });
const PLACED = fold(START, stored('a'), seen(undefined), desired(job('a')));
const RUNS = fold(PLACED, seen(life(1)));
/** Another container of `a-1`. */
const NEXT: Change = { containerId: containerIdOf('next'), ...life(9) };
const LOST = 'job.lost: its container is gone, and nobody asked dqoes to remove it';

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

  it('causes none again where two reasons take turns', () => {
    const tries = [NO_IMAGE, TAKEN, NO_IMAGE, TAKEN].map((reason) => seen(failed(reason)));
    const said = [`job.start-failed: ${NO_IMAGE}`, `job.start-failed: ${TAKEN}`];
    assert.deepEqual(eventsOf(PLACED, ...tries), said);
  });

  it('causes one, whichever address of a registry does not answer', () => {
    const addresses = ['192.0.2.7', '192.0.2.8', '[2001:db8::7]', '192.0.2.7'];
    const tries = addresses.map((address) => seen(failed(cannotDial(address))));
    assert.deepEqual(eventsOf(PLACED, ...tries), [`job.start-failed: ${cannotDial('192.0.2.7')}`]);
    const servers = ['10.0.0.2', '10.0.0.3'].map((address) => noAnswer(1, address));
    const asked = servers.map((words) => seen(failed(words)));
    assert.deepEqual(eventsOf(PLACED, ...asked), [`job.start-failed: ${noAnswer(1)}`]);
    const tags = ['web:1.2.3.4', 'web:1.2.3.5'].map((tag) => seen(failed(`no such image ${tag}`)));
    assert.equal(eventsOf(PLACED, ...tags).length, 2, 'but not for the tags of images');
    const ports = ['80', '81'].map((port) => seen(failed(`Bind for 0.0.0.0:${port} failed`)));
    assert.equal(eventsOf(PLACED, ...ports).length, 2, 'nor for ports that are taken');
  });

  it('causes one, whatever time it is and wherever a layer is written', () => {
    const invalid = (second: number): string =>
      'x509: certificate has expired or is not yet valid: current time ' +
      `2026-11-29T16:50:0${second}Z is after 2026-11-28T00:00:00Z`;
    const full = (file: number): string =>
      `write /var/lib/docker/tmp/GetImageBlob${file}: no space left on device`;
    for (const words of [invalid, full]) {
      const tries = [1, 2].map((number) => seen(failed(words(number))));
      assert.deepEqual(eventsOf(PLACED, ...tries), [`job.start-failed: ${words(1)}`]);
    }
  });

  it('causes none again after its agent was started again', () => {
    const again = restarted(pending(), failed(), failed());
    assert.deepEqual(eventsOf(PLACED, seen(failed()), ...again), [`job.start-failed: ${NO_IMAGE}`]);
    const known = fold(START, stored('a'), desired(job('a')), seen(failed()));
    assert.deepEqual(eventsOf(known, ...again), [], 'nor where the leader before has named it');
  });

  it('causes one again once it has started, or its job was changed', () => {
    const said = `job.start-failed: ${NO_IMAGE}`;
    const gone = [seen(failed()), seen(life(1)), seen(failed()), seen(failed())];
    assert.deepEqual(eventsOf(PLACED, ...gone), [said, 'job.started', LOST, said]);
    const change = { env: { LEVEL: '2' } };
    const changed = [stored('a', change, 2), desired(job('a', change))];
    const tries = [seen(pending()), seen(failed()), seen(pending()), seen(failed())];
    assert.deepEqual(eventsOf(PLACED, ...tries, ...changed, ...tries), [said, said]);
    const heavier = [desired(job('a', { weight: 3 })), ...tries];
    assert.deepEqual(eventsOf(PLACED, ...tries, ...heavier), [said], 'not in its weight alone');
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

  it('causes none again after a pull, or where two reasons take turns', () => {
    const tries = [held(NO_IMAGE), 'pulling web:2', held(NO_IMAGE), held(TAKEN), held(NO_IMAGE)];
    const said = [NO_IMAGE, TAKEN].map((reason) => `job.start-failed: ${held(reason)}`);
    assert.deepEqual(eventsOf(asked, ...tries.map(answered), seen(life(1))), said);
    const seenAgain = [answered(held(NO_IMAGE)), seen(life(2)), answered('pulling web:2')];
    const events = eventsOf(asked, ...seenAgain, answered(held(NO_IMAGE)));
    assert.equal(events.filter((each) => each.startsWith('job.start-failed')).length, 1);
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
  });
});

describe('a container that somebody removes on its host', () => {
  it('is lost, and another one started in its place, each once', () => {
    const said = [LOST, 'job.started'];
    const slow = [seen(pending()), seen(pending('starting web')), seen(NEXT), seen(NEXT)];
    assert.deepEqual(eventsOf(RUNS, ...slow), said);
    assert.deepEqual(eventsOf(RUNS, seen(NEXT), seen(NEXT)), said, 'between two reports');
    assert.deepEqual(eventsOf(RUNS, seen(NEXT), seen(life(1))), [...said, ...said], 'twice');
    const loop = 'restarting: it ended 2 times, last with exit code 3; dqoes job logs a says why';
    const looping = fold(RUNS, seen(ended(3, { ...life(2), reason: loop })));
    assert.deepEqual(eventsOf(looping, seen(NEXT)), said, 'that the engine starts again and again');
  });

  it('is lost where none can be made in its place', () => {
    const said = [LOST, `job.start-failed: ${NO_IMAGE}`];
    assert.deepEqual(eventsOf(RUNS, seen(failed()), seen(failed())), said);
    const next = ended(3, NEXT);
    const once = ['job.lost: exited with code 3'];
    assert.deepEqual(eventsOf(RUNS, seen(next), seen(next)), once, 'or one that ends at once');
  });

  it('is lost once where it had ended before', () => {
    const events = [seen(ended(137, life(1))), seen(pending()), seen(NEXT)];
    assert.deepEqual(eventsOf(RUNS, ...events), ['job.lost: exited with code 137', 'job.started']);
  });

  it('is lost while its agent is away, and once', () => {
    const said = ['job.lost: its container was gone when its agent was started again'];
    assert.deepEqual(eventsOf(RUNS, ...restarted(pending(), NEXT)), [...said, 'job.started']);
    const [, first, second] = restarted(NEXT, NEXT);
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(eventsOf(RUNS, first, second), [...said, 'job.started']);
  });

  it('is lost where its job was changed and changed back before its turn came', () => {
    const back = [desired(job('a', { image: 'web:2' })), desired(job('a'))];
    const events = [...back, seen(life(1)), seen(pending()), seen(NEXT)];
    assert.deepEqual(eventsOf(RUNS, ...events), [LOST, 'job.started']);
  });

  it('is not lost again where its host was down', () => {
    const down: StateEvent = { kind: 'tick', atMs: 60_000 };
    const said = 'job.lost: its node stopped reporting';
    assert.deepEqual(eventsOf(RUNS, down, seen(pending()), seen(NEXT)), [said, 'job.started']);
    assert.deepEqual(eventsOf(RUNS, down, seen(ended(137, life(1)))), [said], 'nor where it ended');
  });
});

describe('a container that is there no more', () => {
  it('is not lost where its agent was started again and it runs on', () => {
    const [, ...again] = restarted(life(1), life(1));
    assert.deepEqual(eventsOf(RUNS, ...again), []);
  });

  it('is not lost where its job was changed, whichever leader asked for that', () => {
    for (const change of [{ env: { LEVEL: '2' } }, { image: 'web:2' }]) {
      const changed = [stored('a', change, 2), desired(job('a', change))];
      const next = { ...NEXT, ...change };
      const slow = [seen(life(1)), seen(pending()), seen(next)];
      assert.deepEqual(eventsOf(fold(RUNS, ...changed), ...slow), ['job.started']);
      assert.deepEqual(eventsOf(fold(RUNS, ...changed), seen(next)), ['job.started']);
    }
    const image = { image: 'web:2' };
    const taken = fold(START, stored('a', image), desired(job('a', image)), seen(life(1)));
    assert.deepEqual(eventsOf(taken, seen({ ...NEXT, ...image })), ['job.started']);
  });

  it('is not lost where its job was stopped, or it is wanted there no more', () => {
    const removed: StateEvent = { kind: 'job-removed', atMs: 0, name: job('a').name };
    assert.deepEqual(eventsOf(fold(RUNS, removed), seen(undefined), seen(undefined)), []);
    assert.deepEqual(eventsOf(fold(RUNS, desired(undefined)), seen(undefined)), []);
    const again = fold(RUNS, desired(undefined), desired(job('a')));
    const told = eventsOf(again, seen(life(1)), seen(pending()), seen(NEXT));
    assert.deepEqual([told.includes(LOST), told.at(-1)], [false, 'job.started']);
  });

  it('is not lost where its agent obeys what is not known to be stored yet', () => {
    const holds = { incarnation: 'inc', epoch: 3, revision: 100_000 };
    assert.deepEqual(eventsOf(RUNS, seen(pending(), { holds })), []);
  });

  it('is not lost where a report has no room for it', () => {
    const warnings = ['1 of 2 containers left out: the report is full'];
    assert.deepEqual(eventsOf(RUNS, seen(undefined, { warnings })), []);
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

  it('since a job before had its name is not lost', () => {
    const again = fold(RUNS, desired(undefined), desired(job('a')));
    assert.deepEqual(eventsOf(again, seen(stop), seen(pending())), []);
  });
});
