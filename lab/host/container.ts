import { type CpuLimit, weightedCores } from '../../shared/command.js';
import type { JobModel } from '../types.js';
import { Bandwidth, NEGLIGIBLE } from './cfs.js';
import type { JobDraws } from './draws.js';
import { RequestQueue } from './request-queue.js';

/** A response time as the client sees it. */
export interface Sample {
  readonly latencyMs: number;
  readonly endedAtMs: number;
}

/** How a simulated container is set up. */
export interface ContainerOptions {
  readonly model: JobModel;
  readonly draws: JobDraws;
  readonly limit: CpuLimit;
  readonly nowMs: number;
  /** Work that going on after a throttle adds to a request, core-ms; absent = none. */
  readonly resumeMs?: number;
  /** CPU that it takes from its start until it can serve, core-ms; absent = none. */
  readonly startMs?: number;
  /** Called with each response time. */
  readonly onSample: (sample: Sample) => void;
}

/** Multiples of the work and the arrival rate of a job; 1 = as its model says. */
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

type Phase = 'starting' | 'loading' | 'idle' | 'overhead' | 'gpu' | 'work';
const NEVER = Number.POSITIVE_INFINITY;

/**
 * One simulated container. Its start is a time that no CPU shortens, then work on one core. After
 * that it serves one request at a time: first a wait that needs no CPU, then work on up to
 * `parallelism` cores. Before that a request may wait beside the others (`waitSeconds`), up to
 * `concurrency` of them. Between two events everything is linear in time:
 * `settle` moves it to a moment, `step` does what is due then, and the node assigns cores with
 * `give`. Times ms, CPU core-ms.
 */
export class Container {
  readonly bandwidth: Bandwidth;
  /** CPU usage as in cpu.stat, core-ms. */
  usageMs = 0;
  /** Time during which it got less CPU than it could use because others ran, ms. */
  contendedMs = 0;
  /** Time during which it computed on its GPU, ms. */
  gpuBusyMs = 0;
  /** Time of its next event, as long as nothing happens to the others. */
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
  #speed = 1;
  #noise: number | null = null;
  readonly #queue: RequestQueue;

  constructor(options: ContainerOptions) {
    this.#options = options;
    this.#queue = new RequestQueue(options.model);
    this.limit = options.limit;
    this.#settledMs = options.nowMs;
    this.startsAtMs = options.nowMs + options.draws.nextStartMs();
    this.bandwidth = new Bandwidth(options.limit, options.nowMs, options.draws.nextPhase());
    this.#phaseEndsMs = this.startsAtMs;
    this.nextMs = this.startsAtMs;
  }

