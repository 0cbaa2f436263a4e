import type { UsageReport, UsageRow } from '../../proto/schemas/usage.js';
import { NAME_FIT } from './fit.js';
import { latencyText, NO_VALUE } from './format.js';
import { moneyText } from './quote-columns.js';
import type { Cell, Column } from './table.js';

/** A share as a percentage with one decimal, never rounded up to all: `99.9%`. */
export function shareText(ratio: number | null): string {
  if (ratio === null) return NO_VALUE;
  return ratio === 1 ? '100%' : `${(Math.floor(ratio * 1000 + 1e-9) / 10).toFixed(1)}%`;
}

/** An amount with three digits at least; `-` = not known. */
const amountText = (amount: number | null): string =>
  amount === null ? NO_VALUE : moneyText(amount);

/** `90 min`; nothing where nothing is missing. */
const unknownCell = ({ unknownMinutes }: UsageRow): Cell =>
  unknownMinutes === 0 ? { text: NO_VALUE } : { text: `${unknownMinutes} min`, tone: 'warn' };

const right = (title: string, cell: (row: UsageRow) => string, wide = false): Column<UsageRow> => ({
  title,
  align: 'right',
  cell,
  ...(wide ? { wide } : {}),
});

/** A column to compare with, left out of a narrow terminal rather than cut inside a number. */
const optional = (title: string, cell: (row: UsageRow) => string): Column<UsageRow> => ({
  ...right(title, cell),
  optional: true,
});

/** Of energy and credits there is a column only where somebody has one. */
const costColumns = (currency: string, total: UsageRow): readonly Column<UsageRow>[] => [
  right(currency, ({ cost }) => amountText(cost)),
  optional(`${currency} DOCKER`, ({ plainCost }) => amountText(plainCost)),
  ...(total.energyCost === null
    ? []
    : [optional(`${currency} ENERGY`, ({ energyCost }) => amountText(energyCost))]),
  ...(total.credit === null ? [] : [right('CREDIT', ({ credit }) => amountText(credit))]),
];

/** The rows of a report, and after them the sums of all. */
export const usageRows = ({ rows, total }: UsageReport): readonly UsageRow[] => [...rows, total];

/** `dqoes report`: one line a job, node, day or label. */
export function usageColumns(report: UsageReport): readonly Column<UsageRow>[] {
  const { by, label, total, currency } = report;
  const title = (by === 'label' ? (label ?? by) : by).toUpperCase();
  const nameOf = (row: UsageRow): string => (row === total ? 'total' : (row.key ?? NO_VALUE));
  return [
    { title, ...NAME_FIT, cell: nameOf },
    right('AT TARGET', ({ atTargetRatio }) => shareText(atTargetRatio)),
    right('NOT SLOWER', ({ notSlowerRatio }) => shareText(notSlowerRatio)),
    right('REQUESTS', ({ requests }) => String(requests)),
    right('OF THEM AT TARGET', (row) => shareText(row.requestsAtTargetRatio), true),
    right('OF THEM NOT SLOWER', (row) => shareText(row.requestsNotSlowerRatio), true),
    right('MEAN', ({ meanMs }) => latencyText(meanMs), true),
    right('WORST', ({ worstMs }) => latencyText(worstMs), true),
    right('CPU H', ({ reservedCoreHours }) => amountText(reservedCoreHours)),
    optional('USED', ({ usedCoreHours }) => amountText(usedCoreHours)),
    optional('DOCKER', ({ plainCoreHours }) => amountText(plainCoreHours)),
    right('GIB H', (row) => amountText(row.reservedMemoryGibHours), true),
    right('GPU H', (row) => amountText(row.reservedGpuHours), true),
    right('KWH', ({ energyKwh }) => amountText(energyKwh), true),
    ...(currency === undefined ? [] : costColumns(currency, total)),
    right('KNOWN', ({ minutes }) => `${minutes} min`, true),
    { title: 'UNKNOWN', align: 'right', cell: unknownCell },
  ];
}
