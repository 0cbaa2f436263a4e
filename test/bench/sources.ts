/**
 * `npm run bench:sources -- --json FILE`: what a look at a metrics endpoint costs the agent, per
 * container with 50 of them, and how fast pages are read next to `parse-prometheus-text-format`, on
 * the page of a server with several models and on one that `prom-client` wrote.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createHttpClient } from '../../agent/drivers/http-client.js';
import { openFeed } from '../../agent/observe/feeds/open-feed.js';
import { readPage } from '../../agent/observe/metrics/page.js';
import { AUTO_PLAN, planOfPreset } from '../../agent/observe/metrics/plan.js';
import type { HttpClient } from '../../agent/ports/http.js';
import { systemClock } from '../lib/system-clock.js';
import { container } from '../unit/agent/observe/build.js';
import { largePage, promClientPage } from './lib/metric-bench-pages.js';
import { jsonFileFrom, quantile } from './lib/process-cost.js';

const CONTAINERS = 50;
const INTERVAL_MS = 1000;
const SETTLE_MS = 5000;
const MEASURE_MS = 20_000;
const READS = 200;

const others = createRequire(import.meta.url)('parse-prometheus-text-format') as (
  text: string,
) => unknown;
const OTHER = (others as unknown as { default?: typeof others }).default ?? others;

interface ScrapeCost {
  readonly page: string;
  readonly containers: number;
  readonly intervalMs: number;
  readonly scrapes: number;
  readonly bytesPerScrape: number;
  readonly cpuUsPerScrape: number;
  /** Of one core, all containers together. */
  readonly cpuRatio: number;
}

/** Counts what goes through clients. */
function counting() {
  const seen = { scrapes: 0, bytes: 0, failed: 0 };
  const openHttp = (): HttpClient => {
    const client = createHttpClient();
    return {
      close: () => client.close(),
      ask: async (request, onText) => {
        const answer = await client.ask(request, onText);
        seen.scrapes += 1;
        if (answer.ok) seen.bytes += answer.value.bytes;
        else seen.failed += 1;
        return answer;
      },
    };
  };
  return { seen, openHttp };
}

async function startServers(
  page: string,
): Promise<{ readonly child: ChildProcess; readonly ports: readonly number[] }> {
  const file = fileURLToPath(new URL('./lib/page-server.js', import.meta.url));
  const child = spawn(process.execPath, [file, String(CONTAINERS), page], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ports = await new Promise<readonly number[]>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString()) as number[]));
    child.once('exit', (code) => reject(new Error(`the servers ended with ${code}`)));
  });
  return { child, ports };
}

async function measureScrapes(page: string): Promise<ScrapeCost> {
  const { child, ports } = await startServers(page);
  const { seen, openHttp } = counting();
  const stops = ports.map(() => new AbortController());
  const deps = {
    clock: systemClock,
    openHttp,
    windowMs: 5000,
    scrape: { intervalMs: INTERVAL_MS, deadlineMs: 2000, waitMs: 200 },
    engine: { followLogs: () => {} },
    compile: () => ({ ok: false as const, error: 'no log here' }),
  };
  const feeds = ports.map((port, at) =>
    openFeed<'prometheus'>(
      { source: 'prometheus', preset: 'vllm', port },
      {
        container: container({ hostNetwork: true }),
        deps,
        signal: stops[at]?.signal ?? AbortSignal.abort(),
        statistic: () => 'p95',
      },
    ),
  );
  await sleep(SETTLE_MS);
  const [cpu, scrapes, bytes, at] = [
    process.cpuUsage(),
    seen.scrapes,
    seen.bytes,
    performance.now(),
  ];
  await sleep(MEASURE_MS);
  const used = process.cpuUsage(cpu);
  const elapsedMs = performance.now() - at;
  const [count, read] = [seen.scrapes - scrapes, seen.bytes - bytes];
  const silent = feeds.filter((feed) => feed.read(systemClock.now(), null).report === null).length;
  for (const stop of stops) stop.abort();
  child.kill();
  if (seen.failed > 0 || silent > 0)
    throw new Error(`${seen.failed} looks failed, ${silent} feeds said nothing`);
  const cpuUs = used.user + used.system;
  return {
    page,
    containers: CONTAINERS,
    intervalMs: INTERVAL_MS,
    scrapes: count,
    bytesPerScrape: Math.round(read / count),
    cpuUsPerScrape: Math.round(cpuUs / count),
    cpuRatio: cpuUs / 1000 / elapsedMs,
  };
}

interface ReadSpeed {
  readonly page: string;
  readonly bytes: number;
  readonly reader: string;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly megabytesPerSecond: number;
}

function speedOf(
  page: string,
  text: string,
  reader: string,
  read: (text: string) => unknown,
): ReadSpeed {
  const bytes = Buffer.byteLength(text);
  // A page comes as bytes, so each round decodes it again: no reader profits from a string that was
  // looked at before.
  const body = Buffer.from(text);
  const times: number[] = [];
  for (let round = 0; round < READS; round += 1) {
    const fresh = body.toString('utf8');
    const startedAt = performance.now();
    read(fresh);
    times.push(performance.now() - startedAt);
  }
  // The first rounds are compiled on the way.
  const warm = times.slice(READS / 4);
  const medianMs = quantile(warm, 0.5);
  return {
    page,
    bytes,
    reader,
    medianMs,
    p95Ms: quantile(warm, 0.95),
    megabytesPerSecond: bytes / 1e6 / (medianMs / 1000),
  };
}

async function speeds(): Promise<readonly ReadSpeed[]> {
  const pages = { 'several models': largePage(0), 'prom-client': await promClientPage() };
  const vllm = planOfPreset('vllm').map(({ reading }) => reading);
  const all = AUTO_PLAN.map(({ reading }) => reading);
  return Object.entries(pages).flatMap(([name, text]) => [
    speedOf(name, text, 'agent, one preset', (page) => readPage(page, { readings: vllm })),
    speedOf(name, text, 'agent, every preset', (page) => readPage(page, { readings: all })),
    speedOf(name, text, 'doctor, every line checked', (page) =>
      readPage(page, { readings: all, isStrict: true }),
    ),
    speedOf(name, text, 'parse-prometheus-text-format 1.1.1', OTHER),
  ]);
}

const file = jsonFileFrom(process.argv);
const read = await speeds();
console.table(
  read.map((row) => ({
    ...row,
    medianMs: row.medianMs.toFixed(2),
    p95Ms: row.p95Ms.toFixed(2),
    megabytesPerSecond: row.megabytesPerSecond.toFixed(0),
  })),
);
const scrapes = [await measureScrapes('small'), await measureScrapes('large')];
console.table(scrapes);
if (file !== undefined)
  writeFileSync(file, `${JSON.stringify({ node: process.version, read, scrapes }, null, 2)}\n`);
process.exit(0);
