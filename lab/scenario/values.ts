import { isMap } from 'yaml';
import { nearestOf } from '../../shared/nearest.js';
import { err, ok, type Result } from '../../shared/result.js';
import { parseDurationMs } from '../../shared/units.js';
import { resolved } from '../../shared/yaml/place.js';
import { oneOf, record, required, type Shape, scalar } from '../../shared/yaml/shape.js';
import type { ArrivalProcess } from '../types.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MAX_MS = 86_400_000;
/** A value as faults show it: quoted, at most 60 characters. */
export const quoted = (text: string): string => JSON.stringify(text.slice(0, 60));

/** Bounds of a number, both included. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  /** Name of the value, and how to write one: `a weight: write …`. */
  readonly cure: string;
}

/** A number within bounds. */
export const numberIn = ({ min, max, whole = false, cure }: Range): Shape<number> =>
  scalar((text) => {
    const value = NUMBER.test(text) ? Number(text) : Number.NaN;
    const isGood = value >= min && value <= max && (!whole || Number.isInteger(value));
    return isGood ? ok(value) : err(`${quoted(text)} is not ${cure}`);
  });

/** A whole number from 1 on; `what` names it. */
export const wholeTo = (most: number, what: string): Shape<number> =>
  numberIn({
    min: 1,
    max: most,
    whole: true,
    cure: `${what}: write a whole number from 1 to ${most}`,
  });

/** Parses a time as `250ms`, `2s`, `1m30s`, or a plain number of seconds, into ms, 0 to 24 h. */
function parseTimeMs(text: string): Result<number, string> {
  if (/^0+(?:us|µs|ms|s|m|h)$/.test(text)) return ok(0);
  if (!NUMBER.test(text)) return parseDurationMs(text);
  const ms = Number(text) * 1000;
  if (ms >= 0 && ms <= MAX_MS) return ok(ms);
  return err(`${quoted(text)} is out of range: use 0 to 24h; a plain number is seconds`);
}

/** A time, ms; may be 0. */
export const timeMs: Shape<number> = scalar(parseTimeMs);

/** A time between two bounds, ms. */
export const timeBetween = (least: string, most: string): Shape<number> => {
  const bounds = [parseTimeMs(least), parseTimeMs(most)].map((bound) =>
    bound.ok ? bound.value : 0,
  );
  return scalar((text) => {
    const ms = parseTimeMs(text);
    if (!ms.ok || (ms.value >= (bounds[0] ?? 0) && ms.value <= (bounds[1] ?? 0))) return ms;
    return err(`${quoted(text)} is out of range: use ${least} to ${most}`);
  });
};

const arrivalRate = numberIn({
  min: 0.001,
  max: 10_000,
  cure: 'a rate: write requests per second, 0.001 to 10000',
});
const openArrivals = record({
  rate: required(arrivalRate, 'write rate: 4 for four requests per second'),
});
const closedArrivals = oneOf(['closed'] as const, {
  open: 'open arrivals need a rate: write arrivals: { rate: 4 }',
});

/** `closed` or `{ rate: N }`. */
export const arrivals: Shape<ArrivalProcess> = {
  keys: openArrivals.keys,
  read: (place) => {
    if (!isMap(resolved(place))) {
      const word = closedArrivals.read(place);
      return word === undefined ? undefined : { kind: 'closed' };
    }
    const open = openArrivals.read(place);
    return open === undefined ? undefined : { kind: 'open', ratePerSecond: open.rate };
  },
};

/** ` (did you mean X?)`, or nothing where no known word is similar. */
export function meant(word: string, known: readonly string[]): string {
  const near = nearestOf(word, known);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}
