import type { AllocationStatus, JobStatus } from '../../../proto/schemas/status.js';
import type { Target } from '../../../shared/qoe.js';
import type { Query } from './route.js';
import { reasonOf } from './trouble.js';
import { jobVerdict, rank, VERDICT_WORDS, VERDICTS, type Verdict } from './verdict.js';
import { promisedCores, visible } from './words.js';

/** One row of the table of jobs. */
export interface JobRow {
  readonly name: string;
  readonly verdict: Verdict;
  readonly isStale: boolean;
  /** The allocation that decides the verdict; null = none is anywhere. */
  readonly worst: AllocationStatus | null;
  readonly target: Target | null;
  readonly latencyMs: number | null;
  /** Sums over its allocations; null = no allocation has one. */
  readonly limitCores: number | null;
  readonly usedCores: number | null;
  readonly nodes: readonly string[];
  readonly allocations: number;
  readonly reason: string;
  readonly image: string;
}

/** Columns in the order in which they stand; `job` and `state` are always there. */
export const COLUMNS = ['state', 'now', 'hour', 'latency', 'limit', 'use', 'node'] as const;
export type Column = (typeof COLUMNS)[number];

export const COLUMN_WORDS: Readonly<Record<Column, string>> = {
  state: 'State',
  now: 'Against target',
  hour: 'Last hour',
  latency: 'Response time',
  limit: 'Limit',
  use: 'Use',
  node: 'Host',
};

/** What the table is sorted by; `state` puts the worst first. */
export const SORTS = ['state', 'job', 'latency', 'limit', 'use', 'node'] as const;
export type Sort = (typeof SORTS)[number];

/** What of the table is asked for, as it stands in the address. */
export interface TableView {
  readonly sort: Sort;
  readonly isReversed: boolean;
  readonly search: string;
  readonly only: readonly Verdict[];
  readonly columns: readonly Column[];
}

const isOneOf = <T extends string>(known: readonly T[], text: string): text is T =>
  (known as readonly string[]).includes(text);

/** The view that an address asks for; what it does not know it leaves out. */
export function viewOf(query: Query): TableView {
  const { sort = 'state', q = '', only = '', columns } = query;
  const name = sort.replace(/^-/, '');
  const chosen = columns?.split(',').filter((each) => isOneOf(COLUMNS, each)) as
    | Column[]
    | undefined;
  return {
    sort: isOneOf(SORTS, name) ? name : 'state',
    isReversed: sort.startsWith('-'),
    search: q,
    only: only.split(',').filter((each) => isOneOf(VERDICTS, each)) as Verdict[],
    columns: chosen === undefined ? COLUMNS : COLUMNS.filter((each) => chosen.includes(each)),
  };
}

/** These begin with the largest value. */
const LARGEST_FIRST: readonly Sort[] = ['latency', 'limit', 'use'];

/** Which way the values of the sorted column go, from the first row down. */
export const orderOf = ({ sort, isReversed }: TableView): 'ascending' | 'descending' =>
  LARGEST_FIRST.includes(sort) === isReversed ? 'ascending' : 'descending';

/** The change of an address that has the table sorted by a column; the same again turns it. */
export function sortedBy({ sort, isReversed }: TableView, by: Sort): Query {
  const turned = sort === by && !isReversed ? `-${by}` : by;
  return { sort: turned === 'state' ? '' : turned };
}

/** The change of an address that shows or hides a column. */
export function withColumn({ columns }: TableView, column: Column): Query {
  const next = COLUMNS.filter((each) =>
    each === column ? !columns.includes(each) : columns.includes(each),
  );
  return { columns: next.length === COLUMNS.length ? '' : next.join(',') || 'none' };
}

/** All jobs as rows. */
export function rowsOf(jobs: readonly JobStatus[], silent: ReadonlySet<string>): readonly JobRow[] {
  return jobs.map((job) => {
    const { verdict, worst, isStale } = jobVerdict(job, silent);
    const { allocations, spec } = job;
    return {
      name: spec.name,
      verdict,
      isStale,
      worst,
      target: worst?.target ?? spec.target,
      latencyMs: worst?.latencyMs ?? null,
      limitCores: sum(allocations.map(({ desired }) => promisedCores(desired))),
      usedCores: sum(allocations.map(({ container }) => container?.cpu?.usageCores ?? null)),
      nodes: [...new Set(allocations.flatMap(({ node }) => (node === null ? [] : [node])))].sort(),
      allocations: allocations.length,
      reason: visible(reasonOf(job, worst)),
      image: worst?.container?.image ?? spec.image,
    };
  });
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((all, value) => all + value, 0);
}

/** The rows that a view shows, in its order; rows that are alike stay in that of their names. */
export function shownRows(rows: readonly JobRow[], view: TableView): readonly JobRow[] {
  const words = view.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = rows.filter(
    (row) =>
      (view.only.length === 0 || view.only.includes(row.verdict)) &&
      words.every((word) => textOf(row).includes(word)),
  );
  const direction = view.isReversed ? -1 : 1;
  return found.sort(
    (a, b) =>
      direction * compare(a, b, view.sort) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

/** The same rows in the order of these names; those that are new come after them. */
export function inOrderOf(rows: readonly JobRow[], names: readonly string[]): readonly JobRow[] {
  const places = new Map(names.map((name, i) => [name, i]));
  const placeOf = ({ name }: JobRow): number => places.get(name) ?? names.length;
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
}

const textOf = ({ name, nodes, image, verdict }: JobRow): string =>
  `${name} ${nodes.join(' ')} ${image} ${VERDICT_WORDS[verdict]}`.toLowerCase();

function compare(a: JobRow, b: JobRow, sort: Sort): number {
  switch (sort) {
    case 'job':
      return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
    case 'node':
      return (a.nodes[0] ?? '~') < (b.nodes[0] ?? '~') ? -1 : a.nodes[0] === b.nodes[0] ? 0 : 1;
    case 'state':
      return rank(a.verdict) - rank(b.verdict);
    case 'latency':
      return known(b.latencyMs) - known(a.latencyMs);
    case 'limit':
      return known(b.limitCores) - known(a.limitCores);
    case 'use':
      return known(b.usedCores) - known(a.usedCores);
  }
}

/** What is not known comes after everything that is. */
const known = (value: number | null): number => value ?? -1;
