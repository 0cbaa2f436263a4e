import type { ContainerReport } from '../../shared/report.js';
import type { RowKind } from './row-reader.js';
import { isPrototypeKey } from './words.js';

/**
 * Containers as rows, with the names of the columns once in each message: as small as MessagePack
 * records, and still plain MessagePack that any library reads. A nested object is a row of its own
 * kind; null stands for null and for absent.
 */
export type Columns = Readonly<Record<string, readonly string[]>>;
type WireRow = readonly unknown[];

const SUMMARY = ['count', 'meanMs', 'p50Ms', 'p90Ms', 'p95Ms', 'p99Ms', 'minMs', 'maxMs'];
/** The order of columns is ours to change; a reader goes by name. */
export const COLUMNS: Columns = {
  container: [
    'containerId',
    'lifeId',
    'allocation',
    'job',
    'origin',
    'name',
    'image',
    'state',
    'reason',
    'control',
    'target',
    'weight',
    'cpuBounds',
    'applied',
    'observed',
    'cpu',
    'memory',
    'latency',
    'ports',
  ],
  target: ['latencyMs', 'statistic', 'toleranceRatio', 'mode'],
  bounds: ['minCores', 'maxCores'],
  limit: ['cpuCores', 'periodUs'],
  cpu: ['usageCores', 'usageTotalSeconds', 'throttledRatio', 'pressureRatio'],
  memory: ['currentBytes', 'workingSetBytes', 'oomKills'],
  latency: [
    'window',
    'newestAgeMs',
    'sinceChangeCount',
    'totalCount',
    'totalMs',
    'rejectedCount',
    'satisfiedRatio',
  ],
  summary: SUMMARY,
};

/** Each is sent only where some container has it. */
const CONTAINER_COLUMNS = ['gpuUse', 'drift'] as const;
/** Each is sent only where some limit has it. */
const LIMIT_COLUMNS = ['guaranteeCores', 'weightCores', 'burstUs'] as const;

/** The columns that these containers need. */
export function columnsFor(containers: readonly ContainerReport[]): Columns {
  const limits = containers.flatMap(({ applied, observed }) => [applied, observed]);
  const container = CONTAINER_COLUMNS.filter((name) =>
    containers.some((each) => each[name] !== undefined),
  );
  const limit = LIMIT_COLUMNS.filter((name) => limits.some((each) => each?.[name] !== undefined));
  if (container.length === 0 && limit.length === 0) return COLUMNS;
  return {
    ...COLUMNS,
    container: [...(COLUMNS.container ?? []), ...container],
    limit: [...(COLUMNS.limit ?? []), ...limit],
  };
}

/** Which kind of row stands in a column. */
const NESTED: Readonly<Record<string, string>> = {
  target: 'target',
  cpuBounds: 'bounds',
  applied: 'limit',
  observed: 'limit',
  cpu: 'cpu',
  memory: 'memory',
  latency: 'latency',
  window: 'summary',
};

/** Containers → rows in the order of the columns; a field that is absent becomes null. */
export const containersToRows = (
  containers: readonly ContainerReport[],
  columns: Columns = COLUMNS,
): readonly WireRow[] => containers.map((container) => toRow(container, 'container', columns));

/** One record as a row of its kind, and the rows nested in it. */
export function toRow(record: object, kind: string, columns: Columns = COLUMNS): WireRow {
  return (columns[kind] ?? []).map((name) => {
    const value = (record as Readonly<Record<string, unknown>>)[name] ?? null;
    const nested = NESTED[name];
    return nested === undefined || typeof value !== 'object' || value === null
      ? value
      : toRow(value, nested, columns);
  });
}

/**
 * Rows → records, by the sender's column names. A value that is not a row stays as it is, and the
 * reader refuses it.
 */
export function recordsFromRows(columns: unknown, rows: unknown): unknown {
  if (!Array.isArray(rows)) return rows;
  const kinds = kindsOf(columns);
  const container = kinds.get('container');
  return container === undefined ? rows : rows.map((row: unknown) => fromRow(row, container));
}

function fromRow(row: unknown, { names, nested }: RowKind): unknown {
  if (!Array.isArray(row)) return row;
  const record: Record<string, unknown> = {};
  for (let index = 0; index < names.length; index += 1) {
    const value: unknown = row[index];
    if (value === undefined || value === null) continue;
    const kind = nested[index];
    record[names[index] as string] = kind === undefined ? value : fromRow(value, kind);
  }
  return record;
}

/**
 * A reader of rows of one kind, by the sender's column names: row → record. What is no row stays as
 * it is; undefined = the sender does not name such a kind.
 */
export function rowReader(columns: unknown, kind: string): ((row: unknown) => unknown) | undefined {
  const found = kindsOf(columns).get(kind);
  return found === undefined ? undefined : (row) => fromRow(row, found);
}

const MAX_COLUMNS = 64;

/** A kind while its columns are connected. */
interface OpenKind extends RowKind {
  nested: readonly (RowKind | undefined)[];
}

function kindsOf(columns: unknown): ReadonlyMap<string, RowKind> {
  const kinds = new Map<string, OpenKind>();
  if (typeof columns !== 'object' || columns === null) return kinds;
  for (const [kind, names] of Object.entries(columns)) {
    if (!Array.isArray(names) || names.length > MAX_COLUMNS) continue;
    if (names.every((name) => typeof name === 'string' && !isPrototypeKey(name)))
      kinds.set(kind, { names: names as string[], nested: [] });
  }
  for (const kind of kinds.values())
    kind.nested = kind.names.map((name) =>
      Object.hasOwn(NESTED, name) ? kinds.get(NESTED[name] ?? '') : undefined,
    );
  return kinds;
}

/**
 * The kind of the rows of containers under these columns; undefined = there is none, or something
 * among the columns is no list of names, or a name stands there twice: such rows are made into
 * records first.
 */
export function containerKind(columns: unknown): RowKind | undefined {
  const kinds = kindsOf(columns);
  const isWhole = kinds.size > 0 && kinds.size === Object.keys(columns as object).length;
  if (!isWhole || kinds.size > MAX_COLUMNS) return undefined;
  const isPlain = [...kinds.values()].every(({ names }) => new Set(names).size === names.length);
  return isPlain ? kinds.get('container') : undefined;
}

/** Whether both name the same columns in the same order; `b` may be anything. */
export function sameColumns(a: Columns, b: unknown): boolean {
  if (typeof b !== 'object' || b === null || Array.isArray(b)) return false;
  const kinds = Object.keys(b);
  const other = b as Readonly<Record<string, unknown>>;
  return (
    kinds.length === Object.keys(a).length && kinds.every((kind) => sameNames(a[kind], other[kind]))
  );
}

function sameNames(a: readonly string[] | undefined, b: unknown): boolean {
  if (a === undefined || !Array.isArray(b) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
