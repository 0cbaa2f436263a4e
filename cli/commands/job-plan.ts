import type { JobPlan, PlanVerdict } from '../../proto/schemas/plan.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import type { JobSpec } from '../../shared/job.js';
import type { Fault } from '../../shared/result.js';
import { costColumns } from '../output/cost-columns.js';
import { type ExitCode, faultLine } from '../output/faults.js';
import { cutLine } from '../output/fit.js';
import { effectLine, PLAN_COLUMNS, type PlanRow } from '../output/plan-columns.js';
import { printable, tableLines } from '../output/table.js';
import type { App, Registry } from '../shell/app.js';
import { readJobs } from '../shell/job-file-argument.js';
import { appFor, type ShowFlags, withCluster } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { listOptions, printAnswer } from '../shell/show.js';
import { withListFormat } from '../shell/unused-options.js';

/** Adds `dqoes job plan FILE|-`, which predicts and changes nothing. */
export function addJobPlan({ program, app, finish }: Registry): void {
  withListFormat(withCluster(program.command('plan <file>')), app)
    .description(
      'predict what the jobs of a YAML file would get: node, response time, effect on ' +
        'others (- reads standard input)',
    )
    .action(async (file: string, flags: ShowFlags) => {
      const shown = appFor(app, flags);
      const read = await readJobs(shown, file);
      if ('exit' in read) return finish(read.exit);
      finish(
        await withSession(shown, flags, (session) =>
          plan(shown, session, { specs: read.specs, flags }),
        ),
      );
    });
}

interface PlanRequest {
  readonly specs: readonly JobSpec[];
  readonly flags: ShowFlags;
}

/** Prints what would happen, and whether submitting it would be refused. */
export async function plan(
  app: App,
  session: Session,
  { specs, flags }: PlanRequest,
): Promise<ExitCode> {
  const answer = await session.call('job-plan', { jobs: specs });
  if (!answer.ok) return refuse(app, answer.error);
  if (flags.output === 'json' || flags.output === 'yaml') printAnswer(app, flags, answer.value);
  else printPlan(app, specs, { flags, answer: answer.value });
  return exitOf(answer.value);
}

type Plan = ServiceCalls['job-plan']['response'];
interface PlanAnswer {
  readonly flags: ShowFlags;
  readonly answer: Plan;
}

function printPlan(app: App, specs: readonly JobSpec[], { flags, answer }: PlanAnswer): void {
  const targets = new Map(specs.map(({ name, target }) => [name, target]));
  const rows = answer.plans.flatMap(({ job, change, allocations }) =>
    allocations.map(
      (planned): PlanRow => ({ job, change, target: targets.get(job) ?? null, planned }),
    ),
  );
  for (const fault of answer.refusals ?? []) app.output.problem(faultLine(wouldBeRefused(fault)));
  if (flags.quiet === true) {
    for (const { planned } of rows) app.output.data(printable(planned.id));
    return;
  }
  const options = listOptions(app, flags.output);
  for (const line of tableLines(PLAN_COLUMNS, rows, options)) app.output.data(line);
  for (const effect of answer.effects) app.output.data(cutLine(effectLine(effect), options.width));
  const { costs = [], prices } = answer;
  if (costs.length > 0) {
    app.output.data('');
    for (const line of tableLines(costColumns(prices), costs, options)) app.output.data(line);
  }
  app.output.message('Nothing was changed.');
}

const POSSIBLE: ReadonlySet<PlanVerdict> = new Set(['met', 'unknown']);
const isPossible = ({ allocations }: JobPlan): boolean =>
  allocations.every(({ verdict }) => POSSIBLE.has(verdict));
const exitOf = ({ plans, refusals = [] }: Plan): ExitCode =>
  plans.every(isPossible) && refusals.length === 0 ? 0 : 3;

const wouldBeRefused = (fault: Fault): Fault => ({
  ...fault,
  message: `Submitting this would be refused: ${fault.message}`,
});
