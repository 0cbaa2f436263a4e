import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { tokenOf } from '../../../lib/page/fake-console.js';
import { pageOpener } from '../../../lib/page/open-page.js';
import { usualScene } from '../../../lib/page/scenes.js';
import { until } from '../../../lib/until.js';

describe('the page: hosts', function () {
  this.timeout(60_000);
  const open = pageOpener();

  it('cordons a host after it said that nothing moves', async () => {
    const { page, server } = await open(usualScene(), '/nodes/h2', { token: tokenOf('operator') });
    await page.shows(/operator · sign out/);
    await page.shows(/Cordon…/);
    page.click('button', /^Cordon…/);
    await page.shows(/Nothing moves and nobody is hurt: 5 allocations there go on/);
    page.click('button', /^Cordon h2 now/);
    await until(() => server.calls.some(([verb]) => verb === 'node-set'), 'the call');
  });

  it('shows what else runs on a host over time, and its pressure', async () => {
    const { page } = await open(usualScene(), '/nodes/h1');
    await page.shows(/The grey band is what everything else uses/);
    await page.shows(/Use and pressure in the last hour/);
    await until(() => page.all('.uplot').length === 3, 'three charts');
    const labels = page.all('.chart-box').map((each) => each.getAttribute('aria-label') ?? '');
    assert.ok(
      labels.some((label) => /what is not ours above them/.test(label)),
      labels.join(),
    );
    assert.ok(
      labels.some((label) => /waited for CPU on h1: between/.test(label)),
      labels.join(),
    );
  });

  it('hands over what lets another host take part, filled in', async () => {
    const { page } = await open(usualScene());
    await page.shows(/Add a host/);
    await page.type('.add-host input', 'h7');
    await page.shows(/dqoes auth add-agent h7 --token/);
    await page.shows(/image: dqoes\/dqoes:0.1.0/);
    await page.type('.add-host input', 'h7; rm');
    await page.shows(/The name takes 1 to 63/);
    assert.doesNotMatch(page.text, /add-agent h7; rm/);
  });
});
