import type { CpuLimit } from '../shared/command.js';
import type { ContainerReport, NodeReport } from '../shared/report.js';
import { inOnePiece } from '../shared/text.js';
import { conditionsOf, type Keywords } from './codec/check.js';
import type { Cursor } from './codec/cursor.js';
import { type Patch, patchOf } from './codec/patch-reader.js';
import type { RowKind } from './codec/row-reader.js';
import type { FigureRows } from './report-figures.js';
import { containerReport } from './schemas/report.js';

/** Rows of containers as nearly all agents send them, read with the fields written out. */

/** A copy of a container that may be written to, field by field: this is done for many of them. */
export function copyContainer(known: object): Record<string, unknown> {
  const container = known as ContainerReport;
  const { gpuUse, drift } = container;
  const copy = withFigures(container, container);
  if (isPlain(container)) return copy;
  return {
    ...copy,
    ...(gpuUse === undefined ? {} : { gpuUse }),
    ...(drift === undefined ? {} : { drift }),
  };
}

const isPlain = ({ gpuUse, drift }: ContainerReport): boolean =>
  gpuUse === undefined && drift === undefined;

type Figures = Pick<ContainerReport, 'cpu' | 'memory' | 'latency' | 'ports'>;
type PlainContainer = Required<Omit<ContainerReport, 'gpuUse' | 'drift'>>;

/** A container without GPUs and drift, with these figures. */
const withFigures = (
  container: ContainerReport,
  { cpu, memory, latency, ports }: Figures,
): PlainContainer & Record<string, unknown> => ({
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
  cpu,
  memory,
  latency,
  ports,
});

/** The columns that end a row where no container has a GPU and nobody meddled with a limit. */
const USUAL_END = ['cpu', 'memory', 'latency', 'ports'];
const { properties = {} } = containerReport as Keywords;
const USUAL = Object.keys(properties).filter((name) => name !== 'gpuUse' && name !== 'drift');

/**
 * Reads the figures that end the row of a container; undefined = other columns are sent, or others
 * end the row.
 */
export function usualEnd(kind: RowKind, rows: FigureRows): Patch | undefined {
  const { names } = kind;
  const { cpu, memory, latency } = rows;
  const isUsual =
    names.length === USUAL.length &&
    USUAL.every((name) => names.includes(name)) &&
    USUAL_END.every((name, i) => name === names[names.length - USUAL_END.length + i]) &&
    conditionsOf(containerReport as Keywords).length === 0;
  if (!isUsual || cpu === undefined || memory === undefined || latency === undefined)
    return undefined;
  const portsPatch = patchOf(properties.ports ?? {});
  return {
    read: (cursor, known) => {
      const was = known as ContainerReport;
      if (!isPlain(was)) return undefined;
      const used = passesNull(cursor) ? null : cpu(cursor, was.cpu);
      if (used === undefined) return undefined;
      const held = passesNull(cursor) ? null : memory(cursor, was.memory);
      if (held === undefined) return undefined;
      const seen = passesNull(cursor) ? null : latency(cursor, was.latency);
      if (seen === undefined) return undefined;
      const ports = portsPatch.read(cursor, was.ports) as ContainerReport['ports'] | undefined;
      if (ports === undefined) return undefined;
      const isSame = used === was.cpu && held === was.memory && seen === was.latency;
      if (isSame && ports === was.ports) return was;
      return withFigures(was, { cpu: used, memory: held, latency: seen, ports });
    },
  };
}

function passesNull(cursor: Cursor): boolean {
  if (!cursor.isNull) return false;
  cursor.at += 1;
  return true;
}

/** Nearly no container publishes ports. */
const NO_PORTS: ContainerReport['ports'] = {};

/**
 * The container with equal parts of it held once, no ports once for all that have none, and names
 * that hold nothing else. `was`: what stood in its place before; its names are as they should be.
 */
export function withSharedParts(
  container: ContainerReport,
  was: ContainerReport | undefined,
): ContainerReport {
  const { applied, observed, ports } = container;
  const isOneLimit = observed !== applied && isEqual(observed, applied);
  const hasNoPorts = ports !== NO_PORTS && Object.keys(ports).length === 0;
  return {
    ...container,
    ...namesApart(container, was),
    ...(isOneLimit ? { observed: applied } : {}),
    ...(hasNoPorts ? { ports: NO_PORTS } : {}),
  };
}

// What unpacks a row makes one text of all texts in it that stand side by side, and pieces of that:
// each piece holds the whole. Which texts are such pieces cannot be told, so all are replaced.
const namesApart = (container: ContainerReport, was: ContainerReport | undefined) => ({
  containerId:
    container.containerId === null ? null : kept(container.containerId, was?.containerId),
  lifeId: kept(container.lifeId, was?.lifeId),
  allocation: kept(container.allocation, was?.allocation),
  job: kept(container.job, was?.job),
  name: kept(container.name, was?.name),
  image: kept(container.image, was?.image),
});

// The text that was there before where it is equal.
const kept = <T extends string>(text: T, was: T | null | undefined): T =>
  was === text ? was : inOnePiece(text);

/** The report with such containers; those of the report before have shared their parts already. */
export function withSharedContainers(
  report: NodeReport,
  known: NodeReport | undefined,
): NodeReport {
  let containers: ContainerReport[] | undefined;
  report.containers.forEach((container, i) => {
    if (container === known?.containers[i]) return;
    containers ??= [...report.containers];
    containers[i] = withSharedParts(container, known?.containers[i]);
  });
  const specHashes = hashesApart(report.specHashes, known?.specHashes);
  if (containers === undefined && specHashes === report.specHashes) return report;
  const said = specHashes === undefined ? {} : { specHashes };
  return { ...report, ...said, containers: containers ?? report.containers };
}

type SpecHashes = NodeReport['specHashes'];

const hashesApart = (hashes: SpecHashes, was: SpecHashes): SpecHashes =>
  hashes === undefined || hashes === was ? hashes : JSON.parse(JSON.stringify(hashes));

// To the letter, unlike `sameLimit`.
const isEqual = (a: CpuLimit | null, b: CpuLimit | null): boolean =>
  a !== null &&
  b !== null &&
  a.cpuCores === b.cpuCores &&
  a.periodUs === b.periodUs &&
  a.guaranteeCores === b.guaranteeCores &&
  a.weightCores === b.weightCores &&
  a.burstUs === b.burstUs;
