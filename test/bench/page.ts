/**
 * `npm run bench:page -- [--jobs 1000] [--openings 10] [--minutes 10] [--scroll 10] [--json FILE]`:
 * the page in Chromium before a console in a process of its own, on a real nats-server, with that
 * many jobs and a stored day of all of them; a leader that only publishes views (each node every 5
 * s) and two events a second. Openings one after the other, each without a cache: bytes, first
 * paint, and the time until the table of jobs is drawn. Then one window stays open: frames that
 * were dropped while the table was scrolled, and memory of the page at each minute of live updates.
 * CPU and memory of the console over all of that. Everything runs on this machine.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { startNatsServer } from '../lib/nats-server.js';
import { LOOKS, launchChromium, whyNoChromium } from '../lib/page/chromium.js';
import { until } from '../lib/until.js';
import { storeDay } from './lib/console-day.js';
import { ConsoleLeader } from './lib/console-leader.js';
import { type ConsoleProcess, startConsoleProcess } from './lib/console-process.js';
import { PER_NODE } from './lib/fleet.js';
import {
  memoryOf,
  type Opening,
  openMeasured,
  type PageMemory,
  type Scrolling,
  scroll,
} from './lib/page-probe.js';
import { countersOf, jsonFileFrom, optionFrom, quantile } from './lib/process-cost.js';

const CLUSTER = 'bench';
const PATIENCE_MS = 300_000;
const EVENT_MS = 500;

interface Options {
  readonly jobs: number;
  readonly openings: number;
  readonly minutes: number;
  readonly scrollSeconds: number;
}

interface Outcome extends Options {
  readonly opened: readonly Opening[];
  readonly scrolling: Scrolling;
  /** At the beginning, and after each minute. */
  readonly memory: readonly PageMemory[];
  readonly console: { readonly rssBytes: number; readonly cores: number };
}

async function measure(options: Options): Promise<Outcome> {
  const why = whyNoChromium();
  if (why !== '') throw new Error(why);
  const server = await startNatsServer();
  const made = await connectNats({ servers: [server.url], name: 'bench', log: silentLog });
  if (!made.ok) throw new Error(made.error);
  const { bus, stores } = made.value;
  const nodes = Math.ceil(options.jobs / PER_NODE);
  const leader = new ConsoleLeader(bus, subjectsOf(CLUSTER), nodes);
  let running: ConsoleProcess | undefined;
  let browser: Browser | undefined;
  const ending = new AbortController();
  try {
    await stores.install(CLUSTER, { replicas: 1 });
    await storeDay(stores, CLUSTER, nodes);
    await leader.start();
    running = await startConsoleProcess(server.url, CLUSTER);
    const { url, child } = running;
    await until(() => isWhole(url, nodes * PER_NODE), 'all jobs and their day', PATIENCE_MS);
    const telling = tellEvents(stores, ending.signal);
    browser = await launchChromium();
    const pid = child.pid ?? 0;
    const [before, beganAtMs] = [countersOf(pid), performance.now()];
    const measured = await measurePage(browser, url, options);
    const [after, seconds] = [countersOf(pid), (performance.now() - beganAtMs) / 1000];
    ending.abort();
    await telling;
    const cores = (after.cpuSeconds - before.cpuSeconds) / seconds;
    return { ...options, ...measured, console: { rssBytes: after.rssBytes, cores } };
  } finally {
    ending.abort();
    await browser?.close();
    await running?.stop();
    await leader.stop();
    await bus.close();
    await server.stop();
  }
}

async function isWhole(url: string, jobs: number): Promise<boolean> {
  const ask = async (path: string): Promise<Record<string, unknown>> =>
    (await (await fetch(`${url}/api/v1/${path}`)).json()) as Record<string, unknown>;
  const listed = (await ask('jobs?limit=1000')).jobs;
  const isListed = Array.isArray(listed) && listed.length >= Math.min(1000, jobs);
  return isListed && (await ask('history?allocation=job-0-1')).complete === true;
}

