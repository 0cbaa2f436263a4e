import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startFakeConsole, tokenOf } from '../../../lib/page/fake-console.js';
import { pageOpener } from '../../../lib/page/open-page.js';
import {
  coordinatorAwayScene,
  emptyScene,
  HOSTILE,
  hostileScene,
  leaderlessScene,
  manyScene,
  silentScene,
  usualScene,
} from '../../../lib/page/scenes.js';
import { until } from '../../../lib/until.js';

/** The built page on the console's own server, before a cluster that is made up. */
describe('the page', function () {
  this.timeout(60_000);
  const open = pageOpener();

  it('says how many are at target, who is not, why, and what to do', async () => {
    const { page } = await open(usualScene());
    await page.shows(/8 of 12 at target/);
    const troubles = page.all('.trouble').map((each) => each.textContent ?? '');
    assert.match(troubles[0] ?? '', /ocr failed: exit code 3: no such model.*dqoes job logs/s);
    assert.match(troubles[1] ?? '', /detect is slower.*best 92 ms.*Raise the target of detect/s);
    assert.match(troubles[2] ?? '', /llm waits: h1 has 1.08 of 2 CPU left.*Add a host/s);
    assert.equal(page.all('.host').length, 2);
    assert.equal(page.all('tbody tr').length, 12);
    await page.shows(/Last hour: [\d.]+ % at target/);
    await until(() => page.all('path.spark-line').length > 8, 'sparklines');
  });

  it('is searched, sorted and filtered, and the address says how', async () => {
    const { page } = await open(usualScene(), '/?only=slower');
    await page.shows(/1 of 12 jobs/);
    page.click('.tally a', /not known|failed/);
    await page.shows(/1 of 12 jobs/);
    assert.equal(page.window.location.search, '?only=failed');
    await page.type('#search', 'no such');
    await page.shows(/No job is like that/);
    assert.equal(page.window.location.search, '?only=failed&q=no%20such');
    page.click('button', /Show all/);
    await page.shows(/12 jobs/);
    page.click('button.sort', /^Job/);
    assert.equal(page.window.location.search, '?sort=job');
  });

  it('goes by keys from the overview to events, and to the help', async () => {
    const { page, server } = await open(usualScene());
    await page.shows(/at target/);
    server.say('dqoes.job.stopped', { job: 'face-1', reason: 'asked for' });
    page.press('g', 'e');
    await page.shows(/face-1 was stopped: asked for/);
    assert.equal(page.window.location.pathname, '/events');
    page.press('?');
    await page.shows(/search jobs/);
  });

  it('shows a job: charts, story, and the sentence of a limit change', async () => {
    const { page, server } = await open(usualScene(), '/jobs/detect');
    await page.shows(/Asks for at most 40 ms \(p95\)/);
    const headings = page.all('h2').map((each) => each.textContent);
    assert.deepEqual(headings.slice(0, 2), ['What is wrong', '1 allocation']);
    await page.shows(/no limit at .*the last of 2 changes.*; written again at/);
    server.say('dqoes.allocation.limit-changed', {
      ...{ job: 'detect', allocation: 'detect-1', node: 'h2', reason: 'it takes 0.5 CPU' },
      ...{ from: { cpuCores: 0.3, periodUs: 1e5 }, to: { cpuCores: 0.5, periodUs: 1e5 } },
    });
    await until(() => page.all('.mark').length === 1, 'the mark');
    page.click('.mark', /0.3 CPU → 0.5 CPU/);
    await page.shows(/limit of detect-1: 0.3 CPU → 0.5 CPU: it takes 0.5 CPU/);
    assert.equal(page.all('.uplot').length, 3);
    await until(
      () =>
        page
          .all('.chart-box')
          .some((each) => /96|between/.test(each.getAttribute('aria-label') ?? '')),
      'the minutes of the past',
    );
    await page.shows(/All statistics of the newest answers.*p9996 ms/s);
    const why = page.all('.why').map((each) => each.textContent);
    assert.match(why[0] ?? '', /takes a token of the role submitter/);
  });

  it('changes a target after its dry run, which says who else would be hurt', async () => {
    const scene = usualScene();
    const { page, server } = await open(scene, '/jobs/detect', { token: tokenOf('submitter') });
    await page.shows(/submitter · sign out/);
    await page.type('.fields input', '90ms');
    page.click('button', /What would happen/);
    await page.shows(/vad-1 on h1 would lose its target: it would have 0.2 CPU less/);
    await page.shows(/detect reserves 0.5 CPU now, 0.62 CPU then.*0.0048 more than now/);
    assert.deepEqual(
      server.calls.map(([verb]) => verb).filter((verb) => verb === 'job-submit'),
      [],
      'nothing was changed by asking',
    );
    page.click('button', /^Change the target/);
    await page.shows(/The target is changed/);
    const [, asked] = server.calls.find(([verb]) => verb === 'job-submit') ?? [];
    const { jobs } = asked as { readonly jobs: readonly { readonly target: object }[] };
    assert.deepEqual(jobs[0]?.target, {
      ...{ latencyMs: 90, statistic: 'p95', toleranceRatio: 0.1, mode: 'ceiling' },
    });
  });

  it('shows a host, and asks once more before it drains it', async () => {
    const { page, server } = await open(usualScene(), '/nodes/h2', { token: tokenOf('operator') });
    await page.shows(/operator · sign out/);
    await page.shows(/5 allocations here/);
    await page.shows(/2 times, of 1 container/);
    await page.shows(/detect-1 others changed its limit from 0.5 cores to no limit/);
    await until(() => page.all('.uplot').length > 0, 'the limits over time');
    page.click('button', /^Drain…/);
    await page.shows(/There: 5 allocations of jobs/);
    await page.shows(/4 allocations would move, 1 container would stay/);
    await page.shows(/stays: h1 has 1.08 of 2 CPU left/);
    await page.shows(/vad-1 on h1 would lose its target/);
    assert.ok(!server.calls.some(([verb]) => verb === 'node-set'), 'nothing was changed by asking');
    page.click('button', /^Drain h2 now/);
    await until(() => server.calls.some(([verb]) => verb === 'node-set'), 'the call');
  });

  it('shows what other targets cost, and leaves that out where it is not served', async () => {
    const { page, server } = await open(usualScene(), '/jobs/detect', {
      token: tokenOf('submitter'),
    });
    await page.shows(/submitter · sign out/);
    await page.shows(/What would other targets cost/);
    page.click('button', /What would other targets cost/);
    await until(
      () => page.all('.quote-point').length > 0 || page.all('#quote').length === 0,
      'a curve, or none',
    );
    const hasQuote = server.calls.some(([verb]) => verb === 'job-quote');
    assert.equal(page.all('.quote-point').length > 0, hasQuote);
  });

  it('completes a job file by keys', async () => {
    const { page } = await open(usualScene(), '/submit', { token: tokenOf('submitter') });
    await page.shows(/submitter · sign out/);
    const field = page.window.document.querySelector('textarea') as unknown as {
      selectionStart: number;
      setSelectionRange(from: number, to: number): void;
      dispatchEvent(event: unknown): void;
      value: string;
    };
    const press = (key: string, its: object = {}): void =>
      field.dispatchEvent(new page.window.KeyboardEvent('keydown', { key, bubbles: true, ...its }));
    await page.type('textarea', 'name: a\nrepl');
    field.setSelectionRange(12, 12);
    await until(() => {
      press(' ', { ctrlKey: true });
      return page.all('[role=option]').length > 0;
    }, 'suggestions');
    await page.shows(/1 suggestion: replicas/);
    assert.equal(page.all('textarea')[0]?.getAttribute('aria-autocomplete'), 'list');
    const active = page.all('textarea')[0]?.getAttribute('aria-activedescendant') ?? '';
    assert.equal(page.all('[role=option]')[0]?.id, active);
    press('Enter');
    await until(
      () => field.value === 'name: a\nreplicas: ',
      () => field.value,
    );
    assert.equal(page.all('[role=option]').length, 0);
  });

  it('has a report page, with what each job had and cost', async () => {
    const { page } = await open(usualScene(), '/report');
    await page.shows(/16.8 core-hours/);
    await page.shows(/signs/);
    await page.shows(/Download as CSV/);
    page.press('g', 'o');
    await page.shows(/8 of 12 at target/);
  });

  it('plans a job file, names faults at their line, and submits', async () => {
    const token = tokenOf('submitter');
    const { page, server } = await open(usualScene(), '/submit', { token });
    await page.shows(/submitter · sign out/);
    await page.type('textarea', 'name: web\nimage: x\ntarget: { latency: fast }\n');
    page.click('button', /What would happen/);
    await page.shows(/Line 3/);
    await page.shows(/\d faults? in the job file: each stands above with its line/);
    await page.type('textarea', 'name: web\nimage: x\ntarget: { latency: 3ms }\n');
    page.click('button', /What would happen/);
    await page.shows(/web-1 on h1 begins with 0.62 CPU/);
    page.click('button', /^Submit/);
    await page.shows(/1 job created/);
    assert.ok(server.calls.some(([verb]) => verb === 'job-submit'));
  });

  it('before the first job it says how to start one', async () => {
    const { page } = await open(emptyScene());
    await page.shows(/No jobs yet/);
    assert.equal(page.all('.nothing pre').length, 3);
  });

  it('a silent host is told with its age, and what is not known is not called good', async () => {
    const { page } = await open(silentScene());
    await page.shows(/h2 is down: last heard 4\d s ago; how the 5 jobs there do is not known/);
    await page.shows(/h3 waits to be approved/);
    await page.shows(/4 of 12 at target/);
  });

  it('says when nobody leads; and buttons say why they wait', async () => {
    const { page } = await open(leaderlessScene(), '/jobs/vad');
    await page.shows(/Nobody leads.*known last.*heard for 40 s/s);
    const [alert] = page.all('[role=alert]');
    assert.doesNotMatch(alert?.textContent ?? '', /\d+ s/, 'what changes is not announced');
    await page.shows(/not while nobody leads/);
  });

  it('says that jobs are not known where no coordinator answers, and lists hosts', async () => {
    const { page } = await open(coordinatorAwayScene());
    await page.shows(/Jobs are not known/);
    await page.shows(/no coordinator answered/);
    await page.shows(/h1: open; 0.92 of 2 CPU allocated/);
  });

  it('says that it is disconnected, and recovers by itself', async () => {
    const { page, server } = await open(usualScene());
    await page.shows(/8 of 12 at target/);
    const port = Number(new URL(server.url).port);
    await server.stop();
    await page.shows(/Disconnected.*tries again by itself/s);
    assert.match(page.text, /8 of 12 at target/, 'what was known stays');
    const back = await startFakeConsole(usualScene(), { port });
    try {
      await until(() => !/Disconnected/.test(page.text), 'its recovery', 15_000);
    } finally {
      await back.stop();
    }
  });

  it('asks for a token where one is needed, and says when it is not known', async () => {
    const { page } = await open(usualScene(), '/', { requireToken: true });
    await page.shows(/asks for a token/);
    await page.type('input[type=password]', `dqoes_x_${'y'.repeat(43)}`);
    page
      .all('form')[0]
      ?.dispatchEvent(new page.window.Event('submit', { bubbles: true, cancelable: true }));
    await page.shows(/token is not known/);
    await page.type('input[type=password]', tokenOf('viewer'));
    page
      .all('form')[0]
      ?.dispatchEvent(new page.window.Event('submit', { bubbles: true, cancelable: true }));
    await page.shows(/8 of 12 at target/);
  });

  it('of a thousand jobs it makes the rows in sight', async () => {
    const { page } = await open(manyScene(1000));
    await page.shows(/1000 jobs/);
    const rows = page.all('tbody tr').length;
    assert.ok(rows > 10 && rows < 60, `${rows} rows`);
    assert.equal(page.all('table')[0]?.getAttribute('aria-rowcount'), '1001');
  });

  it('hostile names are text', async () => {
    for (const path of ['/', '/jobs/evil-0', '/nodes/h1', '/events']) {
      const { page, server } = await open(hostileScene(), path);
      server.say('dqoes.job.lost', {
        ...{ job: 'evil-0', allocation: 'evil-0-1', node: 'h1', container: HOSTILE.image },
        reason: HOSTILE.image,
      });
      await page.shows(/<img src=x onerror/);
      assert.equal(page.all('img, [onerror]').length, 0, path);
      await page.close();
      await server.stop();
    }
  });
});
