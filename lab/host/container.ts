import { type CpuLimit, weightedCores } from '../../shared/command.js';
import type { JobModel } from '../types.js';
import { Bandwidth, NEGLIGIBLE } from './cfs.js';
import type { JobDraws } from './draws.js';

/** A response time, as a client saw it. */
export interface Sample {
  readonly latencyMs: number;
  readonly endedAtMs: number;
}

export interface ContainerOptions {
  readonly model: JobModel;
  readonly draws: JobDraws;
  readonly limit: CpuLimit;
  readonly nowMs: number;
  /** Sees each response time. */
  readonly onSample: (sample: Sample) => void;
}

/**
 * What the surroundings do to a job: factors on its work and on its rate of arrivals, 1 = as its
 * model says.
 */
export interface LoadFactors {
  readonly workFactor: number;
  readonly rateFactor: number;
}

const DEFAULT_SHARES = 1024;
const SHARES_PER_CORE = 10_240;

/** `cpu.shares` of a container under a limit, as the agent sets them. */
export function cpuSharesOf(limit: CpuLimit): number {
  const cores = weightedCores(limit);
  return cores > 0 ? SHARES_PER_CORE * cores : DEFAULT_SHARES;
}

type Phase = 'starting' | 'idle' | 'overhead' | 'gpu' | 'work';
const NEVER = Number.POSITIVE_INFINITY;

/**
 * One simulated container: starts, then serves one request at a time, each a wait that needs no CPU
 * followed by work on up to `parallelism` cores. Between its events everything about it is linear
 * in time; `settle` brings it to a moment, `step` does what is due there, the node gives it cores
 * by `give`. Times ms, CPU core-ms.
 */
export class Container {
  readonly bandwidth: Bandwidth;
  /** cpu.stat's usage, core-ms. */
  usageMs = 0;
  /** Time in which it got less CPU than it could have used because others ran, ms. */
  contendedMs = 0;
  /** Time in which it computed on its GPU, ms. */
  gpuBusyMs = 0;
  /** When something happens to it next, as long as nothing happens to others. */
  nextMs: number;
  limit: CpuLimit;
  readonly startsAtMs: number;
  readonly #options: ContainerOptions;
  #load: LoadFactors = { workFactor: 1, rateFactor: 1 };
  #phase: Phase = 'starting';
  #settledMs: number;
  #rateCores = 0;
  #leftMs = 0;
  #phaseEndsMs: number;
  #askedMs = 0;
  #nextArrivalMs = NEVER;
  #gpuRate = 1;
  #noise: number | null = null;
  readonly #waiting = new FifoQueue();

  constructor(options: ContainerOptions) {
    this.#options = options;
    this.limit = options.limit;
    this.#settledMs = options.nowMs;
    this.startsAtMs = options.nowMs + options.draws.nextStartMs();
    this.bandwidth = new Bandwidth(options.limit, options.nowMs, options.draws.nextPhase());
    this.#phaseEndsMs = this.startsAtMs;
    this.nextMs = this.startsAtMs;
  }

  /** Cores it could use now: 0 while it waits, sleeps or is throttled. */
  get wantCores(): number {
    return this.#phase === 'work' && !this.bandwidth.throttled
      ? this.#options.model.parallelism
      : 0;
  }

  /** As the agent sets it: proportional to what the limit says; without that, Docker's default. */
  get weight(): number {
    return cpuSharesOf(this.limit);
  }

