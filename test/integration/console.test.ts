import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { ROUTES } from '../../console/http/app.js';
import { readerOf, readWhole } from '../../proto/codec/check.js';
import type { Schema } from '../../proto/codec/words.js';
import { until } from '../lib/until.js';
import { job, target } from '../unit/coordinator/build.js';
import { ConsoleWorld } from './console-world.js';

/** What some addresses cannot be asked without. */
const QUERIES: Readonly<Record<string, string>> = {
  'history/node': '?node=h1',
  history: '?allocation=doc-1&step=10s',
  'history/recent': '?allocations=doc-1',
};

describe('the console before a real cluster', function () {
  this.timeout(60_000);
  let world: ConsoleWorld;
  before(async () => {
    world = await ConsoleWorld.make();
  });
  after(() => world.close());

  const submitter = () => ({ token: world.tokens.submitter });

  describe('jobs', () => {
    it('are created, shown, listed by pages, changed and stopped', async () => {
      const jobs = ['a', 'b', 'c'].map((name) => job(name, { target: target(100) }));
      const made = await world.ask('jobs', { method: 'POST', ...submitter(), body: { jobs } });
      assert.equal(made.status, 200, made.text);
      assert.deepEqual(made.json?.created, ['a', 'b', 'c']);
      const names: string[] = [];
      for (let cursor = ''; ; ) {
        const page = await world.ask(`jobs?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
        const { jobs: items, next } = page.json as unknown as {
          jobs: { spec: { name: string } }[];
          next?: string;
        };
        names.push(...items.map(({ spec }) => spec.name));
        if (next === undefined) break;
        cursor = next;
      }
      assert.deepEqual(names, ['a', 'b', 'c']);
      const changed = { ...job('a'), target: target(200) };
      const put = await world.ask('jobs/a', { method: 'PUT', ...submitter(), body: changed });
      assert.deepEqual(put.json?.updated, ['a']);
      const shown = await world.ask('jobs/a');
      assert.equal(
        (shown.json as unknown as { spec: { target: { latencyMs: number } } }).spec.target
          .latencyMs,
        200,
      );
      await until(
        async () => (await world.ask('allocations?job=a')).text.includes('"a-1"'),
        'its allocation',
      );
      for (const name of ['a', 'b', 'c']) {
        const gone = await world.ask(`jobs/${name}`, { method: 'DELETE', ...submitter() });
        assert.deepEqual(gone.json, { stopped: [name] });
      }
      assert.equal((await world.ask('jobs/a')).status, 404);
    });

    it('a job file is taken as it is, and all its faults are told with their line', async () => {
      const headers = { 'content-type': 'application/yaml' };
      const file = 'name: yaml\nimage: dqoes/tiny:1\ntarget: { latency: 40ms }\n';
      const plan = await world.ask('plan', { method: 'POST', ...submitter(), body: file, headers });
      assert.equal(plan.status, 200, plan.text);
      const bad = await world.ask('jobs', {
        method: 'POST',
        ...submitter(),
        body: 'nam: x\nimage: 3 4\n',
        headers,
      });
      assert.equal(bad.status, 400);
      assert.ok(
        (bad.json as unknown as { faults: { line?: number }[] }).faults.length >= 3,
        bad.text,
      );
    });

    it('what is understood but not possible is 409, with the reasons of the plan', async () => {
      const huge = job('huge', { resources: { cpu: { minCores: 64 } } });
      const { status, json } = await world.ask('jobs?possible=true', {
        method: 'POST',
        ...submitter(),
        body: { jobs: [huge] },
      });
      assert.equal(status, 409);
      assert.match(String(json?.detail), /huge-1: .*CPU/);
      assert.equal((await world.ask('jobs/huge')).status, 404);
    });

    it('every fault of a body is told, with its field', async () => {
      const broken = { ...job('x'), image: 3, weight: -1, colour: 'red' };
      const { status, json } = await world.ask('jobs', {
        method: 'POST',
        ...submitter(),
        body: { jobs: [broken] },
      });
      assert.equal(status, 400);
      const { faults } = json as unknown as { faults: { field: string }[] };
      assert.deepEqual(faults.map(({ field }) => field).sort(), [
        'jobs[0].colour',
        'jobs[0].image',
        'jobs[0].weight',
      ]);
    });

    it('a list that has not changed is not sent again', async () => {
      const first = await world.ask('policy');
      const tag = first.headers.get('etag') ?? '';
      const again = await world.ask('policy', { headers: { 'if-none-match': tag } });
      assert.deepEqual([again.status, again.text], [304, '']);
    });
  });

  it('what it answers is as its document says', async () => {
    await world.cluster.call('job-submit', { jobs: [job('doc', { target: target(100) })] });
    await until(
      async () => (await world.ask('allocations')).text.includes('"doc-1"'),
      'the allocation',
    );
    for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
      const path = route.path.slice(1).replace(':name', 'doc').replace(':id', 'h1');
      const query = QUERIES[path] ?? '';
      const { status, text, json } = await world.ask(`${path}${query}`);
      assert.equal(status, 200, `${path}: ${text}`);
      const read = readWhole(readerOf(route.response as Schema<unknown>), json);
      assert.ok(read.ok, `${path}: ${JSON.stringify(read)}`);
    }
    await world.cluster.call('job-stop', { name: job('doc').name });
  });

  it('a quote says why there is none yet, and what is wrong with a question', async () => {
    const ask = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      world.ask('quote', { method: 'POST', ...submitter(), body, headers });
    const spec = job('quoted', { target: target(100) });
    const fresh = await ask({ spec });
    assert.equal(fresh.status, 200, fresh.text);
    assert.deepEqual(fresh.json?.steps, []);
    assert.match(String(fresh.json?.reason), /learns nothing of workloads/);
    const yaml = { 'content-type': 'application/yaml' };
    const file = 'name: yaml\nimage: dqoes/tiny:1\ntarget: { latency: 40ms }\n';
    assert.equal((await ask(file, yaml)).status, 200);
    const two = await ask(`${file}---\n${file.replace('yaml', 'more')}`, yaml);
    assert.deepEqual([two.status, two.json?.field], [400, 'body']);
    const both = await ask({ name: 'x', spec });
    assert.deepEqual([both.status, both.json?.field], [400, 'name']);
    assert.equal((await ask({ name: 'nobody' })).status, 404);
    const bad = await ask({ name: 'x', targetsMs: [0], budgetPerHour: -1 });
    assert.equal(bad.status, 400);
    const { faults } = bad.json as unknown as { faults: { field: string }[] };
    assert.deepEqual(faults.map(({ field }) => field).sort(), ['budgetPerHour', 'targetsMs[0]']);
    const viewer = { method: 'POST', token: world.tokens.viewer, body: { spec } };
    assert.equal((await world.ask('quote', viewer)).status, 403);
  });

  it('a report is JSON or CSV, and says what is wrong with its time', async () => {
    const report = await world.ask('report?by=node');
    assert.equal(report.status, 200, report.text);
    for (const csv of [
      await world.ask('report', { headers: { accept: 'text/csv' } }),
      await world.ask('report?format=csv'),
    ]) {
      assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
      assert.match(csv.text, /^key,allocations,minutes,.*\r\n$/s);
    }
    const refused = async (query: string) => {
      const { status, json } = await world.ask(`report?${query}`);
      return [status, json?.field];
    };
    assert.deepEqual(await refused('from=2&to=1'), [400, 'from']);
    assert.deepEqual(await refused('from=99999999999999'), [400, 'from']);
    assert.deepEqual(await refused('by=label'), [400, 'label']);
    assert.deepEqual(await refused('by=month'), [400, 'by']);
    assert.deepEqual(await refused('job=nobody'), [404, 'name']);
  });

  it('the page escapes what is hostile', async () => {
    const hostile = '<script>alert(1)</script>';
    await world.cluster.call('job-submit', {
      jobs: [job('evil', { image: hostile, constraints: { labels: { zone: hostile } } })],
    });
    let page = await world.ask('/status');
    await until(async () => {
      page = await world.ask('/status');
      return page.text.includes('evil');
    }, 'the job on the page');
    await world.cluster.call('job-stop', { name: job('evil').name });
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /text\/html/);
    assert.ok(!page.text.includes('<script'), page.text);
  });

  it('one client cannot ask without end', async () => {
    const slow = await world.open({ limits: { requestsPerSecond: 1, requestsAtOnce: 3 } });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await world.ask('policy', {}, slow)).status);
    assert.deepEqual(statuses.slice(0, 3), [200, 200, 200]);
    assert.ok(statuses.includes(429));
  });

  it('a body over a mebibyte is not read', async () => {
    const body = JSON.stringify({ jobs: [{ ...job('x'), command: ['x'.repeat(1100 * 1024)] }] });
    const { status, json } = await world.ask('jobs', { method: 'POST', ...submitter(), body });
    assert.deepEqual([status, json?.code], [413, 'wire.too-large']);
  });

  it('without a coordinator it says so, and shows what was known last', async () => {
    await world.cluster.stopAll();
    const jobs = await world.ask('policy');
    assert.deepEqual([jobs.status, jobs.json?.code], [503, 'service.unavailable']);
    assert.equal((await world.ask('nodes')).status, 200);
    const page = await world.ask('/status');
    assert.match(page.text, /h1/);
    await world.cluster.start('c2');
    await until(async () => (await world.ask('policy')).status === 200, 'the next leader');
  });
});
