import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { makeReport, type ReportAccess } from '../../console/reporting/report.js';
import type { CoordinatorHandle } from '../../coordinator/contract.js';
import { startCoordinator } from '../../coordinator/start.js';
import type { MinuteRecord } from '../../proto/schemas/view.js';
import { directGetCall, historyStreamOf } from '../../proto/subjects.js';
import { decodeMinute, decodeView } from '../../proto/view.js';
import { ViewMirror } from '../../proto/view-mirror.js';
import type { Clock } from '../../shared/clock.js';
import type { NodeId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { job, PARAMS, target } from '../unit/coordinator/build.js';
import { ClusterOnNats } from './cluster-on-nats.js';

/** A day has 24 minutes: what a minute brings need not be waited for. */
const SPEED = 60;
const NODE = 'h1' as NodeId;

describe('views and minutes on a real nats-server', function () {
  this.timeout(120_000);
  let server: TestNatsServer;
  let cluster: ClusterOnNats;
  const running: CoordinatorHandle[] = [];
  const beganMs = systemClock.wall();
  const fast: Clock = {
    now: () => systemClock.now(),
    wall: () => beganMs + (systemClock.wall() - beganMs) * SPEED,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
  };

  before(async () => {
    server = await startNatsServer();
    cluster = await ClusterOnNats.make(server.url, 'views');
  });
  after(async () => {
    for (const each of running) await each.stop();
    await cluster.close();
    await server.stop();
  });

  async function lead(name: string): Promise<CoordinatorHandle> {
    const { bus, stores } = await cluster.connect();
    const settings = {
      cluster: 'views',
      name,
      policy: 'equal',
      params: { ...PARAMS, intervalMs: 300, maxIntervalMs: 1200 },
      leaseMs: 10_000,
      replicas: 1,
      acceptLost: [],
    } as const;
    const started = await startCoordinator(settings, { bus, stores, clock: fast, log: silentLog });
    assert.ok(started.ok, JSON.stringify(started));
    running.push(started.value);
    return started.value;
  }

  async function records(): Promise<readonly MinuteRecord[]> {
    const call = directGetCall(historyStreamOf('views'));
    const found: MinuteRecord[] = [];
    for (let seq = 1; ; seq += 1) {
      const asked = new TextEncoder().encode(JSON.stringify({ seq }));
      const answer = await cluster.user.bus.request(call, asked, { timeoutMs: 5000 });
      assert.ok(answer.ok, JSON.stringify(answer));
      if (answer.value.headers.Status === '404') return found;
      const record = decodeMinute(answer.value.data);
      assert.ok(record.ok, JSON.stringify(record));
      found.push(record.value);
    }
  }

  it('one who reads once and then follows knows what a call answers', async () => {
    const mirror = new ViewMirror();
    let missed = 0;
    cluster.user.bus.subscribe(cluster.subjects.allViews, ({ data }) => {
      const change = decodeView(data);
      assert.ok(change.ok, JSON.stringify(change));
      if (mirror.take(change.value) === 'missed') missed += 1;
    });
    await cluster.agent('h1');
    await lead('c1');
    await cluster.call('job-submit', { jobs: [job('a', { target: target(100), replicas: 2 })] });
    await until(() => mirror.nodes.get(NODE)?.allocations.size === 2, 'both allocations');
    const { nodes, epoch, incarnation } = await cluster.call('view-get', {});
    assert.deepEqual(
      nodes.map(({ node }) => node),
      ['h1'],
    );
    const late = new ViewMirror();
    for (const view of nodes) late.read({ epoch, incarnation }, view);
    const listed = await cluster.call('allocation-list', {});
    const known = [...(late.nodes.get(NODE)?.allocations.values() ?? [])];
    assert.deepEqual(
      known.map(({ id, target: its, node }) => ({ id, target: its, node })),
      listed.allocations.map(({ id, target: its, node }) => ({ id, target: its, node })),
    );
    assert.equal(missed, 0);
  });

  it('pages of one node each hold every node once', async () => {
    for (const name of ['h2', 'h3']) await cluster.agent(name);
    await until(async () => (await cluster.call('view-get', {})).nodes.length === 3, 'three nodes');
    const ids: string[] = [];
    for (let next: NodeId | undefined, more = true; more; more = next !== undefined) {
      const page = await cluster.call(
        'view-get',
        next === undefined ? { limit: 1 } : { after: next, limit: 1 },
      );
      ids.push(...page.nodes.map(({ node }) => node));
      next = page.next;
    }
    assert.deepEqual(ids, ['h1', 'h2', 'h3']);
    const one = await cluster.call('view-get', { node: 'h2' as NodeId });
    assert.deepEqual(
      one.nodes.map(({ node }) => node),
      ['h2'],
    );
  });

  it('each minute of each node is stored once, by one leader after the other', async () => {
    const isOf = (epoch: number) => async (): Promise<boolean> =>
      (await records()).filter((each) => each.epoch === epoch).length >= 6;
    await until(isOf(1), 'minutes of the first leader', 60_000);
    await running[0]?.stop();
    const second = await lead('c2');
    await until(isOf(second.epoch), 'minutes of the second leader', 60_000);
    const ids = (await records()).map(({ node, minute }) => `${node} ${minute}`);
    assert.equal(new Set(ids).size, ids.length, 'a minute was stored twice');
    const minutes = (await records())
      .filter(({ node }) => node === 'h1')
      .map(({ minute }) => minute);
    const [first = 0] = minutes;
    assert.deepEqual(
      minutes,
      minutes.map((_, index) => first + index),
      'a minute is missing',
    );
  });

  it('a report of them has each once', async () => {
    const all = await records();
    const to = Math.max(...all.map(({ minute }) => minute)) + 1;
    const { user } = cluster;
    const call: ReportAccess['call'] = (verb, asked) => cluster.ask(verb, asked);
    const access = { bus: user.bus, cluster: 'views', call };
    const report = await makeReport(access, { by: 'job' }, { from: 0, to });
    assert.ok(report.ok, JSON.stringify(report));
    const { total, storedSinceMs } = report.value;
    const rows = all.filter(({ minute }) => minute < to).flatMap(({ allocations }) => allocations);
    const seconds = rows.reduce((sum, each) => sum + each.seconds, 0);
    assert.ok(seconds > 0 && Math.abs(total.seconds - seconds) < 0.001, `${total.seconds}`);
    assert.equal(storedSinceMs, (all[0]?.minute ?? 0) * 60_000);
    const unknown = await makeReport(access, { by: 'job', job: 'nobody' }, { from: 0, to });
    assert.equal(unknown.ok ? '' : unknown.error[0]?.code, 'service.not-found');
  });
});
