import { PRESETS } from '../../shared/metrics/presets.js';
import { fetchPage, PAGE_MAX_BYTES } from '../observe/feeds/metric-feed.js';
import { type Endpoint, KNOWN_PATHS, metricEndpoints } from '../observe/metrics/endpoints.js';
import type { MetricPage } from '../observe/metrics/page.js';
import { AUTO_PLAN, choose } from '../observe/metrics/plan.js';
import { MetricStream } from '../observe/metrics/stream.js';
import type { EngineContainer } from '../ports/engine.js';
import type { HttpClient } from '../ports/http.js';

/** A metrics endpoint of a container. */
export interface PageFound {
  readonly endpoint: Endpoint;
  /** Port inside the container, where that is not `endpoint.port`. */
  readonly containerPort: number;
  readonly page: MetricPage;
}

/**
 * Where a container may have its metrics endpoint: every port that it exposes, else those that
 * servers usually have.
 */
export function placesToLook(
  container: EngineContainer,
): readonly { readonly endpoint: Endpoint; readonly containerPort: number }[] {
  const usual = [...new Set(PRESETS.flatMap(({ ports }) => ports))];
  const ports = container.exposedPorts.length > 0 ? container.exposedPorts : usual;
  return ports.flatMap((port) =>
    KNOWN_PATHS.flatMap((path) => {
      const found = metricEndpoints(container, { source: 'prometheus', port, path });
      return found.ok ? found.value.map((endpoint) => ({ endpoint, containerPort: port })) : [];
    }),
  );
}

/**
 * The first endpoint with response times of a known server, else the first endpoint; null = none
 * answers.
 */
export async function findPage(
  http: HttpClient,
  container: EngineContainer,
  deadlineMs: number,
): Promise<PageFound | null> {
  const question = { readings: AUTO_PLAN.map(({ reading }) => reading) };
  let other: PageFound | null = null;
  for (const { endpoint, containerPort } of placesToLook(container)) {
    const page = await fetchPage(http, endpoint, { question, deadlineMs });
    if (!page.ok || page.value.fault !== null) continue;
    const found = { endpoint, containerPort, page: page.value };
    if (choose(AUTO_PLAN, page.value, 'mean') !== null) return found;
    other ??= found;
  }
  return other;
}

/** Histograms and summaries that sound like times, for a server that no preset knows. */
export async function timesOnPage(
  http: HttpClient,
  endpoint: Endpoint,
  deadlineMs: number,
): Promise<readonly string[]> {
  const names: string[] = [];
  const stream = new MetricStream(
    {
      sample: () => {},
      type: (name, type) => {
        if (
          (type === 'histogram' || type === 'summary') &&
          /duration|latency|time|seconds|_ms|milliseconds/i.test(name)
        )
          names.push(name);
      },
    },
    { wants: () => false },
  );
  await http.ask({ ...endpoint, method: 'GET', deadlineMs, maxBytes: PAGE_MAX_BYTES }, (chunk) =>
    stream.push(chunk),
  );
  return names.slice(0, 10);
}
