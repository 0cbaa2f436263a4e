import type { CpuLimit } from '../../shared/command.js';
import { latencyText } from './format.js';

/** A change of a CPU limit, in CPU cores and microseconds; null = no limit. */
export interface LimitChange {
  readonly fromCores: number | null;
  readonly toCores: number | null;
  /** CPU guaranteed without a quota, cores; null = there is a quota, or no guarantee. */
  readonly fromGuaranteeCores: number | null;
  readonly toGuaranteeCores: number | null;
  readonly fromPeriodUs: number | null;
  readonly toPeriodUs: number;
}

/** The change from one limit to the next; null = there was none. */
export const limitChangeOf = (from: CpuLimit | null, to: CpuLimit): LimitChange => ({
  fromCores: from?.cpuCores ?? null,
  toCores: to.cpuCores,
  fromGuaranteeCores: from?.guaranteeCores ?? null,
  toGuaranteeCores: to.guaranteeCores ?? null,
  fromPeriodUs: from === null || from.cpuCores === null ? null : from.periodUs,
  toPeriodUs: to.periodUs,
});

const DIGITS = 2;
const MOST_DIGITS = 5;

/**
 * `0.62 → 0.22 CPU`, and the period where it changed. Two limits that differ are never written
 * alike: they get as many decimals as that takes, five at most. Beside a changed period, which says
 * why there is a line, limits that differ by less than a hundredth of them are one.
 */
export function limitChangeText(change: LimitChange): string {
  const { fromCores, toCores, fromPeriodUs, toPeriodUs } = change;
  const [from, to] = endsOf(change, digitsFor(change));
  if (isSame(change)) return `${to} as before: its burst or weight changed`;
  if (fromPeriodUs === null || toCores === null || fromPeriodUs === toPeriodUs)
    return `${from} → ${to}`;
  const period = `period ${latencyText(fromPeriodUs / 1000)} → ${latencyText(toPeriodUs / 1000)}`;
  return isNearly(fromCores, toCores) ? `${to}, ${period}` : `${from} → ${to}, ${period}`;
}

const NEARLY = 0.01;
const isNearly = (from: number | null, to: number): boolean =>
  from !== null && Math.abs(from - to) <= NEARLY * to;

const hasSameCores = (change: LimitChange): boolean =>
  change.fromCores === change.toCores && change.fromGuaranteeCores === change.toGuaranteeCores;

/** Nothing that is written here changed. */
const isSame = (change: LimitChange): boolean =>
  hasSameCores(change) && (change.fromPeriodUs ?? change.toPeriodUs) === change.toPeriodUs;

function digitsFor(change: LimitChange): number {
  if (hasSameCores(change)) return DIGITS;
  let digits = DIGITS;
  const { fromCores, toCores, fromPeriodUs, toPeriodUs } = change;
  const isNewPeriod = fromPeriodUs !== null && fromPeriodUs !== toPeriodUs;
  if (isNewPeriod && toCores !== null && isNearly(fromCores, toCores)) return digits;
  while (digits < MOST_DIGITS && looksAlike(endsOf(change, digits))) digits += 1;
  return digits;
}

const looksAlike = ([from, to]: readonly [string, string]): boolean =>
  from === to || `${from} CPU` === to;

function endsOf(change: LimitChange, digits: number): readonly [string, string] {
  const { fromCores, toCores, fromGuaranteeCores, toGuaranteeCores } = change;
  const guaranteed = (cores: number | null): string =>
    cores === null ? 'no limit' : `${cores.toFixed(digits)} CPU guaranteed`;
  return [
    fromCores === null ? guaranteed(fromGuaranteeCores) : fromCores.toFixed(digits),
    toCores === null ? guaranteed(toGuaranteeCores) : `${toCores.toFixed(digits)} CPU`,
  ];
}
