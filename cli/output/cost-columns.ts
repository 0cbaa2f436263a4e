import type { JobCost, Reservation } from '../../proto/schemas/plan-cost.js';
import { changeBetween, type Prices } from '../../shared/prices.js';
import { NAME_FIT } from './fit.js';
import { coresText, NO_VALUE } from './format.js';
import { moneyText } from './quote-columns.js';
import type { Column } from './table.js';

/** What a job reserves now and would reserve, and how much more or less that is. */
export const costColumns = (prices: Prices | undefined): readonly Column<JobCost>[] => [
  { title: 'JOB', ...NAME_FIT, cell: ({ job }) => job },
  ...beforeAndAfter('CPU', 'cpuCores', coresText),
  ...(prices === undefined
    ? []
    : beforeAndAfter(`${prices.currency}/HOUR`, 'costPerHour', moneyText)),
];

function beforeAndAfter(
  what: string,
  name: keyof Reservation,
  textOf: (amount: number) => string,
): readonly Column<JobCost>[] {
  const text = (reserved: Reservation | null): string => {
    const amount = reserved === null ? null : reserved[name];
    return amount === null ? NO_VALUE : textOf(amount);
  };
  return [
    { title: `${what} NOW`, align: 'right', cell: ({ before }) => text(before) },
    { title: 'THEN', align: 'right', cell: ({ after }) => text(after) },
    {
      title: 'CHANGE',
      align: 'right',
      // A job that is new had nothing before.
      cell: ({ before, after }) => {
        const change = changeBetween(before === null ? 0 : before[name], after[name]);
        if (change === null) return NO_VALUE;
        const shown = textOf(Math.abs(change));
        // What is rounded away is no change.
        if (Number(shown) === 0) return '0';
        return `${change < 0 ? '-' : '+'}${shown}`;
      },
    },
  ];
}
