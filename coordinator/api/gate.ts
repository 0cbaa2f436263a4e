import { isChanging, type Verb } from '../../proto/schemas/service.js';
import { BoundedQueue } from '../../shared/bounded-queue.js';
import type { Pace, TimeSlice } from '../pacing/pace.js';

/** Reads that are answered at once, and that wait: an answer may take milliseconds to make. */
export const READS = { running: 4, waiting: 256 };
/** Forecasts, each of which may run the policy for all nodes several times. */
export const PLANS = { running: 1, waiting: 16 };
/** Searches: each takes up to two seconds, so that the next one is still answered in time. */
export const SEARCHES = { running: 1, waiting: 1 };
/** Calls that change something: they run one after the other behind the gate. */
export const CHANGES = { running: 1024, waiting: 0 };

const FORECASTS: readonly Verb[] = ['job-plan', 'job-quote', 'node-drain-plan'];
const isForecast = (verb: Verb): boolean => FORECASTS.includes(verb);

/**
 * Bounds the requests in flight. Calls that change something have a place of their own, so that a
 * flood of reads does not keep an operator out. So have forecasts, which cost far more than a read:
 * a few of them would hold up all reads. So have searches, which anybody may ask for and which take
 * longest. Reads and forecasts pause between each other, so that the lease is renewed however many
 * there are.
 */
export class Gate {
  readonly #reads = new BoundedQueue(READS);
  readonly #plans = new BoundedQueue(PLANS);
  readonly #searches = new BoundedQueue(SEARCHES);
  readonly #changes = new BoundedQueue(CHANGES);
  readonly #pace: Pace;
  #slice: TimeSlice | undefined;
  #inFlight = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Settles as `work` does; undefined = too many requests of its kind wait, and it was not run. */
  run(verb: Verb, work: () => Promise<void>): Promise<void> | undefined {
    if (isChanging(verb)) return this.#changes.run(work);
    return this.#queueOf(verb).run(() => this.#paced(work));
  }

  #queueOf(verb: Verb): BoundedQueue {
    if (verb === 'capacity') return this.#searches;
    return isForecast(verb) ? this.#plans : this.#reads;
  }

  async #paced(work: () => Promise<void>): Promise<void> {
    if (this.#inFlight === 0) this.#slice = this.#pace.begin();
    this.#inFlight += 1;
    try {
      if (this.#slice?.isOver === true) await this.#slice.yield();
      await work();
    } finally {
      this.#inFlight -= 1;
    }
  }
}
