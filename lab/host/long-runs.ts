import type { CpuLimit } from '../../shared/command.js';
import type { Statistic } from '../../shared/qoe.js';
import { type Random, seededRandom } from '../../shared/random.js';
import type { JobModel } from '../types.js';
import { NEGLIGIBLE } from './cfs.js';
import { noiseFactor, normalOf } from './draws.js';

/** Requests of one long run. Open arrivals need more, as their queue has a memory. */
const CLOSED_REQUESTS = 800;
const OPEN_REQUESTS = 6000;
/** Number of results that are cached. */
const MAX_KNOWN = 200_000;

/** Every statistic of a long run, ms. */
export type LongRunStatistics = Readonly<Record<Statistic, number>>;

/** Long runs, cached by model and limit. */
export class LongRuns {
  readonly #known = new Map<string, LongRunStatistics>();
  readonly #draws = { closed: drawsFor(CLOSED_REQUESTS), open: drawsFor(OPEN_REQUESTS) };

  /** The statistics of `model` under `limit` on an otherwise idle host. */
  of(model: JobModel, limit: CpuLimit): LongRunStatistics {
    const key = keyOf(model, limit);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    const fresh = statisticsOf(longRun(model, limit, this.#draws[model.arrivals.kind]));
    this.#known.set(key, fresh);
    return fresh;
  }
}

function keyOf(model: JobModel, { cpuCores, periodUs, burstUs = 0 }: CpuLimit): string {
  const { workSeconds, overheadSeconds, gpuSeconds, parallelism, noiseRatio, arrivals } = model;
  const { waitSeconds, concurrency } = model;
  const rate = arrivals.kind === 'open' ? arrivals.ratePerSecond : 'closed';
  return [
    workSeconds,
    overheadSeconds,
    gpuSeconds,
    waitSeconds,
    concurrency,
    parallelism,
    noiseRatio,
    rate,
    cpuCores,
    periodUs,
    burstUs,
  ].join(' ');
}

function statisticsOf(latenciesMs: Float64Array): LongRunStatistics {
  const sorted = latenciesMs.sort();
  const at = (q: number): number =>
    sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
  let total = 0;
  for (const latencyMs of sorted) total += latencyMs;
  return { mean: total / sorted.length, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) };
}

/**
 * Response times (ms) of a long run of one container on an otherwise idle host under one constant
 * limit: the same rules as `Container` and `Bandwidth`, in closed form per request. Deterministic:
 * noise, gaps and phases are spread evenly over their distributions and shuffled with a fixed seed,
 * so that the run represents the distribution and similar limits see the same draws. The first
 * tenth is left out.
 */
function longRun(model: JobModel, limit: CpuLimit, draws: Draws): Float64Array {
  const server = new Server(model.parallelism, limit);
  const isOpen = model.arrivals.kind === 'open';
  const count = draws.normals.length;
  const gapMs = model.arrivals.kind === 'open' ? 1000 / model.arrivals.ratePerSecond : 0;
  const skipped = Math.floor(count / 10);
  const latencies = new Float64Array(count - skipped);
  const endsMs = new Float64Array(count);
  const besideMs = 1000 * (model.waitSeconds ?? 0);
  const { concurrency = count } = model;
  let askedMs = 0;
  let freeMs = 0;
  for (let i = 0; i < count; i += 1) {
    askedMs = isOpen ? askedMs + gapMs * -Math.log(1 - (draws.gaps[i] ?? 0)) : freeMs;
    // One noise factor for the whole request, on GPU and CPU.
    const noise = noiseFactor(draws.normals[i] ?? 0, model.noiseRatio);
    const waitMs = 1000 * (model.overheadSeconds + (model.gpuSeconds ?? 0) * noise);
    // It enters when one of those that are under way has ended, and waits beside the others.
    const readyMs = Math.max(askedMs, endsMs[i - concurrency] ?? 0) + besideMs;
    freeMs = server.serve(Math.max(readyMs, freeMs) + waitMs, 1000 * model.workSeconds * noise);
    endsMs[i] = freeMs;
    if (i >= skipped) latencies[i - skipped] = freeMs - askedMs;
  }
  return latencies;
}

/** The timer that refills the quota stops after a whole period without use. */
const MAX_IDLE_FILLS = 2;

/**
 * Serves work in order under a quota; each call jumps to the end of the request. Times ms, CPU
 * core-ms.
 */
class Server {
  readonly #periodMs: number;
  readonly #quotaMs: number;
  readonly #burstMs: number;
  #endsAtMs: number;
  #leftMs: number;

