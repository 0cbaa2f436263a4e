import { UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import {
  type Regime,
  regimeOf,
} from '../../coordinator/schedule/policies/adaptive/learn/regime.js';
import type { CpuLimit } from '../../shared/command.js';
import type { ReportedContainer } from './series.js';

/** What a container did between the newest answer of one report and that of a later one. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** Requests answered. */
  readonly count: number;
  /** Sum of their response times, ms. */
  readonly waitedMs: number;
  /** CPU used, core-seconds. */
  readonly cpuSeconds: number;
  readonly limit: CpuLimit;
  readonly regime: Regime;
  /** The limit was constant and every request began under it. */
  readonly isClean: boolean;
}

interface NewestAnswer {
  readonly atMs: number;
  readonly lifeId: string;
  readonly count: number;
  readonly totalMs: number;
  readonly cpuSeconds: number;
  readonly limit: CpuLimit;
}

/**
 * Stretches between answers, in order. `isOpen`: a mostly idle container used no CPU after its last
 * answer, a busy one used it evenly. This moves the CPU counter from the time of the report back to
 * that of the answer.
 */
export function stretchesOf(
  points: readonly ReportedContainer[],
  isOpen: boolean,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let before: NewestAnswer | undefined;
  let previous: ReportedContainer | undefined;
  for (const point of points) {
    const now = answerOf(point, previous, isOpen);
    previous = point;
    if (now === undefined) continue;
    if (before !== undefined && now.lifeId === before.lifeId && now.count >= before.count) {
      if (now.count === before.count) continue;
      stretches.push(stretchOf(before, now, point));
    }
    before = now;
  }
  return stretches.filter(
    ({ cpuSeconds, waitedMs, fromMs, toMs }) => cpuSeconds > 0 && waitedMs > 0 && toMs > fromMs,
  );
}

const limitIn = ({ container }: ReportedContainer): CpuLimit =>
  container.observed ?? container.applied ?? UNLIMITED;

function answerOf(
  point: ReportedContainer,
  previous: ReportedContainer | undefined,
  isOpen: boolean,
): NewestAnswer | undefined {
  const { cpu, latency, lifeId } = point.container;
  if (cpu === null || latency === null) return undefined;
  const limit = limitIn(point);
  const elapsedMs = previous === undefined ? 0 : point.atMs - previous.atMs;
  const ageMs = elapsedMs > 0 ? Math.min(latency.newestAgeMs, elapsedMs) : 0;
  const busyRatio = isOpen
    ? Math.min(1, cpu.usageCores / (limit.cpuCores ?? Number.POSITIVE_INFINITY))
    : 1;
  return {
    atMs: point.atMs - latency.newestAgeMs,
    lifeId,
    count: latency.totalCount,
    totalMs: latency.totalMs,
    cpuSeconds: cpu.usageTotalSeconds - (cpu.usageCores * ageMs * busyRatio) / 1000,
    limit,
  };
}

function stretchOf(
  before: NewestAnswer,
  now: NewestAnswer,
  { container }: ReportedContainer,
): Stretch {
  const count = now.count - before.count;
  const { latency, cpu } = container;
  const isSteady =
    before.limit.cpuCores === now.limit.cpuCores && before.limit.periodUs === now.limit.periodUs;
  const begunSince = latency === null ? 0 : latency.sinceChangeCount;
  return {
    fromMs: before.atMs,
    toMs: now.atMs,
    count,
    waitedMs: now.totalMs - before.totalMs,
    cpuSeconds: now.cpuSeconds - before.cpuSeconds,
    limit: now.limit,
    regime: cpu === null ? 'mixed' : regimeOf(cpu, now.limit.cpuCores ?? Number.POSITIVE_INFINITY),
    isClean: isSteady && latency !== null && begunSince >= Math.min(count, latency.window.count),
  };
}

/** Joins neighbouring stretches: sums; clean where all are; the regime where all have the same. */
export function joined(stretches: readonly Stretch[]): Stretch | undefined {
  const [first] = stretches;
  const last = stretches.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const total = (pick: (stretch: Stretch) => number): number =>
    stretches.reduce((sum, each) => sum + pick(each), 0);
  return {
    fromMs: first.fromMs,
    toMs: last.toMs,
    count: total(({ count }) => count),
    waitedMs: total(({ waitedMs }) => waitedMs),
    cpuSeconds: total(({ cpuSeconds }) => cpuSeconds),
    limit: last.limit,
    regime: stretches.every(({ regime }) => regime === first.regime) ? first.regime : 'mixed',
    isClean: stretches.every(
      ({ isClean, limit }) =>
        isClean &&
        limit.cpuCores === first.limit.cpuCores &&
        limit.periodUs === first.limit.periodUs,
    ),
  };
}

/**
 * Groups stretches in order, each group as short as `isEnough` allows. The rest at the end joins
 * the last group.
 */
export function grouped(
  stretches: readonly Stretch[],
  isEnough: (group: Stretch) => boolean,
): readonly Stretch[] {
  const groups: Stretch[] = [];
  let open: Stretch[] = [];
  for (const stretch of stretches) {
    open.push(stretch);
    const group = joined(open);
    if (group === undefined || !isEnough(group)) continue;
    groups.push(group);
    open = [];
  }
  const rest = joined(open);
  const last = groups.pop();
  const end = last === undefined ? rest : rest === undefined ? last : joined([last, rest]);
  return end === undefined ? groups : [...groups, end];
}
