import type { RunScore } from '../../lab/types.js';
import { type Cell, type Column, toned } from '../output/table.js';

const fixed = (value: number, digits: number): string => value.toFixed(digits);

function ratioCell({ summary }: RunScore): Cell {
  const { ratioToOracle } = summary;
  return toned(
    fixed(ratioToOracle, 3),
    ratioToOracle >= 0.95 ? 'good' : ratioToOracle < 0.5 ? 'bad' : undefined,
  );
}

const attainableCell =
  (key: 'ratioToAttainableBefore' | 'ratioToAttainableAtOnce') =>
  ({ summary }: RunScore): string => {
    const ratio = summary[key];
    return ratio === undefined ? '–' : fixed(ratio, 3);
  };

/** What was attainable, for runs that know it. */
const ATTAINABLE_COLUMNS: readonly Column<RunScore>[] = [
  { title: '÷ BEFORE', align: 'right', cell: attainableCell('ratioToAttainableBefore') },
  { title: '÷ AT ONCE', align: 'right', cell: attainableCell('ratioToAttainableAtOnce') },
];

/** Score table of `dqoes lab sim`: a row per scenario and policy, means over the last third. */
export const RUN_SCORE_COLUMNS: readonly Column<RunScore>[] = [
  { title: 'SCENARIO', cell: ({ scenario }) => scenario },
  { title: 'POLICY', cell: ({ policy }) => policy },
  { title: 'JOBS', align: 'right', cell: ({ n }) => String(n) },
  {
    title: 'AT TARGET',
    align: 'right',
    cell: ({ summary }) => fixed(summary.atTargetLastThird, 2),
  },
  {
    title: 'NOT SLOWER',
    align: 'right',
    cell: ({ summary }) => fixed(summary.notSlowerLastThird, 2),
  },
  {
    title: 'SATISFIED',
    align: 'right',
    wide: true,
    cell: ({ summary }) => fixed(summary.satisfiedLastThird, 2),
  },
  { title: 'ORACLE', align: 'right', cell: ({ oracle }) => fixed(oracle, 2) },
  { title: 'RATIO', align: 'right', cell: ratioCell },
  {
    title: 'TO 90 %',
    align: 'right',
    cell: ({ summary }) => (summary.secondsTo90 === null ? 'never' : `${summary.secondsTo90}s`),
  },
  { title: 'MOVES', align: 'right', cell: ({ summary }) => String(summary.moves) },
  {
    title: 'UPD/MIN',
    align: 'right',
    cell: ({ summary }) => fixed(summary.updatesPerContainerMinute, 2),
  },
  {
    title: 'AT REST',
    align: 'right',
    wide: true,
    cell: ({ summary }) => fixed(summary.updatesPerContainerMinuteLastThird, 2),
  },
  { title: 'EXITS', align: 'right', wide: true, cell: ({ summary }) => String(summary.bandExits) },
  {
    title: 'CPU',
    align: 'right',
    wide: true,
    cell: ({ summary }) => fixed(summary.reservedCores, 2),
  },
  { title: 'REGRET', align: 'right', cell: ({ summary }) => fixed(summary.regret, 0) },
];

/** The columns for these scores: with what was attainable after the ratio, where any knows it. */
export const scoreColumnsFor = (scores: readonly RunScore[]): readonly Column<RunScore>[] =>
  scores.some(({ attainable }) => attainable !== undefined)
    ? RUN_SCORE_COLUMNS.flatMap((column) =>
        column.title === 'RATIO' ? [column, ...ATTAINABLE_COLUMNS] : [column],
      )
    : RUN_SCORE_COLUMNS;

/** The score table of `dqoes lab replay`: without moves, as every job stays on its node. */
export const REPLAY_SCORE_COLUMNS: readonly Column<RunScore>[] = RUN_SCORE_COLUMNS.filter(
  ({ title }) => title !== 'MOVES',
);
