import type { UsageReport, UsageRow } from '../../proto/schemas/usage.js';
import { isDue } from '../../shared/credit.js';
import type { LedgerSums } from './ledger.js';
import type { PricedSums, Sums } from './sums.js';

/** What a report says beside its sums. */
export type ReportHead = Omit<UsageReport, 'currency' | 'rows' | 'total'>;

/** The report of these sums; rows are in the order of their keys, the one without a key last. */
export function usageOf({ rows, total }: LedgerSums, head: ReportHead): UsageReport {
  const currencies = currenciesOf(total);
  const currency = currencies.length === 1 ? currencies[0] : undefined;
  const sorted = [...rows].sort(([a], [b]) => (a === null ? 1 : b === null || a < b ? -1 : 1));
  const due = dueCredits(total);
  const rowOf = (key: string | null, sums: Sums): UsageRow => ({
    ...usageRow(key, sums),
    ...(currency === undefined ? NO_COSTS : costsOf(sums, due)),
  });
  return {
    ...head,
    ...(currency === undefined ? {} : { currency }),
    rows: sorted.map(([key, sums]) => rowOf(key, sums)),
    total: rowOf(null, total),
    warnings: [...head.warnings, ...priceWarnings(total, currencies)],
  };
}

const currenciesOf = ({ priced }: Sums): readonly string[] =>
  [...new Set([...priced.values()].flatMap(({ prices }) => prices?.currency ?? []))].sort();

function priceWarnings({ priced }: Sums, currencies: readonly string[]): readonly string[] {
  if (currencies.length > 1)
    return [
      `The prices were in ${currencies.join(' and in ')}: no costs are shown. Ask for a time in ` +
        'which there was one currency.',
    ];
  const without = priced.get('');
  if (without === undefined || currencies.length === 0 || without.reserved === 0) return [];
  const hours = without.reserved / PER_HOUR;
  return [
    `${hours.toPrecision(3)} core-hours are of minutes in which the cluster had no prices: the ` +
      'costs are of the others.',
  ];
}

const JOULES_PER_KWH = 3_600_000;
/** Thousandths of seconds in an hour. */
const PER_HOUR = 3_600_000;
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
const hours = (thousandths: number): number => rounded(thousandths / PER_HOUR);
const hoursOrNull = (thousandths: number | null): number | null =>
  thousandths === null ? null : hours(thousandths);
/** Six digits, and never rounded up to all: a credit may be due for the rest. */
function ratio(part: number, whole: number): number | null {
  if (whole === 0) return null;
  return part >= whole ? 1 : Math.min(0.999999, rounded(part / whole));
}

type Costs = Pick<UsageRow, 'cost' | 'plainCost' | 'energyCost' | 'credit'>;
const NO_COSTS: Costs = { cost: null, plainCost: null, energyCost: null, credit: null };

function usageRow(key: string | null, sums: Sums): Omit<UsageRow, keyof Costs> {
  const paid = inOrder(sums.priced);
  const plain = sumOf(paid, (each) => each.plain);
  return {
    key,
    allocations: sums.allocations,
    minutes: sums.minutes,
    partialMinutes: sums.partialMinutes,
    unknownMinutes: sums.unknownMinutes,
    seconds: sums.seconds / 1000,
    observedSeconds: sums.observed / 1000,
    atTargetRatio: ratio(sums.atTarget, sums.observed),
    notSlowerRatio: ratio(sums.notSlower, sums.observed),
    requests: sums.requests / 1000,
    requestsAtTargetRatio: ratio(sums.requestsAtTarget, sums.requestsJudged),
    requestsNotSlowerRatio: ratio(sums.requestsNotSlower, sums.requestsJudged),
    meanMs: sums.requests === 0 ? null : rounded(sums.requestTime / sums.requests),
    worstMs: sums.worst < 0 ? null : sums.worst / 1000,
    reservedCoreHours: hours(sumOf(paid, (each) => each.reserved) ?? 0),
    usedCoreHours: hours(sums.used),
    plainCoreHours: hoursOrNull(plain),
    reservedMemoryGibHours: hoursOrNull(sumOf(paid, (each) => each.memory)),
    reservedGpuHours: hoursOrNull(sumOf(paid, (each) => each.gpu)),
    energyKwh: sums.energy === null ? null : rounded(sums.energy / 1000 / JOULES_PER_KWH),
  };
}

/** So that a sum of fractions is the same, whatever came first. */
const inOrder = <T>(parts: ReadonlyMap<string, T>): readonly T[] =>
  [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);

function costsOf(sums: Sums, due: ReadonlySet<string>): Costs {
  const paid = inOrder(sums.priced);
  return {
    cost: costOf(paid, (each) => each.reserved),
    plainCost: costOf(paid, (each) => each.plain),
    energyCost: energyCostOf(paid),
    credit: creditOf(sums.credited, due),
  };
}

/**
 * The jobs that get something back. That depends on the whole time of the report, so all rows have
 * their parts of the same credits, whatever they are by.
 */
const dueCredits = ({ credited }: Sums): ReadonlySet<string> =>
  new Set(
    [...credited].flatMap(([key, { credit, observed, notSlower }]) =>
      isDue(credit, observed, notSlower) ? [key] : [],
    ),
  );

/** null = no job asked for a credit, or nothing has a cost. */
function creditOf(credited: Sums['credited'], due: ReadonlySet<string>): number | null {
  const keyed = new Map([...credited].map(([key, each]) => [key, { key, ...each }] as const));
  const credits = inOrder(keyed).flatMap(({ key, credit, priced }) => {
    const cost = costOf(inOrder(priced), (each) => each.reserved);
    return cost === null ? [] : [due.has(key) ? cost * credit.costRatio : 0];
  });
  return credits.length === 0 ? null : rounded(credits.reduce((sum, each) => sum + each, 0));
}

/** null = no energy is known of minutes that have a price of it. */
function energyCostOf(paid: readonly PricedSums[]): number | null {
  const costs = paid.flatMap(({ prices, energy }) =>
    prices?.energyKwh === undefined || energy === null
      ? []
      : [(energy / 1000 / JOULES_PER_KWH) * prices.energyKwh],
  );
  return costs.length === 0 ? null : rounded(costs.reduce((sum, each) => sum + each, 0));
}

function sumOf(
  paid: readonly PricedSums[],
  partOf: (each: PricedSums) => number | null,
): number | null {
  const known = paid.map(partOf).filter((each) => each !== null);
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0);
}

/** In the currency of the prices; null = no minute has prices, or the CPU of none is known. */
function costOf(
  paid: readonly PricedSums[],
  cpuOf: (each: PricedSums) => number | null,
): number | null {
  const costs = paid.flatMap((each) => {
    const { prices, memory, gpu } = each;
    const cpu = cpuOf(each);
    if (prices === undefined || cpu === null) return [];
    const rest = (memory ?? 0) * prices.memoryGibHour + (gpu ?? 0) * prices.gpuHour;
    return [(cpu * prices.cpuCoreHour + rest) / PER_HOUR];
  });
  return costs.length === 0 ? null : rounded(costs.reduce((sum, each) => sum + each, 0));
}
