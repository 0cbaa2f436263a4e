import type { LabelMatcher } from '../../../shared/metrics/match.js';
import type { Statistic } from '../../../shared/qoe.js';
import { type Interval, intervalBetween } from './interval.js';
import type { Family, MetricPage, PageQuestion } from './page.js';
import { type Chosen, choose, metricNameOf, type ReadPlan } from './plan.js';

/** What one more page yields. `first`: there is nothing to compare it with yet. */
export type Tracked =
  | { readonly kind: 'first'; readonly chosen: Chosen | null }
  | { readonly kind: 'interval'; readonly interval: Interval; readonly chosen: Chosen }
  | { readonly kind: 'reset'; readonly reason: string }
  | { readonly kind: 'fault'; readonly message: string };

/**
 * Follows the page of one server: each interval is what happened since the last page that could be
 * read, so a look that fails loses nothing.
 */
export class MetricTracker {
  readonly #plan: ReadPlan;
  /** How pages must be read for `take`. */
  readonly question: PageQuestion;
  #previous: MetricPage | null = null;

  constructor(plan: ReadPlan, matchers?: readonly LabelMatcher[]) {
    this.#plan = plan;
    const readings = plan.map(({ reading }) => reading);
    this.question = matchers === undefined ? { readings } : { readings, matchers };
  }

  take(page: MetricPage, statistic: Statistic): Tracked {
    if (page.fault !== null)
      return { kind: 'fault', message: `line ${page.fault.line} ${page.fault.message}` };
    const previous = this.#previous;
    const chosen = choose(this.#plan, page, statistic);
    if (chosen === null) {
      // A client library may leave a metric out before the first request: its counters then begin
      // at zero.
      this.#previous = page;
      return previous === null
        ? { kind: 'first', chosen }
        : { kind: 'fault', message: `no ${namesOf(this.#plan)} on the page yet` };
    }
    const unmatched = unmatchedIn(page.families[chosen.index] ?? null);
    if (unmatched !== null) return { kind: 'fault', message: unmatched };
    this.#previous = page;
    if (previous === null) return { kind: 'first', chosen };
    const between = intervalBetween(previous, page, chosen.index, chosen.reading);
    if (between.kind === 'reset') return between;
    if (between.kind === 'interval')
      return { kind: 'interval', interval: knownPartOf(chosen, between.interval), chosen };
    return { kind: 'fault', message: `line ${between.fault.line} ${between.fault.message}` };
  }
}

// Buckets that are too coarse give no percentiles, so they are left out.
const knownPartOf = ({ isMeanOnly }: Chosen, interval: Interval): Interval =>
  isMeanOnly ? { ...interval, buckets: null, quantilesMs: null } : interval;

const namesOf = (plan: ReadPlan): string => {
  const names = [...new Set(plan.map(({ reading }) => metricNameOf(reading)))];
  return names.length > 3 ? 'metric of a known server' : names.join(' or ');
};

/** Where the match chooses none of what there is: says what there is. */
function unmatchedIn(family: Family | null): string | null {
  if (family === null || family.series.size > 0 || family.others.length === 0) return null;
  const seen = family.others.map((labels) => labelText(labels)).join(', ');
  return `the match chooses no label set: there are ${seen}`;
}

/** `{model="face",version="1"}`, without the label of the bucket or quantile. */
export function labelText(labels: readonly string[]): string {
  const pairs: string[] = [];
  for (let at = 0; at < labels.length; at += 2)
    if (labels[at] !== 'le' && labels[at] !== 'quantile')
      pairs.push(`${labels[at]}="${labels[at + 1]}"`);
  return `{${pairs.join(',')}}`;
}
