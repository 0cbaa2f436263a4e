import type { LatencyUnit } from '../../shared/job.js';
import type { LabelMatcher } from '../../shared/metrics/match.js';
import type { MetricKind, PresetName } from '../../shared/metrics/presets.js';
import type { Statistic } from '../../shared/qoe.js';
import { err, type FileFault, ok, type Result } from '../../shared/result.js';
import { type Interval, intervalBetween, NO_INTERVAL } from '../observe/metrics/interval.js';
import { type Family, type MetricPage, readPage } from '../observe/metrics/page.js';
import {
  AUTO_PLAN,
  type Chosen,
  choose,
  metricNameOf,
  planOfMetric,
  planOfPreset,
  type ReadPlan,
} from '../observe/metrics/plan.js';
import { satisfiedRatio, statisticIn } from '../observe/metrics/statistic.js';
import { labelText } from '../observe/metrics/tracker.js';

/** A saved page. */
export interface SavedPage {
  readonly name: string;
  readonly text: string;
}
/** What to read of two saved pages. */
export interface PageQuery {
  /** `auto`: whichever server the pages are of. */
  readonly preset: PresetName | 'auto';
  /** Instead of a preset: a metric's name, or `sum / count`. */
  readonly metric?: string;
  readonly unit?: LatencyUnit;
  readonly statistic: Statistic;
  readonly targetMs?: number;
  readonly matchers?: readonly LabelMatcher[];
}

/** What two pages of one server say. */
export interface PageFinding {
  /** null where the metric was named instead. */
  readonly preset: string | null;
  readonly server: string | null;
  readonly metric: string;
  readonly kind: MetricKind;
  readonly unit: LatencyUnit;
  /** Answered between the two pages. */
  readonly requests: number;
  readonly statistic: Statistic;
  /** null = nothing was answered, or the server does not say this statistic. */
  readonly valueMs: number | null;
  /** The value is this or more: it lies above the histogram's last bound. */
  readonly atLeast: boolean;
  readonly meanMs: number | null;
  /** The server tells means only. */
  readonly meanOnly?: true;
  /**
   * Share of the requests within the target, exact; only where the target is a bound of the
   * histogram.
   */
  readonly satisfiedRatio?: number;
  /** The server started again between the pages, so they say nothing. */
  readonly reset?: string;
  readonly per?: 'token';
  /** Label sets of the older page that the newer one has no more, as `{model="b"}`: not counted. */
  readonly gone?: readonly string[];
}

/**
 * Reads two pages that one server gave, the older first. A page that is cut, no metrics or another
 * server's is one fault with its line.
 */
export function readPages(
  older: SavedPage,
  newer: SavedPage,
  query: PageQuery,
): Result<PageFinding, readonly FileFault[]> {
  const plan = planOf(query);
  if (!plan.ok) return err([{ code: 'cli.usage', field: 'metric', message: plan.error }]);
  const question = {
    readings: plan.value.map(({ reading }) => reading),
    isStrict: true,
    ...matchersIn(query),
  };
  const [before, after] = [readPage(older.text, question), readPage(newer.text, question)];
  const faults = [faultOf(older, before), faultOf(newer, after)].filter((fault) => fault !== null);
  if (faults.length > 0) return err(faults);
  const chosen =
    choose(plan.value, before, query.statistic) ?? choose(plan.value, after, query.statistic);
  if (chosen === null) return err([strangerFault(older, before, plan.value)]);
  const lacking = lackingIn(chosen, { older, newer, before, after });
  if (lacking !== null) return err([lacking]);
  const between = intervalBetween(before, after, chosen.index, chosen.reading);
  if (between.kind === 'fault')
    return err([
      bad(between.page === 'before' ? older : newer, between.fault.line, between.fault.message),
    ]);
  if (between.kind === 'reset')
    return ok({ ...findingOf(chosen, NO_INTERVAL, query), reset: between.reason });
  return ok({ ...findingOf(chosen, between.interval, query), ...goneFrom(chosen, before, after) });
}

const matchersIn = ({ matchers }: PageQuery) => (matchers === undefined ? {} : { matchers });

