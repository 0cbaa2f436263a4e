/** One sample of which everything is known. */
export interface PowerSample {
  readonly atMs: number;
  readonly watts: number;
  readonly utilisationRatio: number;
  readonly clockMhz: number;
  readonly maxClockMhz: number;
  /** A limit of ours on clock or power is in force. */
  readonly isLimited: boolean;
}

/** Samples at full clock that make a baseline, and how long they count. */
const MIN_SAMPLES = 10;
const MEMORY = 100;
/** Use below which power says nothing of a busy GPU. */
const BUSY = 0.1;
/** Longest gap between two samples that are taken together, ms. */
const MAX_GAP_MS = 15_000;

/**
 * An estimate of the energy that clock limits save, J: what the same work would have taken at the
 * highest clock less what was taken. Before there is a limit it learns what a busy GPU takes above
 * rest, per share of use; under a limit the same work would keep it busy for clock ÷ highest clock
 * of the time. Work that waits for memory would be busy for longer, so this is rather too little
 * than too much. Nothing is estimated until enough was seen without a limit.
 */
export class SavingMeter {
  #idleWatts = Number.POSITIVE_INFINITY;
  #busyWatts = 0;
  #count = 0;
  #joules: number | null = null;
  #lastMs: number | null = null;

  /** null = not enough was seen without a limit. */
  get joules(): number | null {
    return this.#joules;
  }

  add(sample: PowerSample): void {
    const { atMs, watts, utilisationRatio, isLimited } = sample;
    const gapMs = this.#lastMs === null ? Number.POSITIVE_INFINITY : atMs - this.#lastMs;
    this.#lastMs = atMs;
    this.#idleWatts = Math.min(this.#idleWatts, watts);
    if (!isLimited) this.#learn(watts, utilisationRatio);
    else if (this.#count >= MIN_SAMPLES && gapMs <= MAX_GAP_MS) this.#save(sample, gapMs);
  }

  /** The next sample does not continue the last one. */
  interrupt(): void {
    this.#lastMs = null;
  }

  #learn(watts: number, utilisationRatio: number): void {
    if (utilisationRatio < BUSY) return;
    this.#count = Math.min(MEMORY, this.#count + 1);
    this.#busyWatts +=
      ((watts - this.#idleWatts) / utilisationRatio - this.#busyWatts) / this.#count;
  }

  #save({ watts, utilisationRatio, clockMhz, maxClockMhz }: PowerSample, gapMs: number): void {
    const atFullClock = utilisationRatio * Math.min(1, clockMhz / maxClockMhz);
    const wouldTake = this.#idleWatts + this.#busyWatts * atFullClock;
    this.#joules = (this.#joules ?? 0) + ((wouldTake - watts) * gapMs) / 1000;
  }
}
