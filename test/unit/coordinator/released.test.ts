import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import type { CoordinatorHandle } from '../../../coordinator/contract.js';
import { runWithLeaderElection } from '../../../coordinator/run-with-leader-election.js';
import { LEASE_KEY } from '../../../coordinator/store/lease.js';
import { UNSIGNED } from '../../../proto/command-codec.js';
import { silentLog } from '../../../shared/log.js';
import { heldStill } from '../../lib/held-still.js';
import { InProcessWorkers } from '../../lib/in-process-workers.js';
import { job, jobName, SETTINGS } from './build.js';
import { WORKERS, World } from './world.js';

/** Desired states that coordinators read from now on, and the specifications in them. */
function watchReads(world: World): readonly WeakRef<object>[] {
  const read: WeakRef<object>[] = [];
  world.commands = {
    ...UNSIGNED,
    decode: (bytes) => {
      const decoded = UNSIGNED.decode(bytes);
      if (!decoded.ok) return decoded;
      read.push(new WeakRef(decoded.value));
      for (const { spec } of decoded.value.allocations)
        if (spec !== undefined) read.push(new WeakRef(spec));
      return decoded;
    },
  };
  return read;
}

describe('coordinator: what it has loaded', () => {
  it('is let go once what it decides has taken its place', async () => {
    const world = await World.make();
    const first = await world.start('c1');
    await world.live(1);
    assert.ok((await world.call('job-submit', { jobs: [job('a')] })).ok);
    await world.live(2);
    await first.stop();
    const read = watchReads(world);
    await world.start('c2');
    await world.live(3);
    assert.equal(read.length, 2);
    assert.deepEqual(await heldStill(read), []);
    await world.stop();
  });
});

const TERMS = { ...SETTINGS, workers: WORKERS } as const;

/**
 * A coordinator that leads whenever it can, in a cluster with one job. What is looked at of its
 * terms is in functions of their own: a variable of a test would hold it.
 */
class Elected {
  readonly terms: WeakRef<CoordinatorHandle>[] = [];
  readonly #stop = new AbortController();
  readonly #ended: Promise<unknown>;

  private constructor(readonly world: World) {
    const { hub, stores, clock } = world;
    const runsOn = { bus: hub.connect(), stores, clock, log: silentLog };
    this.#ended = runWithLeaderElection(TERMS, {
      ...{ ...runsOn, newNonce: randomUUID, signal: this.#stop.signal },
      // One that knows all workers would hold those of terms that have ended.
      beginWorker: (...given) => new InProcessWorkers(TERMS, () => runsOn).begin(...given),
      onLeading: (coordinator) => this.terms.push(new WeakRef(coordinator)),
    });
  }

  static async start(): Promise<Elected> {
    const world = await World.make();
    const elected = new Elected(world);
    await world.clock.advance(0);
    await world.live(1);
    assert.ok((await world.call('job-submit', { jobs: [job('a')] })).ok);
    await world.live(2);
    return elected;
  }

  /** The lease of another coordinator that follows the term that runs. */
  nextLease(): Uint8Array {
    const term = this.terms.at(-1)?.deref();
    assert.ok(term !== undefined);
    const { incarnation, epoch } = term;
    const lease = { incarnation, epoch: epoch + 1, holder: 'c2', nonce: 'another' };
    return new TextEncoder().encode(JSON.stringify(lease));
  }

  /** What the term that runs knows of the job. */
  knownJob(): WeakRef<object> {
    const record = this.terms.at(-1)?.deref()?.lastKnown.state.jobs.get(jobName('a'));
    assert.ok(record !== undefined);
    return new WeakRef(record);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    for (let i = 0; i < 50; i += 1) await this.world.clock.advance(100);
    await this.#ended;
  }
}

describe('coordinator: a term that has ended', () => {
  it('is let go while others lead', async () => {
    const elected = await Elected.start();
    const { world, terms } = elected;
    const leases = await world.stores.open('test', 'lease');
    assert.ok(leases.ok);
    await leases.value.put(LEASE_KEY, elected.nextLease());
    await world.live(3);
    assert.equal(terms.length, 1);
    assert.deepEqual(await heldStill(terms), []);
    await elected.stop();
  });

  it('is let go, with all that was known from it, once it leads again', async () => {
    const elected = await Elected.start();
    const { world, terms } = elected;
    const known = elected.knownJob();
    world.stores.destroy('test', 'desired');
    await world.live(10);
    assert.equal(terms.length, 2);
    assert.deepEqual(await heldStill<object>([...terms.slice(0, 1), known]), []);
    assert.notEqual(elected.knownJob(), known);
    await elected.stop();
  });
});
