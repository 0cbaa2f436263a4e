import type { PolicyName } from '../../proto/schemas/service.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { Clock } from '../../shared/clock.js';
import type { Fault, Result } from '../../shared/result.js';
import { err, ok } from '../../shared/result.js';
import {
  type DemoJob,
  demandCoresOf,
  demandRatioOf,
  demoJobs,
  demoSpecOf,
  threadsFor,
} from './jobs.js';
import { type DemoLook, lookAt, scorePhase, secondsToSettle, workSeconds } from './measure.js';
import type { DemoOutcome } from './outcome.js';
import type { DemoScreen } from './screen.js';

/** How long each phase lasts, ms. */
export interface DemoTimes {
  readonly calibrateMs: number;
  readonly defaultMs: number;
  readonly dqoesMs: number;
  /** Time between two looks (and two live lines). */
  readonly lookMs: number;
}

/** The running system, as far as the demo uses it. */
export interface DemoSystem {
  readonly allocatableCores: number;
  submit(specs: readonly ReturnType<typeof demoSpecOf>[]): Promise<Result<void>>;
  setPolicy(policy: PolicyName): Promise<Result<void>>;
  allocations(): Promise<Result<readonly AllocationStatus[]>>;
  /** CPU that everything but the containers of the demo uses, cores; null = not known. */
  othersCores(): Promise<number | null>;
}

interface DemoRun {
  readonly system: DemoSystem;
  /** Policy of the second phase. */
  readonly policy: PolicyName;
  readonly clock: Clock;
  readonly screen: DemoScreen;
  readonly times: DemoTimes;
  readonly signal: AbortSignal;
}

/** The looks of both phases. */
interface DemoLooks {
  readonly before: readonly DemoLook[];
  readonly after: readonly DemoLook[];
}

const START_DEADLINE_MS = 60_000;
const CALIBRATE_DEADLINE_MS = 90_000;
const MIN_REQUESTS = 4;
const PLACEHOLDER_TARGET_MS = 3_600_000;

const fault = (message: string): Result<never> =>
  err([{ code: 'service.unavailable', field: 'demo', message }]);
const stopped = (): Result<never> => fault('The demo was stopped.');

/**
 * Starts the ten containers, calibrates, measures plain Docker, then dqoes. Returns a fault when
 * `signal` aborts.
 */
export async function playDemo(run: DemoRun): Promise<Result<DemoOutcome>> {
  const jobs = demoJobs();
  const threads = threadsFor(run.system.allocatableCores);
  run.screen.step(`starting ${jobs.length} containers`);
  const started = await startJobs(run, jobs, threads);
  if (!started.ok) return started;
  run.screen.step('calibrating: how much CPU one request of each costs on this machine');
  const targets = await calibrate(run, jobs);
  if (!targets.ok) return targets;
  const specs = jobs.map((job) =>
    demoSpecOf(job, threads, targets.value.get(job.name) ?? PLACEHOLDER_TARGET_MS),
  );
  const phases = await playPhases(run, specs);
  if (!phases.ok) return phases;
  return ok(outcomeOf(run, jobs, targets.value, phases.value));
}

function outcomeOf(
  run: DemoRun,
  jobs: readonly DemoJob[],
  targetsMs: ReadonlyMap<string, number>,
  { before, after }: DemoLooks,
): DemoOutcome {
  const score = scorePhase(after);
  const work = (name: DemoJob['name']) => score.jobs.get(name)?.workSeconds;
  return {
    jobs,
    before: scorePhase(before),
    after: score,
    secondsToSettle: secondsToSettle(after, jobs.length),
    targetsMs,
    demandRatio: demandRatioOf(run.system.allocatableCores, work, targetsMs),
  };
}

async function startJobs(
  run: DemoRun,
  jobs: readonly DemoJob[],
  threads: number,
): Promise<Result<void>> {
  const equal = await run.system.setPolicy('equal');
  if (!equal.ok) return equal;
  const submitted = await run.system.submit(
    jobs.map((job) => demoSpecOf(job, threads, PLACEHOLDER_TARGET_MS)),
  );
  if (!submitted.ok) return submitted;
  const answering = (look: DemoLook): boolean =>
    look.jobs.size === jobs.length &&
    [...look.jobs.values()].every((job) => job.counters.requests > 0);
  const ready = await lookUntil(run, answering, START_DEADLINE_MS);
  return ready.ok ? ok(undefined) : ready;
}

