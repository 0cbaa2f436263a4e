import { readFile } from 'node:fs/promises';
import { messageOf } from '../../shared/errors.js';
import type { JobSpec } from '../../shared/job.js';
import { parseJobFile } from '../job-file/parse.js';
import type { ExitCode } from '../output/faults.js';
import type { App, Registry } from './app.js';
import { appFor, type ShowFlags, withCluster, withFormat } from './options.js';
import { refuse, type Session, withSession } from './session.js';
import { printAnswer } from './show.js';
import { type WaitFlags, waitForJobs, withWait } from './wait.js';

export type SubmitFlags = ShowFlags & WaitFlags;

/** `dqoes job run FILE|-`. */
export function addJobRun({ program, app, finish }: Registry): void {
  withWait(withFormat(withCluster(program.command('run <file>'))))
    .description('create or update jobs from a YAML file (- reads standard input)')
    .action(async (file: string, flags: SubmitFlags) => finish(await runFile(appFor(app, flags), file, flags)));
}

async function runFile(app: App, file: string, flags: SubmitFlags): Promise<ExitCode> {
  let text: string;
  try {
    text = file === '-' ? await app.readStdin() : await readFile(file, 'utf8');
  } catch (cause) {
    const message = `The job file cannot be read (${messageOf(cause)}): check the path and your rights.`;
    return refuse(app, [{ code: 'cli.usage', field: 'file', message }]);
  }
  const specs = parseJobFile(text);
  if (!specs.ok) return refuse(app, specs.error, file === '-' ? 'stdin' : file);
  return withSession(app, flags, (session) => submit(app, session, { specs: specs.value, flags }));
}

/** Sends the jobs, prints what became of each, and waits for them if asked. */
export async function submit(
  app: App,
  session: Session,
  asked: { readonly specs: readonly JobSpec[]; readonly flags: SubmitFlags },
): Promise<ExitCode> {
  const answer = await session.call('job-submit', { jobs: asked.specs });
  if (!answer.ok) return refuse(app, answer.error);
  const { created, updated, unchanged } = answer.value;
  const { flags } = asked;
  if (flags.output === 'json' || flags.output === 'yaml') printAnswer(app, flags, answer.value);
  else {
    const done = [
      ...created.map((name) => [name, 'created']),
      ...updated.map((name) => [name, 'updated']),
      ...unchanged.map((name) => [name, 'unchanged']),
    ];
    for (const [name = '', what = ''] of done) app.output.data(flags.quiet === true ? name : `${name} ${what}`);
  }
  return flags.wait === true ? waitForJobs(app, session, { names: asked.specs.map(({ name }) => name), flags }) : 0;
}
