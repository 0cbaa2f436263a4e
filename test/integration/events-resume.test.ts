import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { readEvents } from '../../cli/events/read-events.js';
import { parseJobFile } from '../../cli/job-file/parse.js';
import { startConsole } from '../../console/console.js';
import type { ConsoleHandle } from '../../console/contract.js';
import { decodeEvent } from '../../proto/event.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import { silentLog } from '../../shared/log.js';
import { startDqoes } from '../e2e/cli-program.js';
import { type EventSource, followEvents, type SeenEvent } from '../lib/event-source.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { job } from '../unit/coordinator/build.js';
import { ClusterOnNats } from './cluster-on-nats.js';

/** `DQOES_JOBS=2000` makes more: about ten events each. */
const BATCH = Number(process.env.DQOES_JOBS ?? 220);
const [CLUSTER, PATIENCE_MS] = ['resume', 60_000 + 300 * BATCH];
const names = (from: string): readonly string[] =>
  Array.from({ length: BATCH }, (_, at) => `${from}${at}`);

interface Heard {
  readonly sequence: number;
  readonly event: DqoesEvent;
}

/** A subscriber that notes what it has dealt with, and goes on behind that when it comes back. */
class Subscriber {
  readonly heard: Heard[] = [];
  #leaving = new AbortController();
  #reading: Promise<unknown> = Promise.resolve();

  async come(cluster: ClusterOnNats): Promise<void> {
    this.#leaving = new AbortController();
    const { bus } = await cluster.connect();
    const access = { bus, cluster: CLUSTER, clock: systemClock, signal: this.#leaving.signal };
    this.#reading = readEvents(access, {
      from: (this.heard.at(-1)?.sequence ?? 0) + 1,
      follow: true,
      onEvent: ({ sequence, data }) => {
        const event = decodeEvent(data);
        assert.ok(event.ok);
        this.heard.push({ sequence, event: event.value });
      },
    });
  }
  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#reading;
  }
}

/** The same over server-sent events; a browser sends the last id by itself. */
class WebSubscriber {
  readonly heard: SeenEvent[] = [];
  #source: EventSource | undefined;

