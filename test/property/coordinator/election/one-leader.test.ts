import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { acquireLease } from '../../../../coordinator/election/candidate.js';
import { Leadership } from '../../../../coordinator/election/leadership.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { KeyValueStore, StoreFailure } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { type Random, seededRandom } from '../../../../shared/random.js';
import { err, type Result } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const NAMES = ['a', 'b', 'c'];
const SEEDS = 30;
/** How long each cluster lives, leases. */
const LIFE = 24;
const STEP_MS = 1000;
/** What began before the end is done by then, ms. */
const END_MS = 60_000;
/** How often a way begins to hang, or to work again, in each lease. */
const TURNS = 0.8;
/** Deadline of one call of the store, as of the client of NATS, ms. */
const CALL_MS = 5000;
/** Share of the calls that never reach the store while it hangs. */
const LOST = 0.2;

/**
 * The way of one coordinator to the store. While it hangs, calls reach the store late, some never
 * and some after its deadline; so do the answers.
 */
class Way {
  hangs = false;
  readonly #clock: ManualClock;
  readonly #random: Random;

  constructor(clock: ManualClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  to(store: KeyValueStore): KeyValueStore {
    return {
      ...store,
      get: (...args) => this.#call(() => store.get(...args)),
      put: (...args) => this.#call(() => store.put(...args)),
    };
  }

  #call<T>(ask: () => Promise<Result<T, StoreFailure>>): Promise<Result<T, StoreFailure>> {
    const answered = new AbortController();
    return new Promise((resolve) => {
      void this.#answer(ask).then((answer) => {
        resolve(answer);
        answered.abort();
      });
      void this.#clock.sleep(CALL_MS, answered.signal).then(() => resolve(err('unknown')));
    });
  }

  async #answer<T>(ask: () => Promise<Result<T, StoreFailure>>): Promise<Result<T, StoreFailure>> {
    await this.#clock.sleep(this.#delayMs());
    if (this.hangs && this.#random() < LOST) return new Promise(() => {});
    const answer = await ask();
    await this.#clock.sleep(this.#delayMs());
    return answer;
  }

  #delayMs(): number {
    return this.hangs ? this.#random() * 3 * CALL_MS : this.#random() * 50;
  }
}

/** Coordinators that want one lease, whose ways to the store hang now and then. */
class Election {
  /** Who led, one after another. */
  readonly leaders: string[] = [];
  /** Longest time from a renewal until its leader said that it lost the lease, ms. */
  longestMs = 0;
  /** What was seen that may not be. */
  readonly wrong: string[] = [];
  readonly #leaseMs: number;
  readonly #random: Random;
  readonly #clock = new ManualClock();
  readonly #ending = new AbortController();
  readonly #ended: Promise<void>;
  /** Each with until when its workers may write, as they were told, ms. */
  readonly #terms = new Map<Leadership, number>();

  constructor(leaseMs: number, seed: number) {
    this.#leaseMs = leaseMs;
    this.#random = seededRandom(seed);
    this.#ended = new Promise((resolve) => {
      this.#ending.signal.addEventListener('abort', () => resolve());
    });
  }

  async live(): Promise<void> {
    const clock = this.#clock;
    const stores = new MemoryStores({ clock });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'lease');
    assert.ok(opened.ok);
    const ways = NAMES.map(() => new Way(clock, this.#random));
    const runs = ways.map((way, i) => this.#run(NAMES[i] ?? '', way.to(opened.value)));
    for (let ms = 0; ms < LIFE * this.#leaseMs; ms += STEP_MS) {
      for (const way of ways)
        if (this.#random() < (TURNS * STEP_MS) / this.#leaseMs) way.hangs = !way.hangs;
      await clock.advance(STEP_MS);
    }
    this.#ending.abort();
    for (let ms = 0; ms < END_MS; ms += STEP_MS) await clock.advance(STEP_MS);
    await Promise.all(runs);
  }

  async #run(name: string, store: KeyValueStore): Promise<void> {
    const { signal } = this.#ending;
    const common = { store, clock: this.#clock, leaseMs: this.#leaseMs };
    let nonces = 0;
    const newNonce = (): string => {
      nonces += 1;
      return `${name}-${nonces}`;
    };
    let lastNonce: string | undefined;
    while (!signal.aborted) {
      const own = lastNonce === undefined ? {} : { lastNonce };
      const asked = { ...common, ...own, log: silentLog, holder: name, newNonce, signal };
      const acquired = await acquireLease(asked);
      if (acquired === null) return;
      lastNonce = acquired.held.nonce;
      this.leaders.push(name);
      await this.#lead(new Leadership({ ...acquired, ...common }));
    }
  }

  async #lead(leadership: Leadership): Promise<void> {
    leadership.tellDeadline((untilMs) => {
      this.#terms.set(leadership, untilMs);
      this.#look();
    });
    leadership.start();
    await Promise.race([leadership.ended, this.#ended]);
    if (!this.#ending.signal.aborted)
      this.longestMs = Math.max(this.longestMs, this.#clock.now() - leadership.renewedAtMs);
    await leadership.stop();
  }

  /** Whenever one more may write from now on, or for longer. */
  #look(): void {
    const nowMs = this.#clock.now();
    const terms = [...this.#terms];
    const leading = terms.filter(([{ deadlineMs }]) => deadlineMs >= nowMs);
    if (leading.length > 1) this.wrong.push(`${leading.length} lead at ${nowMs} ms`);
    for (const [{ deadlineMs }, untilMs] of terms)
      if (untilMs > deadlineMs) this.wrong.push(`workers write until ${untilMs} ms`);
  }
}

describe('coordinators whose store hangs', () => {
  // Longest time to say so, at least: else nothing was shown. It may be longer than a lease.
  for (const [leaseMs, leastMs] of [
    [4000, 10_000],
    [10_000, 12_000],
    [60_000, 35_000],
  ] as const)
    it(`lead one at a time, with their workers, by a lease of ${leaseMs} ms`, async () => {
      let [changes, longestMs] = [0, 0];
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const election = new Election(leaseMs, seed);
        await election.live();
        const { leaders, wrong } = election;
        assert.deepEqual(wrong, [], `seed ${seed}`);
        changes += leaders.filter((name, i) => i > 0 && leaders[i - 1] !== name).length;
        longestMs = Math.max(longestMs, election.longestMs);
      }
      assert.ok(changes > SEEDS, `${changes} changes of leader`);
      assert.ok(longestMs > leastMs, `${longestMs} ms`);
    }).timeout(30_000);
});
