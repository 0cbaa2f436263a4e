import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { SampleSource } from '../../shared/monitoring/samples.js';
import { authority, type ListenAddress } from '../../shared/schema/listen.js';

/** What a program exports, and where. */
export interface ServeMetricsOptions {
  /** null = off. */
  readonly listen: ListenAddress | null;
  readonly sources: readonly SampleSource[];
  /** With its build. */
  readonly version: string;
  readonly log: Log;
  readonly clock: Clock;
}

/** Metrics that are served; `url` null = they are off, or cannot be served. */
export interface ServedMetrics {
  readonly url: string | null;
  close(): Promise<void>;
}

const NOT_SERVED: ServedMetrics = { url: null, close: async () => {} };

/**
 * Serves the metrics of a program until it is closed. A program must run without them: where no
 * port can be had, that is a warning and nothing else.
 */
export async function serveMetrics(options: ServeMetricsOptions): Promise<ServedMetrics> {
  const { listen, sources, version, log, clock } = options;
  if (listen === null) return NOT_SERVED;
  // Loaded here, because programs run without them, too.
  const { Exporter } = await import('./exporter.js');
  const { listenForScrapes } = await import('./listener.js');
  const { processSource } = await import('./process-source.js');
  const own = processSource(version);
  const exporter = new Exporter([...sources, own], () => clock.now());
  const listening = await listenForScrapes(listen, () => exporter.scrape());
  if (!listening.ok) {
    own.close();
    log.warn('metrics: not served; change metrics.listen', { why: listening.error });
    return NOT_SERVED;
  }
  const { url, close } = listening.value;
  const asked = `http://${authority(listen)}/metrics`;
  if (listen.port !== 0 && url !== asked)
    log.warn('metrics: the port is taken; served at the next free one', { asked, url });
  else log.info('metrics: served', { url });
  return {
    url,
    close: async () => {
      own.close();
      await close();
    },
  };
}
