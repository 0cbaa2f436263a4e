import { readdirSync, readFileSync } from 'node:fs';

/** What may not grow by more while jobs come and go: last third of the time ÷ second. */
export const GROWTH_RATIO = 1.05;

/** Resident memory of processes (`…RssMb`) and open files (`…Descriptors`) at one moment. */
export interface Sample {
  readonly atMs: number;
  readonly values: Readonly<Record<string, number>>;
}
/** How much of something was needed in the second and the last third of the time. */
export interface Growth {
  readonly what: string;
  readonly before: number;
  readonly after: number;
  readonly ratio: number;
}

/** One row for each value of the first sample. */
export function growthOf(samples: readonly Sample[]): readonly Growth[] {
  const third = Math.floor(samples.length / 3);
  const [second, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  return Object.keys(samples[0]?.values ?? {}).map((what) => {
    const [before, after] = [usual(second, what), usual(last, what)];
    return { what, before, after, ratio: after / before };
  });
}

/** The median; of descriptors the lower quartile, as containers that run hold some. */
function usual(samples: readonly Sample[], what: string): number {
  const sorted = samples.map(({ values }) => values[what] ?? 0).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * (/descriptors$/i.test(what) ? 0.25 : 0.5))] ?? 0;
}

/** Resident memory of a process, MiB; 0 = there is none. */
export function rssMbOf(pid: number): number {
  try {
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Open files and sockets of a process; 0 = there is none. */
export function descriptorsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
