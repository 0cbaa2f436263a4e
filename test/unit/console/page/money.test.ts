import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type Fixtures, TextBrowser } from '../../../lib/page/browser.js';
import { quoteOf } from '../../../lib/page/fake-answers.js';
import { type FakeConsole, startFakeConsole, tokenOf } from '../../../lib/page/fake-console.js';
import { HOSTILE, usualScene } from '../../../lib/page/scenes.js';
import { until } from '../../../lib/until.js';

const row = (key: string | null, unknownMinutes = 0) => ({
  ...{ key, allocations: 1, minutes: 60, unknownMinutes, partialMinutes: 0, seconds: 3600 },
  ...{ observedSeconds: 3600, atTargetRatio: 0.98, notSlowerRatio: 1, requests: 120 },
  ...{ requestsAtTargetRatio: null, requestsNotSlowerRatio: null, meanMs: 81, worstMs: 200 },
  ...{ reservedCoreHours: 12.3, usedCoreHours: 8, plainCoreHours: 40 },
  ...{ reservedMemoryGibHours: 3, reservedGpuHours: 0, energyKwh: null },
  ...{ cost: 1.5, plainCost: 4, energyCost: null, credit: 0.15 },
});
const REPORT: Fixtures = {
  '/api/v1/report': {
    ...{ fromMs: 1_764_000_000_000, toMs: 1_764_086_400_000, by: 'job', currency: 'EUR' },
    ...{ storedSinceMs: 1_764_040_000_000, warnings: ['prices changed in that time'] },
    rows: [row('detect'), row(HOSTILE.image), row(null, 20)],
    total: row(null, 20),
  },
};
const CAPACITY: Fixtures = {
  '/api/v1/capacity': {
    ...{ complete: true, note: '', hosts: [], allocatableCores: 4, freeCores: 1, misses: [] },
    kinds: [{ like: 'face-1', jobs: 8, targetMs: 100, cpuCores: 0.2 }],
    room: [{ like: 'face-1', more: 6, atLeast: false, limit: null }],
    trades: [],
    bottleneck: { resource: 'cpu', node: 'h2', reason: 'h2 has 0.1 CPU left' },
  },
};
const QUOTE: Fixtures = { '/api/v1/quote': quoteOf({ name: 'detect' }) };

/** The built page before answers as other parts of the console give them. */
describe('the page: reports, room and prices', function () {
  this.timeout(60_000);
  let fake: FakeConsole | undefined;
  let page: TextBrowser | undefined;
  afterEach(async () => {
    await page?.close();
    await fake?.stop();
  });

  async function open(path: string, fixtures: Fixtures, role = 'submitter'): Promise<TextBrowser> {
    fake = await startFakeConsole(usualScene());
    page = await TextBrowser.open(fake.url, path, tokenOf(role), fixtures);
    await page.shows(new RegExp(`${role} · sign out`));
    return page;
  }

  it('a report says what it came to, row by row, and what is not known', async () => {
    const shown = await open('/report?period=week', REPORT);
    await shown.shows(/98 % of the time at target. 12.3 core-hours were reserved, 8 used/);
    await shown.shows(/It cost 1.5 EUR; plain Docker: 4/);
    await shown.shows(/Prices changed|prices changed in that time/);
    assert.equal(shown.all('.report tbody tr').length, 3);
    assert.equal(shown.all('.report tfoot tr').length, 1);
    assert.match(shown.text, /<img src=x onerror/);
    assert.equal(shown.all('img').length, 0);
    await shown.shows(/without/);
    await shown.shows(/25 %/);
    const link = shown.all('a[download]')[0]?.getAttribute('href') ?? '';
    assert.match(link, /^\/api\/v1\/report\?by=job&from=\d+&to=\d+&format=csv$/);
  });

  it('what a report is by stands in the address, and a label has to be typed', async () => {
    const shown = await open('/report?by=label', REPORT);
    await shown.shows(/Type the label of hosts/);
    assert.equal(shown.all('.report').length, 0);
    const fields = shown.all('.tools input');
    assert.equal(fields.length, 2);
    await shown.type('.tools input', 'zone');
    await until(() => shown.all('.report').length === 1, 'the table');
    assert.equal(shown.window.location.search, '?by=label&label=zone');
  });

  it('the overview says what room there is', async () => {
    const shown = await open('/', CAPACITY);
    await shown.shows(/Room for 6 more like face-1\. H?h2 has 0.1 CPU left/);
    const bar = shown.all('.capacity-bar')[0]?.getAttribute('aria-label');
    assert.equal(bar, '1 CPU of 4 CPU is not taken by targets');
  });

  it('a viewer sees it as well', async () => {
    const shown = await open('/', CAPACITY, 'viewer');
    await shown.shows(/Room for 6 more like face-1/);
  });

  it('the price curve names each point, and takes it over into the form', async () => {
    const shown = await open('/jobs/detect', QUOTE);
    await shown.shows(/What would other targets cost/);
    shown.click('button', /What would other targets cost/);
    await until(() => shown.all('.quote-point').length > 0, 'the curve');
    const labels = shown.all('.quote-point').map((each) => each.getAttribute('aria-label') ?? '');
    assert.match(labels.join('\n'), /70 ms \(the fastest\): met.*at the expense of 1/);
    assert.match(labels.join('\n'), /282 ms \(the cheapest at nobody’s expense\)/);
    await shown.shows(/At whose expense.*vad-1 on h1 would lose its target/s);
    shown.click('.quote-point', /100 ms/);
    await until(
      () => (shown.all('.fields input')[0] as unknown as { value: string }).value === '100ms',
      'the form',
    );
  });
});
