import type { CpuLimit } from '../../shared/command.js';
import type { ContainerReport, CpuReport } from '../../shared/report.js';
import { summarise } from '../../shared/samples.js';
import { container, latency } from '../unit/coordinator/build.js';

/** What a toy service did so far, and in its last second. */
export interface Served {
  /** Share of the request under way that is done, 0..1. */
  readonly done: number;
  readonly begunAtMs: number;
  readonly count: number;
  readonly totalMs: number;
  readonly cpuSeconds: number;
  /** The limit of the last second, and since when it holds. */
  readonly limit: CpuLimit | null;
  readonly changedAtMs: number;
  /** Response times of the last second, and those of them whose request began under this limit. */
  readonly latenciesMs: readonly number[];
  readonly sinceChangeCount: number;
  readonly cpu: CpuReport | null;
}
export const NOTHING_SERVED: Served = {
  done: 0,
  begunAtMs: 0,
  count: 0,
  totalMs: 0,
  cpuSeconds: 0,
  limit: null,
  changedAtMs: 0,
  latenciesMs: [],
  sinceChangeCount: 0,
  cpu: null,
};

export interface Under {
  /** Of a whole request under the limit in force. */
  readonly latencyMs: number;
  readonly workSeconds: number;
  readonly limit: CpuLimit | null;
  /** Whether its quota is what holds it back. */
  readonly isLimited: boolean;
}

/**
 * One second of a closed loop that began at `nowMs`; a request's CPU is spread evenly over its
 * time.
 */
export function serve(
  before: Served,
  { latencyMs, workSeconds, limit, isLimited }: Under,
  nowMs: number,
): Served {
  const isChanged = before.limit?.cpuCores !== limit?.cpuCores;
  const changedAtMs = isChanged ? nowMs : before.changedAtMs;
  const latenciesMs: number[] = [];
  let { done, begunAtMs, sinceChangeCount } = { ...before, sinceChangeCount: 0 };
  let atMs = nowMs;
  for (;;) {
    const endsAtMs = atMs + (1 - done) * latencyMs;
    if (endsAtMs > nowMs + 1000) break;
    latenciesMs.push(endsAtMs - begunAtMs);
    if (begunAtMs >= changedAtMs) sinceChangeCount += 1;
    [done, atMs, begunAtMs] = [0, endsAtMs, endsAtMs];
  }
  done += (nowMs + 1000 - atMs) / latencyMs;
  const usageCores = (latenciesMs.length + done - before.done) * workSeconds;
  return {
    done,
    begunAtMs,
    count: before.count + latenciesMs.length,
    totalMs: before.totalMs + latenciesMs.reduce((sum, each) => sum + each, 0),
    cpuSeconds: before.cpuSeconds + usageCores,
    limit,
    changedAtMs,
    latenciesMs,
    sinceChangeCount,
    cpu: {
      usageCores,
      usageTotalSeconds: before.cpuSeconds + usageCores,
      throttledRatio: isLimited ? 1 : 0,
      pressureRatio: 0,
    },
  };
}

/** What an agent would report at `nowMs`. */
export function reportOf(allocation: string, served: Served, nowMs: number): ContainerReport {
  const { latenciesMs, count, totalMs, limit, cpu, sinceChangeCount, begunAtMs } = served;
  const window = summarise(latenciesMs) ?? { ...latency(0).window, count: 0 };
  const times = {
    window,
    totalCount: count,
    totalMs,
    sinceChangeCount,
    newestAgeMs: nowMs - begunAtMs,
  };
  return container(allocation, {
    applied: limit,
    observed: limit,
    cpu,
    latency: count === 0 ? null : latency(0, times),
  });
}
