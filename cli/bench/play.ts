import { actionsOf, type BenchAction } from '../../lab/bench/actions.js';
import { isReal } from '../../lab/bench/bound.js';
import { intervalConditions } from '../../lab/bench/moments.js';
import type {
  DecisionObservation,
  JobObservation,
  RunObservations,
} from '../../lab/bench/run-observations.js';
import { jobSpecOf } from '../../lab/bench/sample.js';
import { foreignBursts } from '../../lab/foreign/bursts.js';
import type { Scenario } from '../../lab/types.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { Clock } from '../../shared/clock.js';
import type { JobSpec } from '../../shared/job.js';
import { assertNever, err, ok, type Result } from '../../shared/result.js';
import { statisticOf } from '../../shared/samples.js';
import type { ForeignLoader } from './foreign.js';
import { OtherUsage } from './other-usage.js';
import type { BenchSystem, SystemLook } from './system.js';

/** Uses CPU that the jobs then lack. */
export interface Burner {
  /** Uses `cores` of CPU from now on; 0 = none. */
  burn(cores: number): void;
}

/** One run: what is played, on which system, and who hears of problems. */
export interface PlayOptions {
  readonly scenario: Scenario;
  /** Target each job begins with, ms. */
  readonly targetsMs: ReadonlyMap<string, number>;
  readonly repetition: number;
  readonly system: BenchSystem;
  readonly burner: Burner;
  readonly foreign: ForeignLoader;
  /** CPU of this machine, cores; the load of other programs is a share of it. */
  readonly machineCores: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProblem: (sentence: string) => void;
}

/**
 * Plays a scenario on real containers from start to end, and looks at the end of each interval.
 * Leaves everything running.
 */
export async function playScenario(options: PlayOptions): Promise<Result<RunObservations>> {
  const { scenario, system, clock, signal } = options;
  await alignToReport(options);
  const startMs = clock.now();
  const specs = specsAt(options, clock.wall());
  const plannedForeignMs = startForeign(options);
  // Without a load of its own, what the one of the run before used is still told.
  const usedForeignMs = (): number => (plannedForeignMs === 0 ? 0 : options.foreign.usedMs());
  const decisions: DecisionObservation[] = [];
  const movedAtMs: number[] = [];
  system.onMove(() => movedAtMs.push(clock.now() - startMs));
  system.onLimit((limit) => decisions.push({ atMs: clock.now() - startMs, ...limit }));
  const actions = [...actionsOf(scenario)];
  const looks: ReadonlyMap<string, JobObservation>[] = [];
  const others = new OtherUsage(scenario.intervalMs);
  const problems = new Set<string>();
  for (const { endMs } of intervalConditions(scenario)) {
    while ((actions[0]?.atMs ?? endMs) < endMs) {
      const action = actions.shift();
      if (action === undefined) break;
      await watchUntil(startMs + action.atMs, others, options);
      if (signal.aborted) return stopped();
      const done = await perform(action, specs, options);
      if (!done.ok) return done;
      if (action.kind === 'burn') others.stolenCores = action.cores;
    }
    await watchUntil(startMs + endMs, others, options);
    if (signal.aborted) return stopped();
    const look = await freshLook(options);
    const current = currentOf(look.allocations);
    reportProblems(current, problems, options);
    looks.push(seenIn(current));
    others.add(look);
    others.endInterval(usedForeignMs());
  }
  return ok({
    looks,
    decisions,
    movedAtMs,
    othersCores: others.meanCores(),
    intervalOthersCores: others.perInterval,
    foreign:
      plannedForeignMs === 0
        ? null
        : { plannedCpuMs: plannedForeignMs, usedCpuMs: usedForeignMs() },
  });
}

/** Begins the load of other programs; the CPU it asks for, ms. */
function startForeign(options: PlayOptions): number {
  const { scenario, repetition, foreign, machineCores: cores, clock } = options;
  const bursts = foreignBursts(scenario, { node: scenario.nodes[0]?.id ?? '', repetition });
  if (bursts.length === 0) return 0;
  foreign.start({ cores, startedAtWallMs: clock.wall(), bursts });
  const sum = bursts.reduce(
    (total, { atMs, untilMs, loadRatio }) => total + (untilMs - atMs) * loadRatio,
    0,
  );
  return Math.round(sum * cores);
}

/** Waits for a time, and looks at what the host uses at each report before it. */
async function watchUntil(
  untilMs: number,
  others: OtherUsage,
  { system, clock, signal }: PlayOptions,
): Promise<void> {
  while (clock.now() + system.reportMs < untilMs - system.reportMs / 2 && !signal.aborted) {
    await clock.sleep(system.reportMs, signal);
    others.add(system.look());
  }
  await clock.sleep(Math.max(0, untilMs - clock.now()), signal);
}

