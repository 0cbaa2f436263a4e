import { realClock } from '../../../cli/clock.js';
import type { Policy } from '../../../coordinator/schedule/types.js';
import { childSignal } from '../../../shared/child-signal.js';
import type { CpuLimit } from '../../../shared/command.js';
import {
  answeredIn,
  arrivedIn,
  type ContainerLife,
  closedRequests,
  type JobResult,
  livesOf,
  openRequests,
  type Request,
  seenOf,
  type TimeWindow,
} from './answers.js';
import { scheduleOf } from './arrivals.js';
import {
  type ContainerLoad,
  hostCpuSeconds,
  type Kernel,
  kernelOf,
  logOf,
  removeAll,
  startAll,
} from './containers.js';
import { openSystem, type System } from './system.js';

/** What is run, for how long, and under which policy. */
export interface PlayOptions {
  readonly policy: Policy;
  readonly stateDir: string;
  readonly loads: readonly ContainerLoad[];
  readonly settleMs: number;
  readonly measureMs: number;
  readonly signal: AbortSignal;
  /**
   * What happens to the containers while it is measured; `fromMs` = Unix time of the window's
   * begin, ms.
   */
  readonly during?: (fromMs: number, signal: AbortSignal) => Promise<void>;
}

/** What a run came to. */
export interface Played {
  readonly jobs: readonly PlayedJob[];
  /**
   * Used in the window by the containers, and by everything else on the host, dqoes included;
   * cores.
   */
  readonly jobsCores: number;
  readonly othersCores: number;
  /** Of that, by this process: coordinator, agent and the bench itself. */
  readonly dqoesCores: number;
  /** Containers that had not answered when the settling began. */
  readonly slowToStart: readonly string[];
}
/** Above this beside a run, without dqoes, cores: another load was measured, too. */
const DISTURBING_CORES = 0.3;

/** Whether something else on the host took CPU that the figures would show. */
export const isDisturbed = ({
  othersCores,
  dqoesCores,
}: Pick<Played, 'othersCores' | 'dqoesCores'>): boolean =>
  othersCores - dqoesCores > DISTURBING_CORES;

/** What one container came to. */
export interface PlayedJob extends JobResult {
  readonly id: string;
  readonly kind: 'open' | 'closed';
  readonly cpuCores: number;
  /** As the kernel held it at the end. */
  readonly quotaCores: number | null;
  readonly periodUs: number | null;
  readonly weight: number | null;
  /** As the coordinator last said it; null = it takes no part. */
  readonly desired: CpuLimit | null;
  readonly reason: string;
}
/** With every request, for those who look closer. */
export interface PlayedRun {
  readonly played: Played;
  readonly window: TimeWindow;
  readonly requests: ReadonlyMap<string, readonly Request[]>;
  /** When each container was ready, once for each of its starts, Unix ms. */
  readonly readyAtMs: ReadonlyMap<string, readonly number[]>;
}

const ANSWER_DEADLINE_MS = 20_000;
const POLL_MS = 50;
/**
 * For answers to requests that came at the end of the window; a request that waits longer is late
 * by any ceiling.
 */
const GRACE_MS = 2000;

/**
 * One run: the programs, then the containers as `docker run` starts them; `settleMs` after all have
 * answered it is measured for `measureMs`. Removes everything, whatever happens.
 * @throws with a sentence when a part dies, the engine refuses or `signal` aborts
 */
export async function play(options: PlayOptions): Promise<PlayedRun> {
  const { policy, stateDir, loads, signal } = options;
  await removeAll();
  const system = await openSystem(policy, stateDir, signal);
  const ended = childSignal(signal);
  void system.died.then((words) => ended.abort(new Error(words)));
  try {
    await startAll(loads);
    return await measure(system, { ...options, signal: ended.signal });
  } finally {
    ended.abort();
    await removeAll();
    await system.close();
  }
}

async function measure(system: System, options: PlayOptions): Promise<PlayedRun> {
  const { loads, settleMs, measureMs, signal, during } = options;
  const slowToStart = await untilAnswered(system, loads, signal);
  await sleep(settleMs, signal);
  const ids = loads.map(({ id }) => id);
  const before = await reading(ids);
  const window = { fromMs: before.atMs, toMs: before.atMs + measureMs };
  await during?.(window.fromMs, signal);
  await sleep(Math.max(0, window.toMs - realClock.wall()), signal);
  const after = await reading(ids);
  const status = system.look();
  await sleep(GRACE_MS, signal);
  const readAtMs = realClock.wall();
  const lives = new Map(
    await Promise.all(loads.map(async ({ id }) => [id, livesOf(await logOf(id))] as const)),
  );
  const requests = new Map(
    loads.map((load) => [load.id, requestsOf(load, lives.get(load.id) ?? [], readAtMs)]),
  );
  const readings = { before, after, status, window, readAtMs };
  const jobs = loads.map((load) => jobOf(load, requests.get(load.id) ?? [], readings));
  const readyAtMs = new Map(
    [...lives].map(([id, each]) => [id, each.map((life) => life.readyAtMs)]),
  );
  return { played: { jobs, slowToStart, ...usesOf(jobs, readings) }, window, requests, readyAtMs };
}

