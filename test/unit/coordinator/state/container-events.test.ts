import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import { fixedPartsHashOf } from '../../../../shared/fixed-parts-hash.js';
import { containerIdOf, job } from '../build.js';
import {
  answered,
  cannotDial,
  desired,
  ended,
  eventsOf,
  failed,
  LOST,
  life,
  madeFrom,
  NO_IMAGE,
  noAnswer,
  PLACED,
  pending,
  portTaken,
  RUNS,
  restarted,
  seen,
  TAKEN,
} from './container-seen.js';
import { fold, START, stored } from './state-build.js';

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

  it('causes none again where the one before starts again, as its agent says', () => {
    const holds = { incarnation: 'inc', epoch: 3, revision: 100_000 };
    const says = { specHashes: { 'a-1': fixedPartsHashOf(job('a')) }, holds };
    const tries = [seen(life(1), says), answered(held(NO_IMAGE)), seen(life(2), says)];
    const again = [answered('pulling web:2'), answered(held(NO_IMAGE))];
    const events = eventsOf(asked, ...tries, ...again);
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
    const begun = fold(
      START,
      stored('a', change),
      desired(job('a', change)),
      madeFrom({}, life(1)),
    );
    const next = { containerId: containerIdOf('next'), ...life(2) };
    const events = [madeFrom({}, stop), seen(pending()), madeFrom(change, next)];
    assert.deepEqual(eventsOf(begun, ...events), ['job.started']);
    const crash = madeFrom(change, ended(3, next));
    assert.deepEqual(eventsOf(fold(begun, ...events), crash), ['job.lost: exited with code 3']);
  });

  it('since a job before had its name is not lost', () => {
    const again = fold(RUNS, desired(undefined), desired(job('a')));
    assert.deepEqual(eventsOf(again, seen(stop), seen(pending())), []);
  });
});
