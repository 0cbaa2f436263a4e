import { spread } from '../ceilings/table.js';
import type { PeriodCell, PeriodFigures } from './figures.js';
import { REFERENCE_PERIOD_MS } from './options.js';

/** A cell with its ratios to the one of 100 ms in the same round. */
export interface ComparedCell extends PeriodCell {
  readonly cpuRatio: number;
  readonly meanRatio: number;
  readonly p95Ratio: number;
}

/** The cells whose counterpart with the reference period was measured, with their ratios. */
export function compared(cells: readonly PeriodCell[]): readonly ComparedCell[] {
  const keyOf = ({ round, surroundings, model }: PeriodCell): string =>
    `${round} ${surroundings} ${model}`;
  const references = new Map(
    cells
      .filter(({ periodMs }) => periodMs === REFERENCE_PERIOD_MS)
      .map((cell) => [keyOf(cell), cell]),
  );
  return cells.flatMap((cell) => {
    const reference = references.get(keyOf(cell));
    if (reference === undefined) return [];
    const ratios = {
      cpuRatio: cell.cpuMs / reference.cpuMs,
      meanRatio: cell.meanMs / reference.meanMs,
      p95Ratio: cell.p95Ms / reference.p95Ms,
    };
    return [{ ...cell, ...ratios }];
  });
}

/** The name of the row over all models. */
const ALL = 'all';

const HEAD = [
  ...['beside', 'model', 'period, ms', 'n', 'requests', 'CPU a request ÷ that at 100 ms'],
  ...['mean ÷', 'p95 ÷', 'mean, ms', 'p95, ms', 'cv', 'quota used', 'throttled', 'others, CPU'],
];

/**
 * The lines of a Markdown document: a row for each model and period, and one over all models, whose
 * times are left out, since they are of different requests.
 */
export function periodMarkdown({
  machine,
  startedAt,
  settings,
  isComplete,
  cells,
}: PeriodFigures): readonly string[] {
  const { cores, periodsMs, models, surroundings, settleMs, measureMs, rounds } = settings;
  const done = compared(cells);
  const rows = surroundings.flatMap((side) =>
    [...models, ALL].flatMap((model) =>
      periodsMs.map((periodMs) => rowOf(done, side, model, periodMs)),
    ),
  );
  return [
    `${machine}, ${startedAt}. Closed loops of one thread with a quota of ${cores} CPU, one at a ` +
      `time; ${settleMs} ms left out and ${measureMs} ms measured under each period, in turn, ` +
      `${isComplete ? '' : 'stopped before all '}${rounds} rounds.`,
    '',
    row(HEAD),
    row(HEAD.map(() => '---')),
    ...rows.map(row),
    '',
    'Median (least–most) over rounds; in rows of all models over rounds and models. *Busy*: ' +
      'beside as many closed loops without a limit as the host has cores.',
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function rowOf(
  cells: readonly ComparedCell[],
  surroundings: string,
  model: string,
  periodMs: number,
): readonly string[] {
  const its = cells.filter(
    (cell) =>
      cell.surroundings === surroundings &&
      cell.periodMs === periodMs &&
      (model === ALL || cell.model === model),
  );
  const of = (pick: (cell: ComparedCell) => number, digits: number): string =>
    spread(its.map(pick), digits);
  const time = (pick: (cell: ComparedCell) => number): string => (model === ALL ? '' : of(pick, 1));
  return [
    ...[surroundings, model, String(periodMs), String(its.length)],
    String(its.reduce((sum, { requests }) => sum + requests, 0)),
    ...[of(({ cpuRatio }) => cpuRatio, 3), of(({ meanRatio }) => meanRatio, 3)],
    ...[of(({ p95Ratio }) => p95Ratio, 3), time(({ meanMs }) => meanMs)],
    ...[time(({ p95Ms }) => p95Ms), of(({ cv }) => cv, 3), of(({ usedRatio }) => usedRatio, 3)],
    ...[of(({ throttledRatio }) => throttledRatio, 2), of(({ othersCores }) => othersCores, 2)],
  ];
}
