import { readFileSync } from 'node:fs';

/** Counters of one process since its start. */
export interface ProcessCounters {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  /** Read and write system calls; null without the right to read `/proc/<pid>/io`. */
  readonly readCalls: number | null;
  readonly writeCalls: number | null;
}

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** Reads `/proc/<pid>/stat` and `/proc/<pid>/io`: the whole process with all its threads. */
export function countersOf(pid: number): ProcessCounters {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, rssPages] = [fields[11], fields[12], fields[21]].map(Number);
  const io = ioOf(pid);
  return {
    cpuSeconds: ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND,
    rssBytes: (rssPages ?? 0) * PAGE_BYTES,
    readCalls: io?.get('syscr') ?? null,
    writeCalls: io?.get('syscw') ?? null,
  };
}

/** Of the resident memory: its own, and what is only mapped from files, as the program itself. */
export function memoryPartsOf(pid: number): {
  readonly ownBytes: number;
  readonly mappedBytes: number;
} {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return { ownBytes: of('RssAnon'), mappedBytes: of('RssFile') };
}

function ioOf(pid: number): Map<string, number> | null {
  try {
    const lines = readFileSync(`/proc/${pid}/io`, 'utf8').trim().split('\n');
    return new Map(
      lines.map((line) => line.split(': ')).map(([key, value]) => [key ?? '', Number(value)]),
    );
  } catch {
    return null;
  }
}

/** Nearest-rank quantile of unsorted values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** The value after `--json`, if any; exits with a sentence when it is missing. */
export function jsonFileFrom(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--json');
  if (at === -1) return undefined;
  const file = argv[at + 1];
  if (file === undefined) throw new Error('--json needs the name of the file to write');
  return file;
}

/** The value after an option on the command line. */
export function optionFrom(argv: readonly string[], name: string): string | undefined {
  const at = argv.indexOf(name);
  return at === -1 ? undefined : argv[at + 1];
}
