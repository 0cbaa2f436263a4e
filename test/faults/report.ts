import { quantile } from '../bench/lib/process-cost.js';
import type { Growth } from '../bench/lib/soak-samples.js';
import type { RoundOutcome } from './round.js';

/** n values, ms: median, 99th percentile and largest; null = there are none. */
export interface Times {
  readonly n: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What became of one fault, or of all. */
export interface FaultSummary {
  readonly fault: string;
  readonly n: number;
  /** Promises seen broken. */
  readonly broken: number;
  /** Nobody said so, although somebody should. */
  readonly untold: number;
  /** Rounds whose times do not count, because this program itself stood still. */
  readonly stalled: number;
  readonly told: Times | null;
  readonly recovered: Times | null;
  /** Of faults under which it is to be kept: longest time without a renewal, ms. */
  readonly leaseGapMs: number | null;
  readonly leaseKept: boolean | null;
}

/** All that a run says. */
export interface FaultReport {
  readonly date: string;
  readonly options: object;
  readonly machine: {
    readonly cores: number;
    readonly loadBefore: number;
    readonly loadAfter: number;
  };
  readonly faults: readonly FaultSummary[];
  readonly all: FaultSummary;
  readonly churn: { readonly jobs: number; readonly rows: readonly Growth[] } | null;
  /** What containers had in the end, after SIGKILL of the agent and `dqoes agent restore`. */
  readonly notPutBack: readonly string[];
  readonly rounds: readonly RoundOutcome[];
}

export const timesOf = (values: readonly (number | null)[]): Times | null => {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const [p50, p99, max] = [quantile(known, 0.5), quantile(known, 0.99), Math.max(...known)];
  return { n: known.length, p50, p99, max };
};

/** One row for each fault in the order in which they were first played. */
export function summariesOf(rounds: readonly RoundOutcome[]): readonly FaultSummary[] {
  const names = [...new Set(rounds.map(({ fault }) => fault))];
  return names.map((name) =>
    summaryOf(
      name,
      rounds.filter(({ fault }) => fault === name),
    ),
  );
}

export function summaryOf(fault: string, rounds: readonly RoundOutcome[]): FaultSummary {
  const timed = rounds.filter(({ stalledMs }) => stalledMs === 0);
  const leases = timed.flatMap(({ lease }) => (lease === null ? [] : [lease]));
  return {
    fault,
    n: rounds.length,
    broken: rounds.reduce((sum, { breaches }) => sum + breaches.length, 0),
    untold: timed.filter(({ isUntold }) => isUntold).length,
    stalled: rounds.length - timed.length,
    told: timesOf(timed.map(({ toldMs }) => toldMs)),
    recovered: timesOf(timed.map(({ recoveredMs }) => recoveredMs)),
    leaseGapMs: leases.length === 0 ? null : Math.max(...leases.map((one) => one.longestGapMs)),
    leaseKept: leases.length === 0 ? null : leases.every(({ kept }) => kept),
  };
}

/** What was played, and what came of it. */
export type Played = Pick<FaultReport, 'faults' | 'all' | 'churn' | 'notPutBack' | 'rounds'>;

/** While more is to be played: what became of the containers is not known yet. */
export function playedSoFar(rounds: readonly RoundOutcome[]): Played {
  const [faults, all] = [summariesOf(rounds), summaryOf('all', rounds)];
  return { rounds, faults, all, churn: null, notPutBack: [] };
}

/** What was played together with what earlier runs of the same plan had played. */
export function withEarlier(played: Played, earlier: Played | undefined): Played {
  if (earlier === undefined) return played;
  const rounds = [...earlier.rounds, ...played.rounds];
  return {
    rounds,
    faults: summariesOf(rounds),
    all: summaryOf('all', rounds),
    churn: played.churn ?? earlier.churn,
    notPutBack: [...earlier.notPutBack, ...played.notPutBack],
  };
}

const NAME_CHARS = 42;

/** Rows of 80 characters: name, n, broken, told and recovered (p50, max; s), lease. */
export function tableOf({ faults, all }: Pick<FaultReport, 'faults' | 'all'>): string {
  const head = row(['', 'n', 'broken', 'told, s', 'recovered, s', 'lease']);
  const rows = [...faults, all].map((one) =>
    row([
      one.fault,
      `${one.n}`,
      `${one.broken}`,
      one.untold > 0 ? `untold ${one.untold}` : shown(one.told),
      shown(one.recovered),
      one.leaseKept === null ? '' : one.leaseKept ? `${seconds(one.leaseGapMs ?? 0)}` : 'LOST',
    ]),
  );
  return [head, ...rows].join('\n');
}

const WIDTHS = [NAME_CHARS, 3, 6, 9, 10, 5] as const;

function row(cells: readonly string[]): string {
  return cells
    .map((cell, i) => {
      const width = WIDTHS[i] ?? 0;
      const text = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
      return i === 0 ? text.padEnd(width) : text.padStart(width);
    })
    .join(' ')
    .trimEnd();
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const shown = (times: Times | null): string =>
  times === null ? '–' : `${seconds(times.p50)} ${seconds(times.max)}`;

/** Each promise that was seen broken, with what shows it again. */
export const breachLines = (rounds: readonly RoundOutcome[]): readonly string[] =>
  rounds.flatMap(({ breaches, fault, seed, atSeconds }) =>
    breaches.map(
      ({ promise, what }) =>
        `BROKEN: ${promise}\n  ${fault} (seed ${seed}), ${atSeconds.toFixed(1)} s: ` +
        what.slice(0, 4000).replaceAll('\n', '\n  '),
    ),
  );