  readonly #cores: number;

  constructor(cores: number, limit: CpuLimit) {
    this.#cores = cores;
    this.#periodMs = limit.periodUs / 1000;
    this.#quotaMs =
      limit.cpuCores === null ? Number.POSITIVE_INFINITY : limit.cpuCores * this.#periodMs;
    this.#burstMs = (limit.burstUs ?? 0) / 1000;
    this.#endsAtMs = this.#periodMs / 2;
    this.#leftMs = this.#quotaMs;
  }

  /** The time at which work that starts at `fromMs` is done. */
  serve(fromMs: number, workMs: number): number {
    const cores = this.#cores;
    const quotaMs = this.#quotaMs;
    const periodMs = this.#periodMs;
    if (cores * periodMs <= quotaMs + NEGLIGIBLE) return fromMs + workMs / cores;
    this.#moveTo(fromMs);
    const hereMs = Math.min(this.#leftMs, cores * (this.#endsAtMs - fromMs));
    if (workMs <= hereMs) return this.#end(fromMs, workMs);
    if (this.#burstMs > 0) return this.#serveOn(workMs, hereMs);
    const restMs = workMs - hereMs;
    const full = Math.ceil(restMs / quotaMs) - 1;
    const startMs = this.#endsAtMs + full * periodMs;
    this.#endsAtMs = startMs + periodMs;
    this.#leftMs = quotaMs;
    return this.#end(startMs, restMs - full * quotaMs);
  }

  // With a burst, period by period: `hereMs` of the work is done in the period that now ends.
  #serveOn(workMs: number, hereMs: number): number {
    let leftMs = workMs;
    let doneMs = hereMs;
    for (;;) {
      leftMs -= doneMs;
      this.#leftMs -= doneMs;
      this.#fill(1);
      const startMs = this.#endsAtMs - this.#periodMs;
      doneMs = Math.min(this.#leftMs, this.#cores * this.#periodMs);
      if (leftMs <= doneMs) return this.#end(startMs, leftMs);
    }
  }

  #fill(periods: number): void {
    this.#endsAtMs += periods * this.#periodMs;
    const fills = Math.min(periods, MAX_IDLE_FILLS);
    const savedMs =
      this.#burstMs === 0 ? 0 : Math.min(this.#leftMs + (fills - 1) * this.#quotaMs, this.#burstMs);
    this.#leftMs = this.#quotaMs + savedMs;
  }

  #end(fromMs: number, workMs: number): number {
    this.#leftMs -= workMs;
    return fromMs + workMs / this.#cores;
  }

  #moveTo(nowMs: number): void {
    if (nowMs < this.#endsAtMs) return;
    this.#fill(Math.floor((nowMs - this.#endsAtMs) / this.#periodMs) + 1);
  }
}

interface Draws {
  /** Uniform 0..1. */
  readonly gaps: Float64Array;
  /** Standard normal. */
  readonly normals: Float64Array;
}

function drawsFor(count: number): Draws {
  const random = seededRandom(20_101_272 + count);
  const normals = shuffled(count, random);
  const angles = shuffled(count, random);
  return {
    gaps: shuffled(count, random),
    normals: normals.map((first, i) => normalOf(first, angles[i] ?? 0)),
  };
}

/** The midpoints of `count` equal parts of 0..1, in random order. */
function shuffled(count: number, random: Random): Float64Array {
  const values = Float64Array.from({ length: count }, (_, i) => (i + 0.5) / count);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const kept = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = kept;
  }
  return values;
}
