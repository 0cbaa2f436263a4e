import type { LatencyReport } from '../../../../shared/report.js';
import { latency } from '../build.js';

/** What a container has done since it started, after one more second. */
export interface Served {
  readonly usageTotalSeconds: number;
  readonly latency: LatencyReport | null;
}

/** One second of a container with so many cores, whose requests take so much CPU each. */
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
  /** Answers to requests that began under this limit, and whether the next one did. */
  readonly clean: number;
  readonly isClean: boolean;
  /** Of the request under way: CPU that is left of it, and how long it has taken, s. */
  readonly leftCpu: number;
  readonly age: number;
}

/** One request after the other: what does not end in a second goes on in the next. */
export function oneAfterTheOther(): Serve {
  const loops = new Map<string, Loop>();
  return (id, workSeconds, cores) => {
    const loop = afterSecond(loops.get(id) ?? idle(workSeconds, cores), workSeconds, cores);
    loops.set(id, loop);
    const { cpu, count, totalMs, meanMs, newestAgeMs, clean } = loop;
    const sinceChangeCount = Math.min(5, clean);
    const totals = { totalCount: count, totalMs, newestAgeMs, sinceChangeCount };
    return { usageTotalSeconds: cpu, latency: count === 0 ? null : latency(meanMs, totals) };
  };
}

const idle = (workSeconds: number, cores: number): Loop => ({
  ...{ cores, cpu: 0, count: 0, totalMs: 0, meanMs: 0, newestAgeMs: 0 },
  ...{ clean: 0, isClean: true, leftCpu: workSeconds, age: 0 },
});

function afterSecond(before: Loop, workSeconds: number, cores: number): Loop {
  const isSame = before.cores === cores;
  let [at, answers, seconds] = [0, 0, 0];
  let newestAgeMs = before.newestAgeMs + 1000;
  let clean = isSame ? before.clean : 0;
  let isClean = isSame && before.isClean;
  let { leftCpu, age } = before;
  while (at + leftCpu / cores <= 1) {
    at += leftCpu / cores;
    answers += 1;
    seconds += age + leftCpu / cores;
    newestAgeMs = (1 - at) * 1000;
    if (isClean) clean += 1;
    [leftCpu, age, isClean] = [workSeconds, 0, true];
  }
  return {
    ...{ cores, newestAgeMs, clean, isClean },
    cpu: before.cpu + cores,
    count: before.count + answers,
    totalMs: before.totalMs + seconds * 1000,
    meanMs: answers === 0 ? before.meanMs : (seconds * 1000) / answers,
    leftCpu: leftCpu - (1 - at) * cores,
    age: age + 1 - at,
  };
}
