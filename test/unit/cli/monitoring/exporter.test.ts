import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'mocha';
import { Exporter } from '../../../../cli/monitoring/exporter.js';
import { processSource } from '../../../../cli/monitoring/process-source.js';
import { Histogram } from '../../../../shared/monitoring/histogram.js';
import { type SampleSource, Samples } from '../../../../shared/monitoring/samples.js';
import { seriesOf } from '../../../lib/samples.js';

const parser = createRequire(import.meta.url)('parse-prometheus-text-format') as (
  text: string,
) => readonly { readonly name: string; readonly type: string }[];
const parse = (parser as unknown as { readonly default?: typeof parser }).default ?? parser;

const source = (name: string, collect: SampleSource['collect']): SampleSource => ({
  name,
  collect,
});
const scrape = async (...sources: readonly SampleSource[]): Promise<string> =>
  (await new Exporter(sources, () => 0).scrape()).text;

describe('exporter', () => {
  it('writes the text that Prometheus reads, hostile labels included', async () => {
    const histogram = new Histogram([0.1]);
    histogram.observe(0.05);
    const text = await scrape(
      source('coordinator', (samples) => {
        samples.add('dqoes_job_replicas', 2, { job_name: 'a"b\\c\nd' });
        samples.add('dqoes_job_replicas', 3, { job_name: 'e' });
        samples.histogram('dqoes_coordinator_pass_seconds', histogram);
      }),
    );
    assert.ok(text.includes('dqoes_job_replicas{job_name="a\\"b\\\\c\\nd"} 2\n'), text);
    assert.ok(text.includes('dqoes_coordinator_pass_seconds_bucket{le="+Inf"} 1\n'), text);
    const families = parse(text);
    assert.deepEqual(
      families.map(({ name, type }) => [name, type]),
      [
        ['dqoes_job_replicas', 'GAUGE'],
        ['dqoes_coordinator_pass_seconds', 'HISTOGRAM'],
        ['dqoes_exporter_source_up', 'GAUGE'],
        ['dqoes_exporter_collect_seconds', 'GAUGE'],
      ],
    );
  });

  it('says which source failed, and leaves the others as they are', async () => {
    const text = await scrape(
      source('agent', (samples) => {
        samples.add('dqoes_moves_total', 99);
        throw new Error('a bug');
      }),
      source('coordinator', (samples) => samples.flag('dqoes_coordinator_leader', true)),
    );
    assert.ok(text.includes('dqoes_exporter_source_up{source="agent"} 0\n'), text);
    assert.ok(text.includes('dqoes_exporter_source_up{source="coordinator"} 1\n'), text);
    assert.ok(text.includes('dqoes_coordinator_leader 1\n'));
    assert.ok(!text.includes('dqoes_moves_total 99'));
  });

  it('asks its sources once for scrapes that come together, and again for later ones', async () => {
    let asked = 0;
    const counting = source('agent', () => {
      asked += 1;
    });
    const exporter = new Exporter([counting], () => 0);
    await Promise.all([exporter.scrape(), exporter.scrape()]);
    assert.equal(asked, 1);
    await exporter.scrape();
    assert.equal(asked, 2);
  });

  it('knows what the process costs', async () => {
    const own = processSource('1.2.3+abc.2026-11-28');
    const samples = new Samples();
    await new Promise((resolve) => setTimeout(resolve, 60));
    own.collect(samples);
    own.close();
    const series = seriesOf(samples);
    const names = `version=1.2.3,build=abc.2026-11-28,node_version=${process.version}`;
    assert.equal(series[`dqoes_build_info{${names}}`], 1);
    assert.ok((series.dqoes_process_cpu_seconds_total ?? 0) > 0);
    const residentBytes = series.dqoes_process_resident_memory_bytes ?? 0;
    assert.ok(residentBytes > 1e7);
    for (const its of ['heap_used', 'external_memory'] as const) {
      const bytes = series[`dqoes_process_${its}_bytes`] ?? 0;
      assert.ok(bytes > 1e5 && bytes < residentBytes, `${its}: ${bytes}`);
    }
    assert.ok((series.dqoes_event_loop_delay_max_seconds ?? -1) >= 0);
  });
});
