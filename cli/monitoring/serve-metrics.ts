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
  /** Hears of what is wrong in place of the log. */
  readonly onTrouble?: (trouble: MetricsTrouble) => void;
}

/** Why metrics are not where they were to be. */
export interface MetricsTrouble {
  readonly listen: ListenAddress;
  /** Where they are instead; null = nowhere. */
  readonly url: string | null;
  /** Why nothing could be listened on, in a sentence; '' = only that port was taken. */
  readonly why: string;
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
  const { listen, sources, version, log, clock, onTrouble = logged(log) } = options;
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
    onTrouble({ listen, url: null, why: listening.error });
    return NOT_SERVED;
  }
  const { url, close } = listening.value;
  if (listen.port !== 0 && url !== urlOf(listen)) onTrouble({ listen, url, why: '' });
  else log.info('metrics: served', { url });
  return {
    url,
    close: async () => {
      own.close();
      await close();
    },
  };
}

const urlOf = (listen: ListenAddress): string => `http://${authority(listen)}/metrics`;

const logged =
  (log: Log) =>
  ({ listen, url, why }: MetricsTrouble): void => {
    if (url === null) log.warn('metrics: not served; change metrics.listen', { why });
    else {
      const asked = urlOf(listen);
      log.warn('metrics: the port is taken; served at the next free one', { asked, url });
    }
  };
