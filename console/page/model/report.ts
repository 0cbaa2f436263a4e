import type { ReportBy, UsageReport, UsageRow } from '../../../proto/schemas/usage.js';
import { moneyText } from './money.js';
import type { Query } from './route.js';
import { msText, NONE, numberText, percentText } from './words.js';

/** The order of the choice on the page. */
export const BY_ORDER: readonly ReportBy[] = ['job', 'day', 'label', 'node'];
export const BY_WORDS: Readonly<Record<ReportBy, string>> = {
  job: 'job',
  day: 'day',
  label: 'label of hosts',
  node: 'host',
};

export const PERIODS = ['hour', 'day', 'week', 'month', 'dates'] as const;
export type Period = (typeof PERIODS)[number];
export const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  hour: 'last hour',
  day: 'last 24 hours',
  week: 'last 7 days',
  month: 'last 30 days',
  dates: 'from … to …',
};
const HOUR_MS = 3_600_000;
const PERIOD_MS: Readonly<Record<Exclude<Period, 'dates'>, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
};

/** Which report is asked for, as it stands in the address. */
export interface ReportView {
  readonly by: ReportBy;
  readonly period: Period;
  readonly label: string;
  readonly job: string;
  /** Days in UTC, `2026-11-26`; both are in the report. */
  readonly from: string;
  readonly to: string;
}

const isOneOf = <T extends string>(known: readonly T[], text: string): text is T =>
  (known as readonly string[]).includes(text);

/** The report that an address asks for; what it does not know it leaves out. */
export function reportViewOf(query: Query): ReportView {
  const { by = 'job', period = 'day', label = '', job = '', from = '', to = '' } = query;
  return {
    by: isOneOf(BY_ORDER, by) ? by : 'job',
    period: isOneOf(PERIODS, period) ? period : 'day',
    ...{ label, job, from, to },
  };
}

/** Start of a day in UTC, Unix time; NaN = it is no day. Days are counted as years from March. */
function startOf(day: string): number {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const [m, d] = [Number(month), Number(date)];
  if (year === '' || m < 1 || m > 12 || d < 1 || d > 31) return Number.NaN;
  const y = Number(year) - (m <= 2 ? 1 : 0);
  const ofYear = Math.floor((153 * ((m + 9) % 12) + 2) / 5) + d - 1;
  const days =
    y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + ofYear - DAYS_TO_1970;
  return days * 24 * HOUR_MS;
}
/** From March of the year 0. */
const DAYS_TO_1970 = 719_468;

/**
 * The address of a report below `/api/v1`; null = something is still to be chosen. By whole
 * minutes, so that the same question has the same address.
 */
export function reportPath(view: ReportView, nowMs: number): string | null {
  const { by, period, label, job } = view;
  if (by === 'label' && label === '') return null;
  const nowMinute = Math.floor(nowMs / 60_000) * 60_000;
  const [from, to] =
    period === 'dates'
      ? [startOf(view.from), Math.min(startOf(view.to) + 24 * HOUR_MS, nowMinute)]
      : [nowMinute - PERIOD_MS[period], nowMinute];
  if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to) return null;
  const more = [
    ...(by === 'label' ? [`label=${encodeURIComponent(label)}`] : []),
    ...(job === '' ? [] : [`job=${encodeURIComponent(job)}`]),
  ];
  return `/report?${[`by=${by}`, `from=${from}`, `to=${to}`, ...more].join('&')}`;
}

/** A column of the table. */
export interface ReportColumn {
  readonly title: string;
  readonly about: string;
  readonly text: (row: UsageRow) => string;
}

const amount = (value: number | null): string => (value === null ? NONE : numberText(value));
const money = (value: number | null): string => (value === null ? NONE : moneyText(value));

