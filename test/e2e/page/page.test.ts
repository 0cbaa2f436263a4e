import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { LOOKS, launchChromium, seriousFaults, whyNoChromium } from '../../lib/page/chromium.js';
import { type FakeConsole, startFakeConsole, tokenOf } from '../../lib/page/fake-console.js';
import { openState } from '../../lib/page/open-state.js';
import { HOSTILE, hostileScene, manyScene, type Scene, usualScene } from '../../lib/page/scenes.js';
import { PAGE_STATES, tellStory } from '../../lib/page/states.js';

const WHY_NOT = whyNoChromium();
const TITLE = `the page in Chromium${WHY_NOT === '' ? '' : `: skipped, ${WHY_NOT}`}`;

describe(TITLE, function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async function () {
    if (WHY_NOT !== '') this.skip();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
  });

  let complaints: string[] = [];
  beforeEach(() => {
    complaints = [];
  });
  /** Notes what the browser complains of. */
  function noteComplaints(page: Page): void {
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security|Trusted/i.test(message.text())) complaints.push(message.text());
    });
  }

  interface OpenOptions {
    readonly token?: string;
  }

  /** Runs with a page of its own; what the browser complains of fails the test. */
  async function withPage(
    scene: Scene,
    path: string,
    run: (page: Page, fake: FakeConsole) => Promise<void>,
    { token }: OpenOptions = {},
  ): Promise<void> {
    const fake = await startFakeConsole(scene);
    tellStory(fake);
    const context = await browser.newContext({
      ...LOOKS['desktop-light'],
      reducedMotion: 'reduce',
    });
    if (token !== undefined)
      await context.addInitScript(`sessionStorage.setItem('dqoes-token', '${token}')`);
    const page = await context.newPage();
    noteComplaints(page);
    try {
      await page.goto(`${fake.url}${path}`);
      await run(page, fake);
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
      await fake.stop();
    }
  }

  it('leads from the overview to the sentence of the last limit change in three clicks', () =>
    withPage(usualScene(), '/', async (page) => {
      await page.getByText('8 of 12 at target').waitFor();
      await page.locator('tbody').getByRole('link', { name: 'detect' }).first().click();
      await page.locator('.mark').last().click();
      await page.getByText('it takes 0.5 CPU for 40 ms').first().waitFor();
    }));

  it('is used by the keyboard alone', () =>
    withPage(usualScene(), '/', async (page) => {
      await page.getByText('8 of 12 at target').waitFor();
      await page.keyboard.press('Tab');
      assert.equal(
        await page.evaluate('document.activeElement.textContent'),
        'Skip to the content',
      );
      await page.keyboard.press('/');
      await page.keyboard.type('vad');
      await page.getByText('1 of 12 jobs').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('g');
      await page.keyboard.press('e');
      await page.getByRole('heading', { name: 'Events' }).waitFor();
    }));

  it('goes on from the anchor of a link with the next key, and with the back key from before', () =>
    withPage(usualScene(), '/', async (page) => {
      await page.getByText('8 of 12 at target').waitFor();
      const link = page.locator('.tally').getByRole('link', { name: /slower/ });
      await link.focus();
      // Nothing that waits for a frame would come before the key.
      await page.evaluate('window.requestAnimationFrame = () => 0');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate('document.activeElement.id'), 'jobs');
      const top = 'document.getElementById("jobs").getBoundingClientRect().top';
      assert.ok(Math.abs(Number(await page.evaluate(top))) < 900, 'it is in sight');
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate('document.activeElement.id'), 'search');
      await page.goBack();
      await page.getByText('12 jobs', { exact: true }).waitFor();
    }));

  it('opens an address with an anchor there', () =>
    withPage(usualScene(), '/?only=slower#jobs', async (page) => {
      await page.getByText(/of 12 jobs/).waitFor();
      await page.waitForFunction('document.activeElement.id === "jobs"');
    }));

  it('changes a target after its dry run', () =>
    withPage(
      usualScene(),
      '/jobs/detect',
      async (page, fake) => {
        await page.getByLabel('Response time', { exact: true }).fill('90ms');
        await page.getByRole('button', { name: 'What would happen?' }).click();
        await page.getByText('vad-1 on h1 would lose its target').waitFor();
        await page.getByRole('button', { name: 'Change the target' }).click();
        await page.getByText('The target is changed').waitFor();
        assert.ok(fake.calls.some(([verb]) => verb === 'job-submit'));
      },
      { token: tokenOf('submitter') },
    ));

  it('drains a host after its dry run, by the keyboard', () =>
    withPage(
      usualScene(),
      '/nodes/h2',
      async (page, fake) => {
        await page.getByRole('button', { name: 'Drain…' }).press('Enter');
        const said = page.getByRole('region', { name: 'What draining would do' });
        await said.getByText('would move').first().waitFor();
        await said.getByText(/stays: h1 has 1.08 of 2 CPU left/).waitFor();
        assert.deepEqual(await seriousFaults(page), []);
        await page.getByRole('button', { name: 'Drain h2 now' }).press('Enter');
        await page.getByRole('button', { name: 'Drain…' }).waitFor();
        assert.ok(fake.calls.some(([verb]) => verb === 'node-set'));
      },
      { token: tokenOf('operator') },
    ));

  it('completes a job file below the cursor', () =>
    withPage(
      usualScene(),
      '/submit',
      async (page) => {
        const editor = page.getByLabel('Job file');
        await editor.fill('name: a\n');
        await editor.press('End');
        await editor.pressSequentially('tar');
        await page.getByRole('option', { name: /^target/ }).waitFor();
        assert.deepEqual(await seriousFaults(page), []);
        await editor.press('Enter');
        assert.equal(await editor.inputValue(), 'name: a\ntarget:');
        await editor.press('Escape');
      },
      { token: tokenOf('submitter') },
    ));

  it('reads one stream for seven windows of a browser', async () => {
    const fake = await startFakeConsole(usualScene());
    const context = await browser.newContext();
    try {
      const pages: Page[] = [];
      for (let i = 0; i < 7; i += 1) {
        const page = await context.newPage();
        await page.goto(`${fake.url}/events`);
        await page.getByText('Live: new ones appear').waitFor();
        pages.push(page);
      }
      fake.say('dqoes.job.stopped', { job: 'face-1', reason: 'asked for' });
      for (const page of pages) await page.getByText('face-1 was stopped').waitFor();
    } finally {
      await context.close();
      await fake.stop();
    }
  });

  it('scrolls through a thousand jobs, of which it makes those in sight', () =>
    withPage(manyScene(1000), '/', async (page) => {
      await page.getByText('1000 jobs').waitFor();
      await page.evaluate("document.querySelector('.table-long').scrollTo(0, 1e9)");
      await page.getByText('job-0998').waitFor();
      assert.ok((await page.locator('tbody tr').count()) < 60);
    }));

  it('hostile names are text, and run nothing', () =>
    withPage(hostileScene(), '/jobs/evil-0', async (page) => {
      await page.getByText(HOSTILE.image).first().waitFor();
      assert.equal(await page.locator('img').count(), 0);
      assert.match(await page.title(), /^evil-0/);
    }));

  it('stays where somebody goes by keys: a question takes the focus of its button', () =>
    withPage(
      usualScene(),
      '/nodes/h2',
      async (page) => {
        const focused = (): Promise<unknown> => page.evaluate('document.activeElement.id');
        await page.getByRole('button', { name: 'Cordon…' }).press('Enter');
        await page.getByText('It takes nothing new').waitFor();
        assert.equal(await focused(), 'scheduling');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Cordon…' }).waitFor();
        assert.equal(await focused(), 'scheduling');
      },
      { token: tokenOf('operator') },
    ));

  it('says below a chart what it shows where one points', () =>
    withPage(usualScene(), '/jobs/detect', async (page) => {
      const chart = page.locator('.chart').first();
      await chart.locator('[aria-label*="between"]').waitFor();
      await chart.locator('.u-over').hover();
      await chart.getByText(/response time \d+(\.\d)? ms/).waitFor();
      await chart.getByText(/^at \d/).waitFor();
    }));

  for (const look of ['desktop-light', 'phone-dark'])
    for (const state of PAGE_STATES)
      it(`all can read ${state.name}, and it is as wide as the window: ${look}`, async () => {
        const { page, close } = await openState(browser, state, {
          look: { ...LOOKS[look], reducedMotion: 'reduce' },
          watch: noteComplaints,
        });
        try {
          const [content, window] = (await page.evaluate(
            '[document.documentElement.scrollWidth, window.innerWidth]',
          )) as [number, number];
          assert.ok(content <= window, `${content} of ${window} px`);
          // Colours by night are held by a test of their own: once is enough.
          if (look === 'desktop-light') assert.deepEqual(await seriousFaults(page), []);
          assert.deepEqual(complaints, []);
        } finally {
          await close();
        }
      });
});
