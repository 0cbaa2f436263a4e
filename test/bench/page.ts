/**
 * `npm run bench:page -- [--jobs 1000] [--openings 10] [--minutes 10] [--scroll 10] [--json FILE]`
 * (15 minutes; a part with 0 is left out, as in `--openings 3 --minutes 1 --scroll 5`):
 * the page in Chromium before a console in a process of its own, on a real nats-server, with that
 * many jobs and a stored day of all of them; a leader that only publishes views (each node every 5
 * s) and two events a second. Openings one after the other, each without a cache: bytes, first
 * paint, and the time until the table of jobs is drawn. Then one window stays open: frames that
 * were dropped while the table was scrolled, and memory of the page at each minute of live updates.
 * CPU and memory of the console over all of that. Everything runs on this machine. It says how far
 * it is, and FILE has what was measured so far: the same command again, after it was stopped, goes
 * on with the openings that FILE lacks. Scrolling and memory are of one window, and begin again.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

/** What is known so far of the page. */
interface Measured {
  readonly opened: readonly Opening[];
  /** null = not yet, or left out. */
  readonly scrolling: Scrolling | null;
  /** After scrolling, and after each minute. */
  readonly memory: readonly PageMemory[];
}

interface Outcome extends Options, Measured {
  /** null = it was stopped before its end. */
  readonly console: { readonly rssBytes: number; readonly cores: number } | null;
}

/** Called with what is known after each step. */
type Note = (measured: Measured) => void;

/** How far it is: on stderr, since what was found goes to stdout. */
const progress = (text: string): void => console.error(`bench:page: ${text}`);

interface Beginning {
  /** Openings of a run that was stopped. */
  readonly opened: readonly Opening[];
  readonly note: Note;
}

async function measure(options: Options, beginning: Beginning): Promise<Outcome> {
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
    progress(`storing a day of ${nodes * PER_NODE} jobs`);
    await storeDay(stores, CLUSTER, nodes);
    await leader.start();
    running = await startConsoleProcess(server.url, CLUSTER);
    const { url, child } = running;
    progress('the console reads them');
    await until(() => isWhole(url, nodes * PER_NODE), 'all jobs and their day', PATIENCE_MS);
    const telling = tellEvents(stores, ending.signal);
    browser = await launchChromium();
    const pid = child.pid ?? 0;
    const [before, beganAtMs] = [countersOf(pid), performance.now()];
    const measured = await measurePage({ browser, url, options }, beginning);
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

interface BenchPage {
  readonly browser: Browser;
  readonly url: string;
  readonly options: Options;
}

async function measurePage(of: BenchPage, { opened: before, note }: Beginning): Promise<Measured> {
  const { openings } = of.options;
  const opened = before.slice(0, openings);
  if (opened.length > 0) progress(`${opened.length} openings are there already`);
  while (opened.length < openings) {
    const opening = await openOnce(of);
    opened.push(opening);
    const { firstPaintMs, interactiveMs } = opening;
    const times = `${firstPaintMs.toFixed(0)} ms, the table after ${interactiveMs.toFixed(0)}`;
    progress(`opening ${opened.length} of ${openings}: first paint after ${times}`);
    note({ opened, scrolling: null, memory: [] });
  }
  return stayOpen(of, { opened, note });
}

async function openOnce({ browser, url }: BenchPage): Promise<Opening> {
  const context = await browser.newContext(LOOKS['desktop-light']);
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    return await openMeasured(page, cdp, url);
  } finally {
    await context.close();
  }
}

