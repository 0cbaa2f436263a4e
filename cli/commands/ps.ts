import type { AllocationStatus } from '../../proto/schemas/status.js';
import { allAllocations } from '../../proto/service-lists.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { chosenColumns, sortedRows } from '../output/choose-columns.js';
import { PS_COLUMNS } from '../output/columns.js';
import type { Column } from '../output/table.js';
import type { Registry } from '../shell/app.js';
import { appFor, type ShowFlags, withCluster, withFormat, withWatch } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { type ListView, showListing } from '../shell/show.js';
import { silentNotes } from '../shell/silent-hosts.js';
import { NAMES_ONLY, type UnusedRule, withoutUnused } from '../shell/unused-options.js';

interface PsFlags extends ShowFlags {
  readonly sort?: string;
  readonly columns?: string;
}

/** Adds `dqoes ps`. */
export function addPs({ program, app, finish }: Registry): void {
  withoutUnused(withWatch(withFormat(withCluster(program.command('ps')))), app, UNUSED)
    .description('list the containers under control: target, response time, class, limit, use')
    .option('--sort <column>', 'sort by a column; --sort=-now puts the largest first')
    .option('--columns <list>', 'columns to show, comma-separated, in this order: job,now,limit')
    .action(async (flags: PsFlags) => {
      const shown = appFor(app, flags);
      // Before anything is asked of the cluster.
      const columns = columnsOf(flags);
      if (!columns.ok) return finish(refuse(shown, columns.error));
      const code = await withSession(shown, flags, (session) =>
        showListing(shown, flags, () => allocations(session, flags, columns.value)),
      );
      finish(code);
    });
}

const UNUSED: readonly UnusedRule[] = [
  NAMES_ONLY,
  { options: ['columns'], beside: 'quiet', why: ', which prints names only' },
];

type Columns = readonly Column<AllocationStatus>[];

function columnsOf({ columns, sort, output }: PsFlags): Result<Columns> {
  const chosen = columns === undefined ? ok(PS_COLUMNS) : chosenColumns(PS_COLUMNS, columns);
  const sorted = sort === undefined ? ok([]) : sortedRows(PS_COLUMNS, [], sort);
  const isData = output === 'json' || output === 'yaml';
  const faults = [
    ...(isData && columns !== undefined ? [usage('--columns', `-o ${output} ${WHOLE}`)] : []),
    ...(chosen.ok ? [] : [usage('--columns', chosen.error)]),
    ...(sorted.ok ? [] : [usage('--sort', sorted.error)]),
  ];
  return chosen.ok && faults.length === 0 ? ok(chosen.value) : err(faults);
}

const WHOLE = 'prints every field: leave one of them out, and choose fields with jq';

const usage = (field: string, message: string): Fault => ({
  code: 'cli.usage',
  field,
  message: `${field}: ${message}`,
});

type Allocations = readonly AllocationStatus[];

/** By job for people; for programs as the coordinator has them, unless they ask for an order. */
export function inOrder(
  listed: Allocations,
  sort: string | undefined,
): { readonly rows: Allocations; readonly answer: { readonly allocations: Allocations } } {
  const sorted = sortedRows(PS_COLUMNS, listed, sort ?? 'job');
  const rows = sorted.ok ? sorted.value : listed;
  return { rows, answer: { allocations: sort === undefined ? listed : rows } };
}

async function allocations(
  session: Session,
  { sort }: PsFlags,
  columns: Columns,
): Promise<Result<ListView<AllocationStatus>>> {
  const listed = await allAllocations(session);
  if (!listed.ok) return listed;
  const { rows, answer } = inOrder(listed.value, sort);
  return ok({
    columns,
    rows,
    answer,
    nameOf: (row: AllocationStatus) => row.id,
    whenEmpty:
      'No containers yet: start one with dqoes run --target 250ms IMAGE, or label one ' +
      'dqoes.enable=true.',
    notes: () => silentNotes(session, rows),
  });
}
