import { isChanging, type Verb } from '../../proto/schemas/service.js';
import { FairQueue } from '../../shared/fair-queue.js';
import type { Result } from '../../shared/result.js';
import type { Pace, TimeSlice } from '../pacing/pace.js';

/** Reads that are answered at once, and that wait: an answer may take milliseconds to make. */
export const READS = { running: 4, waiting: 256 };
/** Forecasts, each of which may run the policy for all nodes several times. */
export const PLANS = { running: 1, waiting: 16 };
/** Searches: each takes up to two seconds, so that the next one is still answered in time. */
export const SEARCHES = { running: 1, waiting: 1 };
/**
 * Calls that change something. They are carried out one after the other behind the gate: few pass
 * it at a time, so that those of others need not wait for all of one requester's.
 */
export const CHANGES = { running: 4, waiting: 1020 };
/** Tokens that are looked up, and that wait for it. */
export const CHECKS = { running: 16, waiting: 256 };
/** A request takes one place for each begun piece of that length: waiting ones fill memory. */
const PLACE_BYTES = 64 * 1024;

/** Who calls, and how long the request is. */
export interface Call {
  readonly verb: Verb;
  /** The same for all calls of one requester. */
  readonly by: string;
  readonly bytes: number;
}

const FORECASTS: readonly Verb[] = ['job-plan', 'job-quote', 'node-drain-plan'];
const isForecast = (verb: Verb): boolean => FORECASTS.includes(verb);

/**
 * Bounds the requests in flight. Calls that change something have places of their own, so that a
 * flood of reads does not keep an operator out. So have forecasts, which cost far more than a read:
 * a few of them would hold up all reads. So have searches, which anybody may ask for and which take
 * longest. In each, requesters take turns, and one who takes many places gives them up to others
 * (`FairQueue`). Reads and forecasts pause between each other, so that the lease is renewed however
 * many there are.
 */
export class Gate {
  readonly #reads = new FairQueue(READS);
  readonly #plans = new FairQueue(PLANS);
  readonly #searches = new FairQueue(SEARCHES);
  readonly #changes = new FairQueue(CHANGES);
  readonly #checks = new FairQueue(CHECKS);
  readonly #pace: Pace;
  #slice: TimeSlice | undefined;
  #inFlight = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Settles as `work` does; `busy` = too many requests of its kind wait, and it was not run. */
  run({ verb, by, bytes }: Call, work: () => Promise<void>): Promise<Result<void, 'busy'>> {
    const places = Math.max(1, Math.ceil(bytes / PLACE_BYTES));
    if (isChanging(verb)) return this.#changes.run({ key: by, places }, work);
    const paced = (): Promise<void> => this.#paced(work);
    if (verb === 'capacity') return this.#searches.run({ key: by }, paced);
    if (isForecast(verb)) return this.#plans.run({ key: by }, paced);
    return this.#reads.run({ key: by, places }, paced);
  }

  /**
   * The same for the look whose a token is, which comes before the call that is made with it. `by`:
   * who presents it.
   */
  check<T>(by: string, work: () => Promise<T>): Promise<Result<T, 'busy'>> {
    return this.#checks.run({ key: by }, work);
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
