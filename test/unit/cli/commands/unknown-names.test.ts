// cspell:ignore faec celar
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type AuditFlags, showAudit } from '../../../../cli/commands/audit.js';
import { type EventFlags, showEvents } from '../../../../cli/commands/events.js';
import { runProgram } from '../../../../cli/program.js';
import type { Session } from '../../../../cli/shell/session.js';
import { notFound } from '../../../../coordinator/api/faults.js';
import { encodeAudit } from '../../../../proto/audit.js';
import type { Bus } from '../../../../proto/bus.js';
import { encodeEvent } from '../../../../proto/event.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { JobName, NodeId } from '../../../../shared/ids.js';
import { err, ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { MinuteStream } from '../../../lib/minute-stream.js';

const FACE = 'face' as JobName;
const FAEC = 'faec' as JobName;
const OLD = 'old' as JobName;
const H1 = 'h1-cellar' as NodeId;
const H1_SLIP = 'h1-celar' as NodeId;
const HOUR_MS = 3_600_000;

/** Stopped two hours ago, as all that is in the streams. */
const stopped = encodeEvent({
  type: 'dqoes.job.stopped',
  id: '1',
  source: '/dqoes/main/coordinator',
  timeMs: 0,
  data: { job: OLD, reason: '' },
});
const line = encodeAudit({
  ...{ id: 'i.1.1', timeMs: 0, coordinator: 'c1', epoch: 1, who: 'sue' },
  ...{ verb: 'job-stop', job: OLD, outcome: 'done' },
});

/** A cluster with the job `face` and the node `h1-cellar`; `isAway`: no coordinator answers. */
function sessionOver(kept: Uint8Array, isAway = false): Session {
  const stream = new MinuteStream([{ atMs: 0, data: kept }]);
  const bus = { ...stream.bus, subscribe: () => ({ unsubscribe: () => {} }) } as unknown as Bus;
  const call = async (verb: string, { name, id }: { name?: string; id?: string }) => {
    if (isAway) return err([{ code: 'service.unavailable', field: '', message: 'nobody leads' }]);
    if (verb === 'job-status')
      return name === FACE ? ok({ job: {} }) : err(notFound('job', name ?? '', [FACE]));
    if (verb === 'node-status')
      return id === H1 ? ok({ node: {} }) : err(notFound('node', id ?? '', [H1]));
    return ok({ allocations: [] });
  };
  const subjects = subjectsOf('main');
  return { bus, subjects, cluster: 'main', natsVersion: '', call } as unknown as Session;
}

const NO_FAEC =
  'there is no job faec (did you mean face?): list them with "dqoes job ls" [service.not-found]';

describe('dqoes events of a job', () => {
  const events = async (flags: Partial<EventFlags>, isAway = false) => {
    const { app, out, messages, problems } = testApp();
    const session = sessionOver(stopped, isAway);
    const now = { ...app, clock: { ...app.clock, wall: () => 2 * HOUR_MS } };
    const code = await showEvents(now, session, { output: 'table', ...flags });
    return { code, out, messages, problems };
  };

  it('that nobody knows are refused, with the one that may be meant', async () => {
    const refused = { code: 1, out: [], messages: [], problems: [NO_FAEC] };
    assert.deepEqual(await events({ job: FAEC }), refused);
    assert.deepEqual(await events({ job: FAEC, from: 1 }), refused);
    assert.deepEqual(await events({ job: FAEC, output: 'json' }), refused);
  });

  it('that ended long ago are shown, though the cluster does not know it any more', async () => {
    const { code, out, problems } = await events({ job: OLD });
    assert.deepEqual([code, out.length, problems], [0, 1, []]);
  });

  it('that ended before the number asked for are none, and no fault', async () => {
    const { code, messages, problems } = await events({ job: OLD, from: 2 });
    assert.deepEqual([code, messages, problems], [0, ['No events of old from there on.'], []]);
  });

  it('that ended before the time asked for are none, and no fault', async () => {
    const { code, messages, problems } = await events({ job: OLD, since: HOUR_MS });
    assert.deepEqual([code, messages, problems], [0, ['No events of old since then.'], []]);
    const unknown = await events({ job: FAEC, since: HOUR_MS });
    assert.deepEqual([unknown.code, unknown.problems], [1, [NO_FAEC]]);
  });

  it('since a time are all of it, or the newest', async () => {
    const shown = async (flags: Partial<EventFlags>) => (await events(flags)).out.length;
    assert.equal(await shown({ since: 3 * HOUR_MS }), 1);
    assert.equal(await shown({ since: 3 * HOUR_MS, tail: 5 }), 1);
    assert.equal(await shown({ since: 3 * HOUR_MS, tail: 0 }), 0);
    assert.equal(await shown({ since: HOUR_MS }), 0);
  });

  it('from a number on are all: what would be left out beside that is refused', async () => {
    const { app, problems } = testApp();
    assert.equal(await runProgram(['events', '--from', '1', '--since', '1h'], app), 2);
    assert.match(problems.join(), /^--since: with --from every event from that number on is/);
  });

  it('that is there may be none yet', async () => {
    const { code, messages, problems } = await events({ job: FACE });
    assert.deepEqual([code, messages, problems], [0, ['No events of face yet.'], []]);
  });

  it('are no fault where no coordinator says which jobs there are', async () => {
    const { code, problems } = await events({ job: FAEC }, true);
    assert.deepEqual([code, problems], [0, []]);
  });

  for (const flags of [{ tail: 50 }, { tail: 0 }, { from: 1 }])
    it(`that are followed may still come: a slip is said (${JSON.stringify(flags)})`, async () => {
      const { app, messages, problems } = testApp();
      const stop = new AbortController();
      const clock = new ManualClock();
      const following = showEvents({ ...app, clock, signal: stop.signal }, sessionOver(stopped), {
        ...{ output: 'table', job: FAEC, follow: true },
        ...flags,
      });
      await clock.advance(1);
      assert.deepEqual(problems, [NO_FAEC]);
      assert.deepEqual(messages, ['Waiting for events of it; Ctrl-C ends that.']);
      stop.abort();
      await clock.advance(10_000);
      assert.equal(await following, 0);
    });
});

describe('dqoes audit of a name', () => {
  const audit = async (flags: Partial<AuditFlags>) => {
    const { app, out, messages, problems } = testApp();
    const now = { ...app, clock: { ...app.clock, wall: () => 2 * HOUR_MS } };
    const code = await showAudit(now, sessionOver(line), { output: 'table', ...flags });
    return { code, out, messages, problems };
  };

  it('that nobody knows is refused, with the one that may be meant', async () => {
    const refused = { code: 1, out: [], messages: [], problems: [NO_FAEC] };
    assert.deepEqual(await audit({ job: FAEC }), refused);
    assert.deepEqual(await audit({ job: FAEC, since: HOUR_MS, output: 'json' }), refused);
    const { code, problems } = await audit({ node: H1_SLIP });
    assert.equal(code, 1);
    assert.match(problems.join(), /^there is no node h1-celar \(did you mean h1-cellar\?\): /);
  });

  it('that is gone is no fault where its lines are older, or others are asked for', async () => {
    assert.equal((await audit({ job: OLD })).out.length, 2);
    for (const flags of [{ since: HOUR_MS }, { user: 'bob' }, { verb: 'job-submit' }]) {
      const { code, messages, problems } = await audit({ job: OLD, ...flags });
      assert.deepEqual([code, messages, problems], [0, ['No such lines.'], []]);
    }
  });

  it('that is there may have none', async () => {
    const { code, problems } = await audit({ node: H1 });
    assert.deepEqual([code, problems], [0, []]);
  });
});

describe('a name that is empty, as of a variable that is not set', () => {
  for (const argv of [
    ['audit', '--user', ''],
    ['report', '--by', 'label', '--label', ''],
  ])
    it(`is refused, not looked for: ${argv.join(' ')}`, async () => {
      const { app, problems } = testApp();
      assert.equal(await runProgram(argv, app), 2);
      assert.match(
        problems.join('\n'),
        /argument '' is invalid\. it is empty: give .*\[cli\.usage\]/,
      );
    });
});

describe('the name of a job or a node that none may have', () => {
  for (const argv of [
    ['events', '--job', ''],
    ['events', '--job', 'face/1'],
    ['audit', '--job', 'x'.repeat(64)],
    ['audit', '--node', 'h1.example'],
  ])
    it(`is refused before anything is asked: ${argv.join(' ').slice(0, 40)}`, async () => {
      const { app, problems } = testApp();
      assert.equal(await runProgram(argv, app), 2);
      assert.match(problems.join('\n'), /is not a valid name: use 1 to 63 of .*\[cli\.usage\]$/m);
    });
});
