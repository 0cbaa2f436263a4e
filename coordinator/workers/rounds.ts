import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { Clock } from '../../shared/clock.js';
import type { NodeId } from '../../shared/ids.js';
import { type Pace, runSteps, type TimeSlice } from '../pacing/pace.js';
import type { SerialQueue } from '../pacing/serial-queue.js';
import type { Plan } from '../schedule/types.js';
import type { WorkloadProfiles } from '../schedule/workloads/profiles.js';
import { supersedingAmong } from '../state/superseding-epoch.js';
import type { ClusterPlaces, ClusterPlan } from './cluster-places.js';
import type { LastingCluster, LastingNodes } from './lasting-nodes.js';
import { ownerOf } from './owner-of.js';
import type { DecidedKinds } from './worker-link.js';
import type { WorkerSet } from './worker-set.js';

/** Who takes part in a round, and where its results go. */
export interface RoundsOptions {
  readonly workers: WorkerSet;
  readonly places: ClusterPlaces;
  readonly lasting: LastingNodes;
  /** Changes of the cluster wait here while places are decided. */
  readonly queue: SerialQueue;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly leads: () => boolean;
  /** Nodes obey a later epoch than ours. */
  readonly onSuperseded: (epoch: number) => void;
  readonly onEvents: (events: readonly DqoesEvent[]) => void;
  /** Gets each plan, and then what workers have decided, with the policy that made them. */
  readonly onPlan: (policy: string, plan: Pick<Plan, 'decisions'>) => void;
  readonly onDecided: (policy: string, kinds: DecidedKinds) => void;
  readonly registrar: { writeChanges(cluster: LastingCluster): Promise<void> };
  readonly profiles: { writeChanges(knowledge: WorkloadProfiles): Promise<void> };
}

/** What workers do about a plan: in an object, since it is not waited for where it is begun. */
interface Begun {
  readonly carriedOut: Promise<readonly DecidedKinds[]>;
}

/**
 * Decides with workers: they say what is new of their nodes, places are decided from that, and each
 * carries out what concerns its nodes. What they have not written yet looks as if it could still be
 * placed, so the next round must not begin before this one has ended.
 */
export class Rounds {
  readonly #options: RoundsOptions;

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /**
   * One round, which ends when all workers have written what they decided. False = another
   * coordinator leads. Rejects where a worker has failed.
   */
  async run(): Promise<boolean> {
    const { queue, lasting, registrar, profiles, places, leads, onDecided } = this.#options;
    const begun = await queue.run(() => this.#begin());
    if (begun === undefined) return false;
    const { policy } = places.state;
    for (const kinds of await begun.carriedOut) onDecided(policy, kinds);
    if (!leads()) return false;
    await registrar.writeChanges(lasting.cluster);
    await profiles.writeChanges(places.knowledge);
    return true;
  }

  /** Nobody changes the cluster meanwhile, except for adding new jobs, which the plan ignores. */
  async #begin(): Promise<Begun | undefined> {
    const { workers, places, lasting, clock, pace, leads } = this.#options;
    const { onSuperseded, onEvents, onPlan } = this.#options;
    const nowMs = clock.now();
    const said = await workers.ask((link) => link.news(nowMs));
    for (const each of said) places.hear(each);
    lasting.hear(said);
    const later = supersedingAmong(said.map(({ obeyed }) => obeyed));
    if (later !== undefined) onSuperseded(later);
    if (!leads()) return undefined;
    const plan = await this.#plan(nowMs, pace.begin());
    onPlan(places.state.policy, plan);
    onEvents(plan.events);
    if (!leads()) return undefined;
    const carriedOut = workers.ask((link, i) =>
      link.carryOut(plan.placesFor(workers.isOwn(i)), nowMs),
    );
    return { carriedOut };
  }

  /** Asks for the profiles that a plan wants, until it wants none. */
  async #plan(nowMs: number, slice: TimeSlice): Promise<ClusterPlan> {
    const { workers, places } = this.#options;
    for (;;) {
      const plan = await runSteps(places.decide(nowMs), slice);
      if (!('profilesOf' in plan)) return plan;
      const wanted = byOwner(plan.profilesOf, workers.size);
      const said = await workers.ask((link, i) => link.profilesOf(wanted[i] ?? []));
      for (const profiles of said) places.hearProfiles(profiles);
    }
  }
}

/** The nodes that each worker owns. */
function byOwner(nodes: readonly NodeId[], of: number): readonly (readonly NodeId[])[] {
  const owned = Array.from({ length: of }, (): NodeId[] => []);
  for (const node of nodes) owned[ownerOf(node, of)]?.push(node);
  return owned;
}
