import type { JobSpec } from '../../shared/job.js';
import type { ExitCode } from '../output/faults.js';
import type { App, Registry } from '../shell/app.js';
import { readJobs } from '../shell/job-file-argument.js';
import { appFor, type ShowFlags, withCluster, withFormat } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';
import { type WaitFlags, waitForJobs, withWait } from '../shell/wait.js';

/** Flags of every command that submits jobs. */
export type SubmitFlags = ShowFlags & WaitFlags;

/** Adds `dqoes job run FILE|-`. */
export function addJobRun({ program, app, finish }: Registry): void {
  withWait(withFormat(withCluster(program.command('run <file>'))))
    .description('create or update jobs from a YAML file (- reads standard input)')
    .action(async (file: string, flags: SubmitFlags) =>
      finish(await runFile(appFor(app, flags), file, flags)),
    );
}

async function runFile(app: App, file: string, flags: SubmitFlags): Promise<ExitCode> {
  const read = await readJobs(app, file);
  if ('exit' in read) return read.exit;
  return withSession(app, flags, (session) => submit(app, session, { specs: read.specs, flags }));
}

/** Jobs that are to be submitted. */
export interface Submission {
  readonly specs: readonly JobSpec[];
  readonly flags: SubmitFlags;
  /** Called once the cluster has taken them. */
  readonly onTaken?: () => void;
}

/** Submits the jobs, prints for each whether it is new, and waits for them with `--wait`. */
export async function submit(app: App, session: Session, asked: Submission): Promise<ExitCode> {
  const answer = await session.call('job-submit', { jobs: asked.specs });
  if (!answer.ok) return refuse(app, answer.error);
  asked.onTaken?.();
  const { created, updated, unchanged } = answer.value;
  const { flags } = asked;
  if (flags.output === 'json' || flags.output === 'yaml') printAnswer(app, flags, answer.value);
  else {
    const done = [
      ...created.map((name) => [name, 'created']),
      ...updated.map((name) => [name, 'updated']),
      ...unchanged.map((name) => [name, 'unchanged']),
    ];
    for (const [name = '', what = ''] of done)
      app.output.data(flags.quiet === true ? name : `${name} ${what}`);
  }
  return flags.wait === true
    ? waitForJobs(app, session, { names: asked.specs.map(({ name }) => name), updated, flags })
    : 0;
}
