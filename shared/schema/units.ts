import { err, ok, type Result } from '../result.js';
import { parseBytes, parseCpuCores, parseDurationMs, parseRatio } from '../units.js';
import { scalar } from './words.js';

const DURATION = '^(\\d+(\\.\\d+)?(us|µs|ms|s|m|h))+$';
const SIZE = '^\\d+(\\.\\d+)?\\s*([kKmMgG]?([iI]?[bB])?)$';
const SHARE = '^\\d+(\\.\\d+)?%?$';

/** JSON Schema of a duration such as 250ms. */
export const DURATION_SCHEMA = { type: 'string', pattern: DURATION };
/** JSON Schema of a size such as 512MiB; a number is bytes. */
export const SIZE_SCHEMA = { type: ['string', 'integer'], pattern: SIZE, minimum: 1 };
/** JSON Schema of a share such as 10% or 0.1. */
export const SHARE_SCHEMA = { type: ['string', 'number'], pattern: SHARE, minimum: 0, maximum: 1 };
/** JSON Schema of a number of CPU cores. */
export const CORES_SCHEMA = { type: 'number', minimum: 0, maximum: 4096 };
/** JSON Schema of a free text, which YAML may read as a number or a boolean. */
export const TEXT_SCHEMA = { type: ['string', 'number', 'boolean'] };

/** `1m30s` → ms. */
export const duration = scalar(parseDurationMs, DURATION_SCHEMA, 'duration');
/** `512MiB` → bytes. */
export const size = scalar(parseBytes, SIZE_SCHEMA, 'size');
/** `10%` or `0.1` → ratio in (0, 1). */
export const share = scalar(parseRatio, SHARE_SCHEMA, 'share');
/** `0.5` → CPU cores. */
export const cores = scalar(parseCpuCores, CORES_SCHEMA, 'CPU cores');

/** The bounds of a number, both included, and the end of the sentence `X is not …`. */
export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly cure: string;
}

/** A number in plain digits within bounds. */
export const numberWithin = ({ min, max, whole, cure }: NumberRule) =>
  scalar(
    (text): Result<number, string> => {
      const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      const isGood = value >= min && value <= max && (!whole || Number.isInteger(value));
      return isGood ? ok(value) : err(`${JSON.stringify(text.slice(0, 60))} is not ${cure}`);
    },
    { type: whole ? 'integer' : 'number', minimum: min, maximum: max },
    `${min} to ${max}`,
  );
