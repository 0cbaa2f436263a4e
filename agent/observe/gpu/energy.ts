/** Longest gap between two samples that power is taken to have lasted, ms. */
const MAX_GAP_MS = 15_000;

/**
 * Integrates power over samples. A gap, or a sample without power, adds nothing: what is not known
 * is not made up.
 */
export class EnergyMeter {
  #joules: number | null = null;
  #last: { readonly atMs: number; readonly watts: number } | null = null;

  /** J since the first sample with power; null = there was none. */
  get joules(): number | null {
    return this.#joules;
  }

  add(atMs: number, watts: number | null): void {
    const before = this.#last;
    this.#last = watts === null ? null : { atMs, watts };
    if (watts === null) return;
    this.#joules ??= 0;
    if (before === null || atMs - before.atMs > MAX_GAP_MS) return;
    this.#joules += (((before.watts + watts) / 2) * Math.max(0, atMs - before.atMs)) / 1000;
  }

  /** The next sample does not continue the last one. */
  interrupt(): void {
    this.#last = null;
  }
}
