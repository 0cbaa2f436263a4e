import type { Clock } from '../../shared/clock.js';
import { PRESETS } from '../../shared/metrics/presets.js';
import { readLabels } from '../discover/labels.js';
import { fetchPage } from '../observe/feeds/metric-feed.js';
import { AUTO_PLAN, choose, metricNameOf } from '../observe/metrics/plan.js';
import { statisticIn } from '../observe/metrics/statistic.js';
import { MetricTracker } from '../observe/metrics/tracker.js';
import type { WatchDeps } from '../observe/watch.js';
import type { ContainerEngine, EngineContainer } from '../ports/engine.js';
import type { HttpClient } from '../ports/http.js';
import { findInLog, type LogFinding, readForm } from './logs.js';
import { findPage, type PageFound, timesOnPage } from './metrics.js';

/** What one source of response times would yield for a container. */
export interface SourceFinding {
  readonly source: 'prometheus' | 'log' | 'push' | 'probe';
  /** `found`: response times were seen; `possible`: it would work, but none were seen; `none`. */
  readonly state: 'found' | 'possible' | 'none';
  readonly where: string;
  readonly detail: string;
  readonly requests?: number;
  /** Null = not known. */
  readonly meanMs?: number | null;
  readonly p95Ms?: number | null;
  readonly meanOnly?: true;
  /** Labels to set on the container, without the label of the target. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What a look at a container uses. */
export interface LookDeps {
  readonly engine: Pick<ContainerEngine, 'tailLogs'>;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Compiles the pattern of a container's label, which cannot be trusted. */
  readonly compile: WatchDeps['compile'];
  /** Of the labels that the container has, with the dot; default `dqoes.`. */
  readonly labelPrefix?: string;
  readonly signal: AbortSignal;
  /** Between two readings of a metrics endpoint, s. */
  readonly seconds: number;
}

const DEADLINE_MS = 2000;
const LOG_LINES = 500;

/** Tries every source on a running container; the best comes first. Changes nothing. */
export async function lookAtSources(
  container: EngineContainer,
  deps: LookDeps,
): Promise<readonly SourceFinding[]> {
  const metrics = await lookAtMetrics(container, deps);
  // The log is read last, so that it holds what was answered meanwhile.
  const log = await lookAtLog(container, deps);
  const found = [metrics, log, pushFinding(), probeFinding(container)];
  const rank = ({ state }: SourceFinding): number => ['found', 'possible', 'none'].indexOf(state);
  return [...found].sort((a, b) => rank(a) - rank(b));
}

async function lookAtMetrics(container: EngineContainer, deps: LookDeps): Promise<SourceFinding> {
  const found = await findPage(deps.http, container, DEADLINE_MS);
  if (found === null) {
    const ports = container.exposedPorts.join(', ');
    const detail =
      ports === ''
        ? 'no metrics endpoint on the ports that servers usually have'
        : `no metrics endpoint on the exposed ports ${ports}`;
    return { source: 'prometheus', state: 'none', where: '', detail, labels: {} };
  }
  const where = `:${found.containerPort}${found.endpoint.path}`;
  const chosen = choose(AUTO_PLAN, found.page, 'p95');
  if (chosen === null) {
    const names = await timesOnPage(deps.http, found.endpoint, DEADLINE_MS);
    return { source: 'prometheus', where, ...unseen(container, found, names) };
  }
  return {
    ...(await watchPage(found, deps)),
    where,
    labels: labelsOf(container, found, { preset: chosen.preset?.name ?? '' }),
  };
}

/**
 * A metrics endpoint without response times so far: the server has answered nothing yet, or no
 * preset knows it.
 */
function unseen(
  container: EngineContainer,
  found: PageFound,
  names: readonly string[],
): Pick<SourceFinding, 'state' | 'detail' | 'labels'> {
  const known = PRESETS.find(({ readings }) =>
    readings.some((reading) => names.includes(metricNameOf(reading))),
  );
  if (known !== undefined) {
    const labels = labelsOf(container, found, { preset: known.name });
    return { state: 'possible', detail: `${known.server}; nothing was answered yet`, labels };
  }
  const [metric] = names;
  if (metric === undefined)
    return { state: 'none', detail: 'a metrics endpoint without response times', labels: {} };
  const detail = `no known server; its metrics ${names.join(', ')} may be response times`;
  return { state: 'possible', detail, labels: labelsOf(container, found, { metric }) };
}

/** A second reading shows what happened in between. */
async function watchPage(
  found: PageFound,
  { http, clock, signal, seconds }: LookDeps,
): Promise<Omit<SourceFinding, 'where' | 'labels'>> {
  const tracker = new MetricTracker(AUTO_PLAN);
  tracker.take(found.page, 'p95');
  await clock.sleep(seconds * 1000, signal);
  const again = await fetchPage(http, found.endpoint, {
    question: tracker.question,
    deadlineMs: DEADLINE_MS,
  });
  if (!again.ok) return { source: 'prometheus', state: 'possible', detail: again.error };
  const tracked = tracker.take(again.value, 'p95');
  const chosen = choose(AUTO_PLAN, again.value, 'p95');
  const server = chosen?.preset?.server ?? '';
  const meanOnly = chosen?.isMeanOnly === true ? { meanOnly: true as const } : {};
  if (tracked.kind !== 'interval' || tracked.interval.count === 0)
    return {
      source: 'prometheus',
      state: 'possible',
      detail: `${server}; nothing was answered in ${seconds} s`,
      requests: 0,
      ...meanOnly,
    };
  const at = (statistic: 'mean' | 'p95'): number | null =>
    statisticIn(tracked.interval, statistic)?.valueMs ?? null;
  const { count } = tracked.interval;
  return {
    source: 'prometheus',
    state: 'found',
    detail: server,
    requests: count,
    meanMs: at('mean'),
    p95Ms: at('p95'),
    ...meanOnly,
  };
}

// No label is needed for what the agent finds by itself.
function labelsOf(
  container: EngineContainer,
  found: PageFound,
  which: Readonly<Record<string, string>>,
): Record<string, string> {
  const preset = PRESETS.find(({ name }) => name === which.preset);
  const finds =
    container.exposedPorts.length === 1 ||
    preset?.ports.some(
      (port) =>
        port === found.containerPort &&
        (container.exposedPorts.length === 0 || container.exposedPorts.includes(port)),
    );
  const isUsualPath = found.endpoint.path === (preset?.path ?? '/metrics');
  return {
    source: 'prometheus',
    ...which,
    ...(finds === true ? {} : { port: String(found.containerPort) }),
    ...(isUsualPath ? {} : { path: found.endpoint.path }),
  };
}

async function lookAtLog(container: EngineContainer, deps: LookDeps): Promise<SourceFinding> {
  const lines = await deps.engine.tailLogs(container.id, LOG_LINES);
  const none = { source: 'log', state: 'none', where: 'stdout, stderr', labels: {} } as const;
  if (!lines.ok) return { ...none, detail: lines.error.message };
  const found = findByLabels(container, lines.value, deps) ?? findInLog(lines.value);
  if (found === null)
    return { ...none, detail: `no response times in the last ${lines.value.length} lines` };
  const { form, requests, meanMs } = found;
  const detail = `${form.name}, in ${requests} of the last ${lines.value.length} lines`;
  return {
    ...none,
    state: 'found',
    detail,
    requests,
    meanMs,
    labels: { source: 'log', pattern: form.pattern, unit: form.unit },
  };
}

/** What the agent reads by the labels that the container has; null = nothing. */
function findByLabels(
  container: EngineContainer,
  lines: readonly string[],
  { compile, labelPrefix }: LookDeps,
): LogFinding | null {
  const { spec } = readLabels(container, labelPrefix);
  if (!spec.ok || spec.value.latency.source !== 'log') return null;
  const { pattern, unit } = spec.value.latency;
  const compiled = compile(pattern);
  if (!compiled.ok) return null;
  return readForm(lines, { name: 'by its own labels', pattern, unit }, compiled.value);
}

const pushFinding = (): SourceFinding => ({
  source: 'push',
  state: 'possible',
  where: 'to the agent, udp 8125 and http 8127',
  detail: 'needs a program that sends StatsD, OpenTelemetry or POST /v1/observations',
  labels: { source: 'push' },
});

const probeFinding = ({ exposedPorts }: EngineContainer): SourceFinding => ({
  source: 'probe',
  state: 'possible',
  where: exposedPorts.length === 0 ? 'a port that you name' : `:${exposedPorts.join(', :')}`,
  detail: 'requests of the agent itself: the idle path only',
  labels: {
    source: 'probe',
    ...(exposedPorts.length === 1 ? {} : { port: String(exposedPorts[0] ?? 80) }),
    path: '/…',
  },
});
