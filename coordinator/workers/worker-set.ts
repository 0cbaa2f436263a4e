import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { NodeId } from '../../shared/ids.js';
import { formatDurationMs } from '../../shared/units.js';
import type { StateEvent } from '../state/events.js';
import { ownerOf } from './owner-of.js';
import type { WorkerLink } from './worker-link.js';

/** How workers are watched. */
export interface WorkerSetOptions {
  /** How many there are to be. */
  readonly size: number;
  readonly clock: Clock;
  /** A worker that answers nothing for so long has failed, ms. */
  readonly silentMs: number;
  /** Gets one sentence for each worker that fails. */
  readonly onFailed: (why: string) => void;
}

/** Asks one worker. */
export type Question<T> = (link: WorkerLink, index: number) => Promise<T>;

/** All workers of a term: knows which of them owns a node, and notices when one has failed. */
export class WorkerSet {
  readonly #options: WorkerSetOptions;
  #links: readonly WorkerLink[] = [];
  readonly #failed = new Set<number>();
  #isStopping = false;

  constructor(options: WorkerSetOptions) {
    this.#options = options;
  }

  /** From now on these are told and asked; before there is nobody. */
  join(links: readonly WorkerLink[]): void {
    this.#links = links;
    for (const [i, link] of links.entries())
      void link.ended.then((why) => this.#fail(i, `has ended (${why})`));
  }

  get size(): number {
    return this.#options.size;
  }

  /** Whether one of them can do nothing any more. */
  get hasFailed(): boolean {
    return this.#failed.size > 0;
  }

  hasFailedFor(node: NodeId): boolean {
    return this.#failed.has(ownerOf(node, this.#options.size));
  }

  isOwn(index: number): (node: NodeId) => boolean {
    return (node) => ownerOf(node, this.#options.size) === index;
  }

  /** An event of a node is told to its owner, others to all. */
  tell(event: StateEvent): void {
    const owner = 'node' in event ? ownerOf(event.node, this.#options.size) : undefined;
    for (const [i, link] of this.#links.entries())
      if (owner === undefined || owner === i) link.tell(event);
  }

  mayWriteUntil(ms: number): void {
    for (const link of this.#links) link.mayWriteUntil(ms);
  }

  /** What all workers answer, in their order. Rejects where one has failed. */
  ask<T>(question: Question<T>): Promise<readonly T[]> {
    return Promise.all(this.#links.map((link, i) => this.#answer(i, question(link, i))));
  }

  /** What the owner of the node answers; rejects where it has failed. */
  async askOwner<T>(node: NodeId, question: Question<T>): Promise<T> {
    const owner = ownerOf(node, this.#options.size);
    return this.#answer(owner, question(this.#linkTo(owner), owner));
  }

  /** What those answer that have not failed. */
  async askLiving<T>(question: Question<T>): Promise<readonly T[]> {
    const asked = this.#links.map(async (link, i): Promise<readonly T[]> => {
      if (this.#failed.has(i)) return [];
      return [await this.#answer(i, question(link, i))];
    });
    const answered = await Promise.allSettled(asked);
    return answered.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  }

  /** Resolves when all have ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const { silentMs } = this.#options;
    await Promise.all(this.#links.map((link) => link.stop(silentMs)));
  }

  /** As the worker answers; one that is only slow is waited for. */
  async #answer<T>(i: number, question: Promise<T>): Promise<T> {
    const halfMs = this.#options.silentMs / 2;
    // What it has to write may take long where the store is slow: another question tells.
    while (!(await this.#isSettledIn(question, halfMs)))
      if (!(await this.#isSettledIn(this.#linkTo(i).profilesOf([]), halfMs))) {
        const why = `answers nothing for ${formatDurationMs(2 * halfMs)}`;
        this.#fail(i, why);
        throw new Error(this.#sentence(i, why));
      }
    try {
      return await question;
    } catch (cause) {
      this.#fail(i, `cannot go on (${messageOf(cause)})`);
      throw cause;
    }
  }

  async #isSettledIn(question: Promise<unknown>, limitMs: number): Promise<boolean> {
    const waiting = new AbortController();
    const settled = question.then(
      () => true,
      () => true,
    );
    const over = this.#options.clock.sleep(limitMs, waiting.signal).then(() => false);
    const isSettled = await Promise.race([settled, over]);
    waiting.abort();
    return isSettled;
  }

  #linkTo(index: number): WorkerLink {
    const link = this.#links[index];
    if (link === undefined) throw new Error(`there is no worker ${index + 1}`);
    return link;
  }

  #fail(i: number, why: string): void {
    if (this.#failed.has(i) || this.#isStopping) return;
    this.#failed.add(i);
    this.#options.onFailed(this.#sentence(i, why));
  }

  #sentence(i: number, why: string): string {
    return `worker ${i + 1} of ${this.#options.size} ${why}`;
  }
}
