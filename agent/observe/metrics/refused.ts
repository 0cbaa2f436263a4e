import type { LabelMatcher } from '../../../shared/metrics/match.js';
import type { FlatLabels } from './text.js';

/**
 * Labels that hold the HTTP status of an answer: OpenTelemetry's, now and before, and those of
 * Prometheus' own libraries, BentoML and Ray Serve.
 */
const STATUS_LABELS: ReadonlySet<string> = new Set([
  'http_response_status_code',
  'http_status_code',
  'http_response_code',
  'status_code',
  'status',
  'code',
]);
/** Too many requests, and service unavailable (RFC 6585 section 4, RFC 9110 section 15.6.4). */
const REFUSED: ReadonlySet<string> = new Set(['429', '503']);
/** OpenTelemetry's attribute names as metrics endpoints write them. */
const asLabel = (attribute: string): string => attribute.replaceAll('.', '_');

/** The same of a data point of OpenTelemetry: its attributes, names and values in turn. */
export const isRefusedPoint = (attributes: FlatLabels): boolean =>
  isRefused(
    attributes.map((text, at) => (at % 2 === 0 ? asLabel(text) : text)),
    [],
  );

/**
 * Whether a label set counts requests that were refused: status 429 or 503, unless the match speaks
 * of that label. They are no response times: an overloaded server refuses in no time, so the worse
 * it served, the faster it would seem and the cheaper its requests.
 */
export function isRefused(labels: FlatLabels, matchers: readonly LabelMatcher[]): boolean {
  for (let at = 0; at < labels.length; at += 2) {
    const name = labels[at] ?? '';
    if (!STATUS_LABELS.has(name) || !REFUSED.has(labels[at + 1] ?? '')) continue;
    if (matchers.every(({ label }) => label !== name)) return true;
  }
  return false;
}
