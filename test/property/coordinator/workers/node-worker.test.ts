import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nextDesired } from '../../../../coordinator/dispatch/next-desired.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type ScheduleInput,
  schedule,
} from '../../../../coordinator/schedule/schedule.js';
import type { Plan } from '../../../../coordinator/schedule/types.js';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { snapshotOf } from '../../../../coordinator/state/snapshot.js';
import { supersedingEpoch } from '../../../../coordinator/state/superseding-epoch.js';
import type { DqoesEvent } from '../../../../proto/schemas/event.js';
import { PARAMS } from '../../../unit/coordinator/build.js';
import { like, ToyCluster } from '../../../unit/coordinator/schedule/toy-cluster.js';
import { anyEvent, START } from '../state/any-event.js';
import { byIds, type Divided, DividedCluster, SOURCE, VALID_FOR_MS } from './divided-cluster.js';
import { ALL_KINDS, HOSTS, kindsIn, Life, workOf } from './life.js';

const WORKERS = [1, 2, 4];
const SEEDS = 5;
const ACTS = 9;

/** Those that concern jobs or all nodes. */
const TO_JOBS = /job\.(submitted|stopped|infeasible|preempted)|coordinator\./;

const between = (before: ClusterState, after: ClusterState, nowMs: number) =>
  deriveEvents(before, after, { nowMs, wallMs: 0, source: SOURCE });

/** What happened on nodes between two states. */
const happened = (before: ClusterState, after: ClusterState, nowMs: number) =>
  byIds(between(before, after, nowMs).filter(({ type }) => !TO_JOBS.test(type)));

/** What happened to jobs. */
const toJobsOf = (before: ClusterState, after: ClusterState, nowMs: number) =>
  between(before, after, nowMs).filter(({ type }) => TO_JOBS.test(type));

/**
 * What a plan comes to, as a divided cluster says it; `before`: the state that it was made from,
 * `toJobs`: what had happened to jobs since the plan before.
 */
function asDivided(
  before: ClusterState,
  nowMs: number,
  { plan, toJobs }: { plan: Plan; toJobs: readonly DqoesEvent[] },
): Divided {
  const state = planned(before, nowMs, plan);
  const { pending, preempted, turns, rollouts, unreachable, conditions = [] } = plan;
  return {
    ...{ pending, preempted },
    ...(turns === undefined ? {} : { turns }),
    ...(rollouts === undefined ? {} : { rollouts }),
    states: nextDesired(state, plan, VALID_FOR_MS),
    ...{ unreachable, conditions },
    events: happened(before, state, nowMs),
    toJobs: byIds([...toJobs, ...toJobsOf(before, state, nowMs)]),
    superseding: supersedingEpoch(before),
  };
}

const planned = (state: ClusterState, atMs: number, plan: Plan): ClusterState => {
  const { pending, preempted, unreachable, conditions = [], rollouts = [] } = plan;
  const said = { pending, preempted, unreachable, conditions, rollouts };
  return reduce(state, { kind: 'planned', atMs, ...said });
};

/** Those who read see what one coordinator knows, and one that takes over decides the same. */
function checkJoined(
  divided: DividedCluster,
  { state, plan, nowMs }: { state: ClusterState; plan: Plan; nowMs: number },
): void {
  const { joined } = divided;
  assert.deepEqual(joined.state, state);
  const common = { nowMs, params: PARAMS, policy: POLICIES[state.policy] };
  const input = { snapshot: snapshotOf(joined.state), ...common };
  assert.deepEqual(schedule(input, joined.memory).plan, plan);
}

/**
 * Desired states of two nodes that do not follow from a plan, one after the other: of what another
 * worker stores at the same time a worker knows what was planned, and no more.
 */
const storedOneByOne = (event: StateEvent): readonly StateEvent[] =>
  event.kind === 'desired-stored'
    ? event.states.map((state) => ({ ...event, states: [state] }))
    : [event];

/** A cluster about which everything is decided by one, and by workers. */
class CheckedCluster extends ToyCluster {
  readonly found = new Set<string>();
  #divided: readonly DividedCluster[] = [];
  readonly #toJobs: DqoesEvent[] = [];

  divide(): this {
    this.#divided = WORKERS.map((workers) => new DividedCluster(this.state, workers));
    return this;
  }