interface Readings {
  readonly before: Reading;
  readonly after: Reading;
  readonly status: ReturnType<System['look']>;
  readonly window: TimeWindow;
  readonly readAtMs: number;
}

const secondsOf = ({ before, after }: Readings): number => (after.atMs - before.atMs) / 1000;

function jobOf(load: ContainerLoad, requests: readonly Request[], readings: Readings): PlayedJob {
  const { before, after, status } = readings;
  const { id, arrivals } = load;
  const kernel = after.kernel.get(id);
  const cpuCores = rounded(usedSeconds(before.kernel.get(id), kernel) / secondsOf(readings));
  const { quotaCores = null, periodUs = null, weight = null } = kernel ?? {};
  const { desired = null, reason = '' } = status.get(id) ?? {};
  const limits = { quotaCores, periodUs, weight, desired, reason };
  return { id, kind: arrivals.kind, ...seenIn(load, requests, readings), cpuCores, ...limits };
}

function usesOf(jobs: readonly PlayedJob[], readings: Readings) {
  const { before, after } = readings;
  const jobsCores = rounded(jobs.reduce((sum, { cpuCores }) => sum + cpuCores, 0));
  const hostCores = (after.hostSeconds - before.hostSeconds) / secondsOf(readings);
  const dqoesCores = rounded((after.ownSeconds - before.ownSeconds) / secondsOf(readings));
  return { jobsCores, othersCores: rounded(hostCores - jobsCores), dqoesCores };
}

/** CPU used so far by the jobs' kernels, by the whole host and by this process. */
interface Reading {
  readonly kernel: ReadonlyMap<string, Kernel>;
  readonly hostSeconds: number;
  readonly ownSeconds: number;
  readonly atMs: number;
}

async function reading(ids: readonly string[]): Promise<Reading> {
  const kernel = await kernelOf(ids);
  const { user, system } = process.cpuUsage();
  return {
    kernel,
    hostSeconds: hostCpuSeconds(),
    ownSeconds: (user + system) / 1e6,
    atMs: realClock.wall(),
  };
}

/**
 * Those that have not answered in time; the run goes on without waiting longer, for that is what
 * their clients see.
 */
async function untilAnswered(
  system: System,
  loads: readonly ContainerLoad[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const deadline = realClock.now() + ANSWER_DEADLINE_MS;
  for (;;) {
    const status = system.look();
    const silent = loads
      .filter(({ target }) => target !== null)
      .filter(({ id }) => (status.get(id)?.container?.latency?.totalCount ?? 0) === 0);
    if (silent.length === 0 || realClock.now() > deadline) return silent.map(({ id }) => id);
    await sleep(POLL_MS, signal);
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await realClock.sleep(ms, signal);
  signal.throwIfAborted();
}

function requestsOf(
  { arrivals }: ContainerLoad,
  lives: readonly ContainerLife[],
  readAtMs: number,
): readonly Request[] {
  return arrivals.kind === 'closed'
    ? closedRequests(lives)
    : openRequests(lives, () => scheduleOf(arrivals), readAtMs);
}

// A closed loop that is slow asks less: what it was answered in the window is what its client has
// of it.
function seenIn(
  { arrivals, target }: ContainerLoad,
  requests: readonly Request[],
  { window, readAtMs }: Readings,
): JobResult {
  const those =
    arrivals.kind === 'open' ? arrivedIn(requests, window) : answeredIn(requests, window);
  return seenOf(those, target?.latencyMs ?? Number.POSITIVE_INFINITY, readAtMs);
}

// A container that was restarted counts from nothing.
function usedSeconds(before: Kernel | undefined, after: Kernel | undefined): number {
  const [from, to] = [before?.cpuSeconds ?? 0, after?.cpuSeconds ?? 0];
  return to >= from ? to - from : to;
}

const rounded = (cores: number): number => Math.round(cores * 1000) / 1000;
