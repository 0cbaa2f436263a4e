import type { FileFault } from '../result.js';

/** Where a setting, or its key, stands in a file. */
export interface GivenAt {
  readonly line: number;
  readonly column: number;
  readonly file?: string;
}

/** A fault of a setting: `key: what`, with its place in a file where it has one. */
export const badConfig = (key: string, what: string, at?: GivenAt): FileFault => ({
  code: 'config.bad',
  field: key,
  message: `${key}: ${what}`,
  ...at,
});
