import type { LatencyReport } from '../../../../shared/report.js';
import { latency } from '../build.js';

/** What a container has done since it started, after one more second. */
export interface Served {
  readonly usageTotalSeconds: number;
  readonly latency: LatencyReport | null;
  /** Absent = all of its limit. */
  readonly usageCores?: number;
  /** Absent = in every period. */
  readonly throttledRatio?: number;
}

/** One second of a container with this many cores, whose requests take this much CPU each. */
export type Serve = (id: string, workSeconds: number, cores: number) => Served;

/** As many answers in each second as fit, to the nearest whole one. */
export function inWholeAnswers(): Serve {
  const counters = new Map<string, { cpu: number; count: number; totalMs: number }>();
  return (id, workSeconds, cores) => {
    const seconds = workSeconds / cores;
    const before = counters.get(id) ?? { cpu: 0, count: 0, totalMs: 0 };
    const count = Math.max(1, Math.round(1 / seconds));
    const after = {
      cpu: before.cpu + count * workSeconds,
      count: before.count + count,
      totalMs: before.totalMs + count * seconds * 1000,
    };
    counters.set(id, after);
    const totals = { totalCount: after.count, totalMs: after.totalMs, newestAgeMs: 0 };
    return { usageTotalSeconds: after.cpu, latency: latency(seconds * 1000, totals) };
  };
}

interface Loop {
  readonly cores: number;
  readonly cpu: number;
  readonly count: number;
  readonly totalMs: number;
  readonly meanMs: number;
  readonly newestAgeMs: number;
  /** Answers to requests that came under this limit. */
  readonly clean: number;
  /** CPU that is left of the first request under way, core-seconds. */
  readonly leftCpu: number;
  /** How long each request has been under way, s, the first one first. */
  readonly ages: readonly number[];
  /** Requests under way that came under another limit. */
  readonly older: number;
}

/**
 * One request after the other, and each client asks again when it is answered: what does not end in
 * a second goes on in the next. `clientsOf`: those that a container has.
 */
export function oneAfterTheOther(clientsOf: (id: string) => number = () => 1): Serve {
  const loops = new Map<string, Loop>();
  return (id, workSeconds, cores) => {
    const before = loops.get(id) ?? atStart(workSeconds, { cores, clients: clientsOf(id) });
    const loop = afterSecond(before, workSeconds, cores);
    loops.set(id, loop);
    const { cpu, count, totalMs, meanMs, newestAgeMs, clean } = loop;
    const sinceChangeCount = Math.min(5, clean);
    const totals = { totalCount: count, totalMs, newestAgeMs, sinceChangeCount };
    return { usageTotalSeconds: cpu, latency: count === 0 ? null : latency(meanMs, totals) };
  };
}

const atStart = (
  workSeconds: number,
  { cores, clients }: { readonly cores: number; readonly clients: number },
): Loop => ({
  ...{ cores, cpu: 0, count: 0, totalMs: 0, meanMs: 0, newestAgeMs: 0 },
  ...{ clean: 0, leftCpu: workSeconds, ages: Array<number>(clients).fill(0), older: 0 },
});

function afterSecond(before: Loop, workSeconds: number, cores: number): Loop {
  const isSame = before.cores === cores;
  let { leftCpu, newestAgeMs } = before;
  let clean = isSame ? before.clean : 0;
  let older = isSame ? before.older : before.ages.length;
  let [at, answers, seconds] = [0, 0, 0];
  // When each came, s from the beginning of this second.
  const since = before.ages.map((age) => -age);
  newestAgeMs += 1000;
  while (at + leftCpu / cores <= 1) {
    at += leftCpu / cores;
    answers += 1;
    seconds += at - (since.shift() ?? 0);
    since.push(at);
    newestAgeMs = (1 - at) * 1000;
    if (older > 0) older -= 1;
    else clean += 1;
    leftCpu = workSeconds;
  }
  return {
    ...{ cores, newestAgeMs, clean, older },
    cpu: before.cpu + cores,
    count: before.count + answers,
    totalMs: before.totalMs + seconds * 1000,
    meanMs: answers === 0 ? before.meanMs : (seconds * 1000) / answers,
    leftCpu: leftCpu - (1 - at) * cores,
    ages: since.map((came) => 1 - came),
  };
}
