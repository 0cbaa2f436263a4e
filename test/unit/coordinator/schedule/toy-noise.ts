import type { LatencyReport } from '../../../../shared/report.js';
import { summarise } from '../../../../shared/samples.js';
import { normal } from './policies/adaptive/build.js';
import type { Serve, Served } from './toy-service.js';

/** How the requests of a toy cluster vary. */
export interface ToyNoiseOptions {
  readonly random: () => number;
  /** Relative standard deviation of one request's work. */
  readonly noiseRatio?: number;
  /** Relative standard deviation of the host's speed, which drifts back in about this time, s. */
  readonly driftRatio?: number;
  readonly driftSeconds?: number;
  /** Cores that the requests of a container can use. */
  readonly threadsOf?: (id: string) => number;
}

const WINDOW_SECONDS = 5;
const MIN_REQUESTS = 5;

interface Ended {
  readonly begunAt: number;
  readonly endedAt: number;
}

interface Loop {
  second: number;
  cores: number;
  changedAt: number;
  cpuSeconds: number;
  begunAt: number;
  leftSeconds: number;
  count: number;
  totalMs: number;
  /** Those that a window may still hold, oldest first. */
  readonly ended: Ended[];
}

/**
 * One request after the other, of noisy work, on a host whose speed drifts; reports summarise the
 * last five seconds, as those of an agent do.
 */
export class ToyNoise {
  readonly #options: Required<ToyNoiseOptions>;
  readonly #loops = new Map<string, Loop>();
  readonly #latest = new Map<string, LatencyReport>();
  readonly #drift: number[] = [0];

  constructor(options: ToyNoiseOptions) {
    const none = { noiseRatio: 0, driftRatio: 0, driftSeconds: 30 };
    this.#options = { ...none, threadsOf: () => 64, ...options };
  }

  /** What the newest report of a container says. */
  latest(id: string): LatencyReport | undefined {
    return this.#latest.get(id);
  }

  readonly serve: Serve = (id, workSeconds, cores): Served => {
    const loop = this.#loops.get(id) ?? this.#begun(workSeconds, cores);
    this.#loops.set(id, loop);
    if (loop.cores !== cores) loop.changedAt = loop.second;
    loop.cores = cores;
    const usageCores = Math.min(cores, this.#options.threadsOf(id));
    this.#run(loop, workSeconds, usageCores / Math.exp(this.#driftAt(loop.second)));
    loop.cpuSeconds += usageCores;
    const latency = reported(loop);
    if (latency !== null) this.#latest.set(id, latency);
    const throttledRatio = cores < this.#options.threadsOf(id) ? 1 : 0;
    return { usageTotalSeconds: loop.cpuSeconds, latency, usageCores, throttledRatio };
  };

  #begun(workSeconds: number, cores: number): Loop {
    const leftSeconds = this.#draw(workSeconds);
    return {
      ...{ second: 0, cores, changedAt: 0, cpuSeconds: 0, begunAt: 0, leftSeconds },
      ...{ count: 0, totalMs: 0, ended: [] },
    };
  }

  #run(loop: Loop, workSeconds: number, pace: number): void {
    let at = loop.second;
    loop.second += 1;
    while (at + loop.leftSeconds / pace <= loop.second) {
      at += loop.leftSeconds / pace;
      loop.ended.push({ begunAt: loop.begunAt, endedAt: at });
      loop.count += 1;
      loop.totalMs += (at - loop.begunAt) * 1000;
      loop.begunAt = at;
      loop.leftSeconds = this.#draw(workSeconds);
    }
    loop.leftSeconds -= (loop.second - at) * pace;
    while (
      loop.ended.length > MIN_REQUESTS &&
      loop.second - (loop.ended[0]?.endedAt ?? 0) > WINDOW_SECONDS
    )
      loop.ended.shift();
  }

  #draw(workSeconds: number): number {
    const { random, noiseRatio } = this.#options;
    return workSeconds * Math.max(0.05, 1 + noiseRatio * normal(random));
  }

  // The same for all containers that began in the same second.
  #driftAt(second: number): number {
    const { random, driftRatio, driftSeconds } = this.#options;
    const keep = Math.exp(-1 / driftSeconds);
    while (this.#drift.length <= second) {
      const before = this.#drift.at(-1) ?? 0;
      const step = driftRatio * Math.sqrt(1 - keep * keep) * normal(random);
      this.#drift.push(keep * before + step);
    }
    return this.#drift[second] ?? 0;
  }
}

function reported({ ended, second, changedAt, count, totalMs }: Loop): LatencyReport | null {
  const window = summarise(ended.map(({ begunAt, endedAt }) => (endedAt - begunAt) * 1000));
  if (window === undefined) return null;
  return {
    window,
    newestAgeMs: (second - (ended.at(-1)?.endedAt ?? 0)) * 1000,
    sinceChangeCount: ended.filter(({ begunAt }) => begunAt >= changedAt).length,
    ...{ totalCount: count, totalMs, rejectedCount: 0 },
  };
}
