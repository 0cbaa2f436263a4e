import { err, ok, type Result } from '../../../shared/result.js';
import type { LatencyObservation, PushedHistogram } from '../../ports/push.js';

const DAY_MS = 86_400_000;
/** Most requests one observation may stand for (a StatsD sample rate of 0.0001). */
export const MAX_WEIGHT = 10_000;
/** Most observations in one HTTP body. */
export const MAX_OBSERVATIONS = 1000;
const MAX_TOKEN_LENGTH = 63;

/** A response time that can be true: finite, not negative, at most a day. */
export const isLatencyMs = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= DAY_MS;

/** What a sender pushed; entries that cannot be read are counted. */
export interface PushedBatch {
  readonly observations: readonly LatencyObservation[];
  readonly histograms?: readonly PushedHistogram[];
  readonly rejected: number;
  /** What the sender shows; attribution decides. */
  readonly token?: string;
}

/**
 * Reads the body of `POST /v1/observations`: `{"latencyMs": 12.3}` or `{"observations":
 * [{"latencyMs": 12.3, "weight": 1}, …]}`, either with an optional `token`. The error is one
 * sentence for the sender.
 */
export function parseObservations(text: string): Result<PushedBatch, string> {
  const body = parseObject(text);
  if (body === undefined)
    return err('the body is not a JSON object: send {"latencyMs": 12.3} or {"observations": […]}');
  const entries = body.observations ?? (body.latencyMs === undefined ? undefined : [body]);
  if (!Array.isArray(entries))
    return err('latencyMs or observations is missing: send {"latencyMs": 12.3}');
  if (entries.length > MAX_OBSERVATIONS)
    return err(`${entries.length} observations in one body: send at most ${MAX_OBSERVATIONS}`);
  const observations = entries.map(parseEntry).filter((entry) => entry !== undefined);
  const rejected = entries.length - observations.length;
  if (observations.length === 0) return err('no observation has a latencyMs between 0 and one day');
  const token = tokenOf(body.token);
  return ok({ observations, rejected, ...(token === undefined ? {} : { token }) });
}

/** The token of a container, or `undefined` when it cannot be one. */
export const tokenOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_TOKEN_LENGTH
    ? value
    : undefined;

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseEntry(entry: unknown): LatencyObservation | undefined {
  if (!isObject(entry)) return undefined;
  const { latencyMs, weight = 1 } = entry;
  if (!isLatencyMs(latencyMs) || typeof weight !== 'number') return undefined;
  return weight >= 1 && weight <= MAX_WEIGHT
    ? { latencyMs, weight: Math.round(weight) }
    : undefined;
}
