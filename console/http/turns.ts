import { FairQueue } from '../../shared/fair-queue.js';
import { err, type Fault } from '../../shared/result.js';
import type { Answer, Route } from './route.js';

/**
 * Requests that cost much: each may read a thousand events, or go through a day of a thousand
 * allocations.
 */
const COSTLY = { running: 2, waiting: 256 };

/** Answers a few costly requests at a time; clients take turns. */
export class Turns {
  readonly #costly = new FairQueue(COSTLY);

  /** What the route answers, after its turn came; the fault of a console that has no place left. */
  async take(
    { isCostly }: Pick<Route, 'isCostly'>,
    key: string,
    run: () => Promise<Answer>,
  ): Promise<Answer> {
    if (isCostly !== true) return run();
    const answer = await this.#costly.run({ key }, run);
    return answer.ok ? answer.value : err({ faults: [BUSY] });
  }
}

const BUSY: Fault = {
  code: 'service.busy',
  field: '',
  message: 'too many requests wait for events or history already: ask again in some seconds',
};
