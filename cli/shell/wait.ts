import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AllocationStatus, JobStatus } from '../../proto/schemas/status.js';
import { allJobs } from '../../proto/service-lists.js';
import { saysRunsOn } from '../../shared/command.js';
import type { JobName } from '../../shared/ids.js';
import type { Fault, Result } from '../../shared/result.js';
import { formatDurationMs, parseDurationMs } from '../../shared/units.js';
import type { ExitCode } from '../output/faults.js';
import { allocationReason, isRestarting, runsOn } from '../output/format.js';
import { progressText } from '../output/progress.js';
import { printable } from '../output/table.js';
import type { App } from './app.js';
import { codeIn, Failures, isChanging, whyChanging } from './job-change.js';
import { isPassing, NO_ANSWER } from './passing.js';
import { refuse, type Session } from './session.js';

/** The flags of commands that can wait for the jobs they submit. */
export interface WaitFlags {
  readonly wait?: boolean;
  /** ms */
  readonly waitTimeout: number;
}

const DEFAULT_WAIT_MS = 60_000;
const POLL_MS = 250;

/** The jobs to wait for. */
export interface Waiting {
  readonly names: readonly JobName[];
  /** Those of them that were changed. */
  readonly updated: readonly JobName[];
  readonly flags: WaitFlags;
}

/** `--wait` and `--wait-timeout`. */
export const withWait = (command: Command): Command =>
  command
    .option('--wait', 'wait until every container of the jobs runs as asked')
    .addOption(
      new Option('--wait-timeout <duration>', 'stop waiting after this')
        .argParser(duration)
        .default(DEFAULT_WAIT_MS, formatDurationMs(DEFAULT_WAIT_MS)),
    );

function duration(text: string): number {
  const ms = parseDurationMs(text);
  if (ms.ok) return ms.value;
  throw new InvalidArgumentError(ms.error);
}

/**
 * Waits until all jobs run as they are asked for now; one whose container is started again and
 * again does not, nor does one of which a container is as it was before a change. Exit code 0 when
 * all run, 1 when one failed, cannot be changed or time ran out, 3 when no node can take one.
 */
export async function waitForJobs(app: App, session: Session, asked: Waiting): Promise<ExitCode> {
  try {
    return await waited(app, session, asked);
  } finally {
    app.output.status?.('');
  }
}

async function waited(app: App, session: Session, asked: Waiting): Promise<ExitCode> {
  const deadline = app.clock.now() + asked.flags.waitTimeout;
  const failures = new Failures(asked.updated);
  const seen = new Set<JobName>();
  const isOver = (): boolean => app.signal.aborted || app.clock.now() > deadline;
  for (;;) {
    const listed = await jobsNow(app, session, isOver);
    if (!listed.ok) return refuse(app, listed.error);
    const found = listed.value.filter(({ spec }) => asked.names.includes(spec.name));
    const open = found.filter(isOpen);
    const missing = missingOf(asked.names, found);
    if (missing.length === 0 && open.length === 0) return 0;
    const gone = missing.filter((name) => seen.has(name));
    if (gone.length > 0) return refuse(app, gone.map(notThere));
    app.output.status?.(waitText(found, asked.names.length));
    for (const { spec } of found) seen.add(spec.name);
    const failed = failures.among(found, app.clock.now());
    if (failed.length > 0) return refuse(app, failed.map(hasFailed));
    if (isOver()) return refuse(app, [...open.map(runsNotYet), ...missing.map(notThere)]);
    await app.clock.sleep(POLL_MS, app.signal);
  }
}

/** Asks until there is an answer; the fault is why there is none. */
async function jobsNow(
  app: App,
  session: Session,
  isOver: () => boolean,
): Promise<Result<readonly JobStatus[]>> {
  for (;;) {
    const listed = await allJobs(session);
    if (listed.ok || isOver() || !isPassing(listed.error)) return listed;
    app.output.status?.(`starting: ${NO_ANSWER}`);
    await app.clock.sleep(POLL_MS, app.signal);
  }
}

const isOpen = (job: JobStatus): boolean =>
  job.state !== 'running' || job.allocations.some(isRestarting) || isChanging(job);

const missingOf = (names: readonly JobName[], jobs: readonly JobStatus[]): readonly JobName[] =>
  names.filter((name) => !jobs.some(({ spec }) => spec.name === name));

const notThere = (name: JobName): Fault => ({
  code: 'service.not-found',
  field: name,
  message: `${name} is not there: it was stopped meanwhile; submit it again to run it`,
});

/** How many containers run of those wanted, and why the first one waits. */
export function waitText(jobs: readonly JobStatus[], asked: number): string {
  const allocations = jobs.flatMap((job) => job.allocations);
  const isDone = (each: AllocationStatus): boolean => runsOn(each) && each.isOutdated !== true;
  const done = allocations.filter(isDone).length;
  const total = Math.max(allocations.length, asked);
  const waiting = allocations.find((each) => !isDone(each));
  const text = progressText({ label: 'starting', done, total, unit: 'containers' });
  const reason = waiting === undefined ? '' : printable(waitingReason(waiting));
  return reason === '' ? text : `${text}: ${reason}`;
}

/** Of one that runs, the reason says why its limit is what it is, unless its change is hindered. */
const waitingReason = (each: AllocationStatus): string =>
  runsOn(each) && !saysRunsOn(each.reason)
    ? `${each.id} is not changed yet`
    : allocationReason(each);

const hasFailed = (job: JobStatus): Fault =>
  job.state === 'failed'
    ? notRunning(job, 'failed', reasonsOf(job))
    : notRunning(job, 'cannot be changed', whyChanging(job));

const runsNotYet = (job: JobStatus): Fault =>
  job.state === 'running' && !job.allocations.some(isRestarting)
    ? notRunning(job, 'does not run as it was changed yet', whyChanging(job))
    : notRunning(job, 'does not run yet', reasonsOf(job));

const reasonsOf = ({ reasons, allocations }: JobStatus): readonly string[] =>
  reasons.length > 0
    ? reasons
    : allocations.map(({ reason }) => reason).filter((reason) => reason !== '');

function notRunning(job: JobStatus, what: string, reasons: readonly string[]): Fault {
  const unplaced = job.allocations.some(({ node }) => node === null);
  const why = reasons.length > 0 ? reasons.join('; ') : 'no reason was given; see dqoes ps';
  const code = unplaced ? 'schedule.no-node' : (codeIn(why) ?? 'allocation.not-running');
  return {
    code,
    field: job.spec.name,
    message: `${job.spec.name} ${what}: ${why.replace(` [${code}]`, '')}`,
  };
}
