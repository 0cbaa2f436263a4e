import type { DesiredState } from '../../shared/command.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { World } from './world.js';

const STAYS_SO = '2 what was stopped or updated never comes back as it was';
/**
 * A decision that was made before may still be on its way to the store: as long as a slow call
 * takes, and the pass before it, ms.
 */
const UNDER_WAY_MS = 15_000;

interface Answer {
  readonly atMs: number;
  /** null = it was stopped. */
  readonly spec: JobSpec | null;
}

/** What was acknowledged last of each job, held against all that is desired from then on. */
export class AcknowledgedWatch {
  readonly #answers = new Map<string, Answer>();
  /**
   * Of each node, as it was stored last: also where the bucket was lost since, and is filled again.
   */
  readonly #desired = new Map<NodeId, DesiredState>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Until it is answered, the job may be as it was or as it is asked for. */
  asked(job: JobName): void {
    this.#answers.delete(job);
  }

  answered(job: JobName, spec: JobSpec | null): void {
    this.#answers.set(job, { atMs: this.#world.nowMs, spec });
  }

  /** What the store knew of jobs is gone. */
  onLost(): void {
    this.#answers.clear();
  }

  /** The store holds a job again that was deleted. */
  onBack(job: string): void {
    const isStopped = this.#answers.get(job)?.spec === null;
    this.#world.check(STAYS_SO, !isStopped, () => ({
      node: '',
      text: `${job} was stopped, which was acknowledged, and the store holds it again`,
    }));
  }

  onDesired(state: DesiredState): void {
    const { node, allocations } = state;
    const before = this.#desired.get(node);
    this.#desired.set(node, state);
    for (const { id, job, spec } of allocations) {
      const answer = this.#answers.get(job);
      if (answer === undefined || spec === undefined) continue;
      if (this.#world.nowMs - answer.atMs < UNDER_WAY_MS) continue;
      const known = before?.allocations.find((one) => one.id === id)?.spec;
      const isOld = answer.spec === null || targetOf(spec) !== targetOf(answer.spec);
      const comesBack = isOld && (known === undefined || targetOf(known) !== targetOf(spec));
      const was = answer.spec === null ? 'stopped' : `updated to ${targetOf(answer.spec)}`;
      this.#world.check(STAYS_SO, !comesBack, () => ({
        node,
        text:
          `${job} was ${was}, which was acknowledged, and ${id} is desired with ` +
          `${targetOf(spec)}`,
      }));
    }
  }
}

/** Each submission of the operator has another one. */
const targetOf = ({ target, replicas }: JobSpec): string => `${replicas} × ${target.latencyMs} ms`;
