import { readdirSync, readFileSync } from 'node:fs';

/** What may not grow by more while jobs come and go: last third of the time ÷ second. */
export const GROWTH_RATIO = 1.05;

/**
 * Resident memory of processes (`…RssMb`), what of it their objects take in the heap and beside it
 * (`…HeapMb`, `…ExternalMb`), and open files (`…Descriptors`) at one moment.
 */
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
  /** By how much it grew from one of these to the other, each 1000 jobs. */
  readonly perThousandJobs: number;
}

/** One row for each value. `jobs`: how many came and went in all the time. */
export function growthOf(samples: readonly Sample[], jobs: number): readonly Growth[] {
  const third = Math.floor(samples.length / 3);
  const [second, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  const names = new Set(samples.flatMap(({ values }) => Object.keys(values)));
  return [...names].map((what) => {
    const [before, after] = [usual(second, what), usual(last, what)];
    const perThousandJobs = (after - before) / (jobs / 3 / 1000);
    return { what, before, after, ratio: after / before, perThousandJobs };
  });
}

/** The median; of descriptors the lower quartile, as containers that run hold some. */
function usual(samples: readonly Sample[], what: string): number {
  const sorted = samples.flatMap(({ values }) => values[what] ?? []).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * (/descriptors$/i.test(what) ? 0.25 : 0.5))] ?? 0;
}

/**
 * Those that grew too much. The heap only says why: garbage is in it. The server of NATS keeps
 * events.
 */
export const tooMuchOf = (rows: readonly Growth[]): readonly Growth[] =>
  rows.filter(
    ({ what, ratio }) =>
      /(rssMb|descriptors)$/i.test(what) && what !== 'natsRssMb' && ratio > GROWTH_RATIO,
  );

/** A row as it is printed. */
export const growthLine = ({ what, before, after, ratio, perThousandJobs }: Growth): string =>
  `${what.padEnd(18)} ${before.toFixed(1)} -> ${after.toFixed(1)} (${ratio.toFixed(3)}), ` +
  `${perThousandJobs < 0 ? '' : '+'}${perThousandJobs.toFixed(2)} each 1000 jobs`;

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

/** What the objects of a process take, MiB. */
export interface ObjectsMb {
  readonly heapMb?: number;
  readonly externalMb?: number;
}

const SCRAPE_MS = 1000;

/** As the metrics at that address say; {} = nobody answers there. */
export async function objectsMbOf(url: string | undefined): Promise<ObjectsMb> {
  if (url === undefined) return {};
  try {
    const page = await fetch(url, { signal: AbortSignal.timeout(SCRAPE_MS) });
    return objectsMbIn(await page.text());
  } catch {
    return {};
  }
}

/** As the text of a scrape says. */
export function objectsMbIn(page: string): ObjectsMb {
  const mb = (name: string): number | undefined => {
    const bytes = new RegExp(`^${name} (\\S+)$`, 'm').exec(page)?.[1];
    return bytes === undefined ? undefined : Number(bytes) / 2 ** 20;
  };
  const heapMb = mb('dqoes_process_heap_used_bytes');
  const externalMb = mb('dqoes_process_external_memory_bytes');
  return {
    ...(heapMb === undefined ? {} : { heapMb }),
    ...(externalMb === undefined ? {} : { externalMb }),
  };
}