/** Two events a second, of jobs in turn. */
async function tellEvents(stores: NatsClient['stores'], signal: AbortSignal): Promise<void> {
  const opened = await stores.openEvents(CLUSTER);
  if (!opened.ok) throw new Error(opened.error);
  const subject = subjectsOf(CLUSTER).event('allocation', 'limit-changed');
  for (let i = 0; !signal.aborted; i += 1) {
    const limit = (cpuCores: number) => ({ cpuCores, periodUs: 100_000 });
    const place = { job: `job-${i % 100}`, allocation: `job-${i % 100}-1`, node: 'node-00000' };
    const change = { from: limit(0.2), to: limit(0.3), reason: 'its target takes that' };
    const event = {
      ...{ specversion: '1.0', id: `e-${i}`, source: '/dqoes/bench' },
      ...{ type: 'dqoes.allocation.limit-changed', time: new Date().toISOString() },
      data: { ...place, ...change },
    };
    await opened.value.append(subject, event.id, new TextEncoder().encode(JSON.stringify(event)));
    await sleep(EVENT_MS, undefined, { signal }).catch(() => {});
  }
}

async function measurePage(
  browser: Browser,
  url: string,
  { openings, minutes, scrollSeconds }: Options,
): Promise<Pick<Outcome, 'opened' | 'scrolling' | 'memory'>> {
  const opened: Opening[] = [];
  for (let i = 0; i < openings; i += 1) {
    const context = await browser.newContext(LOOKS['desktop-light']);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    opened.push(await openMeasured(page, cdp, url));
    await context.close();
  }
  const context = await browser.newContext(LOOKS['desktop-light']);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.goto(url);
  await page.locator('.table-long tbody tr').nth(10).waitFor();
  const scrolling = await scroll(page, scrollSeconds);
  const memory = [await memoryOf(cdp)];
  for (let minute = 0; minute < minutes; minute += 1) {
    await sleep(60_000);
    memory.push(await memoryOf(cdp));
  }
  await context.close();
  return { opened, scrolling, memory };
}

const [MB, KB] = [2 ** 20, 1000];
function tell({ jobs, opened, scrolling, memory, ...of }: Outcome): void {
  const median = (value: (opening: Opening) => number): number => quantile(opened.map(value), 0.5);
  const most = (value: (opening: Opening) => number): number => Math.max(...opened.map(value));
  const memoryText = ({ heapBytes, domNodes }: PageMemory): string =>
    `${(heapBytes / MB).toFixed(1)} MB, ${domNodes} nodes`;
  const [first] = memory;
  const last = memory.at(-1);
  console.log(
    `${jobs} jobs, n = ${opened.length} openings: ` +
      `${(median((o) => o.scriptBytes) / KB).toFixed(1)} kB of script, ` +
      `${(median((o) => o.apiBytes) / KB).toFixed(0)} kB of answers, ` +
      `${(median((o) => o.otherBytes) / KB).toFixed(1)} kB else\n` +
      `  first paint: median ${median((o) => o.firstPaintMs).toFixed(0)} ms, greatest ` +
      `${most((o) => o.firstPaintMs).toFixed(0)}; table drawn: median ` +
      `${median((o) => o.interactiveMs).toFixed(0)} ms, greatest ` +
      `${most((o) => o.interactiveMs).toFixed(0)}\n` +
      `  scrolling: ${scrolling.dropped} of ${scrolling.frames + scrolling.dropped} frames ` +
      `dropped, longest ${scrolling.longestMs.toFixed(0)} ms\n` +
      `  memory of the page: ${first === undefined ? '' : memoryText(first)}; after ` +
      `${of.minutes} minutes ${last === undefined ? '' : memoryText(last)}\n` +
      `  console: ${of.console.cores.toFixed(3)} cores, ` +
      `${Math.round(of.console.rssBytes / MB)} MB`,
  );
}

async function main(): Promise<void> {
  const { argv } = process;
  const jsonFile = jsonFileFrom(argv);
  const number = (name: string, otherwise: number): number =>
    Number(optionFrom(argv, name) ?? otherwise);
  const outcome = await measure({
    jobs: number('--jobs', 1000),
    openings: number('--openings', 10),
    minutes: number('--minutes', 10),
    scrollSeconds: number('--scroll', 10),
  });
  tell(outcome);
  if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify(outcome, null, 2));
}

// Ctrl-C ends all that the benchmark started, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await main();
process.exit(0);
