import { seededRandom, seedOf } from '../../shared/random.js';
import { type AgentDelay, NO_DELAY } from './delay.js';
import { normalOf } from './draws.js';

/** How a simulated host differs from an even one. */
export interface MachineModel {
  /** Relative standard deviation of the slow part of its speed. */
  readonly speedSpread: number;
  /** The slow part forgets where it was after about this time, ms. */
  readonly speedMemoryMs: number;
  /** Mean time between two bursts of slowness, ms; Infinity = none. */
  readonly dipEveryMs: number;
  /** Longest burst of slowness, ms; the shortest is a tenth of it. */
  readonly dipMs: number;
  /** Largest loss of speed in such a burst, 0..1; the smallest is a quarter of it. */
  readonly dipRatio: number;
  /** Work that is added to a request each time its container goes on after a throttle, core-ms. */
  readonly resumeMs: number;
  /** CPU that a container takes to start, core-ms. */
  readonly startMs: number;
  /** Time for which the engine wants a core for the start of a container, ms. */
  readonly engineStartMs: number;
  /** CPU of a host that is kept for other programs and not allocatable, share. */
  readonly keptRatio: number;
  /** CPU that agent, engine and log streams use all the time, cores. */
  readonly ownCores: number;
  /** Whether agents keep the weight of the cgroup of containers at what these hold. */
  readonly isGroupWeighed: boolean;
  /** From the end of a request until its agent has read of it. */
  readonly readDelay: AgentDelay;
  /** What a report takes to be made. Its CPU counters are those half way. */
  readonly reportDelay: AgentDelay;
}

/** Always the same speed, throttling costs nothing, and agents know everything at once. */
export const EVEN_MACHINE: MachineModel = {
  speedSpread: 0,
  speedMemoryMs: 20_000,
  dipEveryMs: Number.POSITIVE_INFINITY,
  dipMs: 1000,
  dipRatio: 0,
  resumeMs: 0,
  startMs: 0,
  engineStartMs: 0,
  keptRatio: 0,
  ownCores: 0,
  isGroupWeighed: true,
  readDelay: NO_DELAY,
  reportDelay: NO_DELAY,
};

/**
 * Like the machine that docs/lab.md names. `resumeMs` comes from measurements: quotas of a tenth to
 * a quarter of a core at 10 ms made requests 3 to 11 % dearer than at 100 ms, and at 5 ms 10 to
 * 20 %. So does `startMs`: the CPU of 90 containers up to the end of their first interval, less
 * that of their requests; medians of the ten workloads 280 to 550. `engineStartMs` and `ownCores`:
 * what others used in each interval of nine runs of `arrivals`, by the number of starts in it.
 * `keptRatio` is the default of `reserve.cpu`. `readDelay` and `reportDelay`: ends of requests in
 * 936 reports beside rough load (docs/decisions/175). The figures of speed are estimates.
 */
export const REAL_MACHINE: MachineModel = {
  speedSpread: 0.02,
  speedMemoryMs: 20_000,
  dipEveryMs: 4000,
  dipMs: 800,
  dipRatio: 0.15,
  resumeMs: 0.1,
  startMs: 370,
  engineStartMs: 140,
  keptRatio: 0.05,
  ownCores: 0.07,
  isGroupWeighed: true,
  readDelay: { fullMs: 2, besideMs: 80 },
  reportDelay: { fullMs: 2, besideMs: 50 },
};

/** From `atMs` on a host does this multiple of the work in the same CPU time. */
export interface SpeedStep {
  readonly atMs: number;
  readonly speed: number;
}

/** The slow part of the speed changes in steps of this length, ms. */
const STEP_MS = 500;

/**
 * The speed of a host over a run: a slow part (a first-order autoregression of its logarithm, which
 * begins anywhere in its range) and bursts of slowness on top. Common to all its containers and,
 * with the same seed and host, the same under every policy.
 */
export function speedSteps(
  machine: MachineModel,
  durationMs: number,
  place: { readonly seed: number; readonly node: string },
): readonly SpeedStep[] {
  const { speedSpread, dipRatio, dipEveryMs } = machine;
  if (speedSpread === 0 && (dipRatio === 0 || dipEveryMs === Number.POSITIVE_INFINITY)) return [];
  const seedFor = (what: string): number => seedOf(`${place.seed}/${what}/${place.node}`);
  const slow = slowPart(machine, durationMs, seedFor('speed'));
  const dips = dipsOf(machine, durationMs, seedFor('dips'));
  const times = [...slow.keys()].map((i) => i * STEP_MS);
  const edges = [...times, ...dips.flatMap(({ atMs, untilMs }) => [atMs, untilMs])];
  return [...new Set(edges)]
    .sort((a, b) => a - b)
    .filter((atMs) => atMs < durationMs)
    .map((atMs) => {
      const dip = dips.find((each) => each.atMs <= atMs && atMs < each.untilMs);
      return { atMs, speed: (slow[Math.floor(atMs / STEP_MS)] ?? 1) * (1 - (dip?.ratio ?? 0)) };
    });
}

function slowPart(
  { speedSpread, speedMemoryMs }: MachineModel,
  durationMs: number,
  seed: number,
): readonly number[] {
  const random = seededRandom(seed);
  const keeps = Math.exp(-STEP_MS / speedMemoryMs);
  const fresh = Math.sqrt(1 - keeps * keeps);
  let value = normalOf(random(), random());
  return Array.from({ length: Math.ceil(durationMs / STEP_MS) }, () => {
    const speed = Math.exp(speedSpread * value);
    value = keeps * value + fresh * normalOf(random(), random());
    return speed;
  });
}

interface Dip {
  readonly atMs: number;
  readonly untilMs: number;
  readonly ratio: number;
}

function dipsOf(
  { dipEveryMs, dipMs, dipRatio }: MachineModel,
  durationMs: number,
  seed: number,
): readonly Dip[] {
  const random = seededRandom(seed);
  const dips: Dip[] = [];
  if (dipRatio === 0) return dips;
  for (let nowMs = 0; ; ) {
    const atMs = nowMs - Math.log(1 - random()) * dipEveryMs;
    if (!(atMs < durationMs)) return dips;
    nowMs = atMs + dipMs * (0.1 + 0.9 * random());
    dips.push({ atMs, untilMs: nowMs, ratio: dipRatio * (0.25 + 0.75 * random()) });
  }
}
