import { actionsOf, type BenchAction } from '../../lab/bench/actions.js';
import { isReal } from '../../lab/bench/bound.js';
import { intervalConditions } from '../../lab/bench/moments.js';
import type { RunSeen, SeenDecision, SeenJob } from '../../lab/bench/record.js';
import { jobSpecOf } from '../../lab/bench/sample.js';
import type { Scenario } from '../../lab/types.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { Clock } from '../../shared/clock.js';
import type { JobSpec } from '../../shared/job.js';
import { assertNever, err, ok, type Result } from '../../shared/result.js';
import type { BenchSystem, SystemLook } from './system.js';

/** Takes CPU from the jobs. */
export interface Burner {
  /** Uses so much CPU from now on, cores; 0 = none. */
  burn(cores: number): void;
}

export interface PlayOptions {
  readonly scenario: Scenario;
  /** Target each job begins with, ms. */
  readonly targetsMs: ReadonlyMap<string, number>;
  readonly repetition: number;
  readonly system: BenchSystem;
  readonly burner: Burner;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProblem: (sentence: string) => void;
}

/**
 * Plays a scenario on real containers from its first to its last moment, and looks at the end of
 * each interval. Leaves everything running.
 */
export async function playScenario(options: PlayOptions): Promise<Result<RunSeen>> {
  const { scenario, system, clock, signal } = options;
  await alignToReport(options);
  const startMs = clock.now();
  const specs = specsAt(options, clock.wall());
  const decisions: SeenDecision[] = [];
  const movedAtMs: number[] = [];
  system.onMove(() => movedAtMs.push(clock.now() - startMs));
  system.onLimit((limit) => decisions.push({ atMs: clock.now() - startMs, ...limit }));
  const actions = [...actionsOf(scenario)];
  const looks: ReadonlyMap<string, SeenJob>[] = [];
  const others = new Others();
  const problems = new Set<string>();
  for (const { endMs } of intervalConditions(scenario)) {
    while ((actions[0]?.atMs ?? endMs) < endMs) {
      const action = actions.shift();
      if (action === undefined) break;
      await clock.sleep(Math.max(0, startMs + action.atMs - clock.now()), signal);
      if (signal.aborted) return stopped();
      const done = await perform(action, specs, options);
      if (!done.ok) return done;
      if (action.kind === 'burn') others.stolenCores = action.cores;
    }
    await clock.sleep(Math.max(0, startMs + endMs - clock.now()), signal);
    if (signal.aborted) return stopped();
    const look = await freshLook(options);
    const current = currentOf(look.allocations);
    tellProblems(current, problems, options);
    looks.push(seenIn(current));
    others.add(look);
  }
  return ok({ looks, decisions, movedAtMs, othersCores: others.meanCores() });
}

/** What the host does beside the run. */
class Others {
  stolenCores = 0;
  #sumCores = 0;
  #count = 0;

  add({ hostUsedCores, allocations }: SystemLook): void {
    if (hostUsedCores === null) return;
    const ours = allocations.reduce(
      (sum, { container }) => sum + (container?.cpu?.usageCores ?? 0),
      0,
    );
    this.#sumCores += Math.max(0, hostUsedCores - ours - this.stolenCores);
    this.#count += 1;
  }

  meanCores(): number | null {
    return this.#count === 0 ? null : Math.round((this.#sumCores / this.#count) * 1000) / 1000;
  }
}

/** The bench was told to end. */
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

// Reports come at a fixed beat: a run that begins just after one finds a fresh one at the end of
// every interval.
async function alignToReport({ system, clock, signal }: PlayOptions): Promise<void> {
  const deadline = clock.now() + 2 * system.reportMs;
  let beforeMs = system.look().ageMs;
  for (;;) {
    const { ageMs } = system.look();
    // Several hosts report nearly at once: the last of them is what makes the oldest report a young
    // one.
    if (ageMs <= 2 * POLL_MS || ageMs < beforeMs - system.reportMs / 2) return;
    if (clock.now() >= deadline || signal.aborted) return;
    beforeMs = ageMs;
    await clock.sleep(POLL_MS, signal);
  }
}

// A report that is a little late is waited for, so that the window is the interval and not the time
// before it.
async function freshLook({ system, clock, signal }: PlayOptions): Promise<SystemLook> {
  const deadline = clock.now() + system.reportMs / 2;
  for (;;) {
    const look = system.look();
    if (look.ageMs < system.reportMs / 2 || clock.now() >= deadline || signal.aborted) return look;
    await clock.sleep(POLL_MS, signal);
  }
}

/**
 * By job: while it moves, the old place is what its clients have; then the new one, though the old
 * container may still be ending.
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

const seenIn = (current: ReadonlyMap<string, AllocationStatus>): ReadonlyMap<string, SeenJob> =>
  new Map([...current].map(([job, status]) => [job, seenOf(status)]));

function seenOf({ node, latencyMs, desired, container }: AllocationStatus): SeenJob {
  const limit = container?.observed ?? desired;
  const isRunning = container?.state === 'running';
  return {
    node: isRunning ? node : null,
    latencyMs: isRunning ? latencyMs : null,
    limitCores: limit?.cpuCores ?? null,
    periodUs: limit?.periodUs ?? 100_000,
    cpuSeconds: container?.cpu?.usageTotalSeconds ?? null,
    requests: container?.latency?.totalCount ?? 0,
  };
}

// Once per job: a container that ended tells nothing more, and the run goes on without it.
function tellProblems(
  current: ReadonlyMap<string, AllocationStatus>,
  told: Set<string>,
  { onProblem }: PlayOptions,
): void {
  for (const [job, { container, reason }] of current) {
    if (
      container === null ||
      container.state === 'running' ||
      container.state === 'pending' ||
      told.has(job)
    )
      continue;
    told.add(job);
    onProblem(
      `${job} ${container.state}: ${container.reason || reason || 'no reason given'}; it ` +
        'counts as unsatisfied',
    );
  }
}
