import type { Samples } from '../../shared/monitoring/samples.js';
import type { Cluster } from '../cluster/cluster.js';
import type { Day } from '../history/day.js';
import type { ConsoleMeter } from './meter.js';

/** What a console knows of itself. */
export interface ConsoleSampling {
  readonly cluster: Pick<Cluster, 'summary' | 'views'>;
  readonly day: Pick<Day, 'size' | 'isComplete'>;
  readonly meter: ConsoleMeter;
}

/** Adds the facts about one console. */
export function consoleSamples(samples: Samples, { cluster, day, meter }: ConsoleSampling): void {
  const { isConnected, isWhole, silentMs } = cluster.summary();
  samples.flag('dqoes_console_connected', isConnected);
  for (const [outcome, count] of Object.entries(cluster.views))
    samples.add('dqoes_console_views_total', count, { outcome });
  samples.flag('dqoes_console_view_complete', isWhole);
  samples.add('dqoes_console_view_age_seconds', silentMs === null ? null : silentMs / 1000);
  samples.add('dqoes_console_history_allocations', day.size);
  samples.flag('dqoes_console_history_complete', day.isComplete);
  meter.collect(samples);
}
