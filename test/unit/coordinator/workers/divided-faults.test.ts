import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type {
  CoordinatorDeps,
  CoordinatorHandle,
  CoordinatorSettings,
} from '../../../../coordinator/contract.js';
import { runWithLeaderElection } from '../../../../coordinator/run-with-leader-election.js';
import { err, type Fault } from '../../../../shared/result.js';
import { DividedWorld } from './divided-world.js';

const WORKERS = 2;
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
