import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { escaped, statusPage } from '../../../../console/http/status-page.js';
import { latency } from '../../coordinator/build.js';
import { containerIn, jobStatus } from '../page/build.js';

const NOW = { epoch: 3, isWhole: true, silentMs: 1200, isConnected: true };
const page = (change: Partial<Parameters<typeof statusPage>[0]> = {}): string =>
  statusPage({
    cluster: 'main',
    version: '1',
    summary: NOW,
    hasLeader: true,
    nodes: [],
    jobs: [],
    ...change,
  });

describe('the status page', () => {
  it('says who leads, and what to do where there is nothing yet', () => {
    assert.match(page(), /A coordinator leads \(epoch 3\), heard 1\.2s ago/);
    assert.match(page(), /No jobs yet\. Start one: <code>dqoes run/);
    assert.match(page(), /No node has reported yet/);
  });
  it('says when nobody leads, and that what is shown is old', () => {
    const summary = { ...NOW, silentMs: 40_000 };
    assert.match(page({ hasLeader: false, summary }), /Nobody leads: nothing was heard for 40s/);
    assert.match(page({ summary: { ...NOW, isConnected: false } }), /Not connected to NATS/);
    assert.match(page({ jobs: null }), /The coordinator did not answer/);
  });
  it('what has no limit is not said to have none of the CPU', () => {
    const desired = { cpuCores: null, periodUs: 100_000 };
    const html = page({ jobs: [jobStatus('a', { desired })] });
    assert.match(html, /<td>no limit<\/td>/);
    assert.doesNotMatch(html, /<td>0 CPU<\/td>/);
  });
  it('says since when there is no answer', () => {
    const said = { latency: latency(100, { newestAgeMs: 300_000 }) };
    const silent = {
      latencyMs: null,
      qoeClass: null,
      ageMs: 0,
      container: containerIn('a-1', said),
    };
    const html = page({ jobs: [jobStatus('a', silent)] });
    assert.match(html, /<td>no answer for 5m: holds its target<\/td>/);
  });
  it('text stays text', () => {
    assert.equal(
      escaped(`<a href="x" id='y'>&`),
      '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;',
    );
    assert.ok(!page({ cluster: '<script>' }).includes('<script'));
  });
});
