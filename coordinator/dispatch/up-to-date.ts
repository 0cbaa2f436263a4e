import type { DesiredState } from '../../shared/command.js';
import type { ClusterState, NodeRecord } from '../state/model.js';

/** What a node was looked at with. */
type Known = Pick<ClusterState, 'jobs' | 'secrets' | 'incarnation' | 'epoch' | 'registration'>;

/** What a desired state was compared with. */
type Compared = Pick<ClusterState, 'jobs' | 'secrets'> & Pick<NodeRecord, 'sealingKey'>;

/**
 * What was found to hold the newest version of each job and secret. To be kept by the caller
 * between two calls, so that only what changed is compared.
 */
export class UpToDate {
  /** Desired states, and what was known then. */
  readonly #compared = new WeakMap<DesiredState, Compared>();
  /** Nodes that need nothing, by their places in the state. */
  #quiet: NodeRecord[] = [];
  #known: Known | undefined;

  /** To be called before nodes are looked at. */
  begin(state: Known): void {
    const { jobs, secrets, incarnation, epoch, registration } = state;
    const before = this.#known;
    if (
      before?.jobs === jobs &&
      before.secrets === secrets &&
      before.incarnation === incarnation &&
      before.epoch === epoch &&
      before.registration === registration
    )
      return;
    this.#known = { jobs, secrets, incarnation, epoch, registration };
    this.#quiet = [];
  }

  /** Whether the node that stands there is that of the last `noteQuiet`. */
  isQuiet(place: number, node: NodeRecord): boolean {
    return this.#quiet[place] === node;
  }

  /** It needs no other desired state than it has while it, the jobs and the secrets stay. */
  noteQuiet(place: number, node: NodeRecord): void {
    this.#quiet[place] = node;
  }

  /** No more nodes are there. */
  cut(count: number): void {
    if (this.#quiet.length > count) this.#quiet.length = count;
  }

  /** Whether the desired state was found to be the newest, with the same jobs and secrets. */
  has(desired: DesiredState, { jobs, secrets, sealingKey }: Compared): boolean {
    const then = this.#compared.get(desired);
    return then?.jobs === jobs && then.secrets === secrets && then.sealingKey === sealingKey;
  }

  add(desired: DesiredState, { jobs, secrets, sealingKey }: Compared): void {
    this.#compared.set(desired, { jobs, secrets, sealingKey });
  }
}
