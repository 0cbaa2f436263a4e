import type { SecretStatus } from '../../proto/schemas/service.js';
import { NAME_FIT, TEXT_FIT } from './fit.js';
import { ageText, NO_VALUE } from './format.js';
import type { Column } from './table.js';

/** `dqoes secret ls`: one line per secret. `wallMs`: now, ms since 1970. */
export const SECRET_COLUMNS = (wallMs: number): readonly Column<SecretStatus>[] => [
  { title: 'SECRET', ...NAME_FIT, cell: ({ name }) => name },
  {
    title: 'SET',
    align: 'right',
    cell: ({ setAtMs }) => (setAtMs === 0 ? NO_VALUE : ageText(Math.max(0, wallMs - setAtMs))),
  },
  {
    title: 'OWNER',
    ...NAME_FIT,
    cell: ({ owner, shared }) => `${owner ?? NO_VALUE}${shared === true ? ' (shared)' : ''}`,
  },
  { title: 'JOBS', ...TEXT_FIT, cell: ({ jobs }) => jobs.join(', ') || NO_VALUE },
  { title: 'PROBLEM', ...TEXT_FIT, cell: ({ problem }) => problem ?? '' },
];
