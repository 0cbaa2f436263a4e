import type { JobSpec } from '../../shared/job.js';
import type { ExitCode } from '../output/faults.js';
import { printable } from '../output/table.js';
import type { App, Registry } from '../shell/app.js';
import { readJobs } from '../shell/job-file-argument.js';
import { presentJobs } from '../shell/job-lookup.js';
import { appFor, type ShowFlags, withCluster } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';
import { withListFormat } from '../shell/unused-options.js';

/** Adds `dqoes job diff FILE|-`: what a submission would change, field by field. */
export function addJobDiff({ program, app, finish }: Registry): void {
  withListFormat(withCluster(program.command('diff <file>')), app)
    .description('show which fields a submission of a YAML file would change')
    .action(async (file: string, flags: ShowFlags) => {
      const shown = appFor(app, flags);
      const read = await readJobs(shown, file);
      if ('exit' in read) return finish(read.exit);
      finish(
        await withSession(shown, flags, (session) =>
          diff(shown, session, { specs: read.specs, flags }),
        ),
      );
    });
}

async function diff(
  app: App,
  session: Session,
  { specs, flags }: { readonly specs: readonly JobSpec[]; readonly flags: ShowFlags },
): Promise<ExitCode> {
  const present = await presentJobs(session);
  if (!present.ok) return refuse(app, present.error);
  const { changeLine, diffJob } = await import('../job-file/diff.js');
  const jobs = specs.map((spec) => diffJob(present.value.get(spec.name), spec));
  if (flags.output === 'json' || flags.output === 'yaml') {
    printAnswer(app, flags, { jobs });
    return 0;
  }
  for (const { job, change, fields } of jobs) {
    if (flags.quiet === true && change === 'unchanged') continue;
    if (flags.quiet === true) {
      app.output.data(job);
      continue;
    }
    app.output.data(`${job} ${change === 'unchanged' ? 'unchanged' : `would be ${change}`}`);
    for (const field of fields) app.output.data(printable(`  ${changeLine(field)}`));
  }
  app.output.message('Nothing was changed.');
  return 0;
}
