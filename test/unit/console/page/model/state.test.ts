import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { noAnswer, notOurs, problemOf } from '../../../../../console/page/model/problem.js';
import {
  type Action,
  bannerOf,
  isLiveNow,
  reduce,
  START,
  type State,
  whyNot,
} from '../../../../../console/page/model/state.js';
import { jobStatus } from '../build.js';

const CLUSTER = {
  cluster: 'main',
  version: '1',
  nowMs: 1000,
  connected: true,
  hasLeader: true,
  epoch: 3,
  silentMs: 100,
  complete: true,
};
const stateAfter = (...actions: readonly Action[]): State => actions.reduce(reduce, START);
const heard: Action = { type: 'cluster', value: CLUSTER, nowMs: 1000 };
const failed = (nowMs: number): Action => ({ type: 'failed', problem: noAnswer('refused'), nowMs });

describe('the state of the page', () => {
  it('one lost answer is no break, two are; and it recovers by itself', () => {
    assert.equal(stateAfter(heard, failed(2000)).connection, 'connected');
    const gone = stateAfter(heard, failed(2000), failed(3000));
    assert.equal(gone.connection, 'disconnected');
    assert.match(bannerOf(gone)?.text ?? '', /known last.*tries again by itself/s);
    assert.match(bannerOf(gone)?.age ?? '', /not answered for 2 s/);
    assert.equal(reduce(gone, heard).connection, 'connected');
    assert.equal(bannerOf(reduce(gone, heard)), null);
  });

  it('one that took as long as its time-out is enough: it is said within 5 s', () => {
    assert.equal(stateAfter(heard, failed(5500)).connection, 'disconnected');
  });

  it('what was known stays while it is disconnected', () => {
    const jobs: Action = { type: 'jobs', value: [jobStatus('a')] };
    assert.equal(stateAfter(heard, jobs, failed(2), failed(3)).jobs?.length, 1);
  });

  it('goes by the clock of the console, however that of the browser goes', () => {
    const ahead = stateAfter({
      type: 'cluster',
      value: { ...CLUSTER, nowMs: 61_000 },
      nowMs: 1000,
    });
    assert.equal(reduce(ahead, { type: 'now', nowMs: 3000 }).nowMs, 63_000);
  });

  it('says it at once where nothing was ever heard', () => {
    assert.equal(stateAfter(failed(1)).connection, 'disconnected');
  });

  it('a token that is not known signs out, and nothing that was read is kept', () => {
    const problem = problemOf(401, { code: 'auth.bad-token', detail: 'a token is needed' });
    const jobs: Action = { type: 'jobs', value: [jobStatus('a')] };
    const out = stateAfter(heard, jobs, { type: 'failed', problem, nowMs: 5 });
    assert.deepEqual([out.connection, out.jobs, out.role], ['signed-out', null, null]);
  });

  it('says when nobody leads, and when NATS is gone', () => {
    const led = { ...CLUSTER, hasLeader: false, silentMs: 40_000 };
    const none = stateAfter({ type: 'cluster', value: led, nowMs: 1 });
    assert.equal(bannerOf(none)?.title, 'Nobody leads');
    assert.match(bannerOf(none)?.text ?? '', /known last.*see that dqoes coordinator/s);
    assert.match(bannerOf(none)?.age ?? '', /heard for 40 s/);
    const cut = stateAfter({ type: 'cluster', value: { ...led, connected: false }, nowMs: 1 });
    assert.match(bannerOf(cut)?.title ?? '', /not connected to NATS/);
  });

  it('what is announced does not change while it lasts, only how long it has lasted', () => {
    const gone = stateAfter(heard, failed(2000), failed(3000));
    const later = reduce(gone, { type: 'now', nowMs: 9000 });
    assert.equal(bannerOf(later)?.text, bannerOf(gone)?.text);
    assert.notEqual(bannerOf(later)?.age, bannerOf(gone)?.age);
  });

  it('one that answers with a refusal is not called silent, and what it says is told', () => {
    const many = problemOf(429, { code: 'http.too-many', detail: 'too many requests: wait 1 s' });
    const refused: Action = { type: 'failed', problem: many, nowMs: 3000 };
    const banner = bannerOf(stateAfter(heard, refused, refused));
    assert.match(banner?.title ?? '', /refuses/);
    assert.match(banner?.text ?? '', /too many requests: wait 1 s.*known last.*tries again/s);
    assert.doesNotMatch(`${banner?.text} ${banner?.age}`, /not answer/);
  });

  it('something else that answers in its place is not taken for it', () => {
    const other: Action = { type: 'failed', problem: notOurs(200), nowMs: 3000 };
    const banner = bannerOf(stateAfter(heard, other, other));
    assert.match(banner?.title ?? '', /something else/i);
    assert.match(banner?.text ?? '', /^What answers is not .* proxy .*known last.*tries again/s);
  });

  it('a list that does not arrive says nothing of the coordinator', () => {
    const late: Action = { type: 'jobs-failed', problem: noAnswer('timed out') };
    assert.doesNotMatch(bannerOf(stateAfter(heard, late))?.title ?? '', /coordinator/);
    const away: Action = { type: 'jobs-failed', problem: problemOf(503, { detail: 'no leader' }) };
    assert.match(bannerOf(stateAfter(heard, away))?.title ?? '', /coordinator does not answer/);
  });

  it('a list that was never read is not known, and not old', () => {
    const problem = problemOf(503, { detail: 'no leader' });
    const jobs: Action = { type: 'jobs-failed', problem };
    const textOf = (...actions: readonly Action[]) => bannerOf(stateAfter(heard, ...actions))?.text;
    assert.equal(textOf(jobs), 'Jobs are not known (no leader).');
    assert.equal(
      textOf({ type: 'jobs', value: [] }, jobs),
      'Jobs are those known last (no leader).',
    );
    assert.equal(textOf({ type: 'nodes-failed', problem }), 'Hosts are not known (no leader).');
  });

  it('hosts that are not read any more are said to be old, until they are read again', () => {
    const late: Action = { type: 'nodes-failed', problem: noAnswer('timed out') };
    const read: readonly Action[] = [
      { type: 'jobs', value: [] },
      { type: 'nodes', value: [] },
    ];
    const old = stateAfter(heard, ...read, late);
    assert.match(bannerOf(old)?.title ?? '', /list of hosts does not come in time/);
    assert.match(bannerOf(old)?.text ?? '', /^Hosts are those known last \(.*timed out/);
    assert.equal(bannerOf(reduce(old, { type: 'nodes', value: [] })), null);
  });

  it('a list that the console refuses says nothing of the coordinator', () => {
    const many = problemOf(429, { code: 'http.too-many', detail: 'too many requests: wait 1 s' });
    for (const [type, what] of [
      ['jobs-failed', 'jobs'],
      ['nodes-failed', 'hosts'],
    ] as const) {
      const banner = bannerOf(stateAfter(heard, { type, problem: many }));
      assert.equal(banner?.title, `The console refuses the list of ${what}`);
      assert.match(banner?.text ?? '', /too many requests/);
    }
  });

  it('a question that was lost does not end the stream of events', () => {
    const open = stateAfter(heard, { type: 'live', value: true });
    assert.equal(isLiveNow(open), true);
    const lost = reduce(open, failed(2000));
    assert.equal(isLiveNow(reduce(lost, failed(3000))), false, 'while it is disconnected');
    assert.equal(isLiveNow(reduce(lost, heard)), true, 'nobody says again that it is open');
  });

  it('a button says why it does nothing', () => {
    assert.match(whyNot(START, 'viewer'), /before the cluster was read/);
    const viewer = stateAfter(heard, { type: 'role', value: 'viewer' });
    assert.match(whyNot(viewer, 'submitter'), /role submitter: dqoes token create/);
    const operator = stateAfter(heard, { type: 'role', value: 'operator' });
    assert.equal(whyNot(operator, 'submitter'), '');
    assert.match(whyNot(stateAfter(heard, failed(1), failed(2)), 'submitter'), /disconnected/);
    const led = stateAfter({ type: 'cluster', value: { ...CLUSTER, hasLeader: false }, nowMs: 1 });
    assert.match(whyNot(led, 'submitter'), /nobody leads/);
  });
});

describe('a refusal', () => {
  it('is told in the sentences of its faults, with their lines', () => {
    const fault = { code: 'job.bad-value', field: 'image', message: 'image is 3', line: 2 };
    const problem = problemOf(400, { code: fault.code, faults: [fault, { nonsense: 1 }, null] });
    assert.deepEqual(problem.messages, ['image is 3']);
    assert.equal(problem.faults[0]?.line, 2);
  });
  it('of any other form still says something', () => {
    for (const body of [undefined, null, 3, 'x', {}, { faults: 'x' }])
      assert.deepEqual(problemOf(502, body).messages, ['the console answered 502']);
  });
});