  async come(url: string): Promise<void> {
    const last = this.heard.at(-1)?.id ?? 0;
    this.#source = await followEvents(url, { 'last-event-id': String(last) });
  }
  /** What it has been sent counts as dealt with. */
  leave(): void {
    this.#source?.end();
    this.heard.push(...(this.#source?.events ?? []));
    this.#source = undefined;
  }
  get count(): number {
    return this.heard.length + (this.#source?.events.length ?? 0);
  }
}

/** Numbers of the events of each job, of the types that happen once in its life. */
function livesOf(events: readonly DqoesEvent[]): ReadonlyMap<string, readonly string[]> {
  const once = [
    'dqoes.job.submitted',
    'dqoes.job.placed',
    'dqoes.job.started',
    'dqoes.job.stopped',
  ];
  const lives = new Map<string, string[]>();
  for (const { type, data } of events)
    if (once.includes(type) && 'job' in data) {
      const life = lives.get(data.job) ?? [];
      lives.set(data.job, [...life, type.replace('dqoes.job.', '')]);
    }
  return lives;
}

const idIn = (json: string): string => (JSON.parse(json) as { readonly id: string }).id;

describe('a subscriber of events', function () {
  this.timeout(180_000 + 1000 * BATCH);
  let server: TestNatsServer;
  let cluster: ClusterOnNats;
  let web: ConsoleHandle;
  const subscriber = new Subscriber();
  const webSubscriber = new WebSubscriber();

  before(async () => {
    server = await startNatsServer();
    cluster = await ClusterOnNats.make(server.url, CLUSTER);
    for (const node of ['h1', 'h2', 'h3', 'h4']) await cluster.agent(node);
    const { bus } = await cluster.connect();
    const deps = { bus, clock: systemClock, log: silentLog, version: '1', readJobs: parseJobFile };
    const started = await startConsole({ cluster: CLUSTER, host: '127.0.0.1', port: 0 }, deps);
    assert.ok(started.ok, JSON.stringify(started));
    web = started.value;
  });
  after(async () => {
    await subscriber.leave();
    webSubscriber.leave();
    await web?.stop();
    await cluster?.close();
    await server?.stop();
  });

  const heardOf = (type: DqoesEvent['type']): number =>
    subscriber.heard.filter(({ event }) => event.type === type).length;
  const seenOf = (type: DqoesEvent['type']): number => cluster.eventsOf(type).length;

  async function submit(prefix: string): Promise<void> {
    const tiny = { resources: { cpu: { minCores: 0.01 }, memoryBytes: 16 * 1024 ** 2 } };
    await cluster.call('job-submit', { jobs: names(prefix).map((name) => job(name, tiny)) });
  }

  it('that was away while a leader was killed has every event, once, in order', async () => {
    const first = await cluster.start('c1');
    await subscriber.come(cluster);
    await webSubscriber.come(web.url);
    await submit('a');
    await until(() => heardOf('dqoes.job.started') === BATCH, 'the first to start', PATIENCE_MS);
    await subscriber.leave();
    webSubscriber.leave();
    const heardBefore = subscriber.heard.length;
    // Meanwhile: all of them stop, the leader is gone for good, others come and stop.
    for (const name of names('a')) await cluster.call('job-stop', { name: name as never });
    await until(() => first.counters().events.waiting === 0, 'the stream to have them');
    await cluster.kill(first);
    await cluster.start('c2');
    await submit('b');
    await until(() => seenOf('dqoes.job.started') === 2 * BATCH, 'others to start', PATIENCE_MS);
    for (const name of names('b')) await cluster.call('job-stop', { name: name as never });
    await until(() => seenOf('dqoes.job.stopped') === 2 * BATCH, 'all to stop', PATIENCE_MS);
    await subscriber.come(cluster);
    await webSubscriber.come(web.url);
    await until(() => heardOf('dqoes.job.stopped') === 2 * BATCH, 'it to catch up', PATIENCE_MS);
    const { heard } = subscriber;
    const missed = heard.length - heardBefore;
    assert.ok(missed >= Math.min(1000, 4 * BATCH), `${missed} missed`);
    const sequences = heard.map(({ sequence }) => sequence);
    assert.deepEqual(
      sequences,
      [...sequences].sort((a, b) => a - b),
    );
    const ids = heard.map(({ event }) => event.id);
    assert.equal(new Set(ids).size, ids.length, 'an event came twice');
    const life = ['submitted', 'placed', 'started', 'stopped'];
    for (const [name, events] of livesOf(heard.map(({ event }) => event)))
      assert.deepEqual(events, life, name);
    assert.equal(heardOf('dqoes.coordinator.elected'), 2);
  });

  it('reads the same as the plain subject and the subscriber of the document', async () => {
    assert.ok(heardOf('dqoes.job.stopped') === 2 * BATCH, 'the first test has failed');
    const plain = cluster.events.map(({ id }) => id);
    const heard = subscriber.heard.map(({ event }) => event.id);
    await until(() => subscriber.heard.length >= cluster.events.length, 'all to be heard');
    assert.deepEqual(new Set(heard), new Set(plain));
    const documented = await runDocumented(subscriber.heard.length);
    assert.deepEqual(documented, heard.slice(0, documented.length));
  });

  it('reads the same as server-sent events and the program dqoes events', async () => {
    const { heard } = subscriber;
    await until(() => webSubscriber.count >= heard.length, 'the browser', PATIENCE_MS);
    webSubscriber.leave();
    const known = heard.map(({ sequence, event }) => `${sequence} ${event.id}`);
    const shown = webSubscriber.heard.map(({ id, data }) => `${id} ${idIn(data)}`);
    assert.deepEqual(shown.slice(0, known.length), known);
    const where = ['--nats', server.url, '--cluster', CLUSTER];
    const { code, out, err } = await startDqoes(['events', '--from', '1', '-o', 'json', ...where])
      .ended;
    assert.equal(code, 0, err);
    const printed = out.split('\n').slice(0, -1).map(idIn);
    const ids = heard.map(({ event }) => event.id);
    assert.deepEqual(printed.slice(0, ids.length), ids);
  });

  /** Ids of the first events, as the TypeScript of docs/events.md prints them. */
  async function runDocumented(count: number): Promise<readonly string[]> {
    const document = new URL('../../../docs/events.md', import.meta.url);
    const code = /```ts\n([\s\S]*?)```/.exec(readFileSync(document, 'utf8'))?.[1] ?? '';
    assert.ok(code.split('\n').length < 22, 'ten lines, or so');
    const file = fileURLToPath(new URL(`./subscriber-${process.pid}.mjs`, import.meta.url));
    await writeFile(file, code);
    const env = { ...process.env, NATS_URL: server.url, CLUSTER };
    const child: ChildProcess = spawn(process.execPath, [file, '1'], { env });
    let [text, err] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const lines = (): readonly string[] => text.split('\n').slice(0, -1);
    try {
      await until(
        () => lines().length >= count,
        () => `${lines().length} lines: ${err}`,
        PATIENCE_MS,
      );
    } finally {
      child.kill('SIGTERM');
      await rm(file, { force: true });
    }
    return lines()
      .slice(0, count)
      .map((line) => (JSON.parse(line.slice(line.indexOf(' ') + 1)) as { id: string }).id);
  }
});
