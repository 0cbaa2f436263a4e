import type { KeyValueStore } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { WorkloadKey } from '../../shared/workload.js';
import type { WorkloadProfile } from '../schedule/forecast.js';
import type { WorkloadProfiles } from '../schedule/workloads/profiles.js';
import { encodeProfile } from './profiles.js';

export interface ProfileKeeperOptions {
  readonly store: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  /** What the store held when it was loaded. */
  readonly start: WorkloadProfiles;
}

/** Least time between two rounds of writing, ms, and most writes in one. */
const KEEP_MS = 30_000;
const MOST_WRITES = 64;
/** Smaller changes are not worth a write. */
const WORTH_RATIO = 0.05;

/**
 * Keeps what is known of workloads in the `profiles` bucket: what is new or has changed by 5 %,
 * twice a minute. A write that fails is tried again.
 */
export class ProfileKeeper {
  readonly #options: ProfileKeeperOptions;
  readonly #stored: Map<WorkloadKey, WorkloadProfile>;
  #seen: WorkloadProfiles;
  #keptAtMs: number;
  #hasComplained = false;

  constructor(options: ProfileKeeperOptions) {
    this.#options = options;
    this.#stored = new Map(options.start.profiles);
    this.#seen = options.start;
    this.#keptAtMs = options.clock.now();
  }

  async keep(knowledge: WorkloadProfiles): Promise<void> {
    const nowMs = this.#options.clock.now();
    if (knowledge === this.#seen || nowMs - this.#keptAtMs < KEEP_MS) return;
    this.#keptAtMs = nowMs;
    const changed = [...knowledge.profiles].filter(([key, profile]) =>
      isNews(this.#stored.get(key), profile),
    );
    if (changed.length <= MOST_WRITES) this.#seen = knowledge;
    await Promise.all(
      changed.slice(0, MOST_WRITES).map(([key, profile]) => this.#put(key, profile)),
    );
  }

  async #put(key: WorkloadKey, profile: WorkloadProfile): Promise<void> {
    const put = await this.#options.store.put(key, encodeProfile(profile));
    if (put.ok) {
      this.#stored.set(key, profile);
      return;
    }
    // Whatever comes next is looked at again.
    this.#seen = this.#options.start;
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    this.#options.log.warn('coordinator: what was learnt could not be stored; it is tried again', {
      reason: put.error,
    });
  }
}

const isNews = (stored: WorkloadProfile | undefined, profile: WorkloadProfile): boolean =>
  stored === undefined ||
  Math.abs(profile.workSeconds / stored.workSeconds - 1) > WORTH_RATIO ||
  Object.keys(profile.tailRatios).length > Object.keys(stored.tailRatios).length;
