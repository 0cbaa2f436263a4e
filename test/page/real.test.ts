import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { docker } from '../lib/docker-command.js';
import { LOOKS, launchChromium, seriousFaults } from '../lib/page/chromium.js';
import { until } from '../lib/until.js';
import { RealWorld, SIX } from './real-world.js';

const CLUSTER = `page-${process.pid}`;
const WAIT_MS = 60_000;
const EVIL = '<img src=x onerror="document.title=1">';
/** A label that nobody knows is named in a warning. */
const EVIL_KEY = '<u>evil</u>';

interface Allocation {
  readonly id: string;
  readonly latencyMs: number | null;
  readonly desired: { readonly cpuCores: number | null } | null;
}

/** The page in Chromium before `dqoes up` with six real models; each test goes on from the last. */
describe('the page before a real cluster', function () {
  this.timeout(240_000);
  let world: RealWorld;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let evil = '';
  const complaints: string[] = [];

  before(async () => {
    world = await RealWorld.start(CLUSTER);
    const made = await world.run('token', 'create', 'op', '--role', 'operator');
    assert.equal(made.code, 0, made.err);
    browser = await launchChromium();
    context = await browser.newContext({ ...LOOKS['desktop-light'], reducedMotion: 'reduce' });
    await context.addInitScript(`sessionStorage.setItem('dqoes-token', '${made.out.trim()}')`);
    page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security|Trusted/i.test(message.text())) complaints.push(message.text());
    });
    await until(
      async () => {
        const { allocations } = await world.ask<{ allocations: readonly Allocation[] }>(
          'allocations',
        );
        return allocations.filter(({ latencyMs }) => latencyMs !== null).length === SIX.length;
      },
      'six models to answer',
      120_000,
    );
  });
  after(async () => {
    await browser?.close();
    if (evil !== '') await docker('rm', '-f', evil);
    await world?.remove();
    assert.deepEqual(complaints, []);
  });

  const limitOf = async (job: string): Promise<number> => {
    const { allocations } = await world.ask<{ allocations: readonly Allocation[] }>(
      `allocations?job=${job}`,
    );
    return allocations[0]?.desired?.cpuCores ?? Number.NaN;
  };

  it('leads to the sentence of the last limit change in three clicks', async () => {
    await page.goto(world.url);
    await page.getByRole('heading', { name: /^\d of 6 at target$/ }).waitFor();
    await page.locator('tbody').getByRole('link', { name: 'signs' }).click();
    await page.locator('.mark').last().click();
    await page.locator('.mark-text', { hasText: /limit of signs-1: .+: \S/ }).waitFor();
  });

  it('changes a target after its dry run, and the limit follows', async () => {
    await page.goto(`${world.url}/jobs/signs`);
    const before = await limitOf('signs');
    assert.ok(before > 0, String(before));
    await page.getByLabel('Response time', { exact: true }).fill('3s');
    await page.getByRole('button', { name: 'What would happen?' }).click();
    await page.getByRole('status', { name: 'What would happen' }).waitFor();
    await page.getByRole('button', { name: 'Change the target' }).click();
    await page.getByText('The target is changed').waitFor();
    // Ten times the response time takes about a tenth of the CPU, however busy the machine is.
    let now = before;
    await until(
      async () => {
        now = await limitOf('signs');
        return now < before * 0.7;
      },
      () => `a limit below ${before} CPU: it is ${now}`,
      WAIT_MS,
    );
    await page.getByText(/Asks for 3 s/).waitFor();
  });

  it('drains a host after its dry run, which says what stays and why; and opens it', async () => {
    await page.goto(`${world.url}/nodes/${CLUSTER}`);
    await page.getByRole('button', { name: 'Drain…' }).click();
    const said = page.getByRole('region', { name: 'What draining would do' });
    await said.getByText('6 containers would stay').waitFor();
    await said.getByText(/signs-1 stays: /).waitFor();
    await page.getByRole('button', { name: `Drain ${CLUSTER} now` }).click();
    await page.locator('h1 .badge', { hasText: 'draining' }).waitFor();
    await page.getByRole('button', { name: 'Open…' }).click();
    await page.getByRole('button', { name: `Open ${CLUSTER} now` }).click();
    await page.locator('h1 .badge', { hasText: 'open' }).waitFor();
  });

  it('names a fault at its line, completes, plans and submits', async () => {
    await page.goto(`${world.url}/submit`);
    const editor = page.getByLabel('Job file');
    await editor.fill('name: late\nimage: dqoes/tiny:1\ntarget: { latency: soon }\n');
    await page.getByRole('button', { name: 'What would happen?' }).click();
    await page.getByRole('button', { name: /^Line 3/ }).waitFor();
    const good = 'name: late\nimage: dqoes/tiny:1\ncommand: [sleep, "600"]\n';
    await editor.fill(`${good}target: { latency: 900ms }\n`);
    await editor.press('End');
    await editor.pressSequentially('repl');
    await page.getByRole('option', { name: /^replicas/ }).waitFor();
    await editor.press('Enter');
    await editor.pressSequentially('1');
    assert.match(await editor.inputValue(), /^replicas: 1$/m);
    await page.getByRole('button', { name: 'What would happen?' }).click();
    await page.getByText(`late-1 on ${CLUSTER}`).waitFor();
    await page.getByRole('button', { name: /^Submit/ }).click();
    await page.getByText('1 job created').waitFor();
    assert.equal((await world.run('job', 'stop', 'late')).code, 0);
  });

  it('shows hostile labels of a container as text', async () => {
    const flag = (name: string, value: string) => [
      '--label',
      `${world.labelPrefix}${name}=${value}`,
    ];
    const labels = [...flag('enable', 'true'), ...flag('target', EVIL), ...flag(EVIL_KEY, '1')];
    evil = await docker('run', '-d', ...labels, 'dqoes/tiny:1', 'sleep', '600');
    await page.goto(`${world.url}/nodes/${CLUSTER}`);
    await page.getByText(EVIL_KEY).first().waitFor();
    assert.equal(await page.locator('img, main u').count(), 0);
    assert.match(await page.title(), new RegExp(`^${CLUSTER}`));
    await docker('rm', '-f', evil);
    evil = '';
  });

  for (const look of ['desktop-dark', 'phone-light'])
    it(`all can read it: ${look}`, async () => {
      const own = await browser.newContext({ ...LOOKS[look], reducedMotion: 'reduce' });
      try {
        const other = await own.newPage();
        for (const path of [
          '/',
          '/jobs/signs',
          `/nodes/${CLUSTER}`,
          '/events',
          '/submit',
          '/report',
        ]) {
          await other.goto(`${world.url}${path}`);
          await other.getByText('live', { exact: true }).waitFor();
          // Charts come with questions of their own.
          await other.waitForTimeout(1000);
          assert.deepEqual(await seriousFaults(other), [], `${path} ${look}`);
        }
      } finally {
        await own.close();
      }
    });

  it('says so while the coordinator is killed, and goes on when it is back', async () => {
    await page.goto(world.url);
    await page.getByText(/of 6 at target/).waitFor();
    await world.killUp();
    const banner = page.locator('.banner', { hasText: /Nobody leads|not connected to NATS/ });
    await banner.waitFor();
    assert.match((await banner.textContent()) ?? '', /known last/);
    await world.startUp();
    await banner.waitFor({ state: 'hidden' });
    await page.getByText(/of 6 at target/).waitFor();
  });

  it('has the history of before when the console was killed and is back', async () => {
    await page.goto(`${world.url}/jobs/words`);
    const minutes = async (): Promise<number> =>
      (await world.ask<{ points?: readonly unknown[] }>('history?allocation=words-1&step=1m'))
        .points?.length ?? 0;
    await until(async () => (await minutes()) > 0, 'a stored minute', 150_000);
    const before = await minutes();
    await world.killConsole();
    const banner = page.locator('.banner', { hasText: 'Disconnected' });
    await banner.waitFor();
    await world.startConsole();
    await banner.waitFor({ state: 'hidden' });
    await until(async () => (await minutes()) >= before, 'the minutes of before', WAIT_MS);
    await page.locator('[aria-label^="Response time of words-1: between"]').waitFor();
  });
});
