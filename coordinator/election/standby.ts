import type { KeyValueStore } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import { toSafeId } from '../../shared/ids.js';

/** A coordinator that stands by, as it says itself beside the lease. */
export interface StandbyCoordinator {
  readonly name: string;
  readonly version: string;
}

/** How often a coordinator that stands by says so, ms. */
export const STANDBY_EVERY_MS = 60_000;
/** After three of these it counts as gone. */
const FORGOTTEN_MS = 3 * STANDBY_EVERY_MS + STANDBY_EVERY_MS / 2;
const MAX_NAMES = 32;
const MAX_TEXT = 256;
/** Keys with a dot collide with no other; leaders of 0.1.0 read none of them. */
const PREFIX = 'standby.';

export const isStandbyKey = (key: string): boolean => key.startsWith(PREFIX);

/** Says now and then that a coordinator stands by. For people: nothing is decided by it. */
export class StandbyNotice {
  readonly #options: { readonly store: KeyValueStore; readonly clock: Clock };
  readonly #self: StandbyCoordinator;
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #isBusy = false;

  constructor(
    options: { readonly store: KeyValueStore; readonly clock: Clock },
    self: StandbyCoordinator,
  ) {
    this.#options = options;
    this.#self = self;
  }

  /** To be called at each look at the lease. What cannot be written is said the next time. */
  async say(): Promise<void> {
    const { store, clock } = this.#options;
    const nowMs = clock.now();
    if (this.#isBusy || nowMs - this.#saidAtMs < STANDBY_EVERY_MS) return;
    this.#isBusy = true;
    const text = JSON.stringify(this.#self);
    const key = PREFIX + toSafeId(this.#self.name);
    const put = await store.put(key, new TextEncoder().encode(text));
    if (put.ok) this.#saidAtMs = nowMs;
    this.#isBusy = false;
  }
}

/** The coordinators that stand by, as the one that leads hears them. */
export class StandbyRegister {
  readonly #options: { readonly store: KeyValueStore; readonly clock: Clock };
  readonly #heard = new Map<string, StandbyCoordinator & { readonly atMs: number }>();

  constructor(options: { readonly store: KeyValueStore; readonly clock: Clock }) {
    this.#options = options;
  }

  /** A key was written; one that cannot be read is left out. */
  async noteWrite(key: string): Promise<void> {
    const { store, clock } = this.#options;
    const read = await store.get(key);
    if (!read.ok || read.value === null) return;
    const one = parse(read.value.value);
    if (one === undefined) return;
    this.#heard.delete(key);
    this.#heard.set(key, { ...one, atMs: clock.now() });
    for (const first of this.#heard.keys())
      if (this.#heard.size > MAX_NAMES) this.#heard.delete(first);
  }

  /** Those heard lately, with the time since, ms. */
  list(): readonly (StandbyCoordinator & { readonly ageMs: number })[] {
    const nowMs = this.#options.clock.now();
    return [...this.#heard.values()]
      .map(({ name, version, atMs }) => ({ name, version, ageMs: nowMs - atMs }))
      .filter(({ ageMs }) => ageMs < FORGOTTEN_MS);
  }
}

function parse(bytes: Uint8Array): StandbyCoordinator | undefined {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown> | null;
    const { name, version } = value ?? {};
    if (typeof name !== 'string' || typeof version !== 'string') return undefined;
    const isShort = name.length <= MAX_TEXT && version.length <= 64;
    return isShort && name.isWellFormed() && version.isWellFormed() ? { name, version } : undefined;
  } catch {
    return undefined;
  }
}
