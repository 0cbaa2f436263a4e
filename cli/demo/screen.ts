import type { QoeClass } from '../../shared/qoe.js';
import { formatDurationMs } from '../../shared/units.js';
import { coresText, ratioText } from '../output/format.js';
import { barOf } from '../output/progress.js';
import { type Cell, type Column, type Tone, tableLines } from '../output/table.js';
import { wrapMessage } from '../output/wrap.js';
import { DEMAND_RATIO, type DemoJob, demoJobs } from './jobs.js';
import { atTargetNow, type DemoLook, type JobScore } from './measure.js';
import type { DemoOutcome } from './outcome.js';

/** Where the demo writes: progress on stderr, the table on stdout. */
export interface DemoScreen {
  step(text: string): void;
  phase(name: string, durationMs: number): void;
  live(name: string, look: DemoLook, durationMs: number): void;
}

const MARKS: Readonly<Record<QoeClass, string>> = { within: '=', faster: '+', slower: '-' };

/**
 * One character per job, loosest target first: `=` within its band, `+` faster, `-` slower, `.` no
 * answer yet.
 */
export const marksOf = (look: DemoLook): string =>
  demoJobs()
    .map(({ name }) => look.jobs.get(name)?.qoeClass ?? null)
    .map((qoeClass) => (qoeClass === null ? '.' : MARKS[qoeClass]))
    .join('');

/** The line of one look: phase, progress, jobs at target, and one mark per job. */
export function liveLine(name: string, look: DemoLook, durationMs: number): string {
  const seconds = `${Math.round(look.atMs / 1000)}/${Math.round(durationMs / 1000)} s`.padStart(9);
  return (
    `${name.padEnd(12)} ${barOf(look.atMs, durationMs)} ${seconds}   at target ` +
    `${String(atTargetNow(look)).padStart(2)} of ${look.jobs.size}   ${marksOf(look)}`
  );
}

/** A screen that passes each line of text to `write`; looks to `show` where lines are redrawn. */
export function textScreen(
  write: (line: string) => void,
  show: (line: string) => void = write,
): DemoScreen {
  return {
    step: (text) => write(text),
    phase: (name, durationMs) => {
      write('');
      write(
        `${name}, ${formatDurationMs(durationMs)}   (one mark a job, loosest target ` +
          'first: = in its band, + faster than asked, - slower)',
      );
    },
    live: (name, look, durationMs) => show(liveLine(name, look, durationMs)),
  };
}

interface ResultRow {
  readonly job: DemoJob;
  readonly targetMs: number | undefined;
  readonly before: JobScore | undefined;
  readonly after: JobScore | undefined;
}

const CLASS_TONES: Readonly<Record<QoeClass, Tone>> = {
  within: 'good',
  faster: 'warn',
  slower: 'bad',
};
const show = (latencyMs: number | null | undefined): string =>
  latencyMs == null ? '-' : formatDurationMs(latencyMs);
const classCell = (score: JobScore | undefined): string | Cell =>
  score?.qoeClass == null ? '-' : { text: score.qoeClass, tone: CLASS_TONES[score.qoeClass] };

const COLUMNS: readonly Column<ResultRow>[] = [
  { title: 'JOB', cell: (row) => row.job.name },
  { title: 'MODEL', cell: (row) => `${row.job.model} x${row.job.batch}` },
  { title: 'TARGET', align: 'right', cell: (row) => show(row.targetMs) },
  { title: 'PLAIN DOCKER', align: 'right', cell: (row) => show(row.before?.latencyMs) },
  { title: '', cell: (row) => classCell(row.before) },
  { title: 'DQOES', align: 'right', cell: (row) => show(row.after?.latencyMs) },
  { title: '', cell: (row) => classCell(row.after) },
  {
    title: 'LIMIT',
    align: 'right',
    cell: (row) => row.after?.limitCores?.toFixed(2) ?? '-',
  },
];

/**
 * The final table, loosest target first, which fits 80 columns, and its summary, wrapped between
 * words at `width` columns; 0 = not at all. Measured over the last third of each phase.
 */
export function resultLines(
  outcome: DemoOutcome,
  { colour, width }: { readonly colour: boolean; readonly width: number },
): readonly string[] {
  const rows = outcome.jobs.map((job) => ({
    job,
    targetMs: outcome.targetsMs.get(job.name),
    before: outcome.before.jobs.get(job.name),
    after: outcome.after.jobs.get(job.name),
  }));
  const { before, after, secondsToSettle } = outcome;
  const settled =
    secondsToSettle === null
      ? 'nine of ten were never there at once'
      : `nine of ten after ${Math.round(secondsToSettle)} s`;
  const sentences = [
    `at target: ${before.atTarget} of ${rows.length} under plain Docker, ${after.atTarget} ` +
      `of ${rows.length} under dqoes (${settled}).`,
    `not slower than asked: ${before.notSlower}, then ${after.notSlower}. Measured over ` +
      'the last third of each phase.',
    'everything else on this host, dqoes itself included, used ' +
      `${coresText(before.othersCores)} CPU, then ${coresText(after.othersCores)}.`,
    ...demandLines(outcome.demandRatio),
  ];
  return [
    '',
    ...tableLines(COLUMNS, rows, { wide: false, colour }),
    '',
    ...sentences.map((sentence) => wrapMessage(sentence, width)),
  ];
}

/**
 * What the targets ask for by the end: a machine that becomes slower makes each request dearer than
 * it was when the targets were set.
 */
function demandLines(demandRatio: number | null): readonly string[] {
  if (demandRatio === null) return [];
  const asked =
    `the ten targets took ${ratioText(DEMAND_RATIO)} of the CPU when they were set, ` +
    `${ratioText(demandRatio)} at the end`;
  return [demandRatio <= 1 ? `${asked}.` : `${asked}: this machine became too slow for all ten.`];
}
