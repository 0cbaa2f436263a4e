/**
 * `npm run bench:accuracy -- [--requests N] [--json FILE]`: real servers under Poisson load, one per source; what the agent reports of them, next to what the client of the same requests wrote down.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { adoptedAllocationId, type ContainerId } from '../../shared/ids.js';
import { seededRandom } from '../../shared/random.js';
import type { LatencyReport } from '../../shared/report.js';
import { summarise } from '../../shared/samples.js';
import { AgentWorld } from '../integration/agent-world.js';
import { docker } from '../lib/docker-world.js';
import { type Answer, runLoad } from '../lib/load.js';
import { until } from '../lib/until.js';
import { jsonFileFrom } from './lib/process-cost.js';

/** Long enough to hold every request. */
const WINDOW_MS = 600_000;
/** Silence that tells that nothing is under way, ms. */
const QUIET_MS = 3000;
const RATE_PER_SECOND = 10;
const MODEL = ['--model', 'vad', '--batch', '2'];
/** Of the sample image's histogram, ms (deploy/sample-image/program/histogram.mjs). */
const BOUNDS_MS = [
  0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1500, 2000, 3000,
  5000, 10_000,
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

const at = process.argv.indexOf('--requests');
const requests = at === -1 ? 5200 : Number(process.argv[at + 1]);
const world = await AgentWorld.open();

async function serve(labels: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const own = { enable: 'true', target: '1s', ...labels };
  const flags = Object.entries(own).flatMap(([key, value]) => ['--label', `${world.name}.${key}=${value}`]);
  const image = ['dqoes/sample:1', ...MODEL, '--mode', 'serve', ...words];
  const id = (await docker('run', '-d', '--label', `test.world=${world.name}`, ...flags, ...image)) as ContainerId;
  const address = await docker('inspect', '-f', '{{.NetworkSettings.IPAddress}}', id);
  const url = `http://${address}:8080/infer`;
  await until(
    async () => (await fetch(`http://${address}:8080/healthz`).catch(() => undefined))?.ok === true,
    url,
    60_000,
  );
  return { id, url };
}

const reportOf = (id: ContainerId): LatencyReport | null =>
  world.reports.at(-1)?.containers.find(({ allocation }) => allocation === adoptedAllocationId(id))?.latency ?? null;

/** Warms up until the agent sees requests, then waits for silence: the first ones are none of the comparison. */
async function settle({ id, url }: { readonly id: ContainerId; readonly url: string }): Promise<LatencyReport | null> {
  await until(
    async () => {
      await fetch(url, { method: 'POST' });
      return (reportOf(id)?.totalCount ?? 0) >= 20;
    },
    'the first requests',
    60_000,
  );
  await until(() => (reportOf(id)?.newestAgeMs ?? 0) > QUIET_MS, 'quiet', 60_000);
  return reportOf(id);
}

function rowsOf(
  source: string,
  before: LatencyReport,
  after: LatencyReport,
  answers: readonly Answer[],
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
    ...{ source, statistic, requests: answers.length, clientMs, agentMs },
    differencePercent: (100 * (agentMs - clientMs)) / clientMs,
    bucketsApart:
      source === 'prometheus' && statistic !== 'mean' ? Math.abs(bucketOf(agentMs) - bucketOf(clientMs)) : null,
  }));
}

async function measure(): Promise<readonly Row[]> {
  const bridge = await docker('network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', 'bridge');
  await world.start({
    window: WINDOW_MS,
    interval: 1000,
    'scrape.interval': 1000,
    'push.address': bridge,
    'push.udp-port': 18_125,
  });
  const servers = {
    prometheus: await serve({ 'latency.source': 'prometheus', 'latency.match': 'http_response_status_code="200"' }),
    log: await serve({ 'latency.source': 'log' }),
    push: await serve({ 'latency.source': 'push' }, '--statsd', `${bridge}:18125`),
  };
  const rows: Row[] = [];
  // One after the other, so that they do not disturb each other.
  for (const [source, server] of Object.entries(servers)) {
    const before = await settle(server);
    const arrivals = { kind: 'open', ratePerSecond: RATE_PER_SECOND, random: seededRandom(11) } as const;
    const record = await runLoad({ url: server.url, arrivals, requests });
    const answered = record.answers.filter(({ status }) => status === 200);
    const all = (before?.totalCount ?? 0) + answered.length;
    await until(
      () => (reportOf(server.id)?.totalCount ?? 0) >= all,
      () => `${source}: ${JSON.stringify(reportOf(server.id))}`,
      20_000,
    );
    const after = reportOf(server.id);
    if (before !== null && after !== null) rows.push(...rowsOf(source, before, after, answered));
    console.log(
      `${source}: ${requests} requests, ${requests - answered.length} refused, the client at most ${record.latestMs.toFixed(1)} ms late`,
    );
    await sleep(0);
  }
  return rows;
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
    writeFileSync(file, `${JSON.stringify({ requests, ratePerSecond: RATE_PER_SECOND, rows }, null, 2)}\n`);
} finally {
  await world.close();
}
process.exit(0);
