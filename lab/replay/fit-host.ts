import type { NodeId } from '../../shared/ids.js';
import type { Disturbance } from '../disturbance.js';
import type { RecordedContainer, ReportLine } from '../recording/types.js';
import { roundedTo } from './fit-job.js';
import { type Segment, segmentsOf } from './segments.js';

const WINDOW_MS = 5000;
/** A segment this short is a container that ended or started between two reports. */
const SHORT_WINDOWS = 1.5;
/**
 * Minimum CPU of other programs, and minimum difference of two segments: cores, and share of the
 * node.
 */
const MIN = { cores: 0.05, ratio: 0.05 } as const;
/** A silence is this number of report intervals without a report. */
const SILENT_AFTER = 3;

/**
 * CPU of the node that other programs used, beyond what the agent reserves (capacity −
 * allocatable), as stolen CPU in constant segments: the engine, the system, containers without a
 * target. `judged` selects the containers that are not counted.
 */
export function stolenCpu(
  node: NodeId,
  reports: readonly ReportLine[],
  judged: (container: RecordedContainer) => boolean,
): readonly Disturbance[] {
  const allocatable = reports.at(-1)?.host.allocatableCpuCores ?? 0;
  const most = roundedTo(allocatable * 0.98 - 0.001, 3);
  const least = Math.max(MIN.cores, MIN.ratio * allocatable);
  const pieces = segmentsOf(windowsOf(reports, judged), {
    isSame: (a, b) => Math.abs(a.value - b.value) <= least,
    distance: (a, b) =>
      Math.abs(a.value - b.value) * Math.sqrt((a.weight * b.weight) / (a.weight + b.weight)),
  }).filter(({ fromMs, toMs }) => toMs - fromMs > SHORT_WINDOWS * WINDOW_MS);
  return pieces.flatMap(({ fromMs, value }, i): readonly Disturbance[] => {
    const cores = Math.min(most, roundedTo(value, 3));
    if (cores < least || cores < 0.01) return [];
    const atMs = i === 0 ? 0 : Math.round(fromMs);
    const next = pieces[i + 1];
    return [
      {
        kind: 'stolenCpu',
        atMs,
        forMs: next === undefined ? null : Math.max(1, Math.round(next.fromMs) - atMs),
        node,
        cores,
      },
    ];
  });
}

function windowsOf(
  reports: readonly ReportLine[],
  judged: (container: RecordedContainer) => boolean,
): readonly Segment[] {
  const pieces: Segment[] = [];
  let [fromMs, total, count] = [reports[0]?.atMs ?? 0, 0, 0];
  for (const report of reports) {
    const { host, containers, atMs } = report;
    if (host.cpuUtilisationRatio === null) continue;
    const used = containers
      .filter(judged)
      .reduce((sum, { cpu }) => sum + (cpu?.usageCores ?? 0), 0);
    const reserved = host.capacityCpuCores - host.allocatableCpuCores;
    total += Math.max(0, host.capacityCpuCores * host.cpuUtilisationRatio - used - reserved);
    count += 1;
    if (atMs - fromMs < WINDOW_MS) continue;
    pieces.push({ fromMs, toMs: atMs, value: total / count, weight: count });
    [fromMs, total, count] = [atMs, 0, 0];
  }
  return pieces;
}

/** Times without reports of the node. */
export function silences(node: NodeId, reports: readonly ReportLine[]): readonly Disturbance[] {
  return reports.flatMap(({ atMs }, i): readonly Disturbance[] => {
    const before = reports[i - 1];
    if (before === undefined || atMs - before.atMs <= SILENT_AFTER * before.intervalMs) return [];
    const fromMs = Math.round(before.atMs + 1);
    return [
      {
        kind: 'silence',
        atMs: fromMs,
        forMs: Math.max(1, Math.round(atMs - 1) - fromMs),
        node,
        job: null,
      },
    ];
  });
}