  /** Cores that it could use now: 0 while it waits, sleeps or is throttled. */
  get wantCores(): number {
    if (this.bandwidth.throttled) return 0;
    if (this.#phase === 'loading') return 1;
    return this.#phase === 'work' ? this.#options.model.parallelism : 0;
  }

  /**
   * CPU weight as the agent sets it: proportional to the limit; without a limit, the default of
   * Docker.
   */
  get weight(): number {
    return cpuSharesOf(this.limit);
  }

  /** Arrival times of the requests without an answer, oldest first. */
  get waitingSinceMs(): readonly number[] {
    const isServing = !['starting', 'loading', 'idle'].includes(this.#phase);
    return [...(isServing ? [this.#askedMs] : []), ...this.#queue.list()];
  }

  get started(): boolean {
    return this.#phase !== 'starting';
  }

  /** Assigns cores from now on (settled at this moment). */
  give(rateCores: number): void {
    this.#rateCores = rateCores;
    this.#plan();
  }

  get givenCores(): number {
    return this.#rateCores;
  }

  /** Moves everything that is linear in time to `nowMs`; not beyond `nextMs`. */
  settle(nowMs: number): void {
    const elapsedMs = nowMs - this.#settledMs;
    if (elapsedMs <= 0) return;
    const rate = this.#rateCores;
    if (this.wantCores > rate + NEGLIGIBLE) this.contendedMs += elapsedMs;
    const wasThrottled = this.bandwidth.throttled;
    this.bandwidth.run(this.#settledMs, nowMs, rate);
    if (this.#phase === 'work' || this.#phase === 'loading') {
      this.#leftMs -= rate * this.#speed * elapsedMs;
      // Its caches are cold, and others have used the core.
      if (wasThrottled && !this.bandwidth.throttled) this.#leftMs += this.#options.resumeMs ?? 0;
      this.usageMs += rate * elapsedMs;
    }
    if (this.#phase === 'gpu') {
      this.#leftMs -= this.#gpuRate * elapsedMs;
      this.gpuBusyMs += elapsedMs;
    }
    this.#settledMs = nowMs;
  }

  /**
   * Does everything that is due at the settled moment. The node must assign cores again afterwards.
   */
  step(): void {
    const now = this.#settledMs;
    while (this.#nextArrivalMs <= now) this.#arrive(now);
    if (this.#phase === 'starting' && this.#phaseEndsMs <= now) this.#prepare(now);
    // Several phases may end at one moment: an overhead of zero, a request that was waiting.
    for (;;) {
      if (this.#phase === 'loading' && this.#leftMs <= NEGLIGIBLE) this.#open(now);
      else if (this.#phase === 'work' && this.#leftMs <= NEGLIGIBLE) this.#answer(now);
      else if (this.#phase === 'overhead' && this.#phaseEndsMs <= now) this.#afterWait();
      else if (this.#phase === 'gpu' && this.#leftMs <= NEGLIGIBLE) this.#compute();
      else if (this.#phase === 'idle' && this.#queue.readyMs <= now)
        this.#begin(this.#queue.take());
      else break;
    }
  }

  /** Changes the limit at the settled moment; unused quota of the period is kept. */
  setLimit(limit: CpuLimit): void {
    this.limit = limit;
    this.bandwidth.change(limit, this.#settledMs);
  }

  /** Changes the load: the work from the next request on, the rate at once. */
  setLoad(load: LoadFactors): void {
    const speedUp = load.rateFactor / this.#load.rateFactor;
    // Dividing by 1 would move an arrival by a rounding error.
    if (this.#nextArrivalMs < NEVER && speedUp !== 1)
      this.#nextArrivalMs = this.#settledMs + (this.#nextArrivalMs - this.#settledMs) / speedUp;
    this.#load = load;
  }

  /** Sets the speed of its host: work done in a unit of CPU time (settled at this moment). */
  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  /** Sets the speed of its GPU: 1 = a whole GPU at its highest clock (settled at this moment). */
  setGpuRate(rate: number): void {
    this.#gpuRate = rate;
  }

  #plan(): void {
    const quotaMs = this.bandwidth.nextChangeMs(this.#settledMs, this.#rateCores);
    const ownMs = this.#ownEndMs();
    this.nextMs = Math.min(this.#nextArrivalMs, ownMs, quotaMs);
  }

  #arrive(nowMs: number): void {
    this.#queue.push(this.#nextArrivalMs);
    this.#nextArrivalMs += this.#gapMs();
    this.#queue.enter(nowMs, this.#phase === 'idle' ? 0 : 1);
  }

  #ownEndMs(): number {
    if (this.#phase === 'work' || this.#phase === 'loading') return this.#workEndsMs();
    if (this.#phase === 'gpu') return this.#settledMs + this.#leftMs / this.#gpuRate;
    return this.#phase === 'idle' ? this.#queue.readyMs : this.#phaseEndsMs;
  }

  #workEndsMs(): number {
    const rate = this.#rateCores * this.#speed;
    return rate > 0 ? this.#settledMs + this.#leftMs / rate : NEVER;
  }

  #gapMs(): number {
    const { arrivals } = this.#options.model;
    if (arrivals.kind === 'closed') return NEVER;
    return (
      (1000 * this.#options.draws.nextGap()) / (arrivals.ratePerSecond * this.#load.rateFactor)
    );
  }

  #prepare(nowMs: number): void {
    const { startMs = 0 } = this.#options;
    this.#phase = 'loading';
    this.#leftMs = startMs;
    if (startMs === 0) this.#open(nowMs);
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

  // One draw for the whole request: more work on the GPU is also more work on the CPU.
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
    else this.#queue.enter(nowMs, 0);
  }
}
