import type { CoordinatorConfig } from '../../coordinator/config.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { SampleSource } from '../../shared/monitoring/samples.js';
import {
  type MetricsTrouble,
  type ServedMetrics,
  serveMetrics,
} from '../monitoring/serve-metrics.js';

/** What the metrics of `dqoes up` need of it. */
export interface StackMetrics {
  readonly log: Log;
  readonly clock: Clock;
  /** Of the program, with its build, for its metrics. Absent = the metrics are not served. */
  readonly version?: string;
  /** Hears of what is wrong with the address of the metrics; absent = the log does. */
  readonly onMetricsTrouble?: (trouble: MetricsTrouble) => void;
}

/** One listener for all parts: they are one process. */
export const metricsOf = (
  { version, log, clock, onMetricsTrouble: onTrouble }: StackMetrics,
  { metrics: { listen } }: CoordinatorConfig,
  sources: readonly SampleSource[],
): Promise<ServedMetrics> =>
  serveMetrics({
    ...{ sources, log, clock, listen: version === undefined ? null : listen },
    ...(onTrouble === undefined ? {} : { onTrouble }),
    version: version ?? '',
  });
