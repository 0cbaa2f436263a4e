import { LATENCY_UNITS, type LatencyUnit } from '../../../shared/job.js';
import {
  type MetricReading,
  PRESETS,
  type Preset,
  type PresetName,
  presetOf,
} from '../../../shared/metrics/presets.js';
import { unitIn } from '../../../shared/metrics/source.js';
import type { Statistic } from '../../../shared/qoe.js';
import { err, ok, type Result } from '../../../shared/result.js';
import type { Family, MetricPage } from './page.js';
import { QUANTILES } from './statistic.js';

/** One way to read a page. */
export interface SeriesCandidate {
  readonly preset: Preset | null;
  readonly reading: MetricReading;
}
/** Ways to read a page, the best first. */
export type ReadPlan = readonly SeriesCandidate[];

/** A way of reading that the page supports. */
export interface Chosen extends SeriesCandidate {
  /** Index in the plan, and of its family on the page. */
  readonly index: number;
  /** It yields means and no percentile. */
  readonly isMeanOnly: boolean;
}

const candidatesOf = (preset: Preset): ReadPlan =>
  preset.readings.map((reading) => ({ preset, reading }));

/** The plan that tries every preset. */
export const AUTO_PLAN: ReadPlan = PRESETS.flatMap(candidatesOf);
/** The plan of one known server. */
export const planOfPreset = (name: PresetName): ReadPlan => candidatesOf(presetOf(name));

/**
 * The plan of a named metric: a histogram, a summary or a gauge, as the page declares it, or two
 * counters as `sum / count`. Without `unit` the name must end in one. The error says what is wrong
 * with the name.
 */
export function planOfMetric(metric: string, unit?: LatencyUnit): Result<ReadPlan, string> {
  const [first = '', second] = metric.split('/').map((name) => name.trim());
  const known = unit ?? unitIn(metric);
  if (known === undefined)
    return err(
      `${JSON.stringify(metric)} says no unit: set the unit to one of ${LATENCY_UNITS.join(', ')}`,
    );
  if (second !== undefined)
    return ok([
      { preset: null, reading: { kind: 'counter-pair', sum: first, count: second, unit: known } },
    ]);
  const kinds = ['histogram', 'summary', 'gauge'] as const;
  return ok(kinds.map((kind) => ({ preset: null, reading: { kind, metric: first, unit: known } })));
}

/**
 * The first way of the first server that the page has, which gives the statistic if one does; null
 * = the page has none.
 */
export function choose(plan: ReadPlan, page: MetricPage, statistic: Statistic): Chosen | null {
  const present = plan.flatMap((candidate, index): Chosen[] => {
    const family = page.families[index] ?? null;
    if (family === null || !isThere(candidate, family)) return [];
    return [{ ...candidate, index, isMeanOnly: isMeanOnly(candidate, family) }];
  });
  const [first] = present;
  const same = present.filter(({ preset }) => preset === first?.preset);
  const giving = same.find((chosen) => statistic === 'mean' || gives(chosen, page, statistic));
  return giving ?? first ?? null;
}

// A named metric has one kind. Of a known server the kind is known, so a page that lacks part of it
// is a fault.
function isThere({ preset, reading }: SeriesCandidate, { series, others }: Family): boolean {
  if (preset !== null || reading.kind === 'counter-pair') return true;
  if (series.size === 0) return others.length > 0;
  const all = [...series.values()];
  if (reading.kind === 'histogram') return all.some(({ buckets }) => buckets.size > 0);
  return all.some(({ count, value }) => (reading.kind === 'summary' ? count : value) !== null);
}

function isMeanOnly({ preset, reading }: SeriesCandidate, { series }: Family): boolean {
  if (preset?.meanOnly === true || reading.kind === 'counter-pair' || reading.kind === 'gauge')
    return true;
  return (
    reading.kind === 'summary' && ![...series.values()].some(({ quantiles }) => quantiles.size > 0)
  );
}

function gives(
  { reading, index, isMeanOnly: meanOnly }: Chosen,
  page: MetricPage,
  statistic: Statistic,
): boolean {
  if (meanOnly || statistic === 'mean') return statistic === 'mean';
  if (reading.kind !== 'summary') return true;
  const series = [...(page.families[index]?.series.values() ?? [])];
  return series.some(({ quantiles }) => quantiles.has(QUANTILES[statistic]));
}

/** Names of the metrics that a plan looks for, for messages. */
export const metricNameOf = (reading: MetricReading): string =>
  reading.kind === 'counter-pair' ? `${reading.sum} / ${reading.count}` : reading.metric;
