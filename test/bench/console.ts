/**
 * `npm run bench:console -- [--nodes 1000] [--seconds 30] [--clients 200] [--day-nodes 50] [--rate
 * 50] [--runs N] [--json FILE]`: a console in a process of its own on a real nats-server, before a
 * leader that only publishes views (20 allocations a node, each node every 5 s). Per run: the time
 * from its start until it knows `--day-nodes` nodes and their stored day, a record a minute (it
 * remembers 1000 allocations); the same until it knows `--nodes` nodes, for another console; its
 * CPU and memory while views come; the time to list all allocations by pages of 1000; the time
 * until `--clients` streams have each of `--rate` events a second of 8 kB, while one more never
 * reads.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '../../proto/bus.js';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { startNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { storeDay } from './lib/console-day.js';
import { ConsoleLeader } from './lib/console-leader.js';
import { startConsoleProcess } from './lib/console-process.js';
import { PER_NODE } from './lib/fleet.js';
import { countersOf, jsonFileFrom, optionFrom, quantile } from './lib/process-cost.js';
import { StreamClients } from './lib/stream-clients.js';

const CLUSTER = 'bench';
const SETTLE_MS = 6000;
const LIST_ROUNDS = 10;
const EVENT_BYTES = 8000;
/** Long enough for what the kernel keeps of a stuck client to be full, and for its end, s. */
const STREAM_SECONDS = 60;
const PATIENCE_MS = 300_000;

interface Options {
  readonly nodes: number;
  readonly seconds: number;
  readonly clients: number;
  readonly dayNodes: number;
  readonly rate: number;
}

interface Outcome extends Options {
  readonly allocations: number;
  readonly storedMinutes: number;
  /** Until the console knew every node; until it knew the day of some, all of which it knew. */
  readonly startSeconds: { readonly everyNode: number; readonly wholeDay: number };
  readonly views: { readonly perSecond: number; readonly bytesPerSecond: number } & Cost;
  readonly listMs: { readonly n: number; readonly p50: number; readonly p99: number };
  readonly wholeListMs: { readonly n: number; readonly p50: number };
  readonly streams: {
    readonly delayMs: {
      readonly n: number;
      readonly p50: number;
      readonly p99: number;
      readonly max: number;
    };
    readonly isStuckCut: boolean;
  } & Cost;
}

interface Cost {
  readonly cores: number;
  readonly rssBytes: number;
}

async function measure(options: Options): Promise<Outcome> {
  const server = await startNatsServer();
  const clients: NatsClient[] = [];
  const open = async (name: string): Promise<NatsClient> => {
    const made = await connectNats({ servers: [server.url], name, log: silentLog });
    if (!made.ok) throw new Error(made.error);
    clients.push(made.value);
    return made.value;
  };
  const { bus, stores } = await open('bench');
  try {
    await stores.install(CLUSTER, { replicas: 1 });
    const storedMinutes = await storeDay(stores, CLUSTER, options.dayNodes);
    const place = { url: server.url, bus };
    const wholeDay = await withConsole(place, options.dayNodes, async ({ url, sinceStart }) => {
      await until(() => isDayKnown(url), 'the day', PATIENCE_MS);
      return sinceStart();
    });
    return await withConsole(place, options.nodes, async (started) => {
      const startSeconds = { everyNode: started.sinceStart(), wholeDay };
      await sleep(SETTLE_MS);
      const views = await measureViews(options, started);
      const lists = await measureLists(started.url);
      const streams = await measureStreams(options, { ...started, stores });
      const allocations = options.nodes * PER_NODE;
      return { ...options, allocations, storedMinutes, startSeconds, views, ...lists, streams };
    });
  } finally {
    for (const client of clients) await client.bus.close();
    await server.stop();
  }
}

interface Started {
  readonly url: string;
  readonly pid: number;
  /** Streams that the console has cut. */
  readonly cutStreams: () => Promise<number>;
  /** Since the process was started, s. */
  readonly sinceStart: () => number;
  readonly leader: ConsoleLeader;
}

/** A console that knows every node of a leader, for as long as `measuring` takes. */
async function withConsole<T>(
  place: { readonly url: string; readonly bus: Bus },
  nodes: number,
  measuring: (started: Started) => Promise<T>,
): Promise<T> {
  const leader = new ConsoleLeader(place.bus, subjectsOf(CLUSTER), nodes);
  await leader.start();
  const startedAtMs = performance.now();
  const { url, child, stop } = await startConsoleProcess(place.url, CLUSTER);
  try {
    await until(async () => (await countNodes(url)) >= nodes, 'every node', PATIENCE_MS);
    const sinceStart = (): number => (performance.now() - startedAtMs) / 1000;
    const cutStreams = async (): Promise<number> => {
      child.send('cut?');
      const [cut] = (await once(child, 'message')) as [number];
      return cut;
    };
    return await measuring({ url, pid: child.pid ?? 0, cutStreams, sinceStart, leader });
  } finally {
    await stop();
    await leader.stop();
  }
}

async function ask<T>(url: string, path: string): Promise<T> {
  return (await (await fetch(`${url}/api/v1/${path}`)).json()) as T;
}

interface PageOf {
  readonly next?: string;
  readonly nodes?: readonly unknown[];
  readonly complete?: boolean;
}

async function countNodes(url: string): Promise<number> {
  let count = 0;
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: PageOf = await ask(url, `nodes?limit=1000${more}`);
    count += page.nodes?.length ?? 0;
    cursor = page.next;
  }
  return count;
}

const isDayKnown = async (url: string): Promise<boolean> =>
  (await ask<PageOf>(url, 'history?allocation=job-0-1')).complete === true;

