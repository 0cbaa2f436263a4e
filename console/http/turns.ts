import { FairQueue } from '../../shared/fair-queue.js';
import { err, type Fault } from '../../shared/result.js';
import type { Answer, CostlyKind, Route } from './route.js';

const WAITING = 256;
/**
 * How many of each kind are answered at once. The leader makes one search at a time, and keeps one
 * waiting: a console that sends it two leaves no place to others.
 */
const RUNNING: Readonly<Record<CostlyKind, number>> = { pages: 2, reports: 2, searches: 1 };
const WORDS: Readonly<Record<CostlyKind, string>> = {
  pages: 'events or history',
  reports: 'reports',
  searches: 'capacity',
};

/** A request that may have to wait for its turn. */
export interface Turn {
  /** Whose it is: clients take turns. */
  readonly key: string;
  /** The caller is gone. */
  readonly signal: AbortSignal;
}

/** Answers a few costly requests of each kind at a time; clients take turns. */
export class Turns {
  readonly #queues: Readonly<Record<CostlyKind, FairQueue>> = {
    pages: queueOf('pages'),
    reports: queueOf('reports'),
    searches: queueOf('searches'),
  };

  /** What the route answers, after its turn came; the fault of a console that has no place left. */
  async take(
    { costly }: Pick<Route, 'costly'>,
    { key, signal }: Turn,
    run: () => Promise<Answer>,
  ): Promise<Answer> {
    if (costly === undefined) return run();
    const busy = err({ faults: [busyWith(costly)] });
    // Nobody reads what is made for one who went while it waited.
    const work = async (): Promise<Answer> => (signal.aborted ? busy : run());
    const answer = await this.#queues[costly].run({ key }, work);
    return answer.ok ? answer.value : busy;
  }
}

const queueOf = (kind: CostlyKind): FairQueue =>
  new FairQueue({ running: RUNNING[kind], waiting: WAITING });

const busyWith = (kind: CostlyKind): Fault => ({
  code: 'service.busy',
  field: '',
  message: `too many requests wait for ${WORDS[kind]} already: ask again in some seconds`,
});
