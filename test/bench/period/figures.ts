import { existsSync, renameSync, writeFileSync } from 'node:fs';
import type { LoggedAnswer, TimeWindow } from '../ceilings/answers.js';
import { machine } from '../ceilings/file.js';
import { quantile } from '../lib/process-cost.js';
import type { PeriodOptions } from './options.js';
import type { Surroundings } from './plan.js';

/** What one model did under one period, in one round. */
export interface PeriodCell {
  readonly round: number;
  readonly surroundings: Surroundings;
  readonly model: string;
  readonly periodMs: number;
  /** That began and ended within the window. */
  readonly requests: number;
  /** CPU of one of them, ms. */
  readonly cpuMs: number;
  readonly meanMs: number;
  readonly p95Ms: number;
  /** Standard deviation of the response times ÷ their mean. */
  readonly cv: number;
  /** CPU used ÷ what the quota allows. */
  readonly usedRatio: number;
  /** Share of the periods that ran out of quota. */
  readonly throttledRatio: number;
  /** What neither this container nor its neighbours used of the host, cores. */
  readonly othersCores: number;
}

/** Differences of counters over a window. */
export interface WindowUse {
  readonly window: TimeWindow;
  readonly usedSeconds: number;
  readonly periods: number;
  readonly throttledPeriods: number;
  readonly othersSeconds: number;
}

/** Fewer requests give no spread of their response times. */
const MIN_REQUESTS = 3;

/**
 * The figures of one cell.
 * @throws with a sentence where fewer than three requests lie within the window
 */
export function cellOf(
  about: Pick<PeriodCell, 'round' | 'surroundings' | 'model' | 'periodMs'>,
  cores: number,
  answers: readonly LoggedAnswer[],
  use: WindowUse,
): PeriodCell {
  const { fromMs, toMs } = use.window;
  const within = answers.filter(({ atMs, latencyMs }) => atMs - latencyMs >= fromMs && atMs < toMs);
  const costs = within.flatMap(({ cpuMs }) => cpuMs ?? []);
  if (within.length < MIN_REQUESTS || costs.length < within.length)
    throw new Error(
      `${about.model} answered ${within.length} requests within ${Math.round(toMs - fromMs)} ms: ` +
        'give a longer --measure, more --cores or a smaller model.',
    );
  const latencies = within.map(({ latencyMs }) => latencyMs);
  const seconds = (toMs - fromMs) / 1000;
  return {
    ...about,
    requests: within.length,
    cpuMs: rounded(mean(costs)),
    meanMs: rounded(mean(latencies)),
    p95Ms: rounded(quantile(latencies, 0.95)),
    cv: rounded(deviation(latencies) / mean(latencies)),
    usedRatio: rounded(use.usedSeconds / (seconds * cores)),
    throttledRatio: rounded(use.throttledPeriods / Math.max(1, use.periods)),
    othersCores: rounded(use.othersSeconds / seconds),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

// Of a sample: n − 1.
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.map((value) => (value - middle) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / (values.length - 1));
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

/** What the file of the bench holds. */
export interface PeriodFigures {
  readonly bench: 'period';
  readonly machine: string;
  readonly startedAt: string;
  readonly settings: Omit<PeriodOptions, 'file' | 'markdownFile'>;
  /** All rounds that were asked for are in it. */
  readonly isComplete: boolean;
  readonly cells: readonly PeriodCell[];
}

/** The figures of a bench that begins. */
export function firstFigures(options: PeriodOptions, startedAt: string): PeriodFigures {
  const { file: _file, markdownFile: _markdown, ...settings } = options;
  const empty = { isComplete: false, cells: [] };
  return { bench: 'period', machine: machine(), startedAt, settings, ...empty };
}

/** @throws with a sentence where the file is there: figures are never written over */
export function refuseExisting(file: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already: name another file.`);
}

/** Whole or not at all: a bench that is killed while it writes loses nothing. */
export function writePeriodFigures(file: string, figures: PeriodFigures): void {
  writeFileSync(`${file}.part`, `${JSON.stringify(figures, null, 1)}\n`);
  renameSync(`${file}.part`, file);
}
