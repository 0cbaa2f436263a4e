import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { TextBrowser } from '../lib/page/browser.js';
import { ConsoleWorld } from './console-world.js';

describe('the page as the console sends it', function () {
  this.timeout(60_000);
  let world: ConsoleWorld;
  before(async () => {
    world = await ConsoleWorld.make();
  });
  after(() => world?.close());

  it('is at each of its addresses, under a policy without anything inline', async () => {
    for (const path of ['/', '/jobs/web', '/nodes/h1', '/events', '/submit', '/report']) {
      const { status, headers, text } = await world.ask(path);
      assert.equal(status, 200, path);
      assert.match(headers.get('content-type') ?? '', /^text\/html/);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
      assert.match(policy, /require-trusted-types-for 'script'/);
      assert.doesNotMatch(policy, /unsafe|\*/);
      assert.doesNotMatch(text, /<script>|<style|\son\w+=|style=/, 'nothing is inline');
      assert.doesNotMatch(text, /(?:src|href)="(?!\/|#)/, 'nothing comes from elsewhere');
    }
  });

  it('names files that are there, may be kept for ever, and are sent compressed', async () => {
    const { text } = await world.ask('/');
    const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
      ([, file = '']) => file,
    );
    assert.ok(files.length >= 2, text);
    for (const file of files) {
      const response = await fetch(`${world.url}${file}`, { headers: { 'accept-encoding': 'br' } });
      assert.equal(response.status, 200, file);
      assert.match(response.headers.get('cache-control') ?? '', /immutable/);
      assert.equal(response.headers.get('content-encoding'), 'br', file);
      assert.ok((await response.text()).length > 0);
    }
  });

  it('is not sent again while it is the same', async () => {
    const first = await world.ask('/');
    const etag = first.headers.get('etag') ?? '';
    const again = await world.ask('/', { headers: { 'if-none-match': etag } });
    assert.deepEqual([again.status, again.text], [304, '']);
  });

  it('plans and submits a job before a real coordinator, and shows it', async () => {
    const page = await TextBrowser.open(world.url, '/submit', world.tokens.submitter);
    try {
      await page.shows(/submitter · sign out/);
      await page.shows(/live/);
      const file = 'name: doc\nimage: dqoes/tiny:1\ntarget: { latency: 100ms }\n';
      await page.type('textarea', file);
      page.click('button', /What would happen/);
      await page.shows(/doc would be created, 1 allocation/);
      page.click('button', /^Submit/);
      await page.shows(/1 job created/);
      page.press('g', 'o');
      await page.shows(/of 1 at target/);
      assert.equal(page.all('tbody tr').length, 1);
      page.click('tbody a', /doc/);
      await page.shows(/doc was created: 1 replica/);
      page.click('button', /^Stop doc…/);
      await page.shows(/Keep it/);
      page.click('button', /^Stop doc now/);
      await page.shows(/No jobs yet/);
    } finally {
      await page.close();
    }
  });

  it('says what it is asked about the cluster as a whole', async () => {
    const { json } = await world.ask('cluster');
    assert.deepEqual(
      [json?.cluster, json?.hasLeader, json?.connected, typeof json?.nowMs],
      ['web', true, true, 'number'],
    );
    const hour = await world.ask('history/cluster?minutes=5');
    assert.ok(Array.isArray(hour.json?.points));
    const recent = await world.ask('history/recent?allocations=a-1,b-1&minutes=3');
    const { allocations } = recent.json as unknown as {
      readonly allocations: readonly { readonly latencyMs: readonly null[] }[];
    };
    assert.equal(allocations.length, 2);
    const minutes = allocations.flatMap(({ latencyMs }) => latencyMs);
    assert.ok(minutes.length > 0 && minutes.every((each) => each === null), 'nothing is known');
    for (const wrong of [
      'history/recent',
      'history/recent?allocations=',
      'history/cluster?minutes=0',
    ])
      assert.equal((await world.ask(wrong)).status, 400, wrong);
  });
});
