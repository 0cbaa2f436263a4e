import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { SampleSource } from '../../shared/monitoring/samples.js';
import { partedVersion } from '../../shared/version.js';

const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;
/** How often the event loop is looked at, ms: what is shorter cannot be seen. */
const RESOLUTION_MS = 20;

/** A source that measures until it is closed. */
export interface ProcessSource extends SampleSource {
  close(): void;
}

/**
 * What the process itself costs. The delays are those since the scrape before. `built`: its version
 * with its build, as programs say it of themselves.
 */
export function processSource(built: string): ProcessSource {
  const own = { ...partedVersion(built), node_version: process.version };
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const startedAtSeconds = Date.now() / 1000 - process.uptime();
  return {
    name: 'process',
    close: () => void delays.disable(),
    collect: (samples) => {
      samples.add('dqoes_build_info', 1, own);
      samples.add('dqoes_process_start_time_seconds', startedAtSeconds);
      const { user, system } = process.cpuUsage();
      samples.add('dqoes_process_cpu_seconds_total', (user + system) / MICROSECONDS);
      const { rss, heapUsed, external } = process.memoryUsage();
      samples.add('dqoes_process_resident_memory_bytes', rss);
      samples.add('dqoes_process_heap_used_bytes', heapUsed);
      samples.add('dqoes_process_external_memory_bytes', external);
      if (delays.count === 0) return;
      samples.add('dqoes_event_loop_delay_seconds', beyond(delays.percentile(99)));
      samples.add('dqoes_event_loop_delay_max_seconds', beyond(delays.max));
      delays.reset();
    },
  };
}

/** The histogram holds whole intervals; the delay is what they have beyond the resolution, s. */
const beyond = (nanoseconds: number): number =>
  Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS / 1000);
