import type { ForeignBurst } from '../foreign/bursts.js';
import { type ForeignStep, foreignSteps } from '../foreign/steps.js';
import { NO_THREADS, threadsAt } from '../foreign/threads.js';

const NEVER = Number.POSITIVE_INFINITY;

/** What other programs and a hypervisor want of one host over a run. */
export interface OtherLoad {
  /** What programs want, as steps; they compete with the containers. */
  readonly foreign: readonly ForeignStep[];
  /** What a hypervisor takes. */
  readonly steal: readonly ForeignStep[];
}

/** What runs beside the containers of one simulated host now, and when that changes. */
export class OtherPrograms {
  readonly #load: OtherLoad;
  readonly #hostCores: number;
  /** Number of steps that have come. */
  #foreignAt = 0;
  #stealAt = 0;
  #wanted = NO_THREADS;
  /** When the engine is done with each start, ms. */
  #starts: readonly number[] = [];

  constructor(load: OtherLoad, hostCores: number) {
    this.#load = load;
    this.#hostCores = hostCores;
  }

  /** Threads that want a core each. */
  get threads(): number {
    return this.#wanted.threads + this.#starts.length;
  }

  /** What they take or want on average over each cycle of their threads, cores. */
  get wantedCores(): number {
    const ratio = this.#load.foreign[this.#foreignAt - 1]?.loadRatio ?? 0;
    return (ratio + this.stealRatio) * this.#hostCores + this.#starts.length;
  }

  /** How many of these have just woken. */
  get fresh(): number {
    return this.#wanted.fresh;
  }

  /** Share of the host that a hypervisor takes. */
  get stealRatio(): number {
    return this.#load.steal[this.#stealAt - 1]?.loadRatio ?? 0;
  }

  /** When something changes next, ms; Infinity = never. */
  get nextMs(): number {
    return Math.min(
      this.#load.foreign[this.#foreignAt]?.atMs ?? NEVER,
      this.#load.steal[this.#stealAt]?.atMs ?? NEVER,
      this.#wanted.untilMs,
      ...this.#starts,
    );
  }

  /** For `forMs` from now on the engine wants a core for the start of a container. */
  start(nowMs: number, forMs: number): void {
    if (forMs > 0) this.#starts = [...this.#starts, nowMs + forMs];
  }

  /** Does what is due at `nowMs`. */
  step(nowMs: number): void {
    const { foreign, steal } = this.#load;
    while ((foreign[this.#foreignAt]?.atMs ?? NEVER) <= nowMs) this.#foreignAt += 1;
    while ((steal[this.#stealAt]?.atMs ?? NEVER) <= nowMs) this.#stealAt += 1;
    this.#wanted = threadsAt(foreign[this.#foreignAt - 1], this.#hostCores, nowMs);
    this.#starts = this.#starts.filter((untilMs) => untilMs > nowMs);
  }
}

/** The load of all stretches of one host: what programs want, and what a hypervisor takes. */
export const otherLoadOf = (bursts: readonly ForeignBurst[]): OtherLoad => ({
  foreign: foreignSteps(bursts.filter(({ kind }) => kind !== 'steal')),
  steal: foreignSteps(bursts.filter(({ kind }) => kind === 'steal')),
});
