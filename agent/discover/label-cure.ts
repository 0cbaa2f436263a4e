import { nearestOf } from '../../shared/nearest.js';

/** Keys that people write for others, and what they may mean. */
const OFTEN_MEANT: Readonly<Record<string, readonly string[]>> = {
  latency: ['target', 'latency.source'],
  cpu: ['cpu.min', 'cpu.max'],
  percentile: ['statistic'],
};

/** What to do about a label that is not known: the end of a sentence. */
export function unknownLabelCure(key: string, known: readonly string[], prefix: string): string {
  const nearest = nearestOf(key, known);
  const often = Object.hasOwn(OFTEN_MEANT, key) ? OFTEN_MEANT[key] : undefined;
  const meant = often ?? (nearest === undefined ? [] : [nearest]);
  if (meant.length === 0) return 'remove it or see docs/configuration.md';
  return `did you mean ${meant.map((each) => prefix + each).join(' or ')}?`;
}