/** One window that stays open: it is scrolled, and then only gets what is new. */
async function stayOpen(
  { browser, url, options: { minutes, scrollSeconds } }: BenchPage,
  { opened, note }: Beginning,
): Promise<Measured> {
  if (minutes + scrollSeconds === 0) return { opened, scrolling: null, memory: [] };
  const context = await browser.newContext(LOOKS['desktop-light']);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.goto(url);
  await page.locator('.table-long tbody tr').nth(10).waitFor();
  const scrolling = scrollSeconds === 0 ? null : await scroll(page, scrollSeconds);
  if (scrolling !== null) progress(`scrolled: ${scrolling.dropped} frames dropped`);
  const memory = [await memoryOf(cdp)];
  note({ opened, scrolling, memory });
  for (let minute = 1; minute <= minutes; minute += 1) {
    await sleep(60_000);
    const now = await memoryOf(cdp);
    memory.push(now);
    progress(`minute ${minute} of ${minutes}: ${memoryText(now)}`);
    note({ opened, scrolling, memory });
  }
  await context.close();
  return { opened, scrolling, memory };
}

const [MB, KB] = [2 ** 20, 1000];
const memoryText = ({ heapBytes, domNodes, listeners }: PageMemory): string =>
  `${(heapBytes / MB).toFixed(1)} MB, ${domNodes} nodes, ${listeners} listeners`;

function tell({ jobs, opened, scrolling, memory, minutes, console: server }: Outcome): void {
  console.log(`${jobs} jobs, n = ${opened.length} openings`);
  if (opened.length > 0) tellOpenings(opened);
  if (scrolling !== null) {
    const { dropped, frames, longestMs } = scrolling;
    const all = frames + dropped;
    console.log(
      `  scrolling: ${dropped} of ${all} frames dropped, longest ${longestMs.toFixed(0)} ms`,
    );
  }
  const [first] = memory;
  const last = memory.at(-1);
  if (first !== undefined && last !== undefined) {
    const most = Math.max(...memory.map(({ heapBytes }) => heapBytes)) / MB;
    console.log(
      `  memory of the page: ${memoryText(first)}; after ${minutes} minutes ${memoryText(last)}; ` +
        `greatest heap ${most.toFixed(1)} MB`,
    );
  }
  if (server !== null)
    console.log(
      `  console: ${server.cores.toFixed(3)} cores, ${Math.round(server.rssBytes / MB)} MB`,
    );
}

function tellOpenings(opened: readonly Opening[]): void {
  const median = (value: (opening: Opening) => number): number => quantile(opened.map(value), 0.5);
  const most = (value: (opening: Opening) => number): number => Math.max(...opened.map(value));
  console.log(
    `  ${(median((o) => o.scriptBytes) / KB).toFixed(1)} kB of script, ` +
      `${(median((o) => o.apiBytes) / KB).toFixed(0)} kB of answers, ` +
      `${(median((o) => o.otherBytes) / KB).toFixed(1)} kB else\n` +
      `  first paint: median ${median((o) => o.firstPaintMs).toFixed(0)} ms, greatest ` +
      `${most((o) => o.firstPaintMs).toFixed(0)}; table drawn: median ` +
      `${median((o) => o.interactiveMs).toFixed(0)} ms, greatest ` +
      `${most((o) => o.interactiveMs).toFixed(0)}`,
  );
}

/** The openings of a run of the same jobs that was stopped; none where that one ended. */
function openingsIn(file: string | undefined, { jobs }: Options): readonly Opening[] {
  if (file === undefined || !existsSync(file)) return [];
  const before = JSON.parse(readFileSync(file, 'utf8')) as Partial<Outcome>;
  return before.console === null && before.jobs === jobs ? (before.opened ?? []) : [];
}

async function main(): Promise<void> {
  const { argv } = process;
  const jsonFile = jsonFileFrom(argv);
  const number = (name: string, otherwise: number): number =>
    Number(optionFrom(argv, name) ?? otherwise);
  const options: Options = {
    jobs: number('--jobs', 1000),
    openings: number('--openings', 10),
    minutes: number('--minutes', 10),
    scrollSeconds: number('--scroll', 10),
  };
  const write = (outcome: Outcome): void => {
    if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify(outcome, null, 2));
  };
  const outcome = await measure(options, {
    opened: openingsIn(jsonFile, options),
    note: (measured) => write({ ...options, ...measured, console: null }),
  });
  tell(outcome);
  write(outcome);
}

// Ctrl-C ends all that the benchmark started, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await main();
process.exit(0);
