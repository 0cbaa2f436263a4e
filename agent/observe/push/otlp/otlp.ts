import { createHash } from 'node:crypto';
import { type LatencyUnit, msPerUnit } from '../../../../shared/job.js';
import { err, ok, type Result } from '../../../../shared/result.js';
import type { PushedHistogram } from '../../../ports/push.js';
import { isRefusedPoint } from '../../metrics/refused.js';

/** Most data points taken of one request. */
export const MAX_POINTS = 2000;
const MAX_BUCKETS = 400;
const MAX_NAME_LENGTH = 200;
/** Longer texts of resources and attributes are kept as their hash: each point holds them. */
const MAX_KEY_LENGTH = 512;
const UNITS: Readonly<Record<string, LatencyUnit>> = { s: 's', ms: 'ms', us: 'us', µs: 'us' };

/** The histograms of one request that hold times. */
export interface OtlpBatch {
  readonly histograms: readonly PushedHistogram[];
  /** Number of data points of such histograms that could not be read. */
  readonly rejected: number;
}

/**
 * Reads the histograms of times of an ExportMetricsServiceRequest in its JSON shape; everything
 * else in it is skipped. The error is one sentence for the sender.
 */
export function readMetricsRequest(body: unknown): Result<OtlpBatch, string> {
  if (!isObject(body) || !Array.isArray(body.resourceMetrics))
    return err('resourceMetrics is missing: send an OTLP ExportMetricsServiceRequest');
  try {
    return ok(histogramsIn(body.resourceMetrics));
  } catch {
    // What is nested some thousand times can be read as JSON, but not written as text again.
    return err('a resource or an attribute is nested too deeply: send flat attributes');
  }
}

function histogramsIn(resourceMetrics: readonly unknown[]): OtlpBatch {
  const histograms: PushedHistogram[] = [];
  let rejected = 0;
  for (const { resource, metric } of metricsIn(resourceMetrics)) {
    for (const point of pointsOf(resource, metric)) {
      if (point !== undefined && histograms.length < MAX_POINTS) histograms.push(point);
      else rejected += 1;
    }
  }
  return { histograms, rejected };
}

type Plain = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listIn = (of: unknown, name: string): readonly unknown[] =>
  isObject(of) && Array.isArray(of[name]) ? (of[name] as unknown[]) : [];

function* metricsIn(
  resourceMetrics: readonly unknown[],
): Generator<{ readonly resource: string; readonly metric: Plain }> {
  for (const each of resourceMetrics) {
    const resource = keyOf(isObject(each) ? each.resource : null);
    for (const scope of listIn(each, 'scopeMetrics'))
      for (const metric of listIn(scope, 'metrics'))
        if (isObject(metric)) yield { resource, metric };
  }
}

/** Tells one value from another, in few characters. Throws where it is nested too deeply. */
function keyOf(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length <= MAX_KEY_LENGTH ? text : createHash('sha256').update(text).digest('hex');
}

/** Data points of one metric; none when it is no histogram of times. */
function pointsOf(resource: string, metric: Plain): readonly (PushedHistogram | undefined)[] {
  const { name, unit, histogram, exponentialHistogram } = metric;
  const known = typeof unit === 'string' ? UNITS[unit] : undefined;
  if (typeof name !== 'string' || name.length > MAX_NAME_LENGTH || known === undefined) return [];
  const data = isObject(histogram) ? histogram : exponentialHistogram;
  if (!isObject(data)) return [];
  const isDelta = isDeltaOf(data.aggregationTemporality);
  const bucketsOf = data === histogram ? explicitBuckets : exponentialBuckets;
  const answered = listIn(data, 'dataPoints').filter(
    (point) => !isRefusedPoint(attributesOf(point)),
  );
  return answered.map((point) => {
    if (isDelta === undefined || !isObject(point)) return undefined;
    const common = commonOf(point, msPerUnit(known));
    const buckets = bucketsOf(point);
    if (common === undefined || buckets === undefined) return undefined;
    const scaled = buckets.map(({ bound, count }) => ({
      boundMs: bound * msPerUnit(known),
      count,
    }));
    return {
      metric: name,
      key: `${resource}${keyOf(point.attributes)}`,
      isDelta,
      ...common,
      buckets: scaled,
    };
  });
}

