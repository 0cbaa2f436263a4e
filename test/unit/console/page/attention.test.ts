import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TextBrowser } from '../../../lib/page/browser.js';
import { tokenOf } from '../../../lib/page/fake-console.js';
import { pageOpener } from '../../../lib/page/open-page.js';
import { type Scene, usualScene } from '../../../lib/page/scenes.js';
import { until } from '../../../lib/until.js';

/** Until changes are drawn, and before the browser would paint them. */
const drawn = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** What a person looks at, points at or has the focus on stays where it is. */
describe('the page while somebody uses it', function () {
  this.timeout(60_000);
  const open = pageOpener();

  /** Moves the pointer until the value is called, so that a slow machine changes nothing. */
  const point = (page: TextBrowser): (() => void) => {
    const move = (): void => {
      page.window.dispatchEvent(new page.window.Event('pointermove'));
    };
    move();
    const timer = setInterval(move, 200);
    return () => clearInterval(timer);
  };
  const firstJob = (page: TextBrowser): string =>
    page.all('tbody th')[0]?.textContent?.trim() ?? '';
  /** The same scene, in which another job has failed. */
  const withFailed = (scene: Scene, name: string): Scene => ({
    ...scene,
    jobs: scene.jobs.map((job) =>
      job.spec.name === name ? { ...job, state: 'failed', allocations: [] } : job,
    ),
  });

  it('keeps the order of rows while somebody points, then puts the worst first', async () => {
    const { page, server } = await open(usualScene(), '/');
    await page.shows(/8 of 12 at target/);
    await until(() => firstJob(page) === 'ocr', 'the failed job on top');
    const rest = point(page);
    server.scene = withFailed(usualScene(), 'face-1');
    await page.shows(/7 of 12 at target/);
    assert.equal(firstJob(page), 'ocr', 'nothing took the place of the row');
    const isTold = (): boolean =>
      page.all('.trouble').some((each) => /^face-1/.test(each.textContent ?? ''));
    assert.ok(!isTold());
    rest();
    await until(() => firstJob(page) === 'face-1', 'the order of now, some seconds later', 15_000);
    await until(isTold, 'what is wrong with it');
  });

  it('another sort counts at once, also while somebody points', async () => {
    const { page } = await open(usualScene(), '/');
    await page.shows(/8 of 12 at target/);
    const rest = point(page);
    page.click('button.sort', /^Job/);
    await until(() => firstJob(page) === 'detect', 'the order of names');
    rest();
  });

  it('what an address asks for stands in the fields that ask for it', async () => {
    const valueIn = (page: TextBrowser): string =>
      (page.all('.tools select')[0] as unknown as { readonly value: string }).value;
    const { page } = await open(usualScene(), '/?only=slower,failed');
    await page.shows(/2 of 12 jobs/);
    assert.equal(valueIn(page), 'slower,failed');
    page.press('g', 'e');
    await page.shows(/Export as JSON lines/);
    assert.equal(valueIn(page), '');
    await page.close();
    const events = await open(usualScene(), '/events?type=dqoes.allocation');
    await events.page.shows(/Export as JSON lines/);
    assert.equal(valueIn(events.page), 'dqoes.allocation');
  });

  it('an event that comes while somebody points waits until that is over', async () => {
    const { page, server } = await open(usualScene(), '/events');
    server.say('dqoes.job.stopped', { job: 'face-1', reason: 'asked for' });
    await page.shows(/face-1 was stopped/);
    const rest = point(page);
    await page.shows(/Live/);
    server.say('dqoes.job.stopped', { job: 'face-2', reason: 'asked for' });
    await page.shows(/2 events of the 2/);
    assert.doesNotMatch(page.text, /face-2 was stopped/);
    rest();
    await page.shows(/face-2 was stopped/);
  });

  it('a question takes the focus of the button that it replaces, and gives it back', async () => {
    const { page } = await open(usualScene(), '/nodes/h2', { token: tokenOf('operator') });
    await page.shows(/operator · sign out/);
    await page.shows(/Cordon…/);
    const { document } = page.window;
    const focused = (): string => document.activeElement?.id ?? '';
    for (const press of [/^Cordon…/, /^Leave it/]) {
      const button = page.all('button').find((each) => press.test(each.textContent ?? ''));
      (button as unknown as { focus(): void }).focus();
      page.click('button', press);
      await until(() => focused() === 'scheduling', focused);
    }
  });

  it('moves the focus together with the view, before another key can come', async () => {
    const { page } = await open(usualScene(), '/jobs/detect');
    await page.shows(/Asks for at most 40 ms/);
    const { document } = page.window;
    page.press('/');
    await drawn();
    assert.equal(document.activeElement?.id, 'search', 'what is typed next is looked for');
    page.press('g', 'e');
    await drawn();
    assert.equal(document.activeElement?.tagName, 'H1');
    page.press('?');
    await drawn();
    assert.equal(page.all('dialog[open]').length, 1);
  });

  const focusedId = (page: TextBrowser): string => page.window.document.activeElement?.id ?? '';
  const focus = (page: TextBrowser, selector: string): void =>
    (page.all(selector)[0] as unknown as { focus(): void }).focus();

  it('moves the focus to the anchor of a link together with what that changes', async () => {
    const { page } = await open(usualScene(), '/');
    await page.shows(/8 of 12 at target/);
    page.click('.tally a', /slower/);
    await drawn();
    assert.equal(focusedId(page), 'jobs');
    // The same link once more, as after a look elsewhere.
    focus(page, '#search');
    page.click('.tally a', /slower/);
    await drawn();
    assert.equal(focusedId(page), 'jobs');
  });

  it('begins at the anchor of an address that was opened, once that part is there', async () => {
    const { page, server } = await open(usualScene(), '/?only=slower#jobs');
    await page.shows(/of 12 jobs/);
    await until(
      () => focusedId(page) === 'jobs',
      () => focusedId(page),
    );
    focus(page, '#search');
    server.scene = withFailed(usualScene(), 'face-1');
    await page.shows(/7 of 12 at target/);
    assert.equal(focusedId(page), 'search', 'who went elsewhere stays there');
  });

  it('takes the focus of nobody for an anchor that comes late', async () => {
    const { page, server } = await open({ ...usualScene(), jobs: [] }, '/#jobs');
    await page.shows(/No jobs yet/);
    focus(page, 'header button');
    server.scene = usualScene();
    await page.shows(/8 of 12 at target/);
    await drawn();
    assert.equal(page.all('#jobs').length, 1);
    assert.equal(page.window.document.activeElement?.tagName, 'BUTTON');
  });

  it('says what is done, where the button was that did it', async () => {
    const { page } = await open(usualScene(), '/submit', { token: tokenOf('submitter') });
    await page.shows(/submitter · sign out/);
    await page.type('textarea', 'name: web\nimage: x\ntarget: { latency: 3ms }\n');
    page.click('button', /What would happen/);
    await page.shows(/web-1 on h1 begins with 0.62 CPU/);
    const submit = page.all('button').find((each) => /^Submit/.test(each.textContent ?? ''));
    (submit as unknown as { focus(): void }).focus();
    page.click('button', /^Submit/);
    const focused = (): string => page.window.document.activeElement?.textContent ?? '';
    await until(() => /1 job created/.test(focused()), focused);
  });

  it('Tab stops at one mark of a chart, and the arrows go to the others', async () => {
    const { page, server } = await open(usualScene(), '/jobs/detect');
    await page.shows(/Asks for at most 40 ms/);
    for (const cpuCores of [0.4, 0.6])
      server.say('dqoes.allocation.limit-changed', {
        ...{ job: 'detect', allocation: 'detect-1', node: 'h2', reason: 'it takes that' },
        ...{ from: { cpuCores: 0.3, periodUs: 1e5 }, to: { cpuCores, periodUs: 1e5 } },
      });
    await until(() => page.all('.mark').length === 2, 'two marks');
    const stops = (): readonly (string | null)[] =>
      page.all('.mark').map((each) => each.getAttribute('tabindex'));
    assert.deepEqual(stops(), ['-1', '0']);
    page
      .all('.mark')[1]
      ?.dispatchEvent(
        new page.window.KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }),
      );
    await page.shows(/limit of detect-1: 0.3 CPU → 0.4 CPU: it takes that/);
    await until(() => stops().join() === '0,-1', 'the other stop');
  });

  it('tells those who listen that events are live, and not each count of them', async () => {
    const { page, server } = await open(usualScene(), '/events');
    await page.shows(/Live: new ones appear/);
    server.say('dqoes.job.stopped', { job: 'face-1', reason: 'asked for' });
    await page.shows(/1 event of the 1/);
    const said = page.all('[role=status]').map((each) => each.textContent ?? '');
    assert.ok(said.includes('Live: new ones appear by themselves.'), said.join());
  });
});
