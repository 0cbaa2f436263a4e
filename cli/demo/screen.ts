import type { QoeClass } from '../../shared/qoe.js';
import { formatDurationMs } from '../../shared/units.js';
import type { DemoOutcome } from './demo.js';
import { atTargetNow, type Look } from './measure.js';

/** Where the demo writes: progress on stderr, the table on stdout. */
export interface DemoScreen {
  step(text: string): void;
  phase(name: string, durationMs: number): void;
  live(name: string, look: Look, durationMs: number): void;
}

const MARKS: Readonly<Record<QoeClass, string>> = { within: '=', above: '+', below: '-' };
const BAR_WIDTH = 20;

/** One character a job: `=` within its band, `+` faster, `-` slower, `.` no answer yet. */
export const marksOf = (look: Look): string =>
  [...look.jobs.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, job]) => (job.qoeClass === null ? '.' : MARKS[job.qoeClass]))
    .join('');

export function liveLine(name: string, look: Look, durationMs: number): string {
  const done = Math.min(1, look.atMs / durationMs);
  const filled = Math.round(done * BAR_WIDTH);
  const bar = `${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}`;
  const seconds = `${Math.round(look.atMs / 1000)}/${Math.round(durationMs / 1000)} s`.padStart(9);
  return `${name.padEnd(12)} [${bar}] ${seconds}   at target ${String(atTargetNow(look)).padStart(2)} of ${look.jobs.size}   ${marksOf(look)}`;
}

export function textScreen(write: (line: string) => void): DemoScreen {
  return {
    step: (text) => write(text),
    phase: (name, durationMs) =>
      write(`\n${name}, ${formatDurationMs(durationMs)}   (= in its band, + faster than asked, - slower)`),
    live: (name, look, durationMs) => write(liveLine(name, look, durationMs)),
  };
}

export interface ResultRow {
  readonly job: string;
  readonly model: string;
  readonly target: string;
  readonly before: string;
  readonly after: string;
  readonly class: string;
  readonly limit: string;
}

const show = (latencyMs: number | null | undefined): string => (latencyMs == null ? '-' : formatDurationMs(latencyMs));
const CLASS_WORDS: Readonly<Record<QoeClass, string>> = { within: 'within', above: 'faster', below: 'slower' };

/** Rows of the closing table, loosest target first. */
export function resultRows(outcome: DemoOutcome): readonly ResultRow[] {
  return outcome.jobs.map((job) => {
    const before = outcome.before.jobs.get(job.name);
    const after = outcome.after.jobs.get(job.name);
    const limit = after?.limitCores ?? null;
    return {
      job: job.name,
      model: `${job.model} x${job.batch}`,
      target: show(outcome.targetsMs.get(job.name)),
      before: `${show(before?.latencyMs)} ${before?.qoeClass ? CLASS_WORDS[before.qoeClass] : '-'}`,
      after: show(after?.latencyMs),
      class: after?.qoeClass ? CLASS_WORDS[after.qoeClass] : '-',
      limit: limit === null ? '-' : `${limit.toFixed(2)} CPU`,
    };
  });
}
