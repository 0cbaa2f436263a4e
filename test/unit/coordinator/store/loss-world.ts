import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { runWithLeaderElection } from '../../../../coordinator/run-with-leader-election.js';
import { LEASE_KEY } from '../../../../coordinator/store/lease.js';
import type { BucketName, StoreProvider } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { err, type Fault, ok } from '../../../../shared/result.js';
import { job, PARAMS, target } from '../build.js';
import { World } from '../world.js';

const SETTINGS = {
  cluster: 'test',
  policy: 'dqoes',
  params: PARAMS,
  leaseMs: 10_000,
  replicas: 1,
} as const;

/** Coordinators that stand by and lead, an agent, and stores that do not answer at times. */
export class LossWorld {
  /** The store does not answer c1; does not answer its lists; does not answer the others. */
  isAway = false;
  isListAway = false;
  isOtherAway = false;
  /** Buckets that c1 cannot make now. */
  unmade: readonly BucketName[] = [];
  /** Leases of c1 that are stored without an answer, and nothing is heard for one call after. */
  unheardLeases = 0;
  readonly running: {
    readonly stop: AbortController;
    readonly ended: Promise<readonly Fault[] | null>;
  }[] = [];

  private constructor(readonly world: World) {}

  /** c1 leads, and knows the jobs a and b. */
  static async start(): Promise<LossWorld> {
    const world = await World.make();
    const made = new LossWorld(world);
    made.run('c1');
    await world.clock.advance(0);
    await world.call('job-submit', {
      jobs: [job('a', { target: target(500) }), job('b', { target: target(80) })],
    });
    await world.call('policy-set', { policy: 'dqoes' });
    await made.makeToken('abcdefgh01');
    await world.live(12);
    world.events.length = 0;
    return made;
  }

  run(name: string, acceptLost: readonly 'jobs'[] = []) {
    const stop = new AbortController();
    const { clock, hub } = this.world;
    const deps = {
      bus: hub.connect(),
      stores: this.#awayAtTimes(this.world.stores, name === 'c1'),
      clock,
      log: silentLog,
      newNonce: randomUUID,
      signal: stop.signal,
    };
    const ended = runWithLeaderElection({ ...SETTINGS, name, acceptLost }, deps);
    this.running.push({ stop, ended });
    return { stop, ended };
  }

  async makeToken(id: string): Promise<void> {
    const token = { id, name: '', role: 'viewer', hash: '0'.repeat(64) } as const;
    const answer = await this.world.call('token-create', token);
    assert.ok(answer.ok, JSON.stringify(answer));
  }

  async keysOf(bucket: BucketName): Promise<readonly string[]> {
    const opened = await this.world.stores.open('test', bucket);
    assert.ok(opened.ok, bucket);
    const listed = await opened.value.list();
    assert.ok(listed.ok);
    return listed.value.map(({ key }) => key).sort();
  }

  async stop(): Promise<void> {
    for (const { stop } of this.running) stop.abort();
    for (let i = 0; i < 50; i += 1) await this.world.clock.advance(100);
    await Promise.all(this.running.map(({ ended }) => ended));
  }

  #awayAtTimes(provider: StoreProvider, isFirst: boolean): StoreProvider {
    const isSilent = (): boolean => (isFirst ? this.isAway : this.isOtherAway);
    let isDeaf = false;
    return {
      install: async (...args) => {
        const made = await provider.install(...args);
        if (!isFirst || this.unmade.length === 0) return made;
        for (const bucket of this.unmade) this.world.stores.destroy('test', bucket);
        return err('unknown');
      },
      openEvents: (...args) => provider.openEvents(...args),
      auditLog: (...args) => provider.auditLog(...args),
      openHistory: (...args) => provider.openHistory(...args),
      reader: (...args) => provider.reader(...args),
      open: async (...args) => {
        const opened = await provider.open(...args);
        if (!opened.ok) return opened;
        const store = opened.value;
        return ok({
          ...store,
          get: async (key) => {
            const isUnheard = isSilent() || isDeaf;
            isDeaf = false;
            return isUnheard ? err('unknown') : store.get(key);
          },
          list: async () => (isFirst && this.isListAway ? err('unknown') : store.list()),
          put: async (...given) => {
            if (isSilent()) return err('unknown');
            const put = await store.put(...given);
            const isUnheard = put.ok && isFirst && given[0] === LEASE_KEY;
            if (!isUnheard || this.unheardLeases === 0) return put;
            this.unheardLeases -= 1;
            isDeaf = true;
            return err('unknown');
          },
        });
      },
    };
  }
}
