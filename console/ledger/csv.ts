import type { UsageReport, UsageRow } from '../../proto/schemas/usage.js';
import { usageRow } from '../../proto/schemas/usage.js';

/** The fields of a row, in the order of the columns. */
const FIELDS = Object.keys(
  (usageRow as { readonly properties?: object }).properties ?? {},
) as readonly (keyof UsageRow)[];

/**
 * The rows of a report as lines of CSV (RFC 4180) without their ends, the names of the fields
 * first; what is not known is empty. A text with which a spreadsheet would begin to compute gets an
 * apostrophe before it.
 */
export const csvLines = ({ rows }: Pick<UsageReport, 'rows'>): readonly string[] => [
  FIELDS.join(','),
  ...rows.map((row) => FIELDS.map((field) => cell(row[field])).join(',')),
];

function cell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
