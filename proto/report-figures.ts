import type { CpuReport, LatencyReport, MemoryReport } from '../shared/report.js';
import type { Summary } from '../shared/samples.js';
import type { Keywords } from './codec/check.js';
import type { Cursor } from './codec/cursor.js';
import { NumberRow } from './codec/number-row.js';
import type { Patch } from './codec/patch-reader.js';
import { rowOr } from './codec/row-patch.js';
import type { RowKind } from './codec/row-reader.js';
import { cpuReport, latencyReport, memoryReport, summary } from './schemas/report.js';

/**
 * The figures of a container: nearly all of them change in every report, so they are read into
 * places and made into objects here, with their fields written out. Objects that are as before keep
 * their identity.
 */

type Values = Float64Array;

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
const at = (values: Values, place: number): number => values[place] as number;
/** The same number; the engine makes an object for one out of an array of doubles, whole or not. */
function wholeAt(values: Values, place: number): number {
  const value = values[place] as number;
  const small = value | 0;
  return small === value && (small !== 0 || 1 / value > 0) ? small : value;
}
const isSame = (known: number | null | undefined, value: number | undefined): boolean =>
  known === value || (known == null && Number.isNaN(value));

const CPU = ['usageCores', 'usageTotalSeconds', 'throttledRatio', 'pressureRatio'];
const isCpu = (known: CpuReport, values: Values): boolean =>
  known.usageTotalSeconds === values[1] &&
  known.usageCores === values[0] &&
  known.throttledRatio === values[2] &&
  isSame(known.pressureRatio, values[3]);
const cpuOf = (values: Values): CpuReport => ({
  usageCores: at(values, 0),
  usageTotalSeconds: at(values, 1),
  throttledRatio: at(values, 2),
  pressureRatio: orNull(values[3]),
});

const MEMORY = ['currentBytes', 'workingSetBytes', 'oomKills'];
const isMemory = (known: MemoryReport, values: Values): boolean =>
  known.currentBytes === values[0] &&
  known.workingSetBytes === values[1] &&
  known.oomKills === values[2];
const memoryOf = (values: Values): MemoryReport => ({
  currentBytes: wholeAt(values, 0),
  workingSetBytes: wholeAt(values, 1),
  oomKills: wholeAt(values, 2),
});

const SUMMARY = ['count', 'meanMs', 'p50Ms', 'p90Ms', 'p95Ms', 'p99Ms', 'minMs', 'maxMs'];
const isSummary = (known: Summary, values: Values): boolean =>
  known.count === values[0] &&
  known.meanMs === values[1] &&
  isSame(known.p50Ms, values[2]) &&
  isSame(known.p90Ms, values[3]) &&
  isSame(known.p95Ms, values[4]) &&
  isSame(known.p99Ms, values[5]) &&
  isSame(known.minMs, values[6]) &&
  isSame(known.maxMs, values[7]);
const summaryOf = (values: Values): Summary => ({
  count: wholeAt(values, 0),
  meanMs: at(values, 1),
  p50Ms: orNull(values[2]),
  p90Ms: orNull(values[3]),
  p95Ms: orNull(values[4]),
  p99Ms: orNull(values[5]),
  minMs: orNull(values[6]),
  maxMs: orNull(values[7]),
});

const LATENCY = [
  'newestAgeMs',
  'sinceChangeCount',
  'totalCount',
  'totalMs',
  'rejectedCount',
  'satisfiedRatio',
];
const isLatency = (known: LatencyReport, values: Values): boolean =>
  known.newestAgeMs === values[0] &&
  known.sinceChangeCount === values[1] &&
  known.totalCount === values[2] &&
  known.totalMs === values[3] &&
  known.rejectedCount === values[4] &&
  isSame(known.satisfiedRatio, values[5]);
// Written out twice: a copy with one more field is a second object for each container.
function latencyOf(values: Values, window: Summary): LatencyReport {
  const satisfiedRatio = at(values, 5);
  if (Number.isNaN(satisfiedRatio))
    return {
      window,
      newestAgeMs: at(values, 0),
      sinceChangeCount: wholeAt(values, 1),
      totalCount: wholeAt(values, 2),
      totalMs: at(values, 3),
      rejectedCount: wholeAt(values, 4),
    };
  return {
    window,
    newestAgeMs: at(values, 0),
    sinceChangeCount: wholeAt(values, 1),
    totalCount: wholeAt(values, 2),
    totalMs: at(values, 3),
    rejectedCount: wholeAt(values, 4),
    satisfiedRatio,
  };
}

/** Reads a row; undefined = it has to be read otherwise. `before`: what stood here; null = none. */
type FastRow<T> = (cursor: Cursor, before: T | null) => T | undefined;

type AnyRow = (cursor: Cursor, before: never) => unknown;
type RowSchema = Parameters<typeof rowOr>[0];

/** How the figures of containers are read; absent = that is no row here. */
export interface FigureRows {
  readonly cpu: FastRow<CpuReport> | undefined;
  readonly memory: FastRow<MemoryReport> | undefined;
  readonly latency: FastRow<LatencyReport> | undefined;
}

/** The kind of rows that stands in a column; undefined = that is none. */
const nestedIn = ({ names, nested }: RowKind, name: string): RowKind | undefined =>
  nested[names.indexOf(name)];

/** Of containers whose rows are of this kind. */
export function figureRows(container: RowKind): FigureRows {
  const [cpu, memory] = [nestedIn(container, 'cpu'), nestedIn(container, 'memory')];
  const latency = nestedIn(container, 'latency');
  const window = latency === undefined ? undefined : nestedIn(latency, 'window');
  return {
    cpu: cpu && cpuRow(cpu),
    memory: memory && memoryRow(memory),
    latency: latency && window && latencyRow(latency, window),
  };
}

/** Patches of the same; others are left out. */
export function figurePatches(
  container: RowKind,
  { cpu, memory, latency }: FigureRows,
): Readonly<Record<string, Patch>> {
  const patches: Record<string, Patch> = {};
  const add = (name: string, schema: RowSchema, fast: AnyRow | undefined): void => {
    const kind = nestedIn(container, name);
    if (kind !== undefined && fast !== undefined)
      patches[name] = rowOr(schema, kind, fast as Patch['read']);
  };
  add('cpu', cpuReport, cpu);
  add('memory', memoryReport, memory);
  add('latency', latencyReport, latency);
  return patches;
}

function cpuRow(kind: RowKind): FastRow<CpuReport> {
  const row = new NumberRow(cpuReport as Keywords, kind, CPU);
  return (cursor, before) => {
    if (!row.read(cursor)) return undefined;
    return before !== null && isCpu(before, row.values) ? before : cpuOf(row.values);
  };
}

function memoryRow(kind: RowKind): FastRow<MemoryReport> {
  const row = new NumberRow(memoryReport as Keywords, kind, MEMORY);
  return (cursor, before) => {
    if (!row.read(cursor)) return undefined;
    return before !== null && isMemory(before, row.values) ? before : memoryOf(row.values);
  };
}

function latencyRow(kind: RowKind, windowKind: RowKind): FastRow<LatencyReport> {
  const window = new NumberRow(summary as Keywords, windowKind, SUMMARY);
  const nested = { name: 'window', row: window };
  const row = new NumberRow(latencyReport as Keywords, kind, LATENCY, nested);
  return (cursor, before) => {
    if (!row.read(cursor)) return undefined;
    const isSameWindow = before !== null && isSummary(before.window, window.values);
    const now = isSameWindow ? before.window : summaryOf(window.values);
    return isSameWindow && isLatency(before, row.values) ? before : latencyOf(row.values, now);
  };
}
