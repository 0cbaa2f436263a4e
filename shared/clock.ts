/** Time is an argument: only composition roots hold the real one. */
export interface Clock {
  /** Monotonic, ms. */
  now(): number;
  /** Unix time, ms. For people only, never for deciding. */
  wall(): number;
  /** Resolves after `ms`, or at once when `signal` aborts (never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