function planOf({ preset, metric, unit }: PageQuery): Result<ReadPlan, string> {
  if (metric !== undefined) return planOfMetric(metric, unit);
  return ok(preset === 'auto' ? AUTO_PLAN : planOfPreset(preset));
}

const bad = (page: SavedPage, line: number, message: string): FileFault => ({
  code: 'metrics.bad-page',
  field: 'page',
  file: page.name,
  line,
  message,
});

const faultOf = (saved: SavedPage, { fault }: MetricPage): FileFault | null =>
  fault === null ? null : bad(saved, fault.line, fault.message);

interface Pages {
  readonly older: SavedPage;
  readonly newer: SavedPage;
  readonly before: MetricPage;
  readonly after: MetricPage;
}

// Both pages must have the metric, and of it what was chosen.
function lackingIn(chosen: Chosen, { older, newer, before, after }: Pages): FileFault | null {
  for (const [saved, page] of [
    [older, before],
    [newer, after],
  ] as const) {
    const family = page.families[chosen.index] ?? null;
    // Declared, but nothing was answered yet: it counts from zero.
    if (family === null && page === before && page.declared[chosen.index] === true) continue;
    if (family === null) return strangerFault(saved, page, [chosen]);
    if (family.series.size === 0 && family.others.length > 0)
      return unmatchedFault(saved, family, chosen);
  }
  return null;
}

function unmatchedFault(saved: SavedPage, family: Family, { reading }: Chosen): FileFault {
  const seen = family.others.map((labels) => labelText(labels)).join(', ');
  return bad(
    saved,
    family.line,
    `no label set of ${metricNameOf(reading)} is chosen by the match: there are ${seen}`,
  );
}

/** The page is sound but of another server than asked for: names that one where it is known. */
function strangerFault(saved: SavedPage, page: MetricPage, plan: ReadPlan): FileFault {
  const wanted =
    plan.length > 3
      ? 'response time of a server that is known'
      : [...new Set(plan.map(({ reading }) => metricNameOf(reading)))].join(' or ');
  const known = readPage(saved.text, { readings: AUTO_PLAN.map(({ reading }) => reading) });
  const other = choose(AUTO_PLAN, known, 'mean');
  const line = other === null ? page.lines : (known.families[other.index]?.line ?? page.lines);
  const whose =
    other?.preset == null
      ? ''
      : `; this is a page of ${other.preset.server} (preset ${other.preset.name})`;
  return bad(saved, line, `the page has no ${wanted}${whose}`);
}

// As the agent does: a model that was unloaded no longer counts, and the others go on.
function goneFrom(
  { index }: Chosen,
  before: MetricPage,
  after: MetricPage,
): Pick<PageFinding, 'gone'> {
  const left = after.families[index]?.series;
  const gone = [...(before.families[index]?.series ?? [])].filter(
    ([key]) => left?.has(key) !== true,
  );
  return gone.length === 0 ? {} : { gone: gone.map(([, { labels }]) => labelText(labels)) };
}

/** Twelve figures: what follows is the noise of binary fractions. */
const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Number(value.toPrecision(12));

function findingOf(
  chosen: Chosen,
  interval: Interval,
  { statistic, targetMs }: PageQuery,
): PageFinding {
  const { preset, reading, isMeanOnly } = chosen;
  const seen = isMeanOnly ? { ...interval, buckets: null, quantilesMs: null } : interval;
  const value = statisticIn(seen, statistic);
  const ratio = targetMs === undefined ? null : satisfiedRatio(interval, targetMs);
  return {
    preset: preset?.name ?? null,
    server: preset?.server ?? null,
    metric: metricNameOf(reading),
    kind: reading.kind,
    unit: reading.unit,
    requests: interval.count,
    statistic,
    valueMs: rounded(value?.valueMs),
    atLeast: value?.isAtLeast ?? false,
    meanMs: rounded(statisticIn(seen, 'mean')?.valueMs),
    ...(isMeanOnly ? { meanOnly: true as const } : {}),
    ...(ratio === null ? {} : { satisfiedRatio: ratio }),
    ...(preset?.per === undefined ? {} : { per: preset.per }),
  };
}
