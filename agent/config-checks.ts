import { durationBetween, shown } from '../shared/config-table.js';
import { err, ok, type Result } from '../shared/result.js';
import { WEIGHT_RULES } from './containers/weight.js';
import type { WeightRule } from './ports/cgroup.js';

// Each turns the text of one setting into its value. The error names the text and says how to
// write it.

/** `true` or `false`. */
export const flag = (value: string): Result<boolean, string> =>
  value === 'true' || value === 'false'
    ? ok(value === 'true')
    : err(`${shown(value)} is neither true nor false`);
/** A port, 0 to 65535. */
export const port = (value: string): Result<number, string> =>
  /^\d{1,5}$/.test(value) && Number(value) < 65_536
    ? ok(Number(value))
    : err(`${shown(value)} is not a port: 0 to 65535`);
/** A share of the whole, 0 ≤ share < 1: `0.05` or `5%`. */
export const ratio = (value: string): Result<number, string> => {
  const number = /^\d+(?:\.\d+)?%?$/.test(value)
    ? Number(value.replace('%', '')) / (value.endsWith('%') ? 100 : 1)
    : Number.NaN;
  return number >= 0 && number < 1
    ? ok(number)
    : err(`${shown(value)} is not a share of the whole: write 0.05 or 5%`);
};
/** Whether the agent enforces or only observes. */
export const mode = (value: string): Result<'enforce' | 'observe', string> =>
  value === 'enforce' || value === 'observe'
    ? ok(value)
    : err(`${shown(value)} is neither enforce nor observe`);
/** One of `WEIGHT_RULES`. */
export const weightRule = (value: string): Result<WeightRule, string> => {
  const found = WEIGHT_RULES.find((rule) => rule === value);
  return found === undefined ? err(`${shown(value)} is neither proportional nor off`) : ok(found);
};
/** The path of a cgroup from the root of its hierarchy. */
export const cgroupPath = (value: string): Result<string, string> =>
  value.startsWith('/') && !value.split('/').includes('..')
    ? ok(value)
    : err(
        `${shown(value)} is not a cgroup: write its path from the root, as /docker or ` +
          '/system.slice',
      );
/** A label prefix: lower case, with a dot at its end. */
export const prefix = (value: string): Result<string, string> =>
  /^[a-z][a-z0-9.-]*\.$/.test(value)
    ? ok(value)
    : err(`${shown(value)} is not a label prefix: write lower case ending in a dot, as dqoes.`);

/** A duration between two bounds in ms; 0 = never. */
export const durationOrNever =
  (least: number, most: number) =>
  (value: string): Result<number, string> =>
    value === '0' ? ok(0) : durationBetween(least, most)(value);

/** A whole number of a unit, 0 to `most`. */
export function numberUpTo(most: number, unit: string) {
  return (value: string): Result<number, string> =>
    /^\d{1,6}$/.test(value) && Number(value) <= most
      ? ok(Number(value))
      : err(`${shown(value)} is not a whole number of ${unit}: write 0 to ${most}`);
}
/** A whole number above 0. */
export function count(value: string): Result<number, string> {
  return /^[1-9]\d{0,6}$/.test(value)
    ? ok(Number(value))
    : err(`${shown(value)} is not a whole number above 0`);
}
