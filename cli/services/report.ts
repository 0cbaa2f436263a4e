import { csvLines } from '../../console/ledger/csv.js';
import { momentText, periodOf } from '../../console/reporting/period.js';
import { makeReport } from '../../console/reporting/report.js';
import type { ReportBy, UsageReport } from '../../proto/schemas/usage.js';
import { parseJobName } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import { progressText } from '../output/progress.js';
import { printable, tableLines } from '../output/table.js';
import { usageColumns, usageRows } from '../output/usage-columns.js';
import type { App } from '../shell/app.js';
import type { ClusterFlags, OutputFormat } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { listOptions, printAnswer } from '../shell/show.js';
import { parseMoment } from './moment.js';

/** Flags of `dqoes report`. */
export interface ReportFlags extends ClusterFlags {
  readonly from?: string;
  readonly to?: string;
  readonly by: ReportBy;
  readonly label?: string;
  readonly output: OutputFormat | 'csv';
}

interface Wanted {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly job?: string;
}

/** Runs `dqoes report [JOB]`: reads the stored minutes, and changes nothing. */
export async function runReport(
  app: App,
  flags: ReportFlags,
  job: string | undefined,
): Promise<ExitCode> {
  const nowMs = app.clock.wall();
  const wanted = wantedOf(flags, job, nowMs);
  if (!wanted.ok) return refuse(app, wanted.error);
  const { by, label } = flags;
  const question = { ...wanted.value, by, label };
  const period = periodOf(question, nowMs, 'cli.usage');
  if (!period.ok) return refuse(app, period.error);
  return withSession(app, flags, async (session) => {
    const report = await makeReport(accessOf(app, session), question, period.value);
    app.output.status?.('');
    if (app.signal.aborted) return 1;
    return report.ok ? print(app, flags, report.value) : refuse(app, report.error);
  });
}

const accessOf = (app: App, { bus, cluster, call }: Session) => ({
  ...{ bus, cluster, call, signal: app.signal },
  onProgress: (done: number, total: number): void => {
    if (done % PROGRESS_EVERY === 0)
      app.output.status?.(progressText({ label: 'report', done, total, unit: 'minutes' }));
  },
});
const PROGRESS_EVERY = 500;

function wantedOf(
  { from, to }: ReportFlags,
  job: string | undefined,
  nowMs: number,
): Result<Wanted> {
  const faults: Fault[] = [];
  const fault = (field: string, message: string): void => {
    faults.push({ code: 'cli.usage', field, message: `${field}: ${message}` });
  };
  const momentOf = (field: string, text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const moment = parseMoment(text, nowMs);
    if (!moment.ok) fault(field, moment.error);
    return moment.ok ? moment.value : undefined;
  };
  const [fromMs, toMs] = [momentOf('--from', from), momentOf('--to', to)];
  const name = job === undefined ? undefined : parseJobName(job);
  if (name?.ok === false) faults.push({ code: 'cli.usage', field: 'job', message: name.error });
  if (faults.length > 0) return err(faults);
  return ok({
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
    ...(job === undefined ? {} : { job }),
  });
}

function print(app: App, flags: ReportFlags, report: UsageReport): ExitCode {
  const { output } = flags;
  const { rows } = report;
  const missing = missingText(report);
  for (const warning of [...report.warnings, ...missing]) app.output.problem(printable(warning));
  if (output === 'csv') for (const line of csvLines(report)) app.output.data(line);
  else if (output === 'json' || output === 'yaml') printAnswer(app, { ...flags, output }, report);
  else if (flags.quiet === true) for (const { key } of rows) app.output.data(printable(key ?? ''));
  else if (rows.length > 0) {
    const lines = tableLines(usageColumns(report), usageRows(report), listOptions(app, output));
    for (const line of lines) app.output.data(line);
  }
  if (rows.length > 0) app.output.message(aboutText(report));
  else app.output.problem(nothingText(report));
  return rows.length > 0 ? 0 : 3;
}

/** That the time begins before what is stored: a sum of less time would look like one of all. */
export const missingText = ({
  fromMs,
  storedSinceMs,
  rows,
}: Pick<UsageReport, 'fromMs' | 'storedSinceMs' | 'rows'>): readonly string[] =>
  rows.length === 0 || storedSinceMs === null || storedSinceMs <= fromMs
    ? []
    : [
        `No minute before ${momentText(storedSinceMs)} is stored: the report begins there, not ` +
          `at ${momentText(fromMs)}.`,
      ];

type About = Pick<UsageReport, 'fromMs' | 'toMs' | 'currency' | 'total'>;

/** Of which time a report is, and what it leaves out. */
export function aboutText({ fromMs, toMs, currency, total }: About): string {
  const prices =
    currency === undefined
      ? ' In core-hours: its minutes have no prices (prices.currency), or not in one currency.'
      : '';
  const unknown =
    total.unknownMinutes === 0 ? '' : ' Nobody wrote the unknown minutes: they cost nothing.';
  return `From ${momentText(fromMs)} to ${momentText(toMs)}.${prices}${unknown}`;
}

function nothingText({ fromMs, toMs, job, storedSinceMs }: UsageReport): string {
  const about = job === undefined ? '' : ` of ${job}`;
  const stored =
    storedSinceMs === null
      ? 'no minute is stored at all yet'
      : `the oldest minute that is stored is ${momentText(storedSinceMs)}`;
  return printable(
    `No minutes${about} are stored from ${momentText(fromMs)} to ${momentText(toMs)}: ${stored}.`,
  );
}
