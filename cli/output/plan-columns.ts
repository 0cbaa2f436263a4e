import type {
  JobPlan,
  PlannedAllocation,
  PlannedEffect,
  PlanVerdict,
} from '../../proto/schemas/plan.js';
import type { JobName } from '../../shared/ids.js';
import type { Target } from '../../shared/qoe.js';
import { MAIN_NAME_FIT, NAME_FIT, TEXT_FIT } from './fit.js';
import { aboutName, coresText, latencyText, NO_VALUE, targetText } from './format.js';
import { type Cell, type Column, printable } from './table.js';

/** One line of `dqoes job plan`. */
export interface PlanRow {
  readonly job: JobName;
  readonly change: JobPlan['change'];
  readonly target: Target | null;
  readonly planned: PlannedAllocation;
}

/** What a forecast says of a target. */
const VERDICTS: Readonly<Record<PlanVerdict, Cell>> = {
  met: { text: 'met', tone: 'good' },
  unmet: { text: 'not met', tone: 'bad' },
  unknown: { text: 'not known', tone: 'warn' },
  nowhere: { text: 'no node', tone: 'bad' },
};

/** It takes more CPU than has been seen to help, so whether it is met is not known. */
const EXTRAPOLATED: Cell = { text: 'extrapolated', tone: 'warn' };

/** What a forecast says of a target, as a cell. */
export const verdictCell = ({
  verdict,
  provenCores,
}: Pick<PlannedAllocation, 'verdict' | 'provenCores'>): Cell =>
  verdict === 'met' && provenCores !== undefined ? EXTRAPOLATED : VERDICTS[verdict];

/** As in `dqoes ps`: a ceiling has no quota but a guarantee. */
export const planLimitText = ({ limitCores, guaranteeCores }: PlannedAllocation): string =>
  limitCores !== null || guaranteeCores === undefined
    ? coresText(limitCores)
    : `≥${coresText(guaranteeCores)}`;

/** `dqoes job plan`: one line per allocation. */
export const PLAN_COLUMNS: readonly Column<PlanRow>[] = [
  { title: 'JOB', ...MAIN_NAME_FIT, optional: true, cell: ({ job }) => job },
  { title: 'CHANGE', wide: true, cell: ({ change }) => change },
  { title: 'ALLOCATION', ...MAIN_NAME_FIT, cell: ({ planned }) => planned.id },
  { title: 'NODE', ...NAME_FIT, cell: ({ planned }) => planned.node ?? NO_VALUE },
  { title: 'TARGET', ...TEXT_FIT, optional: true, cell: ({ target }) => targetText(target) },
  { title: 'VERDICT', cell: ({ planned }) => verdictCell(planned) },
  { title: 'EXPECTED', align: 'right', cell: ({ planned }) => latencyText(planned.expectedMs) },
  { title: 'LIMIT', align: 'right', cell: ({ planned }) => planLimitText(planned) },
  { title: 'BEST', align: 'right', cell: ({ planned }) => latencyText(planned.reachableMs) },
  { title: 'NEEDS', align: 'right', cell: ({ planned }) => coresText(planned.neededCores) },
  { title: 'REASON', ...TEXT_FIT, cell: ({ planned }) => planned.reason },
];

const EFFECT_WORDS: Readonly<Record<PlannedEffect['effect'], string>> = {
  'loses-target': 'would miss its target',
  'gains-target': 'would meet its target again',
  preempted: 'would be preempted',
};

/** What becomes of another allocation, as a line. */
export const effectLine = ({ node, effect, reason, ...about }: PlannedEffect): string =>
  printable(`${aboutName(about)} on ${node} ${EFFECT_WORDS[effect]}: ${reason}`);
