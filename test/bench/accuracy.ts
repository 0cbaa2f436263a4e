/**
 * `npm run bench:accuracy -- [--requests N] [--rate PER-SECOND] [--batch N] [--json FILE]`: a real
 * server under Poisson load, read by three agents from its metrics endpoint, its log and what it
 * pushes; what they report, next to what the client of the same requests wrote down.
 */
import { writeFileSync } from 'node:fs';
import { adoptedAllocationId, type ContainerId } from '../../shared/ids.js';
import type { LatencyReport } from '../../shared/report.js';
import { summarise } from '../../shared/samples.js';
import { AgentWorld } from '../integration/agent-world.js';
import { docker } from '../lib/docker-command.js';
import type { ClientAnswer } from '../lib/load.js';
import { runLoadApart } from '../lib/load-apart.js';
import { until } from '../lib/until.js';
import { jsonFileFrom, optionFrom } from './lib/process-cost.js';

/** Long enough to hold every request. */
const WINDOW_MS = 600_000;
/** Silence that tells that nothing is under way, ms. */
const QUIET_MS = 3000;
const SEED = 11;
/** Of the sample image's histogram, ms (deploy/sample-image/program/histogram.mjs). */
const BOUNDS_MS = [
  0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 300, 400, 500, 600, 800, 1000,
  1500, 2000, 3000, 5000, 10_000,
];

interface Row {
  readonly source: string;
  readonly statistic: string;
  readonly requests: number;
  readonly clientMs: number;
  readonly agentMs: number;
  readonly differencePercent: number;
  /** Buckets between the two; null where there are none. */
  readonly bucketsApart: number | null;
}

type SourceName = 'prometheus' | 'log' | 'push';
const SOURCES: readonly SourceName[] = ['prometheus', 'log', 'push'];
const STATSD_PORT = 18_125;

const option = (name: string, otherwise: number): number =>
  Number(optionFrom(process.argv, name) ?? otherwise);
const requests = option('--requests', 5200);
const ratePerSecond = option('--rate', 12);
const model = ['--model', 'vad', '--batch', String(option('--batch', 2))];
/** One agent per source, all on the same container: they see the same requests. */
const worlds = new Map<SourceName, AgentWorld>();
for (const source of SOURCES) worlds.set(source, await AgentWorld.open());

interface Server {
  readonly id: ContainerId;
  readonly url: string;
}

async function serve(bridge: string): Promise<Server> {
  const labels = [...worlds].flatMap(([source, { name }]) => {
    const own = {
      enable: 'true',
      target: '1s',
      'latency.source': source,
      ...(source === 'prometheus' ? ANSWERED : {}),
    };
    return Object.entries(own).map(([key, value]) => `${name}.${key}=${value}`);
  });
  const all = [...labels, `test.world=${worlds.get('log')?.name}`];
  const words = [...model, '--mode', 'serve', '--statsd', `${bridge}:${STATSD_PORT}`];
  const id = await docker(
    'run',
    '-d',
    ...all.flatMap((label) => ['--label', label]),
    'dqoes/sample:1',
    ...words,
  );
  const address = await docker('inspect', '-f', '{{.NetworkSettings.IPAddress}}', id);
  const isHealthy = async () =>
    (await fetch(`http://${address}:8080/healthz`).catch(() => undefined))?.ok === true;
  await until(isHealthy, 'the server', 60_000);
  return { id: id as ContainerId, url: `http://${address}:8080/infer` };
}
/** Refused requests are no response times: the log and StatsD do not have them either. */
const ANSWERED = { 'latency.match': 'http_response_status_code="200"' };

const reportOf = (source: SourceName, { id }: Server): LatencyReport | null =>
  worlds
    .get(source)
    ?.reports.at(-1)
    ?.containers.find(({ allocation }) => allocation === adoptedAllocationId(id))?.latency ?? null;

/**
 * Warms up until every agent sees requests, then waits for silence: the first ones are none of the
 * comparison.
 */
