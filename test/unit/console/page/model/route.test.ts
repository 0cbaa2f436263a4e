import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ClusterInfo, MAX_TOGETHER } from '../../../../../console/answers.js';
import { KEY_HELP, pressed } from '../../../../../console/page/model/keys.js';
import { MAX_ASKED } from '../../../../../console/page/model/recent.js';
import {
  hrefOf,
  queryText,
  type Route,
  routeOf,
  titleOf,
  withQuery,
} from '../../../../../console/page/model/route.js';
import { START } from '../../../../../console/page/model/state.js';
import { tabTitle } from '../../../../../console/page/model/title.js';
import { jobStatus } from '../build.js';

describe('addresses of the page', () => {
  const routes: readonly Route[] = [
    { page: 'overview' },
    { page: 'job', name: 'web' },
    { page: 'node', id: 'h1' },
    { page: 'events' },
    { page: 'submit' },
  ];
  for (const route of routes)
    it(`${hrefOf(route)} leads to ${route.page}`, () => {
      assert.deepEqual(routeOf(hrefOf(route)), route);
      assert.notEqual(titleOf(route), '');
    });
  for (const path of ['/jobs/', '/jobs/a/b', '/jobs/<img>', '/nodes/%2e', '/constructor'])
    it(`${path} leads nowhere`, () => assert.equal(routeOf(path).page, 'none'));
  it('what is set stands in the query, in one order; what is empty does not', () => {
    const query = withQuery({ q: 'a b', sort: 'job' }, { sort: '', only: 'slower,failed' });
    assert.equal(queryText(query), '?only=slower,failed&q=a%20b');
    assert.equal(queryText(withQuery({ q: 'x' }, { q: '' })), '');
  });
});

describe('the tab of the browser', () => {
  const state = { ...START, jobs: [jobStatus('a'), jobStatus('b', { qoeClass: 'slower' })] };
  it('says of the overview how many are at target, of other views where one is', () => {
    assert.equal(tabTitle({ page: 'overview' }, state), '1 of 2 at target · dqoes');
    assert.equal(tabTitle({ page: 'job', name: 'a' }, state), 'a · dqoes');
    assert.equal(tabTitle({ page: 'overview' }, START), 'Overview · dqoes');
  });
  it('says when that is old', () => {
    const cut = { ...state, connection: 'disconnected' as const };
    assert.match(tabTitle({ page: 'overview' }, cut), /^Disconnected: 1 of 2/);
    const cluster = { cluster: 'main', connected: true, hasLeader: true } as ClusterInfo;
    const titleWith = (change: Partial<ClusterInfo>): string => {
      const connection = 'connected' as const;
      const led = { ...state, connection, cluster: { ...cluster, ...change } };
      return tabTitle({ page: 'overview' }, led);
    };
    assert.equal(titleWith({}), '1 of 2 at target · dqoes main');
    assert.match(titleWith({ hasLeader: false }), /^Nobody leads: 1 of 2/);
    assert.match(titleWith({ connected: false, hasLeader: false }), /^NATS is away: 1 of 2/);
  });
});

describe('hours side by side', () => {
  it('are asked for as many as the API takes', () => assert.equal(MAX_ASKED, MAX_TOGETHER));
});

describe('keys', () => {
  const key = (name: string) => ({ key: name, isModified: false, isTyping: false });
  it('g and a second key go somewhere; the help names each', () => {
    const first = pressed('', key('g'));
    assert.equal(first.pending, 'g');
    assert.deepEqual(pressed('g', key('e')).command, { do: 'go', to: { page: 'events' } });
    assert.deepEqual(pressed('g', key('x')), { pending: '' });
    for (const [name] of KEY_HELP.filter(([text]) => text.startsWith('g ')))
      assert.equal(pressed('g', key(name.slice(2))).command?.do, 'go');
  });
  it('do nothing while one types or with a modifier, but Escape closes', () => {
    assert.equal(pressed('', { ...key('/'), isTyping: true }).command, undefined);
    assert.equal(pressed('', { ...key('/'), isModified: true }).command, undefined);
    assert.deepEqual(pressed('', { ...key('Escape'), isTyping: true }).command, { do: 'close' });
    assert.deepEqual(pressed('', key('/')).command, { do: 'search' });
  });
});
