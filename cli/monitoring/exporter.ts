import Registry from 'prom-client/lib/registry.js';
import { METRICS, type MetricName } from '../../shared/monitoring/catalogue.js';
import { type Sample, type SampleSource, Samples } from '../../shared/monitoring/samples.js';

/** The text of one scrape. */
export interface Scrape {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Makes the text that Prometheus reads from what the sources know when they are asked. Nothing is
 * kept between scrapes. A source that throws is reported by `dqoes_exporter_source_up` and leaves
 * the others as they are.
 */
export class Exporter {
  readonly #sources: readonly SampleSource[];
  readonly #now: () => number;
  #running: Promise<Scrape> | undefined;

  /** `now`: monotonic, ms. */
  constructor(sources: readonly SampleSource[], now: () => number) {
    this.#sources = sources;
    this.#now = now;
  }

  /** Scrapes that come while one is made get the same text. */
  scrape(): Promise<Scrape> {
    this.#running ??= this.#make().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #make(): Promise<Scrape> {
    const samples = new Samples();
    await Promise.all(this.#sources.map((source) => source.prepare?.()));
    for (const source of this.#sources) this.#collect(source, samples);
    const registry = new Registry();
    for (const [name, values] of familiesIn(samples.all))
      registry.registerMetric(familyOf(name, values));
    return { contentType: registry.contentType, text: await registry.metrics() };
  }

  #collect(source: SampleSource, samples: Samples): void {
    const { name } = source;
    const beganAtMs = this.#now();
    const own = new Samples();
    try {
      source.collect(own);
      // Not push(...all): a large cluster exceeds the number of arguments.
      for (const sample of own.all) samples.all.push(sample);
      samples.add('dqoes_exporter_source_up', 1, { source: name });
    } catch {
      samples.add('dqoes_exporter_source_up', 0, { source: name });
    }
    const seconds = (this.#now() - beganAtMs) / 1000;
    samples.add('dqoes_exporter_collect_seconds', seconds, { source: name });
  }
}

/** Samples by metric, in the order in which the metrics were seen first. */
function familiesIn(samples: readonly Sample[]): ReadonlyMap<MetricName, readonly Sample[]> {
  const families = new Map<MetricName, Sample[]>();
  for (const sample of samples) {
    const known = families.get(sample.name);
    if (known === undefined) families.set(sample.name, [sample]);
    else known.push(sample);
  }
  return families;
}

type Registered = Parameters<Registry['registerMetric']>[0];

/**
 * A metric as the registry of prom-client asks for it. Its own gauges and counters keep values of
 * their own; ours are counted already where they arise, so they are handed over as they are.
 */
function familyOf(name: MetricName, samples: readonly Sample[]): Registered {
  const { help, type } = METRICS[name];
  const values = samples.map(({ suffix, labels, value }) => ({
    metricName: `${name}${suffix}`,
    labels,
    value,
  }));
  const family = { name, help, type, values, aggregator: 'sum' };
  return { ...family, get: async () => family } as unknown as Registered;
}
