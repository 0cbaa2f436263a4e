import type { Clock } from '../../shared/clock.js';
import type { PointFault } from './faults.js';
import type { World } from './world.js';

/** Time of one host: how long it has been up, and how wrong its wall clock is, ms. */
export interface HostTime {
  readonly offsetMs: number;
  wallSkewMs: number;
}

const WALL_EPOCH_MS = 1_700_000_000_000;

/**
 * One life of a process. After `kill` nothing it asked for ever comes back, and nothing it says
 * goes out; while stopped all that comes to it waits.
 */
export class Process {
  readonly clock: Clock;
  readonly startedAtMs: number;
  #isAlive = true;
  #isStopped = false;
  #held: (() => void)[] = [];
  readonly #onKilled: (why: string) => void;

  constructor(
    readonly world: World,
    readonly name: string,
    time: HostTime,
    onKilled: (why: string) => void,
  ) {
    this.#onKilled = onKilled;
    const { timeline } = world;
    this.startedAtMs = timeline.nowMs;
    this.clock = {
      now: () => timeline.nowMs + time.offsetMs,
      wall: () => WALL_EPOCH_MS + timeline.nowMs + time.wallSkewMs,
      sleep: (ms, signal) => this.#sleep(ms, signal),
    };
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Something from outside reaches it: now, when it goes on, or never. */
  deliver(run: () => void): void {
    if (!this.#isAlive) return;
    if (this.#isStopped) this.#held.push(run);
    else run();
  }

  kill(why: string): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#held = [];
    this.#onKilled(why);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** All that waited comes at once, in order. */
  goOn(): void {
    this.#isStopped = false;
    const held = this.#held;
    this.#held = [];
    for (const run of held) this.world.timeline.after(0, () => this.deliver(run));
  }

  /** Whether it dies just here. */
  dies(at: PointFault): boolean {
    if (!this.#isAlive) return true;
    if (!this.world.faults.strikes(at)) return false;
    this.kill(at);
    return true;
  }

  /** Resolves with what `outcome` says after a while; never where the process dies meanwhile. */
  later<T>(ms: number, outcome: () => T): Promise<T> {
    return new Promise((resolve) => {
      if (!this.#isAlive) return;
      this.world.timeline.after(ms, () => this.deliver(() => resolve(outcome())));
    });
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#isAlive) return;
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const due = this.world.timeline.after(ms, () =>
        this.deliver(() => {
          signal?.removeEventListener('abort', wake);
          resolve();
        }),
      );
      const wake = (): void => {
        due.cancel();
        resolve();
      };
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}

/** A promise that never settles: what the dead wait for. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});
