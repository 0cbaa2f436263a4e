import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { connect, type NatsConnection } from 'nats';
import { type BucketPort, NatsBucket } from '../../proto/nats/bucket.js';
import { apiCode } from '../../proto/nats/listing.js';
import type { KeyValueStore } from '../../proto/store.js';
import { bucketOf } from '../../proto/subjects.js';
import { err, ok } from '../../shared/result.js';
import { until } from '../lib/until.js';
import { ALL, MarkerWorld, names } from './marker-world.js';
import { must } from './store-world.js';

const WRONG_LAST_SEQUENCE = 10071;

/** Lets some writes pass; the next one waits until it is released. */
class Gate {
  isHeld = false;
  release = (): void => {};
  #left: number;
  readonly #released = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  constructor(passes: number) {
    this.#left = passes;
  }

  async pass(): Promise<void> {
    if (this.#left > 0) {
      this.#left -= 1;
      return;
    }
    this.isHeld = true;
    await this.#released;
  }
}

describe('store: two coordinators that clear markers at the same time', () => {
  let world: MarkerWorld;
  let jobs: KeyValueStore;
  const connections: NatsConnection[] = [];
  beforeEach(async () => {
    world = await MarkerWorld.start();
    ({ jobs } = world);
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) await connection.close();
    await world.stop();
  });

  /** The bucket as another coordinator has it. */
  const another = async (gate = new Gate(Number.POSITIVE_INFINITY)): Promise<NatsBucket> => {
    const connection = await connect({
      servers: world.server.url,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
    });
    connections.push(connection);
    const manager = await connection.jetstreamManager();
    const call: BucketPort['call'] = async ({ kind }, run) => {
      if (kind === 'write') await gate.pass();
      try {
        return ok(await run(manager));
      } catch (cause) {
        return err(apiCode(cause) === WRONG_LAST_SEQUENCE ? 'conflict' : 'unknown');
      }
    };
    const port = { js: connection.jetstream(), bus: world.client.bus, timeoutMs: 5000, call };
    return new NatsBucket(bucketOf('main', 'jobs'), port);
  };

  /** What lives is as it was, for all, also after an unclean end of the server. */
  const holds = async (expected: readonly string[]): Promise<void> => {
    assert.deepEqual(await world.listed(), expected);
    await world.killAndStart();
    assert.deepEqual(await world.listedAnew(), expected, 'one that opened it just now');
    assert.deepEqual(await world.listed(), expected, 'one that had it open');
  };
  /** The same where the server has jobs again that were stopped, so that this shows something. */
  const staysStopped = async (expected: readonly string[]): Promise<void> => {
    await holds(expected);
    assert.notEqual((await world.valuesOf(names(0, 50, 'stopped'))).length, 0, 'none came back');
    must(await jobs.clearMarkers(ALL));
    assert.deepEqual(await world.listed(), expected);
  };

  /** Jobs that run, that are stopped, and whose names are used again, once `gone` were stopped. */
  const successorActs = async (gone: readonly string[]): Promise<void> => {
    await world.go(names(0, 50, 'stopped'));
    await world.come(gone.slice(0, 20));
    await world.come(names(0, 20, 'new'));
  };

  const start = async (): Promise<readonly string[]> => {
    const gone = names(0, 100);
    await world.come(names(0, 50, 'live'));
    await world.come(names(0, 50, 'stopped'));
    await world.comeAndGo(gone);
    return gone;
  };
  const LIVE = 50 + 20 + 20;

  it('the one whose term ended before its note was stored purges nothing', async () => {
    const gone = await start();
    const gate = new Gate(0);
    const former = (await another(gate)).clearMarkers(ALL);
    await until(() => gate.isHeld, 'the former leader to be held');
    await successorActs(gone);
    assert.equal(must(await jobs.clearMarkers(ALL)), 130);
    const expected = await world.listed();
    assert.equal(expected.length, LIVE);
    gate.release();
    assert.deepEqual(await former, { ok: false, error: 'conflict' });
    await staysStopped(expected);
  });

  it('the one whose term ended before it purged takes nothing that was written since', async () => {
    const gone = await start();
    const gate = new Gate(1);
    const former = (await another(gate)).clearMarkers(ALL);
    await until(() => gate.isHeld, 'the former leader to be held');
    await successorActs(gone);
    must(await jobs.clearMarkers(ALL));
    const expected = await world.listed();
    assert.equal(expected.length, LIVE);
    gate.release();
    must(await former);
    await staysStopped(expected);
  });

  it('lose nothing and bring nothing back while jobs come and go', async () => {
    const others = [await another(), await another()];
    for (let round = 0; round < 3; round += 1) {
      const gone = names(0, 100, `gone-${round}`);
      await world.comeAndGo(gone);
      const [, , ...cleared] = await Promise.all([
        world.come(names(0, 50, `live-${round}`)),
        world.comeAndGo(names(0, 50, `brief-${round}`)),
        jobs.clearMarkers(ALL),
        ...others.map((each) => each.clearMarkers(ALL)),
      ]);
      for (const each of cleared)
        assert.ok(each.ok || each.error === 'conflict', JSON.stringify(each));
      assert.ok(cleared.some(({ ok: isDone }) => isDone));
      await world.come(gone.slice(0, 50));
      const expected = await world.listed();
      assert.equal(expected.length, 100 * (round + 1));
      await holds(expected);
    }
  });
});
