import { type Command, InvalidArgumentError, Option } from 'commander';
import type { JobStatus } from '../../proto/schemas/status.js';
import { allJobs } from '../../proto/service-lists.js';
import { ERROR_CODES, type ErrorCode } from '../../shared/errors.js';
import type { JobName } from '../../shared/ids.js';
import type { Fault, Result } from '../../shared/result.js';
import { formatDurationMs, parseDurationMs } from '../../shared/units.js';
import type { ExitCode } from '../output/faults.js';
import { allocationReason, isRestarting, runsOn } from '../output/format.js';
import { progressText } from '../output/progress.js';
import { printable } from '../output/table.js';
import type { App } from './app.js';
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
/** How long a changed job may show the end of its container before the change, ms. */
const REPLACED_MS = 15_000;

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
    .option('--wait', 'wait until every container of the jobs runs')
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
 * Waits until all jobs run; one whose container is started again and again does not. Exit code 0
 * when all run, 1 when one failed or time ran out, 3 when no node can take one. That the container
 * of a changed job had failed before says nothing of the new one: it counts once the job was seen
 * otherwise, or after 15 s.
 */
export async function waitForJobs(app: App, session: Session, asked: Waiting): Promise<ExitCode> {
  try {
    return await waited(app, session, asked);
  } finally {
    app.output.status?.('');
  }
}

async function waited(app: App, session: Session, asked: Waiting): Promise<ExitCode> {
  const startedAtMs = app.clock.now();
  const deadline = startedAtMs + asked.flags.waitTimeout;
  const before = new Set(asked.updated);
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
    if (app.clock.now() - startedAtMs > REPLACED_MS) before.clear();
    for (const { spec, state } of found) {
      seen.add(spec.name);
      if (state !== 'failed') before.delete(spec.name);
    }
    const failed = open.filter(({ spec, state }) => state === 'failed' && !before.has(spec.name));
    if (failed.length > 0)
      return refuse(
        app,
        failed.map((job) => notRunning(job, 'failed')),
      );
    if (isOver())
      return refuse(app, [
        ...open.map((job) => notRunning(job, 'does not run yet')),
        ...missing.map(notThere),
      ]);
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

const isOpen = ({ state, allocations }: JobStatus): boolean =>
  state !== 'running' || allocations.some(isRestarting);

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
  const running = allocations.filter(runsOn).length;
  const total = Math.max(allocations.length, asked);
  const waiting = allocations.find((each) => !runsOn(each));
  const text = progressText({ label: 'starting', done: running, total, unit: 'containers' });
  const reason = waiting === undefined ? '' : printable(allocationReason(waiting));
  return reason === '' ? text : `${text}: ${reason}`;
}

function notRunning(job: JobStatus, what: string): Fault {
  const unplaced = job.allocations.some(({ node }) => node === null);
  const reasons =
    job.reasons.length > 0
      ? job.reasons
      : job.allocations.map(({ reason }) => reason).filter((reason) => reason !== '');
  const why = reasons.length > 0 ? reasons.join('; ') : 'no reason was given; see dqoes ps';
  const code = unplaced ? 'schedule.no-node' : (codeIn(why) ?? 'allocation.not-running');
  return {
    code,
    field: job.spec.name,
    message: `${job.spec.name} ${what}: ${why.replace(` [${code}]`, '')}`,
  };
}

/** The error code at the end of a reason; agents append the code of the fault. */
const codeIn = (reason: string): ErrorCode | undefined => {
  const named = /\[([a-z]+\.[a-z-]+)\]/.exec(reason)?.[1];
  return named !== undefined && named in ERROR_CODES ? (named as ErrorCode) : undefined;
};