/** CPU and memory of the console while `work` runs. */
async function costOf(pid: number, work: () => Promise<void>): Promise<Cost> {
  const [before, beganAtMs] = [countersOf(pid), performance.now()];
  let rssBytes = 0;
  const looking = setInterval(() => {
    rssBytes = Math.max(rssBytes, countersOf(pid).rssBytes);
  }, 500);
  await work();
  clearInterval(looking);
  const seconds = (performance.now() - beganAtMs) / 1000;
  const after = countersOf(pid);
  const cores = (after.cpuSeconds - before.cpuSeconds) / seconds;
  return { cores, rssBytes: Math.max(rssBytes, after.rssBytes) };
}

async function measureViews(
  { seconds }: Options,
  { pid, leader }: Started,
): Promise<Outcome['views']> {
  const [views, bytes] = [leader.views, leader.viewBytes];
  const cost = await costOf(pid, () => sleep(seconds * 1000));
  const perSecond = (leader.views - views) / seconds;
  return { perSecond, bytesPerSecond: (leader.viewBytes - bytes) / seconds, ...cost };
}

async function measureLists(url: string): Promise<Pick<Outcome, 'listMs' | 'wholeListMs'>> {
  const [pages, wholes]: [number[], number[]] = [[], []];
  for (let round = 0; round < LIST_ROUNDS; round += 1) {
    let whole = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const beganAtMs = performance.now();
      const page: PageOf = await ask(url, `allocations?limit=1000${more}`);
      pages.push(performance.now() - beganAtMs);
      whole += performance.now() - beganAtMs;
      cursor = page.next;
    }
    wholes.push(whole);
  }
  return {
    listMs: { n: pages.length, p50: quantile(pages, 0.5), p99: quantile(pages, 0.99) },
    wholeListMs: { n: wholes.length, p50: quantile(wholes, 0.5) },
  };
}

async function measureStreams(
  { clients, rate }: Options,
  { url, pid, cutStreams, stores }: Started & { readonly stores: NatsClient['stores'] },
): Promise<Outcome['streams']> {
  const opened = await stores.openEvents(CLUSTER);
  if (!opened.ok) throw new Error(opened.error);
  const readers = new StreamClients();
  readers.openStuck(url);
  await readers.open(url, clients);
  const subject = subjectsOf(CLUSTER).event('job', 'placed');
  const text = 'x'.repeat(EVENT_BYTES);
  let appended = 0;
  const cost = await costOf(pid, async () => {
    const endMs = performance.now() + STREAM_SECONDS * 1000;
    for (; performance.now() < endMs; appended += 1) {
      const dueMs = performance.now() + 1000 / rate;
      const sentAtMs = performance.timeOrigin + performance.now();
      const event = { id: `e-${appended}`, data: { sentAtMs, text } };
      await opened.value.append(subject, event.id, new TextEncoder().encode(JSON.stringify(event)));
      await sleep(Math.max(0, dueMs - performance.now()));
    }
    await until(() => readers.received >= appended * clients, 'all to have all', PATIENCE_MS);
  });
  const isStuckCut = (await cutStreams()) > 0;
  readers.close();
  const { delaysMs } = readers;
  const delayMs = {
    n: delaysMs.length,
    p50: quantile(delaysMs, 0.5),
    p99: quantile(delaysMs, 0.99),
    max: delaysMs.reduce((most, each) => Math.max(most, each), 0),
  };
  return { delayMs, isStuckCut, ...cost };
}

const [MB, KB] = [2 ** 20, 1000];
function tell({ nodes, clients, storedMinutes, ...of }: Outcome): void {
  const { startSeconds, views, listMs, wholeListMs, streams } = of;
  const { delayMs } = streams;
  const cost = ({ cores, rssBytes }: Cost): string =>
    `${cores.toFixed(3)} cores, ${Math.round(rssBytes / MB)} MB`;
  console.log(
    `${nodes} nodes, ${of.allocations} allocations: known after ` +
      `${startSeconds.everyNode.toFixed(1)} s; ${of.dayNodes} nodes with ${storedMinutes} stored ` +
      `minutes after ${startSeconds.wholeDay.toFixed(1)} s\n` +
      `  views: ${views.perSecond.toFixed(0)} a second, ` +
      `${(views.bytesPerSecond / KB).toFixed(0)} kB/s: ${cost(views)}\n` +
      `  a page of 1000 allocations: p50 ${listMs.p50.toFixed(0)} ms, p99 ` +
      `${listMs.p99.toFixed(0)} ms (n = ${listMs.n}); all of them ${wholeListMs.p50.toFixed(0)} ` +
      `ms (n = ${wholeListMs.n})\n` +
      `  ${clients} streams: p50 ${delayMs.p50.toFixed(1)} ms, p99 ${delayMs.p99.toFixed(1)} ms, ` +
      `max ${delayMs.max.toFixed(0)} ms (n = ${delayMs.n}): ${cost(streams)}; the one that never ` +
      `reads was ${streams.isStuckCut ? 'cut' : 'not cut yet'}`,
  );
}

async function main(): Promise<void> {
  const { argv } = process;
  const jsonFile = jsonFileFrom(argv);
  const number = (name: string, otherwise: number): number =>
    Number(optionFrom(argv, name) ?? otherwise);
  const options = {
    nodes: number('--nodes', 1000),
    seconds: number('--seconds', 30),
    clients: number('--clients', 200),
    dayNodes: number('--day-nodes', 50),
    rate: number('--rate', 50),
  };
  const outcomes: Outcome[] = [];
  for (let run = 0; run < number('--runs', 1); run += 1) {
    const outcome = await measure(options);
    outcomes.push(outcome);
    tell(outcome);
    if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify({ outcomes }, null, 2));
  }
}

// Ctrl-C ends all that the benchmark started, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await main();
process.exit(0);