/** Names and values in turn, as far as they are text or whole numbers. */
const attributesOf = (point: unknown): readonly string[] =>
  listIn(point, 'attributes').flatMap((each) => {
    const { key, value } = isObject(each) ? each : {};
    if (typeof key !== 'string' || !isObject(value)) return [];
    return [key, String(value.stringValue ?? value.intValue ?? '')];
  });

// Unspecified means nothing that could be used.
function isDeltaOf(temporality: unknown): boolean | undefined {
  if (temporality === 1 || temporality === 'AGGREGATION_TEMPORALITY_DELTA') return true;
  return temporality === 2 || temporality === 'AGGREGATION_TEMPORALITY_CUMULATIVE'
    ? false
    : undefined;
}

function commonOf(point: Plain, msPer: number) {
  const count = countOf(point.count);
  if (count === undefined) return undefined;
  const sum =
    typeof point.sum === 'number' && Number.isFinite(point.sum) && point.sum >= 0
      ? point.sum * msPer
      : null;
  const [from, to] = [Number(point.startTimeUnixNano ?? 0), Number(point.timeUnixNano ?? 0)];
  const coveredMs = from > 0 && to >= from ? (to - from) / 1e6 : null;
  return { count, sumMs: sum, startedAt: Math.max(0, from), coveredMs };
}

/** 64-bit numbers come as text in JSON. */
function countOf(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,20}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && count >= 0 && Number.isFinite(count) ? count : undefined;
}

interface PlainBucket {
  readonly bound: number;
  readonly count: number;
}

/**
 * Cumulative, with the last at +Infinity; `undefined` when counts and bounds do not fit together.
 */
function explicitBuckets(point: Plain): readonly PlainBucket[] | undefined {
  const bounds = listIn(point, 'explicitBounds').map(Number);
  const counts = listIn(point, 'bucketCounts').map(countOf);
  // A point without counts and bounds has only a count and a sum.
  if (counts.length === 0 && bounds.length === 0)
    return cumulative([Infinity], [countOf(point.count)]);
  if (counts.length !== bounds.length + 1 || counts.length > MAX_BUCKETS) return undefined;
  if (bounds.some((bound, at) => !(bound > (bounds[at - 1] ?? -Infinity)))) return undefined;
  return cumulative([...bounds, Infinity], counts);
}

/** Bucket i of scale s ends at 2^((offset + i + 1) / 2^s); zeros lie below all of them. */
function exponentialBuckets(point: Plain): readonly PlainBucket[] | undefined {
  const scale = point.scale ?? 0;
  const zero = countOf(point.zeroCount ?? 0);
  const positive = isObject(point.positive) ? point.positive : {};
  const counts = listIn(positive, 'bucketCounts').map(countOf);
  const offset = positive.offset ?? 0;
  if (typeof scale !== 'number' || typeof offset !== 'number' || zero === undefined)
    return undefined;
  if (counts.length > MAX_BUCKETS || Math.abs(scale) > 20 || Math.abs(offset) > 2 ** 31)
    return undefined;
  const boundAt = (index: number): number => 2 ** ((offset + index) / 2 ** scale);
  const bounds = [boundAt(0), ...counts.map((_, at) => boundAt(at + 1)), Infinity];
  return cumulative(bounds, [zero, ...counts, 0]);
}

function cumulative(
  bounds: readonly number[],
  counts: readonly (number | undefined)[],
): readonly PlainBucket[] | undefined {
  let below = 0;
  const buckets: PlainBucket[] = [];
  for (const [at, count] of counts.entries()) {
    if (count === undefined) return undefined;
    below += count;
    buckets.push({ bound: bounds[at] ?? Infinity, count: below });
  }
  return buckets;
}
