import type { DrainPlan, PlannedMove } from '../../proto/schemas/drain.js';
import { MAIN_NAME_FIT, NAME_FIT, TEXT_FIT } from './fit.js';
import { latencyText, NO_VALUE } from './format.js';
import { planLimitText, verdictCell } from './plan-columns.js';
import type { Column } from './table.js';

/** `dqoes node drain --dry-run`: one line per allocation that would move. */
export const DRAIN_COLUMNS: readonly Column<PlannedMove>[] = [
  { title: 'JOB', ...MAIN_NAME_FIT, optional: true, cell: ({ job }) => job },
  { title: 'ALLOCATION', ...MAIN_NAME_FIT, cell: ({ allocation }) => allocation },
  { title: 'MOVES TO', ...NAME_FIT, cell: ({ to }) => to.node ?? NO_VALUE },
  { title: 'VERDICT', cell: ({ to }) => verdictCell(to) },
  { title: 'EXPECTED', align: 'right', cell: ({ to }) => latencyText(to.expectedMs) },
  { title: 'LIMIT', align: 'right', cell: ({ to }) => planLimitText(to) },
  { title: 'REASON', ...TEXT_FIT, cell: ({ to }) => to.reason },
];

/** Everything that moves is expected to meet its target, and nobody else is hurt. */
export const hurtsNobody = ({ moves, stays, effects }: DrainPlan): boolean =>
  moves.every(({ to }) => to.verdict === 'met' || to.verdict === 'unknown') &&
  stays.every(({ container }) => container !== undefined) &&
  effects.every(({ effect }) => effect === 'gains-target');
