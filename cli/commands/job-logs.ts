import { InvalidArgumentError } from 'commander';
import { isLogTime, logTimeOf, MAX_FOLLOW_TAIL } from '../../proto/log-follow.js';
import { deniedFault } from '../../proto/roles.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { parseDurationMs } from '../../shared/units.js';
import { requestLog } from '../logs/ask.js';
import { findJob, findJobToRead, hasContainer } from '../logs/find-job.js';
import type { ExitCode } from '../output/faults.js';
import { printable } from '../output/table.js';
import type { App, Registry } from '../shell/app.js';
import { allAsked, jobAsked } from '../shell/names-asked.js';
import { appFor, type ClusterFlags, wholeNumber, withCluster } from '../shell/options.js';
import { refuse, type Session, withChecked } from '../shell/session.js';

interface LogFlags extends ClusterFlags {
  /** Lines of each container. */
  readonly tail?: number | 'all';
  readonly follow?: boolean;
  readonly timestamps?: boolean;
  /** A time, or ms ago. */
  readonly since?: string | number;
}

const CALL_TIMEOUT_MS = 10_000;
const USUAL_TAIL = 100;
/** What an agent answers at once; more is read piece by piece. */
const MAX_TAIL_AT_ONCE = 1000;

/** Adds `dqoes job logs NAME…`. The agents of the job's nodes answer. */
export function addJobLogs({ program, app, finish }: Registry): void {
  withCluster(program.command('logs <name...>'))
    .description("print the last log lines of the jobs' containers, on any node")
    .option('-f, --follow', 'keep printing until Ctrl-C, also where the containers move')
    .option('-n, --tail <lines>', 'lines of each container, or all (default: 100)', tailOf)
    .option('--since <time>', 'only lines from this time on, as 10m or 2026-11-26T14:00Z', sinceOf)
    .option('-t, --timestamps', 'with the time before each line')
    .action(async (names: readonly string[], flags: LogFlags) => {
      const shown = appFor(app, flags);
      const checked = allAsked(names, jobAsked);
      finish(
        await withChecked(shown, { flags, checked }, (session) =>
          show(shown, session, { names, flags }),
        ),
      );
    });
}

interface Asked {
  readonly names: readonly string[];
  readonly flags: LogFlags;
}

async function show(app: App, session: Session, { names, flags }: Asked): Promise<ExitCode> {
  const { follow, timestamps = false, since } = flags;
  const tail = flags.tail === undefined ? usualTail(flags) : flags.tail;
  const isPlain = follow !== true && !timestamps && since === undefined;
  if (isPlain && tail !== 'all' && tail > 0 && tail <= MAX_TAIL_AT_ONCE)
    return printLast(app, session, { names, tail });
  const prefixed = await isPrefixed(session, names);
  if (!prefixed.ok) return refuse(app, prefixed.error);
  const { followJobs } = await import('../logs/follow-jobs.js');
  const { readJobs } = await import('../logs/read-jobs.js');
  const { LogPrinter } = await import('../logs/printer.js');
  const begin = {
    ...(tail === 'all' ? {} : { tail }),
    ...(since === undefined ? {} : { since }),
  };
  const printer = new LogPrinter(app, { prefixed: prefixed.value, timestamps });
  const question = { names, begin, printer };
  return follow === true ? followJobs(app, session, question) : readJobs(app, session, question);
}

const usualTail = ({ since }: LogFlags): number | 'all' =>
  since === undefined ? USUAL_TAIL : 'all';

/** Whether lines need a name before them. */
async function isPrefixed(session: Session, names: readonly string[]): Promise<Result<boolean>> {
  const [only = ''] = names;
  if (names.length > 1) return ok(true);
  const job = await findJob(session, only);
  return job.ok ? ok(job.value.replicas > 1 || job.value.allocations.length > 1) : job;
}

const tailOf = (text: string): number | 'all' =>
  text === 'all' ? text : wholeNumber(0, MAX_FOLLOW_TAIL)(text);

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** A time such as `10m` → ms ago; a date, in local time where it names no zone → as it is sent. */
export function sinceOf(text: string): string | number {
  if (isLogTime(text as unknown)) return text;
  const ms = parseDurationMs(text);
  if (ms.ok) return Math.ceil(ms.value);
  const at = DATE.test(text) ? Date.parse(text.includes('T') ? text : `${text}T00:00`) : Number.NaN;
  if (!Number.isNaN(at) && at >= 0) return logTimeOf(at);
  throw new InvalidArgumentError(
    'use a time up to 24h such as 10m or 1h30m, or a date such as 2026-11-26T14:00Z',
  );
}

/** Prints the last lines of the containers of jobs, as each agent answers at once. */
export async function printLast(
  app: App,
  session: Session,
  { names, tail }: { readonly names: readonly string[]; readonly tail: number },
): Promise<ExitCode> {
  const faults: Fault[] = [];
  const allocations: AllocationStatus[] = [];
  const tell = (text: string): void => app.output.message(printable(text));
  for (const name of names) {
    const job = await findJobToRead(session, { name, tell });
    if (job.ok) allocations.push(...job.value.allocations.filter(hasContainer));
    else faults.push(...job.error);
  }
  for (const allocation of allocations) {
    const lines = await logLines(session, allocation, tail);
    if (!lines.ok) faults.push(...lines.error);
    const prefix = allocations.length > 1 ? `${allocation.id} | ` : '';
    for (const line of lines.ok ? lines.value : [])
      app.output.data(`${prefix}${app.output.terminal ? printable(line) : line}`);
  }
  return refuse(app, faults);
}

async function logLines(
  session: Session,
  { id, node }: AllocationStatus,
  tail: number,
): Promise<Result<readonly string[]>> {
  if (node === null) return ok([]);
  const request = new TextEncoder().encode(JSON.stringify({ allocation: id, tail }));
  const answer = await requestLog({ ...session, node }, request, CALL_TIMEOUT_MS);
  if (!answer.ok && answer.error === 'denied')
    return err([deniedFault('read logs', ['submitter', 'operator'])]);
  if (!answer.ok)
    return err([
      unavailable(
        id,
        `the agent of node ${node} does not answer (${answer.error}); is it running?`,
      ),
    ]);
  const reply = readReply(answer.value.data);
  return (
    reply ??
    err([
      unavailable(
        id,
        `the agent of node ${node} sent an unknown answer: use one version of dqoes everywhere`,
      ),
    ])
  );
}

function readReply(data: Uint8Array): Result<readonly string[]> | undefined {
  let parsed: { readonly lines?: unknown; readonly fault?: Partial<Fault> } | null;
  try {
    parsed = JSON.parse(new TextDecoder().decode(data)) as typeof parsed;
  } catch {
    return undefined;
  }
  if (Array.isArray(parsed?.lines)) return ok(parsed.lines.map(String));
  const { code, message } = parsed?.fault ?? {};
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return err([{ code, field: 'name', message }]);
}

const unavailable = (id: string, why: string): Fault => ({
  code: 'service.unavailable',
  field: id,
  message: `The log of ${id} cannot be read: ${why}`,
});
