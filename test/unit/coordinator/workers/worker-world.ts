import assert from 'node:assert/strict';
import { NO_PLACES_MEMORY } from '../../../../coordinator/schedule/places.js';
import {
  NO_PROFILES,
  type WorkloadProfiles,
} from '../../../../coordinator/schedule/workloads/profiles.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { ClusterPlaces } from '../../../../coordinator/workers/cluster-places.js';
import { withoutNodes } from '../../../../coordinator/workers/divided-state.js';
import { ownerOf } from '../../../../coordinator/workers/owner-of.js';
import type { StoreAnswer, WorkerNotices } from '../../../../coordinator/workers/worker-link.js';
import { decodeCommand, encodeCommand } from '../../../../proto/command.js';
import { createMemoryHub } from '../../../../proto/memory/bus.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { PolicyName } from '../../../../proto/schemas/service.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { DesiredState } from '../../../../shared/command.js';
import type { NodeId } from '../../../../shared/ids.js';
import type { JobSpec } from '../../../../shared/job.js';
import { silentLog } from '../../../../shared/log.js';
import { atOnce } from '../../../../shared/steps.js';
import { type InProcessWorker, InProcessWorkers } from '../../../lib/in-process-workers.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId, PARAMS } from '../build.js';
import { FakeAgent } from '../fake-agent.js';

export const CLUSTER = 'test';
export const EPOCH = 3;
export const IDENTITY = { incarnation: 'inc', epoch: EPOCH, policy: 'dqoes' } as const;

/** What is known when a term begins. */
export interface Stored {
  /** Default `dqoes`. */
  readonly policy?: PolicyName;
  /** Of workloads; absent = nothing. */
  readonly knowledge?: WorkloadProfiles;
  readonly jobs?: readonly JobSpec[];
  readonly desired?: readonly DesiredState[];
}

/** What workers have said unasked. */
class Said {
  changed = 0;
  readonly acts: number[] = [];
  readonly refused: string[] = [];
  readonly superseded: number[] = [];
  readonly stored: StoreAnswer[] = [];
  /** Ids of events. */
  readonly left: string[] = [];
  readonly queued = new Map<string, number>();
  readonly notices: WorkerNotices = {
    onChanged: () => {
      this.changed += 1;
    },
    onActs: (acts) => void this.acts.push(...acts.map(({ act }) => act.number)),
    onRefused: (events) => void this.refused.push(...events.map(({ data }) => data.job)),
    onSuperseded: (epoch) => void this.superseded.push(epoch),
    onStored: (answers) => void this.stored.push(...answers),
    onLeft: (events) => void this.left.push(...events.map(({ id }) => id)),
    onQueued: (types) => {
      for (const [type, count] of types)
        this.queued.set(type, (this.queued.get(type) ?? 0) + count);
    },
  };
}

/**
 * Workers, their agents and who decides on places, on an in-memory NATS with a clock that only the
 * test moves. Rounds are the test's.
 */
export class WorkerWorld {
  readonly clock = new ManualClock();
  readonly subjects = subjectsOf(CLUSTER);
  readonly hub = createMemoryHub({ clock: this.clock, log: silentLog });
  readonly stores = new MemoryStores({ clock: this.clock });
  readonly said = new Said();
  readonly agents: readonly FakeAgent[];
  readonly #places: ClusterPlaces;
  readonly #state: ClusterState;
  readonly #workers: InProcessWorkers;

  private constructor(agents: readonly string[], known: Stored) {
    const { clock, hub, stores } = this;
    const { jobs = [], desired = [], policy = IDENTITY.policy, knowledge = NO_PROFILES } = known;
    this.agents = agents.map((name) => new FakeAgent(hub.connect(), this.subjects, name));
    const stored = jobs.map((spec) => ({ spec, revision: 1 }));
    const empty = emptyState({ ...IDENTITY, policy });
    const withJobs = reduce(empty, { kind: 'jobs-stored', atMs: 0, jobs: stored });
    this.#state = reduce(withJobs, { kind: 'desired-stored', atMs: 0, states: desired });
    const named = { params: PARAMS, source: '/test', wallMs: () => clock.wall() };
    const memory = { ...NO_PLACES_MEMORY, knowledge };
    this.#places = new ClusterPlaces({ start: withoutNodes(this.#state), memory, ...named });
    const depsOf = () => ({ bus: hub.connect(), stores, clock, log: silentLog });
    this.#workers = new InProcessWorkers({ cluster: CLUSTER, params: PARAMS }, depsOf);
  }

  /** `of` workers, and agents by these names, which have not reported yet. */
  static async make(of: number, agents: readonly string[], stored: Stored = {}) {
    const world = new WorkerWorld(agents, stored);
    await world.stores.install(CLUSTER, { replicas: 1 });
    const revisions = new Map<NodeId, number>();
    for (const each of stored.desired ?? []) {
      const put = await (await world.bucket('desired')).put(each.node, encodeCommand(each));
      if (put.ok) revisions.set(each.node, put.value);
    }
    const { incarnation, epoch } = IDENTITY;
    const term = { incarnation, epoch, mayWriteUntilMs: Number.MAX_SAFE_INTEGER };
    const known = { state: world.#state, revisions };
    for (let index = 0; index < of; index += 1) {
      const start = { index, of, ...known, ...term };
      const { signal } = new AbortController();
      const begun = await world.#workers.begin(start, world.said.notices, signal);
      assert.ok(begun.ok);
      await begun.value.start();
    }
    return world;
  }

  get workers(): readonly InProcessWorker[] {
    return this.#workers.all;
  }

  /** To where places are decided and to all workers. */
  tell(event: StateEvent): void {
    this.#places.apply(event);
    for (const worker of this.workers) worker.tell(event);
  }

  /** Each agent reports each second. */
  async live(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      for (const agent of this.agents) agent.report({ sentAtMs: this.clock.now() });
      await this.clock.advance(1000);
    }
  }

  /** Asks all for news; what is decided from them is then to be carried out. */
  async hear(): Promise<void> {
    for (const worker of this.workers) this.#places.hear(await worker.news(this.clock.now()));
  }

  /** Places by what was heard, carried out. Kinds of what was decided on limits since. */
  async carryOut(): Promise<readonly string[]> {
    const nowMs = this.clock.now();
    for (;;) {
      const plan = atOnce(this.#places.decide(nowMs));
      if (!('profilesOf' in plan)) {
        const { length: of } = this.workers;
        const done = this.workers.map((worker, index) =>
          worker.carryOut(
            plan.placesFor((node) => ownerOf(node, of) === index),
            nowMs,
          ),
        );
        const kinds = await Promise.all(done);
        await this.clock.advance(0);
        return kinds.flatMap((each) => [...each.keys()]);
      }
      for (const worker of this.workers)
        this.#places.hearProfiles(await worker.profilesOf(plan.profilesOf));
    }
  }

  async round(): Promise<readonly string[]> {
    await this.hear();
    return this.carryOut();
  }

  async bucket(name: 'desired' | 'profiles'): Promise<KeyValueStore> {
    const opened = await this.stores.open(CLUSTER, name);
    assert.ok(opened.ok);
    return opened.value;
  }

  /** The desired state that is stored of a node. */
  async desiredOf(name: string): Promise<DesiredState | undefined> {
    const read = await (await this.bucket('desired')).get(nodeId(name));
    const decoded = read.ok && read.value !== null ? decodeCommand(read.value.value) : undefined;
    return decoded?.ok === true ? decoded.value : undefined;
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop(10_000)));
  }
}
