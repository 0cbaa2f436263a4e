import type { RealJob } from '../../lab/bench/bound.js';
import { closedOf, probeSpecOf, workKeyOf } from '../../lab/bench/sample.js';
import type { LoadedRatios } from '../../lab/bench/targets.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { Clock } from '../../shared/clock.js';
import { STATISTICS, type Statistic } from '../../shared/qoe.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type Summary, statisticOf } from '../../shared/samples.js';
import { stopped } from './play.js';
import type { BenchSystem } from './system.js';

/** What a request of each workload costs while all jobs run. */
export interface Calibration {
  /** CPU-seconds, by `workKeyOf`. */
  readonly workSeconds: ReadonlyMap<string, number>;
  /** By `workKeyOf`. */
  readonly ratios: LoadedRatios;
}

/** What a calibration runs, and for how long. */
export interface CalibrateOptions {
  readonly system: BenchSystem;
  readonly jobs: readonly RealJob[];
  /** Minimum time to measure, ms. */
  readonly measureMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const MIN_REQUESTS = 4;
const START_DEADLINE_MS = 120_000;
const MEASURE_DEADLINE_MS = 180_000;
const POLL_MS = 200;

/**
 * Runs all jobs at once as closed loops, under the policy that the system has, and reads the
 * counters of their cgroups. Leaves them running.
 */
export async function calibrate(options: CalibrateOptions): Promise<Result<Calibration>> {
  const { system, jobs, clock } = options;
  const submitted = await system.submit(
    jobs.map(({ id, workload }) => probeSpecOf(id, closedOf(workload))),
  );
  if (!submitted.ok) return submitted;
  const first = await lookUntil(options, START_DEADLINE_MS, (looks) =>
    jobs.every(({ id }) => isMeasured(looks.get(id))),
  );
  if (!first.ok) return first;
  const startMs = clock.now();
  const last = await lookUntil(options, MEASURE_DEADLINE_MS, (looks) => {
    const enough = jobs.every(
      ({ id }) =>
        isMeasured(looks.get(id)) &&
        spentBetween(first.value.get(id), looks.get(id)).requests >= MIN_REQUESTS,
    );
    return enough && clock.now() - startMs >= options.measureMs;
  });
  return last.ok ? ok(calibrationOf(jobs, first.value, last.value)) : last;
}

type StatusByJob = ReadonlyMap<string, AllocationStatus>;

function calibrationOf(
  jobs: readonly RealJob[],
  first: StatusByJob,
  last: StatusByJob,
): Calibration {
  const spent = new Map<string, Spent>();
  const ratios = new Map<string, Record<Statistic, number>>();
  for (const { id, workload } of jobs) {
    const key = workKeyOf(workload);
    const { requests, cpuSeconds } = spentBetween(first.get(id), last.get(id));
    const sum = spent.get(key) ?? { requests: 0, cpuSeconds: 0 };
    spent.set(key, { requests: sum.requests + requests, cpuSeconds: sum.cpuSeconds + cpuSeconds });
    const window = last.get(id)?.container?.latency?.window;
    if (window !== undefined && !ratios.has(key)) ratios.set(key, ratiosOf(window));
  }
  const workSeconds = new Map(
    [...spent].map(([key, { requests, cpuSeconds }]) => [key, cpuSeconds / requests]),
  );
  return { workSeconds, ratios };
}

/** Each statistic of a window ÷ its mean; NaN = the source does not report it. */
export function ratiosOf(window: Summary): Record<Statistic, number> {
  const entries = STATISTICS.map(
    (name) => [name, (statisticOf(window, name) ?? Number.NaN) / window.meanMs] as const,
  );
  return Object.fromEntries(entries) as Record<Statistic, number>;
}

/**
 * Whether both counters are known: a report that came late has neither, one too soon after another
 * has no CPU.
 */
export const isMeasured = (status: AllocationStatus | undefined): boolean =>
  status?.container?.cpu != null && (status.container.latency?.totalCount ?? 0) > 0;

/** What a container did between two looks, from its counters. */
export interface Spent {
  readonly requests: number;
  readonly cpuSeconds: number;
}

/** Requests and CPU between two states of one allocation; a missing state counts as zero. */
export function spentBetween(
  from: AllocationStatus | undefined,
  to: AllocationStatus | undefined,
): Spent {
  const requests =
    (to?.container?.latency?.totalCount ?? 0) - (from?.container?.latency?.totalCount ?? 0);
  const cpuSeconds =
    (to?.container?.cpu?.usageTotalSeconds ?? 0) - (from?.container?.cpu?.usageTotalSeconds ?? 0);
  return { requests, cpuSeconds };
}

async function lookUntil(
  { system, clock, signal }: CalibrateOptions,
  patienceMs: number,
  done: (looks: StatusByJob) => boolean,
): Promise<Result<StatusByJob>> {
  const deadline = clock.now() + patienceMs;
  for (;;) {
    if (signal.aborted) return stopped();
    const { allocations } = system.look();
    const looks: StatusByJob = new Map(allocations.map((each) => [each.job, each]));
    const ended = faultsOf(
      allocations,
      ({ container }) => container?.state === 'failed' || container?.state === 'exited',
    );
    if (ended.length > 0) return err(ended);
    if (done(looks)) return ok(looks);
    if (clock.now() > deadline) return err(lateFaults(allocations));
    await clock.sleep(POLL_MS, signal);
  }
}

function lateFaults(allocations: readonly AllocationStatus[]): readonly Fault[] {
  const silent = faultsOf(
    allocations,
    ({ container }) => (container?.latency?.totalCount ?? 0) === 0,
  );
  const message =
    'The containers answer too slowly to measure their work; is the machine busy with ' +
    'something else, or are the batches too large?';
  return silent.length > 0 ? silent : [{ code: 'service.unavailable', field: 'bench', message }];
}

/** One fault, with the reason, for each allocation that the test accepts. */
export const faultsOf = (
  allocations: readonly AllocationStatus[],
  is: (status: AllocationStatus) => boolean,
): readonly Fault[] =>
  allocations.filter(is).map(({ job, container, reason }) => ({
    code: 'service.unavailable',
    field: job,
    message: `${job} does not answer: ${container?.reason || reason || 'no request answered yet'}`,
  }));
