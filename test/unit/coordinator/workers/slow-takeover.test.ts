import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CoordinatorDeps } from '../../../../coordinator/contract.js';
import { startCoordinator } from '../../../../coordinator/start.js';
import type { BeginWorker } from '../../../../coordinator/workers/worker-link.js';
import type { BucketName, StoreProvider } from '../../../../proto/store.js';
import { ok } from '../../../../shared/result.js';
import { job } from '../build.js';
import { DividedWorld } from './divided-world.js';

/** Longer than it takes until a silent node is down (16 s), and shorter than workers may take. */
const SLOW_MS = 18_000;
const STEP_MS = 250;

describe('coordinators: a takeover that takes long', () => {
  let world: DividedWorld;
  beforeEach(async () => {
    world = await DividedWorld.make(3);
  });
  afterEach(() => world.stop());

  /** Each agent reports each second, one after the other. */
  async function live(seconds: number): Promise<void> {
    for (let step = 0; step < (seconds * 1000) / STEP_MS; step += 1) {
      world.agents[step % 4]?.report();
      await world.clock.advance(STEP_MS);
    }
  }

  /** Stores in which the first list of one bucket takes long. */
  const slowStores = (provider: StoreProvider, slow: BucketName): StoreProvider => ({
    install: (...args) => provider.install(...args),
    openEvents: (...args) => provider.openEvents(...args),
    auditLog: (...args) => provider.auditLog(...args),
    openHistory: (...args) => provider.openHistory(...args),
    reader: (...args) => provider.reader(...args),
    open: async (cluster, bucket) => {
      const opened = await provider.open(cluster, bucket);
      if (!opened.ok || bucket !== slow) return opened;
      const store = opened.value;
      let leftMs = SLOW_MS;
      const list = async () => {
        await world.clock.sleep(leftMs);
        leftMs = 0;
        return store.list();
      };
      return ok({ ...store, list });
    },
  });

  /** Another coordinator takes over meanwhile. */
  async function takeOver(workers: number): Promise<void> {
    const settings = world.settingsOf(workers, 'c2');
    const { deps } = world.depsOf(settings);
    const beginWorker: BeginWorker = async (...given) => {
      await world.clock.sleep(SLOW_MS);
      return deps.beginWorker(...given);
    };
    const stores = slowStores(deps.stores, 'jobs');
    const slow: CoordinatorDeps = workers > 0 ? { ...deps, beginWorker } : { ...deps, stores };
    const starting = startCoordinator(settings, slow);
    await live(SLOW_MS / 1000 + 4);
    const started = await starting;
    assert.ok(started.ok, JSON.stringify(started));
    await live(30);
    const stopping = started.value.stop();
    await live(1);
    await stopping;
  }

  for (const workers of [0, 2])
    it(`leaves jobs where they run (${workers} workers)`, async () => {
      const { leader } = await world.start(workers);
      await live(3);
      const jobs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => job(name));
      await world.ask('job-submit', { jobs });
      await live(5);
      const { placed } = world;
      assert.equal(placed.size, jobs.length);
      const stopping = leader.stop();
      await live(1);
      await stopping;
      world.facts.length = 0;
      await takeOver(workers);
      assert.deepEqual(world.placed, placed);
      const types = world.facts.map(({ type }) => type);
      for (const type of ['dqoes.node.down', 'dqoes.coordinator.frozen', 'dqoes.job.lost'] as const)
        assert.ok(!types.includes(type), type);
      assert.ok(types.includes('dqoes.coordinator.elected'));
    }).timeout(60_000);
});