  /** When the requests that have no answer yet came, first come first. */
  get waitingSinceMs(): readonly number[] {
    const isServing = this.#phase !== 'starting' && this.#phase !== 'idle';
    return [...(isServing ? [this.#askedMs] : []), ...this.#waiting.list()];
  }

  get started(): boolean {
    return this.#phase !== 'starting';
  }

  /** Cores from now on (settled at this moment). */
  give(rateCores: number): void {
    this.#rateCores = rateCores;
    this.#plan();
  }

  get givenCores(): number {
    return this.#rateCores;
  }

  /** Brings everything that is linear in time to `nowMs`; not beyond `nextMs`. */
  settle(nowMs: number): void {
    const elapsedMs = nowMs - this.#settledMs;
    if (elapsedMs <= 0) return;
    const rate = this.#rateCores;
    if (this.wantCores > rate + NEGLIGIBLE) this.contendedMs += elapsedMs;
    this.bandwidth.run(this.#settledMs, nowMs, rate);
    if (this.#phase === 'work') {
      this.#leftMs -= rate * elapsedMs;
      this.usageMs += rate * elapsedMs;
    }
    if (this.#phase === 'gpu') {
      this.#leftMs -= this.#gpuRate * elapsedMs;
      this.gpuBusyMs += elapsedMs;
    }
    this.#settledMs = nowMs;
  }

  /** Does everything that is due at the settled moment. The node gives cores anew afterwards. */
  step(): void {
    const now = this.#settledMs;
    while (this.#nextArrivalMs <= now) {
      this.#waiting.push(this.#nextArrivalMs);
      this.#nextArrivalMs += this.#gapMs();
    }
    if (this.#phase === 'starting' && this.#phaseEndsMs <= now) this.#open(now);
    // More than one phase may end at one moment: an overhead of nothing, a request that was
    // waiting.
    for (;;) {
      if (this.#phase === 'work' && this.#leftMs <= NEGLIGIBLE) this.#answer(now);
      else if (this.#phase === 'overhead' && this.#phaseEndsMs <= now) this.#afterWait();
      else if (this.#phase === 'gpu' && this.#leftMs <= NEGLIGIBLE) this.#compute();
      else if (this.#phase === 'idle' && this.#waiting.size > 0) this.#begin(this.#waiting.shift());
      else break;
    }
  }

  setLimit(limit: CpuLimit): void {
    this.limit = limit;
    this.bandwidth.change(limit, this.#settledMs);
  }

  /** Work counts from the next request on, the rate at once. */
  setLoad(load: LoadFactors): void {
    const speedUp = load.rateFactor / this.#load.rateFactor;
    // Dividing by 1 would move an arrival by a rounding error.
    if (this.#nextArrivalMs < NEVER && speedUp !== 1)
      this.#nextArrivalMs = this.#settledMs + (this.#nextArrivalMs - this.#settledMs) / speedUp;
    this.#load = load;
  }

  /** Speed of its GPU: 1 = a whole one at its highest clock (settled at this moment). */
  setGpuRate(rate: number): void {
    this.#gpuRate = rate;
  }

  #plan(): void {
    const quotaMs = this.bandwidth.nextChangeMs(this.#settledMs, this.#rateCores);
    const ownMs = this.#ownEndMs();
    this.nextMs = Math.min(this.#nextArrivalMs, ownMs, quotaMs);
  }

  #ownEndMs(): number {
    if (this.#phase === 'work') return this.#workEndsMs();
    if (this.#phase === 'gpu') return this.#settledMs + this.#leftMs / this.#gpuRate;
    return this.#phase === 'idle' ? NEVER : this.#phaseEndsMs;
  }

  #workEndsMs(): number {
    return this.#rateCores > 0 ? this.#settledMs + this.#leftMs / this.#rateCores : NEVER;
  }

  #gapMs(): number {
    const { arrivals } = this.#options.model;
    if (arrivals.kind === 'closed') return NEVER;
    return (
      (1000 * this.#options.draws.nextGap()) / (arrivals.ratePerSecond * this.#load.rateFactor)
    );
  }

  #open(nowMs: number): void {
    this.#phase = 'idle';
    if (this.#options.model.arrivals.kind === 'closed') this.#begin(nowMs);
    else this.#nextArrivalMs = nowMs + this.#gapMs();
  }

  #begin(askedMs: number): void {
    this.#askedMs = askedMs;
    this.#phase = 'overhead';
    this.#phaseEndsMs = this.#settledMs + 1000 * this.#options.model.overheadSeconds;
  }

  // One draw for the whole request: what is more work for the GPU is more for the CPU, too.
  #afterWait(): void {
    const { model, draws } = this.#options;
    const { gpuSeconds = 0 } = model;
    if (gpuSeconds === 0) {
      this.#compute();
      return;
    }
    this.#phase = 'gpu';
    this.#noise = draws.nextNoise();
    this.#leftMs = 1000 * gpuSeconds * this.#load.workFactor * this.#noise;
  }

  #compute(): void {
    this.#phase = 'work';
    const { model, draws } = this.#options;
    this.#leftMs =
      1000 * model.workSeconds * this.#load.workFactor * (this.#noise ?? draws.nextNoise());
    this.#noise = null;
  }

  #answer(nowMs: number): void {
    this.#options.onSample({ latencyMs: nowMs - this.#askedMs, endedAtMs: nowMs });
    this.#phase = 'idle';
    if (this.#options.model.arrivals.kind === 'closed') this.#begin(nowMs);
  }
}

/** First in, first out, without moving the rest at each shift. */
class FifoQueue {
  #items: number[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  list(): readonly number[] {
    return this.#items.slice(this.#head);
  }

  push(item: number): void {
    this.#items.push(item);
  }

  shift(): number {
    const item = this.#items[this.#head] ?? Number.NaN;
    this.#head += 1;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