/**
 * Target of each job, ms: the work of one request, measured while all jobs run, ÷ the CPU that the
 * job should need.
 */
async function calibrate(
  run: DemoRun,
  jobs: readonly DemoJob[],
): Promise<Result<ReadonlyMap<string, number>>> {
  const first = await look(run, run.clock.now());
  if (!first.ok) return first;
  const startMs = run.clock.now();
  const enough = (now: DemoLook): boolean =>
    run.clock.now() - startMs >= run.times.calibrateMs &&
    jobs.every(
      (job) =>
        workSeconds(first.value.jobs.get(job.name), now.jobs.get(job.name), MIN_REQUESTS) !== null,
    );
  const last = await lookUntil(run, enough, CALIBRATE_DEADLINE_MS);
  if (!last.ok) return last;
  const targets = new Map<string, number>();
  for (const job of jobs) {
    const work = workSeconds(first.value.jobs.get(job.name), last.value.jobs.get(job.name), 1);
    if (work === null) return fault(`${job.name} answered no request while calibrating.`);
    targets.set(job.name, (work / demandCoresOf(job, run.system.allocatableCores)) * 1000);
  }
  return ok(targets);
}

async function playPhases(
  run: DemoRun,
  specs: readonly ReturnType<typeof demoSpecOf>[],
): Promise<Result<DemoLooks>> {
  const plain = await run.system.setPolicy('default');
  if (!plain.ok) return plain;
  const submitted = await run.system.submit(specs);
  if (!submitted.ok) return submitted;
  const before = await playPhase(run, 'plain Docker', run.times.defaultMs);
  if (!before.ok) return before;
  const dqoes = await run.system.setPolicy(run.policy);
  if (!dqoes.ok) return dqoes;
  const after = await playPhase(run, 'dqoes', run.times.dqoesMs);
  return after.ok ? ok({ before: before.value, after: after.value }) : after;
}

async function playPhase(
  run: DemoRun,
  name: string,
  durationMs: number,
): Promise<Result<readonly DemoLook[]>> {
  const startMs = run.clock.now();
  run.screen.phase(name, durationMs);
  const looks: DemoLook[] = [];
  for (let next = 0; next <= durationMs; next += run.times.lookMs) {
    await run.clock.sleep(Math.max(0, startMs + next - run.clock.now()), run.signal);
    const seen = await look(run, startMs);
    if (!seen.ok) return seen;
    looks.push(seen.value);
    run.screen.live(name, seen.value, durationMs);
  }
  return ok(looks);
}

async function look(run: DemoRun, startMs: number): Promise<Result<DemoLook>> {
  if (run.signal.aborted) return stopped();
  const [statuses, othersCores] = await Promise.all([
    run.system.allocations(),
    run.system.othersCores(),
  ]);
  return statuses.ok
    ? ok(lookAt(statuses.value, { atMs: run.clock.now() - startMs, othersCores }))
    : statuses;
}

async function lookUntil(
  run: DemoRun,
  done: (look: DemoLook) => boolean,
  deadlineMs: number,
): Promise<Result<DemoLook>> {
  const startMs = run.clock.now();
  for (;;) {
    const seen = await look(run, startMs);
    if (!seen.ok) return seen;
    if (done(seen.value)) return seen;
    if (run.clock.now() - startMs > deadlineMs) return notReady(run);
    await run.clock.sleep(250, run.signal);
  }
}

async function notReady(run: DemoRun): Promise<Result<never>> {
  const statuses = await run.system.allocations();
  const reasons: Fault[] = [];
  for (const status of statuses.ok ? statuses.value : []) {
    if ((status.container?.latency?.totalCount ?? 0) > 0) continue;
    const reason = status.container?.reason || status.reason || 'no request answered yet';
    reasons.push({
      code: 'service.unavailable',
      field: status.job,
      message: `${status.job} is not answering: ${reason}`,
    });
  }
  return reasons.length > 0
    ? err(reasons)
    : fault(
        'The containers answer too slowly to calibrate; is the machine busy with something else?',
      );
}
