import { err, ok } from '../../shared/result.js';
import { value } from '../../shared/schema/settings.js';
import type { FileSchema } from '../../shared/schema/types.js';

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

export const flag = value<boolean>(
  (text) =>
    text === 'true' || text === 'false'
      ? ok(text === 'true')
      : err(`${shown(text)} is neither true nor false`),
  { type: 'boolean' },
);

/** A port; 0 where any free one will do. */
export const port = value<number>(
  (text) =>
    /^\d{1,5}$/.test(text) && Number(text) < 65_536
      ? ok(Number(text))
      : err(`${shown(text)} is not a port: 0 to 65535`),
  { type: 'integer', minimum: 0, maximum: 65_535 },
);

/** A whole number of `unit` from 0 to `max`. */
export const numberUpTo = (max: number, unit: string): FileSchema<number> =>
  value<number>(
    (text) =>
      /^\d{1,6}$/.test(text) && Number(text) <= max
        ? ok(Number(text))
        : err(`${shown(text)} is not a whole number of ${unit}: write 0 to ${max}`),
    { type: 'integer', minimum: 0, maximum: max },
  );

/** A whole number above 0, at most seven digits. */
export const count = value<number>(
  (text) =>
    /^[1-9]\d{0,6}$/.test(text)
      ? ok(Number(text))
      : err(`${shown(text)} is not a whole number above 0`),
  { type: 'integer', minimum: 1, maximum: 9_999_999 },
);