async function settle(server: Server): Promise<ReadonlyMap<SourceName, LatencyReport | null>> {
  const isSeen = (source: SourceName): boolean => (reportOf(source, server)?.totalCount ?? 0) >= 10;
  const isQuiet = (source: SourceName): boolean =>
    (reportOf(source, server)?.newestAgeMs ?? 0) > QUIET_MS;
  await until(
    async () => {
      await fetch(server.url, { method: 'POST' });
      return SOURCES.every(isSeen);
    },
    'the first requests',
    60_000,
  );
  await until(() => SOURCES.every(isQuiet), 'quiet', 60_000);
  return new Map(SOURCES.map((source) => [source, reportOf(source, server)]));
}

function rowsOf(
  source: string,
  before: LatencyReport,
  after: LatencyReport,
  answers: readonly ClientAnswer[],
): readonly Row[] {
  const seen = summarise(answers.map(({ latencyMs }) => latencyMs));
  if (seen === undefined) throw new Error('no answers');
  const meanMs = (after.totalMs - before.totalMs) / (after.totalCount - before.totalCount);
  const pairs = [
    ['mean', seen.meanMs, meanMs],
    ['p50', seen.p50Ms, after.window.p50Ms ?? Number.NaN],
    ['p95', seen.p95Ms, after.window.p95Ms ?? Number.NaN],
  ] as const;
  const bucketOf = (ms: number): number => BOUNDS_MS.findLastIndex((bound) => ms >= bound);
  return pairs.map(([statistic, clientMs, agentMs]) => ({
    source,
    statistic,
    requests: answers.length,
    clientMs,
    agentMs,
    differencePercent: (100 * (agentMs - clientMs)) / clientMs,
    bucketsApart:
      source === 'prometheus' && statistic !== 'mean'
        ? Math.abs(bucketOf(agentMs) - bucketOf(clientMs))
        : null,
  }));
}

async function measure(): Promise<readonly Row[]> {
  const bridge = await docker(
    'network',
    'inspect',
    '-f',
    '{{(index .IPAM.Config 0).Gateway}}',
    'bridge',
  );
  const server = await serve(bridge);
  const settings = {
    window: WINDOW_MS,
    interval: 1000,
    'scrape.interval': 1000,
    'push.address': bridge,
  };
  for (const [source, world] of worlds)
    await world.start({ ...settings, 'push.udp-port': source === 'push' ? STATSD_PORT : 0 });
  const before = await settle(server);
  const record = await runLoadApart({ url: server.url, ratePerSecond, seed: SEED, requests });
  const answered = record.answers.filter(({ status }) => status === 200);
  const refused = requests - answered.length;
  console.log(
    `${requests} requests, ${refused} refused, the client at most ` +
      `${record.latestMs.toFixed(1)} ms late`,
  );
  const all = (source: SourceName): number =>
    (before.get(source)?.totalCount ?? 0) + answered.length;
  const missing = () =>
    SOURCES.map(
      (source) => `${source} ${reportOf(source, server)?.totalCount} of ${all(source)}`,
    ).join(', ');
  await until(
    () => SOURCES.every((source) => (reportOf(source, server)?.totalCount ?? 0) >= all(source)),
    missing,
    20_000,
  );
  return SOURCES.flatMap((source) => {
    const [first, last] = [before.get(source) ?? null, reportOf(source, server)];
    return first === null || last === null ? [] : rowsOf(source, first, last, answered);
  });
}

try {
  const rows = await measure();
  console.table(
    rows.map((row) => ({
      ...row,
      clientMs: row.clientMs.toFixed(1),
      agentMs: row.agentMs.toFixed(1),
      differencePercent: row.differencePercent.toFixed(2),
    })),
  );
  const file = jsonFileFrom(process.argv);
  if (file !== undefined)
    writeFileSync(file, `${JSON.stringify({ requests, ratePerSecond, model, rows }, null, 2)}\n`);
} finally {
  for (const world of worlds.values()) await world.close();
}
process.exit(0);