/** The result of a bench that was stopped. */
export const stopped = (): Result<never> =>
  err([{ code: 'service.unavailable', field: 'bench', message: 'The bench was stopped.' }]);

/** The specs of the scenario's jobs by id, with the targets they begin with. */
function specsAt(
  { scenario, targetsMs, repetition }: PlayOptions,
  startedAtWallMs: number,
): ReadonlyMap<string, JobSpec> {
  const specs = new Map<string, JobSpec>();
  for (const job of scenario.jobs.filter(isReal)) {
    const targetMs = targetsMs.get(job.id) ?? job.targetMs;
    specs.set(job.id, jobSpecOf(scenario, job, { startedAtWallMs, repetition, targetMs }));
  }
  return specs;
}

async function perform(
  action: BenchAction,
  specs: ReadonlyMap<string, JobSpec>,
  { system, burner }: PlayOptions,
): Promise<Result<void>> {
  switch (action.kind) {
    case 'submit':
      return system.submit(
        action.jobs.flatMap(({ id, targetFactor }) => {
          const spec = specs.get(id);
          if (spec === undefined) return [];
          return [
            {
              ...spec,
              target: { ...spec.target, latencyMs: spec.target.latencyMs * targetFactor },
            },
          ];
        }),
      );
    case 'stop':
      return system.stop(action.job);
    case 'burn':
      burner.burn(action.cores);
      return ok(undefined);
    default:
      return assertNever(action);
  }
}

const POLL_MS = 10;

// Reports come at a fixed rhythm: a run that starts just after one finds a fresh one at the end of
// every interval.
async function alignToReport({ system, clock, signal }: PlayOptions): Promise<void> {
  const deadline = clock.now() + 2 * system.reportMs;
  let beforeMs = system.look().ageMs;
  for (;;) {
    const { ageMs } = system.look();
    // Several hosts report nearly at once; only after the last of them is the oldest report young.
    if (ageMs <= 2 * POLL_MS || ageMs < beforeMs - system.reportMs / 2) return;
    if (clock.now() >= deadline || signal.aborted) return;
    beforeMs = ageMs;
    await clock.sleep(POLL_MS, signal);
  }
}

// Waits for a report that is a little late, so that its window covers this interval and not the one
// before.
async function freshLook({ system, clock, signal }: PlayOptions): Promise<SystemLook> {
  const deadline = clock.now() + system.reportMs / 2;
  for (;;) {
    const look = system.look();
    if (look.ageMs < system.reportMs / 2 || clock.now() >= deadline || signal.aborted) return look;
    await clock.sleep(POLL_MS, signal);
  }
}

/**
 * One allocation per job. While a job moves, its old allocation counts, which its clients use; then
 * the new one, even if the old container is still ending.
 */
function currentOf(
  allocations: readonly AllocationStatus[],
): ReadonlyMap<string, AllocationStatus> {
  const rank = ({ desired, replaces }: AllocationStatus): number =>
    desired === null ? 0 : replaces === undefined ? 2 : 1;
  const current = new Map<string, AllocationStatus>();
  for (const each of allocations) {
    const other = current.get(each.job);
    if (other === undefined || rank(each) > rank(other)) current.set(each.job, each);
  }
  return current;
}

const seenIn = (
  current: ReadonlyMap<string, AllocationStatus>,
): ReadonlyMap<string, JobObservation> =>
  new Map([...current].map(([job, status]) => [job, seenOf(status)]));

/** With what was answered last, however long ago: a job that a policy starves misses its target. */
function seenOf({ node, target, latencyMs, desired, container }: AllocationStatus): JobObservation {
  const window = container?.latency?.window;
  const lastMs = target === null || !window ? null : statisticOf(window, target.statistic);
  const limit = container?.observed ?? desired;
  const isRunning = container?.state === 'running';
  return {
    node: isRunning ? node : null,
    latencyMs: isRunning ? (latencyMs ?? lastMs) : null,
    limitCores: limit?.cpuCores ?? null,
    periodUs: limit?.periodUs ?? 100_000,
    cpuSeconds: container?.cpu?.usageTotalSeconds ?? null,
    requests: container?.latency?.totalCount ?? 0,
  };
}

// Reports each ended job once; the run goes on without it.
function reportProblems(
  current: ReadonlyMap<string, AllocationStatus>,
  reported: Set<string>,
  { onProblem }: PlayOptions,
): void {
  for (const [job, { container, reason }] of current) {
    if (
      container === null ||
      container.state === 'running' ||
      container.state === 'pending' ||
      reported.has(job)
    )
      continue;
    reported.add(job);
    onProblem(
      `${job} ${container.state}: ${container.reason || reason || 'no reason given'}; it ` +
        'counts as unsatisfied',
    );
  }
}