  /** Whether profiles were asked for, of some nodes and in some rounds. */
  get hasAskedEach(): boolean {
    return this.#divided.every(({ asked }) => asked > 0);
  }

  override apply(event: StateEvent): void {
    const before = this.state;
    super.apply(event);
    if (event.kind === 'planned') return;
    const whole = happened(before, this.state, event.atMs);
    this.#toJobs.push(...toJobsOf(before, this.state, event.atMs));
    for (const divided of this.#divided) assert.deepEqual(byIds(divided.apply(event)), whole);
  }

  protected override plan(input: ScheduleInput): Plan {
    const plan = super.plan(input);
    const whole = asDivided(this.state, this.nowMs, { plan, toJobs: this.#toJobs.splice(0) });
    const [, several] = this.#divided;
    if (several !== undefined) checkJoined(several, { state: this.state, plan, nowMs: this.nowMs });
    for (const divided of this.#divided) {
      assert.deepEqual(divided.decide(this.nowMs), whole);
      assert.deepEqual(divided.nodes, this.state.nodes);
    }
    for (const kind of kindsIn(plan)) this.found.add(kind);
    return plan;
  }
}

describe('workers that own the nodes of a cluster', () => {
  it('decide as one coordinator does while a cluster lives', function () {
    this.timeout(120_000);
    const found = new Set<string>();
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const cluster = new CheckedCluster(HOSTS, workOf).divide();
      const life = new Life(seed, cluster);
      try {
        for (let i = 0; i < ACTS; i += 1) life.act();
      } catch (cause) {
        throw new Error(`seed ${seed}, after ${cluster.nowMs / 1000} s`, { cause });
      }
      for (const kind of cluster.found) found.add(kind);
      assert.ok(cluster.hasAskedEach, 'no profile was asked for');
    }
    assert.deepEqual([...found].sort(), ALL_KINDS);
  });

  it('call nothing moved that is stopped while it moves', () => {
    const work = (name: string): number => (name === 'a' || name === 'c' ? 0.12 : 0.03);
    const cluster = new CheckedCluster(['h1', 'h2'], work).divide();
    cluster.submit(...['a', 'b', 'c', 'd'].map((name) => like(name, 100)));
    const moving = () =>
      [...cluster.state.nodes.values()]
        .flatMap(({ desired }) => desired?.allocations ?? [])
        .find(({ replaces }) => replaces !== undefined);
    for (let i = 0; i < 60 && moving() === undefined; i += 1) cluster.run(1);
    const name = moving()?.job;
    assert.ok(name !== undefined, 'nothing moves');
    cluster.apply({ kind: 'job-removed', atMs: cluster.nowMs, name });
    cluster.run(5);
    assert.equal(moving(), undefined);
    assert.deepEqual(
      cluster.events.filter((event) => event.startsWith('job.moved')),
      [],
    );
  });

  for (const workers of WORKERS)
    it(`decide the same whatever happens, if there are ${workers}`, () => {
      fc.assert(
        fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
          let [state, memory] = [START, NO_MEMORY];
          let toJobs: readonly DqoesEvent[] = [];
          const divided = new DividedCluster(START, workers);
          for (const event of events.flatMap(storedOneByOne)) {
            const { atMs } = event;
            const before = state;
            state = reduce(before, event);
            assert.deepEqual(byIds(divided.apply(event)), happened(before, state, atMs));
            toJobs = [...toJobs, ...toJobsOf(before, state, atMs)];
            const common = { nowMs: atMs, params: PARAMS, policy: POLICIES[state.policy] };
            const decided = schedule({ snapshot: snapshotOf(state), ...common }, memory);
            memory = decided.memory;
            const { plan } = decided;
            const whole = asDivided(state, atMs, { plan, toJobs });
            checkJoined(divided, { state, plan, nowMs: atMs });
            assert.deepEqual(divided.decide(atMs), whole);
            state = planned(state, atMs, plan);
            assert.deepEqual(divided.nodes, state.nodes);
            const stored = { kind: 'desired-stored', atMs, states: whole.states } as const;
            const after = reduce(state, stored);
            assert.deepEqual(byIds(divided.apply(stored)), happened(state, after, atMs));
            toJobs = toJobsOf(state, after, atMs);
            state = after;
          }
        }),
        { numRuns: 100 },
      );
    });
});
