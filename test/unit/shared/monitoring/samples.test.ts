import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { METRIC_GROUPS, METRICS } from '../../../../shared/monitoring/catalogue.js';
import { Counts } from '../../../../shared/monitoring/counts.js';
import { Histogram } from '../../../../shared/monitoring/histogram.js';
import { Samples } from '../../../../shared/monitoring/samples.js';
import { seriesOf } from '../../../lib/samples.js';

describe('samples of metrics', () => {
  it('leave out what is not known and keep a 0 that was counted', () => {
    const samples = new Samples();
    samples.add('dqoes_job_latency_seconds', null, { job_name: 'a' });
    samples.add('dqoes_job_latency_seconds', undefined, { job_name: 'b' });
    samples.add('dqoes_job_latency_seconds', Number.NaN, { job_name: 'c' });
    samples.add('dqoes_moves_total', 0);
    samples.flag('dqoes_coordinator_leader', false);
    assert.deepEqual(seriesOf(samples), { dqoes_moves_total: 0, dqoes_coordinator_leader: 0 });
  });

  it('hold histograms with cumulative buckets, sum and count', () => {
    const histogram = new Histogram([0.1, 1]);
    for (const value of [0.05, 0.1, 0.5, 3, Number.NaN]) histogram.observe(value);
    const samples = new Samples();
    samples.histogram('dqoes_agent_limit_write_seconds', histogram, { node: 'h1' });
    assert.deepEqual(seriesOf(samples), {
      'dqoes_agent_limit_write_seconds_bucket{node=h1,le=0.1}': 2,
      'dqoes_agent_limit_write_seconds_bucket{node=h1,le=1}': 3,
      'dqoes_agent_limit_write_seconds_bucket{node=h1,le=+Inf}': 4,
      'dqoes_agent_limit_write_seconds_sum{node=h1}': 3.65,
      'dqoes_agent_limit_write_seconds_count{node=h1}': 4,
    });
  });

  it('are counted by several labels at once', () => {
    const counts = new Counts();
    counts.add('lower', 'ok');
    counts.add('lower', 'ok');
    counts.add('lower', 'failed');
    assert.deepEqual(counts.entries(), [
      [['lower', 'ok'], 2],
      [['lower', 'failed'], 1],
    ]);
    assert.equal(counts.of('raise', 'ok'), 0);
  });
});

describe('the catalogue of metrics', () => {
  const all = Object.entries(METRICS);

  it('names counters _total and nothing else, and ratios and seconds by their unit', () => {
    for (const [name, { type }] of all) {
      assert.match(name, /^dqoes_[a-z]+(?:_[a-z]+)*$/);
      assert.equal(name.endsWith('_total'), type === 'counter', name);
      assert.doesNotMatch(name, /_(?:ms|milliseconds|percent|mhz|bytes_total)$/, name);
    }
  });

  it('says what each is, in one sentence or two that end', () => {
    for (const [name, { help }] of all) assert.match(help, /^[A-Z0-9].{9,160}\.$/, name);
  });

  it('uses no label that Prometheus sets itself', () => {
    for (const [name, { labels }] of all)
      for (const label of labels as readonly string[])
        assert.ok(!['job', 'instance', 'le', 'quantile', '__name__'].includes(label), name);
  });

  it('has every metric in one group of the reference', () => {
    const grouped = Object.values(METRIC_GROUPS).flatMap((group) => Object.keys(group));
    assert.deepEqual(grouped.sort(), Object.keys(METRICS).sort());
  });
});