const COLUMNS: readonly (ReportColumn & { readonly isThere?: (row: UsageRow) => boolean })[] = [
  {
    title: 'At target',
    about: 'share of the time in which the response time was known',
    text: ({ atTargetRatio }) => percentText(atTargetRatio),
  },
  {
    title: 'Not slower',
    about: 'share of that time in which it was not slower than asked',
    text: ({ notSlowerRatio }) => percentText(notSlowerRatio),
  },
  { title: 'Requests', about: 'answered', text: ({ requests }) => String(requests) },
  { title: 'Mean', about: 'mean response time', text: ({ meanMs }) => msText(meanMs) },
  {
    title: 'CPU reserved (core-h)',
    about: 'core-hours of limits and guarantees',
    text: (row) => amount(row.reservedCoreHours),
  },
  { title: 'CPU used (core-h)', about: 'core-hours', text: (row) => amount(row.usedCoreHours) },
  {
    title: 'Plain Docker (core-h)',
    about: 'core-hours that it would have had without limits: an equal part of its host',
    text: (row) => amount(row.plainCoreHours),
    isThere: (row) => row.plainCoreHours !== null,
  },
  {
    title: 'Memory (GiB-h)',
    about: 'GiB-hours reserved',
    text: (row) => amount(row.reservedMemoryGibHours),
    isThere: (row) => row.reservedMemoryGibHours !== null,
  },
  {
    title: 'GPU (h)',
    about: 'GPU-hours reserved',
    text: (row) => amount(row.reservedGpuHours),
    isThere: (row) => (row.reservedGpuHours ?? 0) > 0,
  },
  {
    title: 'Energy (kWh)',
    about: 'that was measured',
    text: (row) => amount(row.energyKwh),
    isThere: (row) => row.energyKwh !== null,
  },
];

/** What is paid or given back beside the cost of what was reserved. */
const EXTRAS: readonly (ReportColumn & { readonly isThere: (row: UsageRow) => boolean })[] = [
  {
    title: 'Energy cost',
    about: 'of the kWh, on top',
    text: (row) => money(row.energyCost),
    isThere: (row) => row.energyCost !== null,
  },
  {
    title: 'Credit',
    about: 'given back to jobs that were slower than asked for too long',
    text: (row) => money(row.credit),
    isThere: (row) => row.credit !== null,
  },
];

/** The columns of a report; of what nobody has there is none. */
export function reportColumns({ total, currency }: UsageReport): readonly ReportColumn[] {
  const shown = COLUMNS.filter(({ isThere }) => isThere === undefined || isThere(total));
  const costs: readonly ReportColumn[] =
    currency === undefined
      ? []
      : [
          {
            title: `Cost (${currency})`,
            about: 'at the prices of then',
            text: (r) => money(r.cost),
          },
          {
            title: `Cost by plain Docker (${currency})`,
            about: 'the same without limits',
            text: (r) => money(r.plainCost),
          },
          ...EXTRAS.filter(({ isThere }) => isThere(total)).map((each) => ({
            ...each,
            title: `${each.title} (${currency})`,
          })),
        ];
  const unknown: readonly ReportColumn[] =
    total.unknownMinutes === 0
      ? []
      : [
          {
            title: 'Not known',
            about: 'share of the minutes that nobody wrote; they are in no other figure',
            text: ({ minutes, unknownMinutes }) =>
              percentText(share(unknownMinutes, minutes + unknownMinutes)),
          },
        ];
  return [...shown, ...costs, ...unknown];
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** What the whole came to, in a sentence. */
export function reportSentence({ total, currency, rows }: UsageReport): string {
  if (rows.length === 0) return 'Nothing is stored of that time.';
  const { reservedCoreHours, usedCoreHours, plainCoreHours, cost, plainCost } = total;
  const plain = plainCoreHours === null ? '' : `; plain Docker: ${numberText(plainCoreHours)}`;
  const costText =
    currency === undefined || cost === null
      ? ''
      : ` It cost ${moneyText(cost)} ${currency}` +
        `${plainCost === null ? '' : `; plain Docker: ${moneyText(plainCost)}`}.`;
  const atTarget =
    total.atTargetRatio === null
      ? 'No response time is known of that time.'
      : `${percentText(total.atTargetRatio)} of the time at target.`;
  return (
    `${atTarget} ` +
    `${numberText(reservedCoreHours)} core-hours were reserved, ${numberText(usedCoreHours)} used` +
    `${plain}.${costText}`
  );
}
