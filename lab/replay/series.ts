import { UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import { type CpuLimit, sameLimit } from '../../shared/command.js';
import { type AllocationId, type NodeId, toSafeId } from '../../shared/ids.js';
import type { Target } from '../../shared/qoe.js';
import type { RecordedContainer, Recording, ReportLine } from '../recording/types.js';

/** One container in one report. */
export interface ReportedContainer {
  readonly atMs: number;
  readonly container: RecordedContainer;
}
/** A limit, from when it held, and why. */
export interface RecordedLimit {
  readonly atMs: number;
  readonly limit: CpuLimit;
  readonly reason: string;
}

/** One allocation on one node from its arrival to its departure: a job of the scenario. */
export interface JobSeries {
  /**
   * Its id in the scenario: the name of the job, or of the allocation where the job has several.
   */
  readonly id: string;
  readonly node: NodeId;
  readonly allocation: AllocationId;
  readonly points: readonly ReportedContainer[];
  readonly fromMs: number;
  /** null = it was there at the end. */
  readonly untilMs: number | null;
  /** Limits as decided; the first is the one at the start. */
  readonly limits: readonly RecordedLimit[];
}

/** A container is judged where it has a target and dqoes may control it. */
export const isJudged = ({ target, control }: RecordedContainer): boolean =>
  target !== null && control !== 'none';

interface Stay {
  readonly node: NodeId;
  readonly allocation: AllocationId;
  readonly points: ReportedContainer[];
  fromMs: number;
  untilMs: number | null;
  /** When a report of the node first lacked it, ms; null = none did. */
  missedMs: number | null;
}

/** An allocation counts as gone after this number of reports without it. */
const GONE_AFTER_REPORTS = 2;

/** Every stay with a target, in order of arrival. */
export function seriesOf(recording: Recording): readonly JobSeries[] {
  const nodes = new Map<NodeId, ReportLine[]>();
  for (const report of recording.reports) {
    const known = nodes.get(report.node);
    if (known === undefined) nodes.set(report.node, [report]);
    else known.push(report);
  }
  const stays = [...nodes.values()]
    .flatMap(staysOf)
    .sort((a, b) => a.fromMs - b.fromMs || order(a.allocation, b.allocation));
  const decided = decisionsOf(recording);
  const placed = placementsOf(recording);
  const ids = idsFor(stays);
  return stays.map((stay, i) => {
    stay.fromMs = arrivalOf(stay, placed.get(keyOf(stay.node, stay.allocation)) ?? []);
    const limits = limitsOf(stay, decided.get(keyOf(stay.node, stay.allocation)) ?? []);
    const { node, allocation, points, fromMs, untilMs } = stay;
    return { id: ids[i] ?? allocation, node, allocation, points, fromMs, untilMs, limits };
  });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const keyOf = (node: string, allocation: string): string => `${node} ${allocation}`;

// Reports of one node, in order. Containers in the first report were there before.
function staysOf(reports: readonly ReportLine[]): readonly Stay[] {
  const all: Stay[] = [];
  const here = new Map<AllocationId, Stay>();
  for (const [index, { atMs, node, containers }] of reports.entries()) {
    const missing = new Set(here.keys());
    for (const container of containers) {
      const { allocation } = container;
      missing.delete(allocation);
      if (!isJudged(container)) continue;
      const known = here.get(allocation);
      const stay = known ?? {
        node,
        allocation,
        points: [],
        fromMs: index === 0 ? 0 : atMs,
        untilMs: null,
        missedMs: null,
      };
      if (known === undefined) {
        here.set(allocation, stay);
        all.push(stay);
      }
      stay.missedMs = null;
      stay.points.push({ atMs, container });
    }
    for (const allocation of missing)
      missed(here, allocation, { atMs, next: reports[index + GONE_AFTER_REPORTS - 1] });
  }
  return all;
}

function missed(
  here: Map<AllocationId, Stay>,
  allocation: AllocationId,
  now: { atMs: number; next: ReportLine | undefined },
): void {
  const stay = here.get(allocation);
  if (stay === undefined) return;
  stay.missedMs ??= now.atMs;
  if (now.next?.containers.some((container) => container.allocation === allocation) === true)
    return;
  stay.untilMs = stay.missedMs;
  here.delete(allocation);
}

function idsFor(stays: readonly Stay[]): readonly string[] {
  const allocationsOf = new Map<string, Set<string>>();
  for (const { allocation, points } of stays) {
    const job = points[0]?.container.job ?? allocation;
    allocationsOf.set(job, (allocationsOf.get(job) ?? new Set()).add(allocation));
  }
  const taken = new Set<string>();
  return stays.map(({ allocation, points }) => {
    const job = points[0]?.container.job ?? allocation;
    const base = toSafeId((allocationsOf.get(job)?.size ?? 1) > 1 ? allocation : job).slice(0, 50);
    let id = base;
    for (let i = 2; taken.has(id); i += 1) id = `${base}-${i}`;
    taken.add(id);
    return id;
  });
}

function decisionsOf({ desired }: Recording): ReadonlyMap<string, readonly RecordedLimit[]> {
  const steps = new Map<string, RecordedLimit[]>();
  for (const { atMs, node, allocations } of desired) {
    for (const { id, limit, reason } of allocations) {
      const known = steps.get(keyOf(node, id)) ?? [];
      steps.set(keyOf(node, id), known);
      if (!sameLimit(known.at(-1)?.limit ?? null, limit)) known.push({ atMs, limit, reason });
    }
  }
  return steps;
}

/** When each allocation entered the desired state of its node. */
function placementsOf({ desired }: Recording): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  const before = new Map<NodeId, ReadonlySet<AllocationId>>();
  for (const { atMs, node, allocations } of desired) {
    for (const { id } of allocations) {
      if (before.get(node)?.has(id) === true) continue;
      const known = times.get(keyOf(node, id)) ?? [];
      times.set(keyOf(node, id), known);
      known.push(atMs);
    }
    before.set(node, new Set(allocations.map(({ id }) => id)));
  }
  return times;
}

/** Longest time from a placement to the first report of it, ms. */
const REPORTED_WITHIN_MS = 10_000;

// It arrived when it was placed; the first report with it is a little later.
function arrivalOf({ fromMs }: Stay, placedMs: readonly number[]): number {
  const placed = placedMs.findLast((atMs) => atMs <= fromMs) ?? fromMs;
  return fromMs - placed <= REPORTED_WITHIN_MS ? placed : fromMs;
}

function limitsOf(
  { points, fromMs, untilMs }: Stay,
  decided: readonly RecordedLimit[],
): readonly RecordedLimit[] {
  const steps = decided.length > 0 ? decided : observedSteps(points);
  const before = steps.findLast(({ atMs }) => atMs <= fromMs);
  const within = steps.filter(({ atMs }) => atMs > fromMs && (untilMs === null || atMs < untilMs));
  const first = points[0]?.container;
  const reason = before?.reason ?? 'held at the start';
  const limit = before?.limit ?? first?.observed ?? first?.applied ?? UNLIMITED;
  return [{ atMs: fromMs, limit, reason }, ...within];
}

// Without desired states, the limits in the kernel: a limit appears in the report after it was set.
function observedSteps(points: readonly ReportedContainer[]): readonly RecordedLimit[] {
  const steps: RecordedLimit[] = [];
  for (const { atMs, container } of points) {
    const limit = container.observed ?? container.applied;
    if (limit !== null && !sameLimit(steps.at(-1)?.limit ?? null, limit))
      steps.push({ atMs, limit, reason: 'seen in the kernel' });
  }
  return steps;
}

/** Each target and its start, for every change of its latency. */
export function targetChangesOf({
  points,
}: JobSeries): readonly { readonly atMs: number; readonly target: Target }[] {
  const steps: { readonly atMs: number; readonly target: Target }[] = [];
  for (const { atMs, container } of points) {
    const { target } = container;
    if (target !== null && steps.at(-1)?.target.latencyMs !== target.latencyMs)
      steps.push({ atMs, target });
  }
  return steps;
}
