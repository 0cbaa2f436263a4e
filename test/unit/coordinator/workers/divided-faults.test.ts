import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type {
  CoordinatorDeps,
  CoordinatorHandle,
  CoordinatorSettings,
} from '../../../../coordinator/contract.js';
import { runWithLeaderElection } from '../../../../coordinator/run-with-leader-election.js';
import { ownerOf } from '../../../../coordinator/workers/owner-of.js';
import type { BeginWorker } from '../../../../coordinator/workers/worker-link.js';
import type { Bus } from '../../../../proto/bus.js';
import type { StoreProvider } from '../../../../proto/store.js';
import { err, type Fault, ok } from '../../../../shared/result.js';
import { InProcessWorkers } from '../../../lib/in-process-workers.js';
import { job, target } from '../build.js';
import { DividedWorld } from './divided-world.js';

const WORKERS = 2;
const JOBS = ['a', 'b', 'c', 'd'].map((name) => job(name, { replicas: 2, target: target(400) }));

/** A connection to NATS that may break, and the stores behind it. */
class Cable {
  isCut = false;

  bus(bus: Bus): Bus {
    const subscribe: Bus['subscribe'] = (subject, handler) =>
      bus.subscribe(subject, (message) => {
        if (!this.isCut) handler(message);
      });
    const publish: Bus['publish'] = (...message) => {
      if (!this.isCut) bus.publish(...message);
    };
    const broken: Partial<Bus> = { subscribe, publish };
    return new Proxy(bus, {
      get: (whole, name) => {
        const value = Reflect.get(name in broken ? broken : whole, name);
        return typeof value === 'function' && !(name in broken) ? value.bind(whole) : value;
      },
    });
  }

  stores(provider: StoreProvider): StoreProvider {
    return {
      install: (...args) => provider.install(...args),
      openEvents: (...args) => provider.openEvents(...args),
      auditLog: (...args) => provider.auditLog(...args),
      openHistory: (...args) => provider.openHistory(...args),
      reader: (...args) => provider.reader(...args),
      open: async (cluster, bucket) => {
        const opened = this.isCut ? err('unknown' as const) : await provider.open(cluster, bucket);
        if (!opened.ok) return opened;
        const store = opened.value;
        return ok({
          ...store,
          get: async (...args) => (this.isCut ? err('unknown' as const) : store.get(...args)),
          put: async (...args) => (this.isCut ? err('unknown' as const) : store.put(...args)),
          lastRevision: async () => (this.isCut ? err('unknown' as const) : store.lastRevision()),
        });
      },
    };
  }
}

/** What a coordinator has come to. */
interface Run {
  readonly terms: CoordinatorHandle[];
  /** Of each term that has ended. */
  readonly ends: string[];
  faults: readonly Fault[] | null | undefined;
}

describe('coordinator: faults of its workers', () => {
  let world: DividedWorld;
  let stop: AbortController;
  beforeEach(async () => {
    world = await DividedWorld.make();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    for (let turn = 0; turn < 40; turn += 1) await world.clock.advance(1000);
  });

  const run = (settings: CoordinatorSettings, deps: CoordinatorDeps): Run => {
    const its: Run = { terms: [], ends: [], faults: undefined };
    const onLeading = (leader: CoordinatorHandle): void => {
      its.terms.push(leader);
      void leader.ended.then((why) => its.ends.push(why));
    };
    const turns = { newNonce: randomUUID, signal: stop.signal, onLeading };
    void runWithLeaderElection(settings, { ...deps, ...turns }).then((faults) => {
      its.faults = faults;
    });
    return its;
  };
  /** With one worker at the end of a cable of its own. */
  const runWithCable = (cable: Cable, atItsEnd: number) => {
    const settings = world.settingsOf(WORKERS);
    const { deps } = world.depsOf(settings);
    const cabled = { ...deps, bus: cable.bus(deps.bus), stores: cable.stores(deps.stores) };
    const workers = new InProcessWorkers(settings, (at) => (at === atItsEnd ? cabled : deps));
    return run(settings, { ...deps, beginWorker: workers.begin });
  };
  /** Those nodes that this worker owns. */
  const ownedBy = (index: number) =>
    world.agents.filter(({ node }) => ownerOf(node, WORKERS) === index);

  it('one that NATS does not answer takes no node for silent: the term ends', async () => {
    // So few that their silence would not look like a fault of the coordinator.
    const few = ownedBy(0).length <= ownedBy(1).length ? 0 : 1;
    assert.ok(ownedBy(few).length > 0);
    const cable = new Cable();
    const { terms, ends } = runWithCable(cable, few);
    await world.live(3);
    await world.ask('job-submit', { jobs: JOBS });
    await world.live(30);
    const before = world.placed;
    assert.equal(before.size, 2 * JOBS.length);
    cable.isCut = true;
    await world.live(40);
    assert.deepEqual(world.placed, before, 'jobs were started a second time');
    const why = `^worker ${few + 1} of 2 cannot go on \\(NATS does not answer it`;
    assert.match(ends.join('; '), new RegExp(why));
    assert.equal(terms.length, 1, 'it led without one of its workers');
    cable.isCut = false;
    await world.live(30);
    assert.equal(terms.length, 2);
    assert.deepEqual(world.placed, before);
  }).timeout(20_000);

  it('one that the store does not answer when it begins is begun again', async () => {
    const cable = new Cable();
    cable.isCut = true;
    const its = runWithCable(cable, 1);
    await world.live(20);
    assert.deepEqual([its.terms.length, its.faults], [0, undefined]);
    cable.isCut = false;
    await world.live(20);
    assert.deepEqual([its.terms.length, its.faults], [1, undefined]);
  });

  it('one that does not begin in time leaves the lease to others', async () => {
    const settings = world.settingsOf(WORKERS);
    const { deps, workers } = world.depsOf(settings);
    const beginWorker: BeginWorker = (start, notices, signal) =>
      start.index === 0
        ? workers.begin(start, notices, signal)
        : new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('given up')));
          });
    const its = run(settings, { ...deps, beginWorker });
    await world.live(15);
    assert.equal(workers.living.length, 1);
    const other = run(world.settingsOf(0, 'c2'), world.depsOf(world.settingsOf(0, 'c2')).deps);
    await world.live(15);
    assert.deepEqual([its.terms.length, its.faults], [0, undefined]);
    assert.equal(other.terms.length, 1, 'nobody leads');
    assert.equal(workers.living.length, 0);
  });

  for (const workers of [0, WORKERS])
    it(`keep events that the stream did not take for the next term, with ${workers}`, async () => {
      const settings = world.settingsOf(workers);
      let takesLease = true;
      const { deps } = world.depsOf(settings, async (bucket, put) =>
        bucket === 'lease' && !takesLease ? err('unknown' as const) : put(),
      );
      const { terms } = run(settings, deps);
      await world.live(10);
      const [agent] = world.agents;
      assert.ok(agent !== undefined);
      const suspects = () =>
        world.facts.filter(
          ({ type, data }) =>
            type === 'dqoes.node.suspect' && 'node' in data && data.node === agent.node,
        ).length;
      world.takesEvents = false;
      agent.isPaused = true;
      await world.live(9);
      agent.isPaused = false;
      await world.live(3);
      takesLease = false;
      await world.live(30);
      assert.equal(suspects(), 0);
      [takesLease, world.takesEvents] = [true, true];
      await world.live(20);
      assert.equal(terms.length, 2);
      assert.equal(suspects(), 1);
    });
});
