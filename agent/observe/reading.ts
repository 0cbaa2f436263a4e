import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';

/** Data, or the reason why there is none. "No data" is not an error. */
export type Reading<T> = Result<T, string>;

/** Runs one collector; a throw becomes "no data", so that a failing one never stops the others. */
export function collectSafely<T>(collect: () => Reading<T>): Reading<T> {
  try {
    return collect();
  } catch (cause) {
    return err(messageOf(cause));
  }
}

/** The data, or null. */
export const dataOf = <T>(reading: Reading<T>): T | null => (reading.ok ? reading.value : null);

export { err as noData, ok as data };
