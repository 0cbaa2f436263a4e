import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TextBrowser } from '../../../lib/page/browser.js';
import { tokenOf } from '../../../lib/page/fake-console.js';
import { pageOpener } from '../../../lib/page/open-page.js';
import { usualScene } from '../../../lib/page/scenes.js';
import { until } from '../../../lib/until.js';

const FILE = 'name: mine\nimage: x\ntarget: { latency: 3ms }\n';

/** What is written, and what is asked of it, is that of who writes it. */
describe('what is written on the page', function () {
  this.timeout(60_000);
  const open = pageOpener();

  const valueIn = (page: TextBrowser, selector: string): string =>
    (page.all(selector)[0] as unknown as { readonly value: string } | undefined)?.value ?? '';
  const signIn = async (page: TextBrowser, role: string): Promise<void> => {
    page.click('.top button', /^Sign in/);
    await page.type('input[type=password]', tokenOf(role));
    page
      .all('form')[0]
      ?.dispatchEvent(new page.window.Event('submit', { bubbles: true, cancelable: true }));
    await page.shows(new RegExp(`${role} · sign out`));
  };
  /** Answers of that path wait until what is returned is called. */
  const holdBack = (page: TextBrowser, path: string): (() => Promise<void>) => {
    const held = page.window as unknown as { fetch: typeof fetch };
    const send = held.fetch;
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    held.fetch = async (input, init) => {
      const answer = await send(input, init);
      if (String(input).endsWith(path)) await gate;
      return answer;
    };
    return async () => {
      held.fetch = send;
      letGo();
      for (let turn = 0; turn < 20; turn += 1) await new Promise((next) => setImmediate(next));
    };
  };

  it('a job file is there again after one looked at something else', async () => {
    const { page } = await open(usualScene(), '/submit', { token: tokenOf('submitter') });
    await page.shows(/submitter · sign out/);
    await page.type('textarea', FILE);
    page.press('g', 'o');
    await page.shows(/8 of 12 at target/);
    page.press('g', 's');
    await until(() => page.all('textarea').length > 0, 'the editor');
    assert.equal(valueIn(page, 'textarea'), FILE);
    page.press('g', 'o');
    await page.shows(/8 of 12 at target/);
    page.click('button', /sign out/);
    page.press('g', 's');
    await until(() => page.all('textarea').length > 0, 'the editor');
    assert.doesNotMatch(valueIn(page, 'textarea'), /mine/, 'the next one does not read it');
  });

  it('another target is still there after one signed in to have it', async () => {
    const { page } = await open(usualScene(), '/jobs/detect');
    await page.shows(/takes a token of the role submitter/);
    await page.type('.fields input', '90ms');
    await signIn(page, 'submitter');
    await page.shows(/Change the target/);
    assert.equal(valueIn(page, '.fields input'), '90ms');
  });

  it('the plan of a text that was changed meanwhile is not offered', async () => {
    const { page, server } = await open(usualScene(), '/submit', { token: tokenOf('submitter') });
    await page.shows(/submitter · sign out/);
    await page.type('textarea', FILE);
    const letGo = holdBack(page, '/plan');
    page.click('button', /What would happen/);
    await page.shows(/Planning…/);
    await until(() => server.calls.some(([verb]) => verb === 'job-plan'), 'the question');
    await page.type('textarea', FILE.replace('mine', 'other'));
    await letGo();
    assert.doesNotMatch(page.text, /mine-1 on h1/);
    page.click('button', /What would happen/);
    await page.shows(/other-1 on h1/);
  });

  it('the plan of a job that others changed since is not offered', async () => {
    const { page, server } = await open(usualScene(), '/jobs/detect', {
      token: tokenOf('submitter'),
    });
    await page.shows(/submitter · sign out/);
    await page.type('.fields input', '90ms');
    page.click('button', /What would happen/);
    await until(
      () => page.all('button').some((each) => /^Change the target/.test(each.textContent ?? '')),
      'the button',
    );
    const { jobs } = usualScene();
    server.scene = {
      ...usualScene(),
      jobs: jobs.map((job) =>
        job.spec.name === 'detect' ? { ...job, spec: { ...job.spec, image: 'next:2' } } : job,
      ),
    };
    await page.shows(/The job was changed since: ask again/);
    assert.ok(!page.all('button').some((each) => /^Change the/.test(each.textContent ?? '')));
    assert.ok(!server.calls.some(([verb]) => verb === 'job-submit'));
  });

  it('stored events are read again for who signs in', async () => {
    const { page, server } = await open(usualScene(), '/events');
    server.say('dqoes.job.stopped', { job: 'face-1', reason: 'asked for' });
    await page.shows(/face-1 was stopped/);
    await signIn(page, 'viewer');
    await page.shows(/face-1 was stopped/);
    assert.doesNotMatch(page.text, /Nothing is stored yet/);
  });

  it('a report that nobody waits for is not read on', async () => {
    const { page } = await open(usualScene(), '/report?by=node');
    await page.shows(/16.8 core-hours/);
    const asked: AbortSignal[] = [];
    const its = page.window as unknown as { fetch: typeof fetch };
    const send = its.fetch;
    its.fetch = (input, init) => {
      if (!String(input).includes('/report?')) return send(input, init);
      if (init?.signal != null) asked.push(init.signal);
      return new Promise(() => {});
    };
    page.click('button', /Read again/);
    await until(() => asked.length === 1, 'the question');
    page.press('g', 'o');
    await page.shows(/8 of 12 at target/);
    await until(() => asked[0]?.aborted === true, 'its end');
    its.fetch = send;
  });

  it('a report is headed as what it is by, also while another one is read', async () => {
    const { page } = await open(usualScene(), '/report?by=job');
    await page.shows(/16.8 core-hours/);
    const select = page.all('select')[0] as unknown as { value: string };
    select.value = 'node';
    (select as unknown as EventTarget).dispatchEvent(
      new page.window.Event('change', { bubbles: true }) as unknown as Event,
    );
    await until(() => page.window.location.search === '?by=node', 'the choice');
    await page.shows(/Reading the stored minutes/);
    assert.equal(page.all('.report thead th')[0]?.textContent, 'Job');
    assert.equal(page.all('.report tbody a')[0]?.getAttribute('href'), '/jobs/signs');
  });
});
