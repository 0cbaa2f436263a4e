import { randomBytes } from 'node:crypto';
import type { Fault } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { refuse, type Session } from '../shell/session.js';
import { ContainerLog } from './container-log.js';
import { findJobToRead } from './find-job.js';
import type { FollowQuestion } from './follow-jobs.js';
import type { LogPrinter } from './printer.js';
import { type LogTarget, targetsOf } from './targets.js';

/** Prints what is there of the logs of jobs, one container after the other. */
export async function readJobs(
  app: App,
  session: Session,
  { names, begin, printer }: FollowQuestion & { readonly printer: LogPrinter },
): Promise<ExitCode> {
  const faults: Fault[] = [];
  const targets: LogTarget[] = [];
  for (const name of names) {
    const job = await findJobToRead(session, { name, tell: (text) => printer.tell(text) });
    if (job.ok) targets.push(...targetsOf(job.value));
    else faults.push(...job.error);
  }
  const { clock, signal } = app;
  for (const target of targets) {
    const log = new ContainerLog(
      target,
      { ...begin, live: false },
      { ...session, clock, signal, printer, session: randomBytes(8).toString('hex') },
    );
    const fault = await log.run();
    if (fault !== undefined) faults.push(fault);
  }
  return refuse(app, faults);
}
