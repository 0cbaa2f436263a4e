import { allJobsAndStopping } from '../../proto/service-lists.js';
import type { JobName } from '../../shared/ids.js';
import { type Fault, ok, type Result } from '../../shared/result.js';
import {
  isStoppingJob,
  JOB_COLUMNS,
  JOB_LIST_COLUMNS,
  type JobListRow,
} from '../output/columns.js';
import { detailLines } from '../output/details.js';
import { printable } from '../output/table.js';
import type { App, Registry } from '../shell/app.js';
import { jobStatus } from '../shell/job-lookup.js';
import { allAsked, jobAsked } from '../shell/names-asked.js';
import { appFor, type ShowFlags, withCluster, withFormat, withWatch } from '../shell/options.js';
import { refuse, type Session, withChecked, withSession } from '../shell/session.js';
import {
  type ListView,
  listOptions,
  printAnswer,
  printSentence,
  showListing,
} from '../shell/show.js';
import { printAllocations } from '../shell/show-allocations.js';
import { silentNotes } from '../shell/silent-hosts.js';
import { withListFormat } from '../shell/unused-options.js';
import { addJobDiff } from './job-diff.js';
import { addJobEdit } from './job-edit.js';
import { addJobExplain } from './job-explain.js';
import { addJobLogs } from './job-logs.js';
import { addJobPlan } from './job-plan.js';
import { addJobQuote } from './job-quote.js';
import { addJobRun } from './job-run.js';
import { addJobSet } from './job-set.js';

/** Adds `dqoes job run|plan|quote|diff|set|edit|ls|status|stop|explain|logs`. */
export function addJob({ program, app, finish }: Registry): void {
  const job = program.command('job').description('submit, list, explain and stop jobs');
  addJobRun({ program: job, app, finish });
  addJobPlan({ program: job, app, finish });
  addJobQuote({ program: job, app, finish });
  addJobDiff({ program: job, app, finish });
  addJobSet({ program: job, app, finish });
  addJobEdit({ program: job, app, finish });
  withWatch(withListFormat(withCluster(job.command('ls').alias('list')), app))
    .description('list the jobs')
    .action(async (flags: ShowFlags) => {
      const shown = appFor(app, flags);
      finish(
        await withSession(shown, flags, (session) =>
          showListing(shown, flags, () => jobs(session)),
        ),
      );
    });
  withFormat(withCluster(job.command('status <name>')))
    .description('show one job and its containers')
    .action(async (name: string, flags: ShowFlags) => {
      const shown = appFor(app, flags);
      const checked = jobAsked(name);
      finish(
        await withChecked(shown, { flags, checked }, (session, asked) =>
          status(shown, session, { name: asked, flags }),
        ),
      );
    });
  withFormat(withCluster(job.command('stop <name...>')))
    .description('stop jobs and remove their containers')
    .action(async (names: readonly string[], flags: ShowFlags) => {
      const shown = appFor(app, flags);
      const checked = allAsked(names, jobAsked);
      finish(
        await withChecked(shown, { flags, checked }, (session, asked) =>
          stopAll(shown, session, { names: asked, flags }),
        ),
      );
    });
  addJobExplain({ program: job, app, finish });
  addJobLogs({ program: job, app, finish });
}

/** The jobs, and those whose containers hosts still have, by name. */
export async function jobs(session: Session): Promise<Result<ListView<JobListRow>>> {
  const listed = await allJobsAndStopping(session);
  if (!listed.ok) return listed;
  const { jobs: there, stopping } = listed.value;
  const nameOf = (row: JobListRow): string => (isStoppingJob(row) ? row.name : row.spec.name);
  const rows = [...there, ...stopping].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return ok({
    columns: JOB_LIST_COLUMNS,
    rows,
    answer: { jobs: there, ...(stopping.length === 0 ? {} : { stopping }) },
    nameOf: (row) => (isStoppingJob(row) ? undefined : row.spec.name),
    whenEmpty: 'No jobs yet: dqoes job run FILE submits some.',
    notes: () =>
      silentNotes(
        session,
        rows.flatMap(({ allocations }) => allocations),
      ),
  });
}

async function status(
  app: App,
  session: Session,
  asked: { readonly name: JobName; readonly flags: ShowFlags },
) {
  const found = await jobStatus(session, asked.name);
  if (!found.ok) return refuse(app, found.error);
  const { output } = asked.flags;
  if (output === 'json' || output === 'yaml') {
    printAnswer(app, asked.flags, found.value);
    return 0;
  }
  const options = listOptions(app, output);
  for (const line of detailLines(JOB_COLUMNS, [found.value], options)) app.output.data(line);
  if (found.value.owner !== undefined) printSentence(app, output, `Owner: ${found.value.owner}`);
  printAllocations(app, output, found.value.allocations);
  if (asked.flags.quiet === true) return 0;
  for (const note of await silentNotes(session, found.value.allocations)) app.output.message(note);
  return 0;
}

/**
 * Stops every job named; one that cannot be stopped does not keep the others running. Says which
 * containers their hosts cannot remove now.
 */
export async function stopAll(
  app: App,
  session: Session,
  asked: { readonly names: readonly JobName[]; readonly flags: ShowFlags },
) {
  const faults: Fault[] = [];
  const stopped: string[] = [];
  const remaining: string[] = [];
  for (const name of asked.names) {
    const answer = await session.call('job-stop', { name });
    if (!answer.ok) faults.push(...answer.error);
    else {
      stopped.push(answer.value.stopped);
      remaining.push(...(answer.value.remaining ?? []));
    }
  }
  if (asked.flags.output === 'json' || asked.flags.output === 'yaml')
    printAnswer(app, asked.flags, { stopped, ...(remaining.length === 0 ? {} : { remaining }) });
  else
    for (const name of stopped)
      app.output.data(asked.flags.quiet === true ? name : `${name} stopped`);
  for (const why of remaining)
    app.output.problem(printable(`Its container is still there: ${why}`));
  return refuse(app, faults);
}
