import {
  type Budget,
  isKnownToBeMet,
  type QuoteRequest,
  quoteWithin,
} from '../../proto/quote-budget.js';
import { type JobQuote, MAX_QUOTED } from '../../proto/schemas/quote.js';
import { parseJobName } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { parseDurationMs } from '../../shared/units.js';
import type { ExitCode } from '../output/faults.js';
import { quoteColumns, quoteNotes } from '../output/quote-columns.js';
import { printable, tableLines } from '../output/table.js';
import { parseBudget } from '../services/quote.js';
import type { App, Registry } from '../shell/app.js';
import { namesJobFile, readJobs } from '../shell/job-file-argument.js';
import { appFor, type ShowFlags, withCluster, withFormat } from '../shell/options.js';
import { refuse, withSession } from '../shell/session.js';
import { listOptions, printAnswer } from '../shell/show.js';

interface QuoteFlags extends ShowFlags {
  readonly targets?: string;
  readonly budget?: string;
}

/** Adds `dqoes job quote NAME|FILE`, which changes nothing. */
export function addJobQuote({ program, app, finish }: Registry): void {
  withFormat(withCluster(program.command('quote <name-or-file>')))
    .description('say what targets of a job would cost: CPU, money, at the expense of which jobs')
    .option('--targets <list>', 'response times to quote, comma-separated, as in 100ms,250ms')
    .option('--budget <amount>', 'the fastest target that this buys, as in 40/month or 0.05/hour')
    .action(async (about: string, flags: QuoteFlags) => {
      const shown = appFor(app, flags);
      const wanted = wantedOf(flags);
      if (!wanted.ok) return finish(refuse(shown, wanted.error));
      const job = await jobOf(shown, about);
      if ('exit' in job) return finish(job.exit);
      const { targetsMs, budget } = wanted.value;
      finish(
        await withSession(shown, flags, async (session) => {
          const answer = await quoteWithin(
            (request) => session.call('job-quote', request),
            { ...job, targetsMs },
            budget,
          );
          return answer.ok ? print(shown, flags, answer.value) : refuse(shown, answer.error);
        }),
      );
    });
}

interface Wanted {
  readonly targetsMs: readonly number[];
  readonly budget?: Budget;
}

function wantedOf({ targets, budget: budgetText }: QuoteFlags): Result<Wanted> {
  const faults: Fault[] = [];
  const texts = targets === undefined ? [] : targets.split(',').map((text) => text.trim());
  const targetsMs = texts.flatMap((text) => {
    const ms = parseDurationMs(text);
    if (!ms.ok) faults.push(usage('--targets', ms.error));
    return ms.ok ? [ms.value] : [];
  });
  if (texts.length > MAX_QUOTED)
    faults.push(usage('--targets', `${texts.length} are too many: ${MAX_QUOTED} at most`));
  const budget = budgetText === undefined ? undefined : parseBudget(budgetText);
  if (budget?.ok === false) faults.push(usage('--budget', budget.error));
  if (faults.length > 0) return err(faults);
  return ok({ targetsMs, ...(budget?.ok === true ? { budget: budget.value } : {}) });
}

/** A job file, where there is one of that name; else the name of a job. */
async function jobOf(
  app: App,
  about: string,
): Promise<Pick<QuoteRequest, 'name' | 'spec'> | { readonly exit: ExitCode }> {
  if (!namesJobFile(about)) {
    const name = parseJobName(about);
    if (name.ok) return { name: name.value };
    const message = `there is no file of that name, and ${name.error}`;
    return { exit: refuse(app, [usage('name-or-file', message)]) };
  }
  const read = await readJobs(app, about);
  if ('exit' in read) return read;
  const [spec] = read.specs;
  if (spec !== undefined && read.specs.length === 1) return { spec };
  const message = `the file has ${read.specs.length} jobs: quote one at a time`;
  return { exit: refuse(app, [usage('name-or-file', message)]) };
}

const usage = (field: string, message: string): Fault => ({
  code: 'cli.usage',
  field,
  message: field.startsWith('--') ? `${field}: ${message}` : message,
});

function print(app: App, flags: QuoteFlags, answer: JobQuote): ExitCode {
  const { steps, reason, prices } = answer;
  if (flags.output === 'json' || flags.output === 'yaml') printAnswer(app, flags, answer);
  else if (steps.length === 0) app.output.problem(printable(`${answer.job}: ${reason}`));
  else {
    const options = listOptions(app, flags.output);
    for (const line of tableLines(quoteColumns(prices), steps, options)) app.output.data(line);
    for (const note of quoteNotes(answer)) app.output.message(note);
  }
  return steps.some(isKnownToBeMet) ? 0 : 3;
}
