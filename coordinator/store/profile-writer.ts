import type { KeyValueStore, StoreFailure } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { WorkloadKey } from '../../shared/workload.js';
import type { WorkloadProfile } from '../schedule/forecast.js';
import { NO_PROFILES, type WorkloadProfiles } from '../schedule/workloads/profiles.js';
import { encodeProfile } from './profile-codec.js';

/** The bucket of profiles and what it holds. */
export interface ProfileWriterOptions {
  readonly store: KeyValueStore;
  readonly clock: Clock;
  readonly log: Log;
  /** What the store held when it was loaded. */
  readonly start: WorkloadProfiles;
}

/** Shortest time between two rounds of writing, ms. */
const ROUND_INTERVAL_MS = 30_000;
const MAX_WRITES_PER_ROUND = 64;
/** Relative change of what is known below which a profile is not written again. */
const MIN_CHANGE_RATIO = 0.05;

/**
 * Writes profiles of workloads to the `profiles` bucket: those that are new or changed by more than
 * 5 % in work or in the CPU that was seen to be used, at most every 30 s. Those that are known no
 * more are removed. A write that fails is tried again in a later round.
 */
export class ProfileWriter {
  readonly #options: ProfileWriterOptions;
  readonly #stored: Map<WorkloadKey, WorkloadProfile>;
  #written: WorkloadProfiles;
  #wroteAtMs: number;
  #hasLogged = false;

  constructor(options: ProfileWriterOptions) {
    this.#options = options;
    this.#stored = new Map(options.start.profiles);
    this.#written = options.start;
    this.#wroteAtMs = options.clock.now();
  }

  /** Resolves when this round's writes have ended, whatever became of them. */
  async writeChanges(knowledge: WorkloadProfiles): Promise<void> {
    const nowMs = this.#options.clock.now();
    if (knowledge === this.#written || nowMs - this.#wroteAtMs < ROUND_INTERVAL_MS) return;
    this.#wroteAtMs = nowMs;
    const changed = [...knowledge.profiles].filter(([key, profile]) =>
      isWorthWriting(this.#stored.get(key), profile),
    );
    const gone = [...this.#stored.keys()].filter((key) => !knowledge.profiles.has(key));
    if (Math.max(changed.length, gone.length) <= MAX_WRITES_PER_ROUND) this.#written = knowledge;
    await Promise.all([
      ...changed.slice(0, MAX_WRITES_PER_ROUND).map((each) => this.#put(...each)),
      ...gone.slice(0, MAX_WRITES_PER_ROUND).map((key) => this.#delete(key)),
    ]);
  }

  async #delete(key: WorkloadKey): Promise<void> {
    const deleted = await this.#options.store.delete(key);
    if (deleted.ok) this.#stored.delete(key);
    else this.#tryAgain(deleted.error);
  }

  async #put(key: WorkloadKey, profile: WorkloadProfile): Promise<void> {
    const put = await this.#options.store.put(key, encodeProfile(profile));
    if (put.ok) this.#stored.set(key, profile);
    else this.#tryAgain(put.error);
  }

  #tryAgain(reason: StoreFailure): void {
    // Forces the next round to compare again, even where nothing new is learnt meanwhile.
    this.#written = NO_PROFILES;
    if (this.#hasLogged) return;
    this.#hasLogged = true;
    this.#options.log.warn(
      'coordinator: a workload profile could not be stored; it is tried again',
      { reason },
    );
  }
}

/** Up to one core any workload gains. */
const provenCores = ({ seenCores = 0 }: WorkloadProfile): number => Math.max(1, seenCores);

const isWorthWriting = (stored: WorkloadProfile | undefined, profile: WorkloadProfile): boolean =>
  stored === undefined ||
  Math.abs(profile.workSeconds / stored.workSeconds - 1) > MIN_CHANGE_RATIO ||
  provenCores(profile) > provenCores(stored) * (1 + MIN_CHANGE_RATIO) ||
  Object.keys(profile.tailRatios).length > Object.keys(stored.tailRatios).length;
