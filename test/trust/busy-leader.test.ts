import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'mocha';
import { isLease, readLease } from '../../coordinator/store/lease.js';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { JobSpec } from '../../shared/job.js';
import { silentLog } from '../../shared/log.js';
import { Fleet, jobsFor } from '../bench/lib/fleet.js';
import { keepBusy } from '../lib/busy-processes.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { roundsOr } from '../lib/rounds.js';
import { until } from '../lib/until.js';
import { WatchedCoordinator } from '../lib/watched-coordinator.js';

const CLUSTER = 'busy';
const AGENTS = 200;
/** Jobs of one call, and calls that are under way together. */
const BATCH = 400;
const CALLS_AT_ONCE = 4;
const BUSY = 2;
const PATIENCE_MS = 150_000;

describe('trust: a leader that is busy is not a dead leader', function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-busy-'));
  const subjects = subjectsOf(CLUSTER);
  let endings: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of endings.reverse()) await end();
    endings = [];
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** NATS, a coordinator that leads, and agents that report. */
  async function start(): Promise<{
    client: NatsClient;
    coordinator: WatchedCoordinator;
    fleet: Fleet;
  }> {
    const server: TestNatsServer = await startNatsServer();
    endings.push(() => server.stop());
    const connected = await connectNats({ servers: [server.url], name: 'test', log: silentLog });
    assert.ok(connected.ok);
    const client = connected.value;
    endings.push(() => client.bus.close());
    const coordinator = new WatchedCoordinator({ folder, url: server.url, cluster: CLUSTER });
    endings.push(() => coordinator.end());
    const fleet = new Fleet(client.bus, subjects, AGENTS);
    endings.push(() => fleet.stop());
    fleet.start();
    await until(
      () => coordinator.hasLed,
      () => coordinator.said,
      60_000,
    );
    return { client, coordinator, fleet };
  }

  const epochOf = async ({ stores }: NatsClient): Promise<number | undefined> => {
    const store = await stores.open(CLUSTER, 'lease');
    const lease = store.ok ? await readLease(store.value) : store;
    return lease.ok && isLease(lease.value) ? lease.value.epoch : undefined;
  };

  async function keysOf({ stores }: NatsClient): Promise<ReadonlySet<string>> {
    const store = await stores.open(CLUSTER, 'jobs');
    const listed = store.ok ? await store.value.list() : store;
    assert.ok(listed.ok);
    return new Set(listed.value.map(({ key }) => key));
  }

  /** Names of the jobs that were acknowledged. */
  async function submit({ bus }: NatsClient, jobs: readonly JobSpec[]): Promise<readonly string[]> {
    const batches = Array.from({ length: Math.ceil(jobs.length / BATCH) }, (_, i) =>
      jobs.slice(i * BATCH, (i + 1) * BATCH),
    ).values();
    const known: string[] = [];
    const caller = async (): Promise<void> => {
      for (const batch of batches) {
        const answer = await callService({ bus, subjects, timeoutMs: PATIENCE_MS }, 'job-submit', {
          jobs: batch,
        });
        if (answer.ok) known.push(...answer.value.created, ...answer.value.unchanged);
      }
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, caller));
    return known;
  }

  for (let round = 1; round <= roundsOr(1); round += 1)
    it(`leads on under a flood of jobs on a busy machine, forgets none (${round})`, async () => {
      const { client, coordinator, fleet } = await start();
      const epoch = await epochOf(client);
      endings.push(keepBusy(BUSY));
      const jobs = jobsFor(AGENTS);
      const acknowledged = await submit(client, jobs);
      await until(
        () => coordinator.stepDowns > 0 || fleet.allocations === jobs.length,
        () => `${fleet.allocations} of ${jobs.length} jobs are placed`,
        PATIENCE_MS,
      );
      const stallMs = coordinator.longestStallMs.toFixed(0);
      const story = `longest stall ${stallMs} ms\n${coordinator.said}`;
      assert.equal(coordinator.stepDowns, 0, story);
      assert.deepEqual([epoch, await epochOf(client)], [1, 1], story);
      assert.equal(acknowledged.length, jobs.length, story);
      const stored = await keysOf(client);
      assert.deepEqual(
        acknowledged.filter((name) => !stored.has(name)),
        [],
      );
    });
});
