import { MAX_CONTAINERS, REPORT_MAX_BYTES } from '../../proto/codec/limits.js';
import type { GpuReport } from '../../shared/gpu.js';
import { MAX_REPORTED_IMAGE } from '../../shared/has-settings.js';
import { type ContainerReport, LEFT_OUT, type NodeReport } from '../../shared/report.js';
import { cutText } from '../../shared/text.js';

/** A report without what the reporter stamps on it. */
export type ReportBody = Omit<
  NodeReport,
  'schema' | 'node' | 'bootId' | 'boot' | 'sequence' | 'sentAtMs' | 'validForMs'
>;

const MAX_WARNINGS = 32;
const MAX_WARNING_LENGTH = 300;
const MAX_REASON_LENGTH = 600;
const MAX_NAME_LENGTH = 256;
const MAX_PORTS = 64;

/**
 * Assembles what one report says: containers in id order, texts and lists bounded, the newest
 * warnings kept.
 */
export function assembleBody(parts: ReportBody): ReportBody {
  const containers = [...parts.containers]
    .sort(byAllocation)
    .map((container) => clip(container, MAX_REASON_LENGTH));
  const { kept, left } = keepImportant(containers, MAX_CONTAINERS);
  return {
    ...parts,
    ...hashesOf(kept, parts),
    containers: kept,
    warnings: boundWarnings([...parts.warnings, ...left], MAX_WARNINGS),
  };
}

/** The body as of `byMs` later: its ages are greater by that, and none is below 0. */
export const agedBy = (body: ReportBody, byMs: number): ReportBody => ({
  ...body,
  containers: body.containers.map((container) => {
    const { latency } = container;
    if (latency === null) return container;
    const newestAgeMs = Math.max(0, latency.newestAgeMs + byMs);
    return { ...container, latency: { ...latency, newestAgeMs } };
  }),
});

/**
 * The last known body, for when measuring is late: the containers stay, everything measured is
 * null, and the cause is a warning. Old values are not repeated as if they were new.
 */
export function withoutMeasurements(body: ReportBody, cause: string): ReportBody {
  const { energyJoules: _, ...host } = body.host;
  return {
    ...body,
    ...(body.gpus === undefined ? {} : { gpus: body.gpus.map(gpuWithoutMeasurements) }),
    host: {
      ...host,
      cpuUtilisationRatio: null,
      memoryUsedBytes: null,
      cpuPressureRatio: null,
    },
    containers: body.containers.map((container) => ({
      ...container,
      observed: null,
      cpu: null,
      memory: null,
      latency: null,
      ...(container.gpuUse === undefined
        ? {}
        : { gpuUse: { ...container.gpuUse, memoryBytes: null } }),
    })),
    warnings: boundWarnings([...body.warnings, cause], MAX_WARNINGS),
  };
}

const gpuWithoutMeasurements = (gpu: GpuReport): GpuReport => ({
  ...gpu,
  memoryUsedBytes: null,
  utilisationRatio: null,
  clockMhz: null,
  powerWatts: null,
  powerLimitWatts: null,
  temperatureCelsius: null,
});

/**
 * Makes a report fit its size cap. In this order: shorter texts, no ports of containers and few
 * warnings; then containers are left out, uncontrolled and stopped ones first and ours last, and
 * the last warning says how many.
 */
export function fitReport(
  report: NodeReport,
  sizeOf: (report: NodeReport) => number,
  maxBytes = REPORT_MAX_BYTES,
): NodeReport {
  if (sizeOf(report) <= maxBytes) return report;
  const brief = {
    ...report,
    containers: report.containers.map((container) => ({ ...clip(container, 60), ports: {} })),
    warnings: boundWarnings(report.warnings, 5),
  };
  if (sizeOf(brief) <= maxBytes) return brief;
  let [fits, tooMany] = [0, brief.containers.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (sizeOf(withContainers(brief, middle)) <= maxBytes) fits = middle;
    else tooMany = middle;
  }
  return withContainers(brief, fits);
}

/**
 * The bytes of a report that fits its size cap (see `fitReport`). A report that fits as it is gets
 * encoded once.
 */
export function encodeFitting(
  report: NodeReport,
  encode: (report: NodeReport) => Uint8Array,
  maxBytes = REPORT_MAX_BYTES,
): Uint8Array {
  let last: { readonly report: NodeReport; readonly bytes: Uint8Array } | undefined;
  const sizeOf = (candidate: NodeReport): number => {
    last = { report: candidate, bytes: encode(candidate) };
    return last.bytes.length;
  };
  const fitting = fitReport(report, sizeOf, maxBytes);
  return last?.report === fitting ? last.bytes : encode(fitting);
}

function withContainers(report: NodeReport, count: number): NodeReport {
  const { kept, left } = keepImportant(report.containers, count);
  const warnings = boundWarnings([...report.warnings, ...left], 6);
  return { ...report, ...hashesOf(kept, report), containers: kept, warnings };
}

/** Those of these containers. */
function hashesOf(
  containers: readonly ContainerReport[],
  { specHashes }: Pick<ReportBody, 'specHashes'>,
): Pick<ReportBody, 'specHashes'> {
  if (specHashes === undefined) return {};
  const kept = new Set<string>(containers.map(({ allocation }) => allocation));
  const left = Object.entries(specHashes).filter(([id]) => kept.has(id));
  return { specHashes: Object.fromEntries(left) };
}

const byAllocation = (a: ContainerReport, b: ContainerReport): number =>
  a.allocation < b.allocation ? -1 : a.allocation > b.allocation ? 1 : 0;

/** The most important containers, in the order given, and a warning about the others. */
function keepImportant(containers: readonly ContainerReport[], count: number) {
  if (containers.length <= count) return { kept: containers, left: [] };
  const ranked = [...containers]
    .sort((a, b) => rank(a) - rank(b) || byAllocation(a, b))
    .slice(0, count);
  const chosen = new Set(ranked);
  const left = [`${containers.length - count} of ${containers.length} ${LEFT_OUT}`];
  return { kept: containers.filter((container) => chosen.has(container)), left };
}

// A desired state holds no more containers of ours than a report, and what is not said of one is
// waited for: they come first, whether or not they run.
const rank = ({ origin, control, state }: ContainerReport): number =>
  (origin === 'dqoes' ? 0 : 4) + (control === 'none' ? 2 : 0) + (state === 'running' ? 0 : 1);

function clip(container: ContainerReport, reasonLength: number): ContainerReport {
  return {
    ...container,
    name: cutText(container.name, MAX_NAME_LENGTH),
    image: cutText(container.image, MAX_REPORTED_IMAGE),
    reason: shorten(container.reason, reasonLength),
    ports: Object.fromEntries(Object.entries(container.ports).slice(0, MAX_PORTS)),
  };
}

const shorten = (text: string, length: number): string =>
  text.length <= length ? text.toWellFormed() : `${cutText(text, length - 1)}…`;

/** Each warning once, at its last place; the newest stay. */
function boundWarnings(warnings: readonly string[], count: number): readonly string[] {
  const latest = [...new Set([...warnings].reverse())].reverse();
  return latest.slice(-count).map((warning) => shorten(warning, MAX_WARNING_LENGTH));
}
