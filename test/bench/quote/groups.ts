import { formatDurationMs } from '../../../shared/units.js';
import type { QuoteCluster } from './cluster.js';
import { summaries } from './errors.js';
import { openGroups, type QuoteFigures, readFigures, writeFigures } from './file.js';
import type { QuoteOptions } from './options.js';
import { CHOICES } from './outcome.js';
import { playGroup } from './play.js';
import { outcomeLine, progressLine } from './table.js';

/** What the groups of a bench are played with. */
export interface GroupsInput {
  readonly options: QuoteOptions;
  readonly cluster: QuoteCluster;
  readonly signal: AbortSignal;
  /** Monotonic time, ms. */
  readonly now: () => number;
  readonly say: (sentence: string) => void;
}

/** Groups that fail one after the other before the bench gives up: then it is not the group. */
const MAX_FAILED_GROUPS = 2;
/** How long the containers of a group take to start and to end, ms; a first guess. */
const AROUND_MS = 25_000;

/** How long a group takes, ms, before any was played. */
export const guessedGroupMs = ({
  settleMs,
  measureMs,
}: Pick<QuoteOptions, 'settleMs' | 'measureMs'>): number =>
  settleMs + CHOICES.length * (settleMs + measureMs) + AROUND_MS;

/**
 * Plays the groups that the file does not hold, and keeps each in it as soon as it has ended. None
 * is begun that would not end within the time, and none is played again because another failed.
 */
export async function playGroups(input: GroupsInput): Promise<QuoteFigures> {
  const { options, signal, now, say } = input;
  const { file, jobs, together, forMs, seed, settleMs, measureMs } = options;
  const conditions = { seed, together, settleMs, measureMs };
  let figures = readFigures(file, conditions);
  const open = openGroups(jobs, together, figures.outcomes);
  const beganAtMs = now();
  let [longestMs, failed] = [0, 0];
  for (const [index, numbers] of open.entries()) {
    const nextMs = longestMs === 0 ? guessedGroupMs(options) : longestMs;
    if (index > 0 && now() - beganAtMs + nextMs > forMs) {
      say(`${open.length - index} groups are left: the same command goes on with them`);
      break;
    }
    const groupBeganAtMs = now();
    try {
      const onRound = (outcomes: QuoteFigures['outcomes']): void => {
        for (const outcome of outcomes) say(`${index + 1}/${open.length} ${outcomeLine(outcome)}`);
      };
      const played = await playGroup(numbers, { ...conditions, ...input, onRound });
      const names = new Set(played.map(({ job }) => job));
      const others = figures.outcomes.filter(({ job }) => !names.has(job));
      figures = { ...figures, outcomes: [...others, ...played] };
      writeFigures(file, figures);
      failed = 0;
    } catch (cause) {
      failed += 1;
      if (signal.aborted || failed >= MAX_FAILED_GROUPS) throw cause;
      say(`group ${index + 1} failed and is left for later: ${String(cause)}`);
    }
    longestMs = Math.max(longestMs, now() - groupBeganAtMs);
    say(`group ${index + 1} took ${formatDurationMs(Math.round(now() - groupBeganAtMs))}`);
    say(progressLine(summaries(figures.outcomes)));
  }
  return figures;
}
