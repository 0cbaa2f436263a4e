/** How fast a bucket fills, and how much it holds. */
export interface BucketRate {
  readonly perSecond: number;
  readonly atOnce: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Clients that are told apart; beyond it those seen longest ago begin again. */
const MAX_CLIENTS = 10_000;

/** A token bucket for each client. Time is an argument. */
export class TokenBuckets {
  readonly #rate: BucketRate;
  readonly #clients = new Map<string, Bucket>();

  constructor(rate: BucketRate) {
    this.#rate = rate;
  }

  /** Takes one; returns how long to wait before the next try, s; 0 = it was there. */
  take(client: string, nowMs: number): number {
    const { perSecond, atOnce } = this.#rate;
    const known = this.#clients.get(client);
    const bucket = known ?? { tokens: atOnce, atMs: nowMs };
    const filled = bucket.tokens + (Math.max(0, nowMs - bucket.atMs) / 1000) * perSecond;
    bucket.tokens = Math.min(atOnce, filled);
    bucket.atMs = nowMs;
    // Deleted first, so that the map is in the order of last use.
    this.#clients.delete(client);
    this.#clients.set(client, bucket);
    for (const oldest of this.#clients.keys()) {
      if (this.#clients.size <= MAX_CLIENTS) break;
      this.#clients.delete(oldest);
    }
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return 0;
  }
}
