import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { consoleSamples } from '../../../../console/monitoring/console-samples.js';
import { ConsoleMeter } from '../../../../console/monitoring/meter.js';
import { Samples } from '../../../../shared/monitoring/samples.js';
import { ApiWorld } from '../../../lib/api/world.js';
import { seriesOf } from '../../../lib/samples.js';

describe('metrics of a console', () => {
  it('say what it knows, what it answered, and nothing of what it does not know', () => {
    const meter = new ConsoleMeter();
    meter.request(200, 0.004);
    meter.request(404, 0.002);
    meter.stream(1);
    meter.stream(1);
    meter.stream(-1);
    meter.cut();
    const samples = new Samples();
    const summary = () => ({ epoch: 0, isWhole: false, silentMs: null, isConnected: true });
    const cluster = { summary, views: { taken: 3, old: 1, missed: 0 } };
    consoleSamples(samples, { cluster, day: { size: 7, isComplete: true }, meter });
    const series = seriesOf(samples);
    assert.equal(series.dqoes_console_connected, 1);
    assert.equal(series.dqoes_console_view_complete, 0);
    assert.equal(series.dqoes_console_view_age_seconds, undefined);
    assert.equal(series['dqoes_console_views_total{outcome=taken}'], 3);
    assert.equal(series['dqoes_console_views_total{outcome=missed}'], 0);
    assert.equal(series.dqoes_console_history_allocations, 7);
    assert.equal(series.dqoes_console_history_complete, 1);
    assert.equal(series['dqoes_console_requests_total{status=200}'], 1);
    assert.equal(series['dqoes_console_requests_total{status=404}'], 1);
    assert.equal(series.dqoes_console_request_seconds_count, 2);
    assert.equal(series.dqoes_console_streams, 1);
    assert.equal(series.dqoes_console_streams_cut_total, 1);
  });

  it('count what passes through it', async () => {
    const world = await ApiWorld.make();
    try {
      const headers = { host: 'localhost' };
      await world.inject({ url: '/api/v1/nodes', headers });
      await world.inject({ url: '/api/v1/nowhere', headers });
      await world.inject({ url: '/api/v1/nodes', headers: { host: 'evil.example' } });
      const samples = new Samples();
      world.sample(samples);
      const series = seriesOf(samples);
      for (const status of [200, 404, 403])
        assert.equal(series[`dqoes_console_requests_total{status=${status}}`], 1);
      assert.equal(series.dqoes_console_view_complete, 1);
      assert.ok((series['dqoes_console_views_total{outcome=taken}'] ?? 0) > 0);
      assert.equal(series.dqoes_console_history_allocations, 1);
    } finally {
      await world.close();
    }
  });
});
