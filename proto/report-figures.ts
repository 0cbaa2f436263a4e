import type { ContainerReport, CpuReport, LatencyReport, MemoryReport } from '../shared/report.js';
import type { Summary } from '../shared/samples.js';
import type { Keywords } from './codec/check.js';
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
  currentBytes: at(values, 0),
  workingSetBytes: at(values, 1),
  oomKills: at(values, 2),
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
  count: at(values, 0),
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
function latencyOf(values: Values, window: Summary): LatencyReport {
  const counted = {
    window,
    newestAgeMs: at(values, 0),
    sinceChangeCount: at(values, 1),
    totalCount: at(values, 2),
    totalMs: at(values, 3),
    rejectedCount: at(values, 4),
  };
  const satisfiedRatio = at(values, 5);
  return Number.isNaN(satisfiedRatio) ? counted : { ...counted, satisfiedRatio };
}

/** A copy of a container that may be written to, field by field: this is done for most of them. */
export function copyContainer(known: object): Record<string, unknown> {
  const container = known as ContainerReport;
  const { gpuUse, drift } = container;
  const copy = {
    containerId: container.containerId,
    lifeId: container.lifeId,
    allocation: container.allocation,
    job: container.job,
    origin: container.origin,
    name: container.name,
    image: container.image,
    state: container.state,
    reason: container.reason,
    control: container.control,
    target: container.target,
    weight: container.weight,
    cpuBounds: container.cpuBounds,
    applied: container.applied,
    observed: container.observed,
    cpu: container.cpu,
    memory: container.memory,
    latency: container.latency,
    ports: container.ports,
  } satisfies Required<Omit<ContainerReport, 'gpuUse' | 'drift'>>;
  if (gpuUse === undefined && drift === undefined) return copy;
  return {
    ...copy,
    ...(gpuUse === undefined ? {} : { gpuUse }),
    ...(drift === undefined ? {} : { drift }),
  };
}

/** The kind of rows that stands in a column; undefined = that is none. */
const nestedIn = ({ names, nested }: RowKind, name: string): RowKind | undefined =>
  nested[names.indexOf(name)];

/** Patches of the figures of containers whose rows are of this kind; others are left out. */
export function figurePatches(container: RowKind): Readonly<Record<string, Patch>> {
  const patches: Record<string, Patch> = {};
  const cpu = nestedIn(container, 'cpu');
  if (cpu !== undefined) {
    const row = new NumberRow(cpuReport as Keywords, cpu, CPU);
    patches.cpu = rowOr(cpuReport, cpu, (cursor, known) => {
      if (!row.read(cursor)) return undefined;
      const before = known as CpuReport | null;
      return before !== null && isCpu(before, row.values) ? before : cpuOf(row.values);
    });
  }
  const memory = nestedIn(container, 'memory');
  if (memory !== undefined) {
    const row = new NumberRow(memoryReport as Keywords, memory, MEMORY);
    patches.memory = rowOr(memoryReport, memory, (cursor, known) => {
      if (!row.read(cursor)) return undefined;
      const before = known as MemoryReport | null;
      return before !== null && isMemory(before, row.values) ? before : memoryOf(row.values);
    });
  }
  const latency = nestedIn(container, 'latency');
  const window = latency === undefined ? undefined : nestedIn(latency, 'window');
  if (latency !== undefined && window !== undefined)
    patches.latency = latencyPatch(latency, window);
  return patches;
}

function latencyPatch(kind: RowKind, windowKind: RowKind): Patch {
  const window = new NumberRow(summary as Keywords, windowKind, SUMMARY);
  const nested = { name: 'window', row: window };
  const row = new NumberRow(latencyReport as Keywords, kind, LATENCY, nested);
  return rowOr(latencyReport, kind, (cursor, known) => {
    if (!row.read(cursor)) return undefined;
    const before = known as LatencyReport | null;
    const isSameWindow = before !== null && isSummary(before.window, window.values);
    const now = isSameWindow ? before.window : summaryOf(window.values);
    return isSameWindow && isLatency(before, row.values) ? before : latencyOf(row.values, now);
  });
}
