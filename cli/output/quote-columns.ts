import type { JobQuote, QuoteStep } from '../../proto/schemas/quote.js';
import { HOURS_PER_MONTH, type Prices } from '../../shared/prices.js';
import { TEXT_FIT } from './fit.js';
import { aboutName, coresText, latencyText, NO_VALUE } from './format.js';
import { verdictCell } from './plan-columns.js';
import type { Column } from './table.js';

/** An amount of money with three digits at least: `0.0124`, `9.06`, `1240`. */
export function moneyText(amount: number): string {
  if (amount === 0) return '0';
  if (amount >= 100) return amount.toFixed(0);
  const digits = Math.max(2, 2 - Math.floor(Math.log10(amount)));
  return amount.toFixed(Math.min(digits, 8));
}

/** Who would miss a target or be preempted, or gain one (`+`). */
const othersText = ({ effects }: QuoteStep): string =>
  effects
    .map((effect) => `${effect.effect === 'gains-target' ? '+' : ''}${aboutName(effect)}`)
    .join(', ') || NO_VALUE;

/** What a report shows nine times in ten: `482ms–554ms`. */
const likelyText = ({ expectedLowMs: low, expectedHighMs: high }: QuoteStep): string =>
  low === undefined || high === undefined ? NO_VALUE : `${latencyText(low)}–${latencyText(high)}`;

const costColumns = ({ currency }: Prices): readonly Column<QuoteStep>[] => {
  const costOf = (hours: number) => ({
    align: 'right' as const,
    cell: ({ costPerHour }: QuoteStep) =>
      costPerHour === null ? NO_VALUE : moneyText(costPerHour * hours),
  });
  return [
    { title: `${currency}/HOUR`, ...costOf(1) },
    { title: `${currency}/MONTH`, ...costOf(HOURS_PER_MONTH) },
  ];
};

/** What is said below the lines of a quote. */
export function quoteNotes({ steps, prices, fastestMs, provenCores }: JobQuote): readonly string[] {
  const fastest = fastestMs === null ? '' : `Fastest that is met: ${latencyText(fastestMs)}. `;
  const least = Math.min(...steps.map((step) => step.provenCores ?? Number.POSITIVE_INFINITY));
  const [cores, so] =
    provenCores === undefined
      ? [least, 'whether extrapolated targets are met is not known.']
      : [provenCores, 'nothing faster is offered.'];
  return [
    `${fastest}Nothing was changed.`,
    ...(Number.isFinite(cores)
      ? [`More CPU than ${coresText(cores)} a container has not been seen to help: ${so}`]
      : []),
    ...(prices === undefined
      ? ['In CPU cores: this cluster has no prices (prices.currency).']
      : []),
  ];
}

/** `dqoes job quote`: one line per target. */
export const quoteColumns = (prices: Prices | undefined): readonly Column<QuoteStep>[] => [
  { title: 'TARGET', align: 'right', cell: ({ targetMs }) => latencyText(targetMs) },
  { title: 'VERDICT', cell: verdictCell },
  { title: 'EXPECTED', align: 'right', cell: ({ expectedMs }) => latencyText(expectedMs) },
  { title: 'LIKELY', align: 'right', cell: likelyText },
  { title: 'CPU', align: 'right', cell: ({ cpuCores }) => coresText(cpuCores) },
  ...(prices === undefined ? [] : costColumns(prices)),
  { title: 'NODES', ...TEXT_FIT, cell: ({ nodes }) => nodes.join(', ') || NO_VALUE },
  { title: 'AT THE EXPENSE OF', ...TEXT_FIT, cell: othersText },
];
