import { InvalidArgumentError } from 'commander';
import { AUDIT_VERBS, type AuditLine } from '../../proto/schemas/audit.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import { nearestOf } from '../../shared/nearest.js';
import type { Fault } from '../../shared/result.js';
import { type AuditQuestion, auditLines, eachAuditLine } from '../events/audit.js';
import type { ExitCode } from '../output/faults.js';
import { NAME_FIT, TEXT_FIT } from '../output/fit.js';
import { localTimeText, NO_VALUE } from '../output/format.js';
import type { Column } from '../output/table.js';
import { cutShort } from '../shell/aborted.js';
import type { App, Registry } from '../shell/app.js';
import { ListPrinter } from '../shell/list-printer.js';
import {
  appFor,
  type ShowFlags,
  textOf,
  timeBack,
  wholeNumber,
  withCluster,
} from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { jobNameText, nodeNameText, unknownNames } from '../shell/unknown-names.js';
import { withListFormat } from '../shell/unused-options.js';

/** Flags of `dqoes audit`. */
export interface AuditFlags extends ShowFlags {
  /** How far back to look, ms. */
  readonly since?: number;
  /** Absent = the last 50, or all that `since` says. */
  readonly tail?: number;
  readonly user?: string;
  readonly job?: JobName;
  readonly node?: NodeId;
  readonly verb?: string;
}

const USUAL_TAIL = 50;

/** Adds `dqoes audit`: who changed what, and who was refused what. */
export function addAudit({ program, app, finish }: Registry): void {
  withListFormat(withCluster(program.command('audit')), app)
    .description('show who changed what, and who was refused what (role operator)')
    .option('--since <time>', 'lines as far back, such as 12h or 7d', timeBack)
    .option(
      '-n, --tail <count>',
      'the last lines (default: 50, or all of --since)',
      wholeNumber(1, 1000),
    )
    .option(
      '--user <name>',
      'only lines of this person, token:NAME or public key',
      textOf('a name, token:NAME or a public key'),
    )
    .option('--job <name>', 'only lines about this job', jobNameText)
    .option('--node <name>', 'only lines about this node', nodeNameText)
    .option('--verb <verb>', `only lines of this verb: ${AUDIT_VERBS.join(', ')}`, auditVerb)
    .action(async (flags: AuditFlags) => {
      const shown = appFor(app, flags);
      finish(await withSession(shown, flags, (session) => showAudit(shown, session, flags)));
    });
}

/** A misspelt one would find nothing, which reads as if nobody had done it. */
function auditVerb(text: string): string {
  if (AUDIT_VERBS.includes(text)) return text;
  const near = nearestOf(text, AUDIT_VERBS);
  throw new InvalidArgumentError(
    near === undefined ? `use one of ${AUDIT_VERBS.join(', ')}` : `did you mean ${near}?`,
  );
}

/**
 * Prints the lines asked for as they are read; refused where there are none of a name that nobody
 * knows.
 */
export async function showAudit(app: App, session: Session, flags: AuditFlags): Promise<ExitCode> {
  const { signal, output } = app;
  const list = new ListPrinter<AuditLine>(app, flags, {
    columns: AUDIT_COLUMNS,
    key: 'lines',
    nameOf: ({ id }) => id,
    whenEmpty: 'No such lines.',
  });
  const read = await eachAuditLine(session.bus, askedBy(app, session, flags), {
    signal,
    ready: () => list.partRead(),
    onLine: (line) => list.add(line),
    onUnreadable: (count) =>
      output.problem(`${count} lines of the audit cannot be read by this version of dqoes.`),
  });
  if (!read.ok || signal.aborted) {
    list.cut();
    return read.ok ? cutShort(app) : refuse(app, read.error);
  }
  const unknown = list.isEmpty ? await neverHeardOf(session, flags) : [];
  if (unknown.length > 0) return refuse(app, unknown);
  list.end();
  return 0;
}

function askedBy(
  { clock, output }: App,
  { cluster }: Session,
  { since, tail, user, job, node, verb }: AuditFlags,
): AuditQuestion {
  const count = tail ?? (since === undefined ? USUAL_TAIL : undefined);
  const from = since === undefined ? {} : { fromMs: clock.wall() - since };
  const onCut = (looked: number): void =>
    output.problem(`Only the newest ${looked} lines were looked at: --since 30d has more.`);
  return { cluster, ...from, count, user, job, node, verb, onCut };
}

/**
 * The faults of a job or a node that neither the cluster nor the audit knows. What is gone has
 * lines of its own, which `--since`, `--user` and `--verb` may leave out.
 */
async function neverHeardOf(session: Session, flags: AuditFlags): Promise<readonly Fault[]> {
  const { job, node, since, user, verb } = flags;
  const unknown = await unknownNames(session, { job, node });
  const isNarrowed = [since, user, verb].some((each) => each !== undefined);
  if (unknown.length === 0 || !isNarrowed) return unknown;
  const { bus, cluster } = session;
  const lines = await auditLines(bus, { cluster, count: 1, job, node });
  return lines.ok && lines.value.length > 0 ? [] : unknown;
}

/** `dqoes audit`: one line for each fact; times are local. */
export const AUDIT_COLUMNS: readonly Column<AuditLine>[] = [
  { title: 'TIME', cell: ({ timeMs }) => localTimeText(timeMs) },
  { title: 'WHO', ...NAME_FIT, cell: ({ who }) => who },
  { title: 'ROLE', wide: true, cell: ({ role }) => role ?? NO_VALUE },
  { title: 'VERB', cell: ({ verb }) => verb },
  {
    title: 'ABOUT',
    ...NAME_FIT,
    cell: ({ job, node, secret, token }) => job ?? node ?? secret ?? token ?? NO_VALUE,
  },
  {
    title: 'RESULT',
    cell: ({ outcome }) => ({ text: outcome, tone: outcome === 'done' ? 'good' : 'warn' }),
  },
  { title: 'WHAT', ...TEXT_FIT, cell: whatText },
  { title: 'KEY', wide: true, cell: ({ key }) => key ?? NO_VALUE },
  { title: 'COORDINATOR', wide: true, cell: ({ coordinator }) => coordinator },
];

/** `from → to`, or why it was refused. */
function whatText({ before, after, code, reason }: AuditLine): string {
  if (code !== undefined) return `${code}: ${reason ?? ''}`;
  const change = [before, after].filter((each) => each !== undefined).join(' → ');
  return change === '' ? (reason ?? '') : change;
}
