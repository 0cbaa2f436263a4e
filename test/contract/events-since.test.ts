import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type ClusterEvent, isAbout, readEvent } from '../../cli/events/event.js';
import { eachSince } from '../../cli/events/since.js';
import { encodeEvent, eventSubject } from '../../proto/event.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { EventLog } from '../../proto/store.js';
import { eventsOf, StreamReader } from '../../proto/stream-reader.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import { ok } from '../../shared/result.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { must } from './store-world.js';

const CLUSTER = 'main';
const subjects = subjectsOf(CLUSTER);
const node = 'h1' as NodeId;
const aboutA = (event: ClusterEvent): boolean => isAbout(event, 'a');

interface Asked {
  readonly cluster: string;
  readonly fromMs: number;
  readonly wanted: (event: ClusterEvent) => boolean;
}
interface Since {
  readonly events: readonly ClusterEvent[];
  readonly complete: boolean;
}

describe('events since a moment, on NATS', function () {
  this.timeout(20_000);
  let server: TestNatsServer;
  let client: NatsClient;
  let log: EventLog;
  beforeEach(async () => {
    server = await startNatsServer();
    client = await connectForTest(server.url);
    must(await client.stores.install(CLUSTER, { replicas: 1 }));
    log = must(await client.stores.openEvents(CLUSTER));
  });
  afterEach(async () => {
    await client.bus.close();
    await server.stop();
  });

  let serial = 0;
  const append = async (event: Pick<DqoesEvent, 'type' | 'data'>): Promise<void> => {
    serial += 1;
    const full = { ...event, id: `e${serial}`, source: '/test', timeMs: Date.now() } as DqoesEvent;
    must(await log.append(eventSubject(subjects, full.type), full.id, encodeEvent(full)));
  };
  const started = (job: string) =>
    append({
      type: 'dqoes.job.started',
      data: { job: job as JobName, allocation: `${job}-1` as AllocationId, node },
    });
  const read = async (change: Partial<Asked> = {}): Promise<Since> => {
    const answer = await ask(change);
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.value;
  };
  const ask = async ({ cluster = CLUSTER, fromMs = 0, wanted = aboutA }: Partial<Asked> = {}) => {
    const events: ClusterEvent[] = [];
    const read = await eachSince(
      new StreamReader(client.bus, eventsOf(cluster)),
      {
        subjects: [subjects.event('job', '*'), subjects.event('allocation', '*')],
        fromMs,
        take: ({ data }) => {
          const event = readEvent(data);
          if (event !== undefined && wanted(event)) events.push(event);
        },
      },
      { signal: new AbortController().signal },
    );
    return read.ok ? ok({ events, complete: read.value.end === 'whole' }) : read;
  };
  const consumers = async (): Promise<number> => {
    const answer = await client.bus.request(
      '$JS.API.CONSUMER.NAMES.dqoes-main-events',
      new TextEncoder().encode('{}'),
      { timeoutMs: 3000 },
    );
    assert.ok(answer.ok);
    return (JSON.parse(new TextDecoder().decode(answer.value.data)) as { total: number }).total;
  };

  it('gives those of the subjects asked for, in order, and leaves no reader behind', async () => {
    await started('a');
    await append({ type: 'dqoes.node.down', data: { node, silentMs: 1 } });
    await started('b');
    const limit = { cpuCores: 0.5, periodUs: 100_000 };
    const place = { job: 'a' as JobName, allocation: 'a-1' as AllocationId, node };
    await append({
      type: 'dqoes.allocation.limit-changed',
      data: { ...place, from: null, to: limit, reason: 'r' },
    });
    const seen: string[] = [];
    const all = await read({
      wanted: (event) => {
        seen.push(event.type);
        return isAbout(event, 'a');
      },
    });
    assert.deepEqual(
      [all.complete, all.events.map(({ type }) => type)],
      [true, ['dqoes.job.started', 'dqoes.allocation.limit-changed']],
    );
    assert.equal(seen.includes('dqoes.node.down'), false, 'the server filters');
    assert.equal(await consumers(), 0);
  });

  it('begins at the moment, and has no end before the last one', async () => {
    for (let i = 0; i < 50; i += 1) await started('a');
    const fromMs = Date.now() + 50;
    while (Date.now() <= fromMs) await started('other');
    for (let i = 0; i < 300; i += 1) await started(i % 2 === 0 ? 'a' : 'b');
    const late = await read({ fromMs });
    assert.deepEqual([late.complete, late.events.length], [true, 150]);
    assert.equal((await read()).events.length, 200);
  });

  it('is empty at once where nothing happened', async () => {
    await started('a');
    assert.deepEqual(await read({ fromMs: Date.now() + 60_000 }), { events: [], complete: true });
  });

  it('is a sentence where there is no stream', async () => {
    const answer = await ask({ cluster: 'elsewhere' });
    assert.ok(!answer.ok);
    assert.match(
      answer.error[0]?.message ?? '',
      /event stream dqoes-elsewhere-events does not answer/,
    );
  });
});
