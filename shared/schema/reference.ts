import type { FileKeywords, FileSchema } from './types.js';

/** One key of a file, as the reference tables show it; all of it Markdown. */
export interface ReferenceRow {
  /** Path such as `target.latency`. */
  readonly key: string;
  /** What may be written. */
  readonly values: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** Every key of a mapping and of the mappings in it, in the order of the schema. */
export const referenceOf = (schema: FileSchema<unknown>): readonly ReferenceRow[] =>
  rowsOf(schema as FileKeywords, '');

/** Every setting of a table, in its order. */
export const settingsReference = (
  table: Readonly<Record<string, object>>,
): readonly ReferenceRow[] => rowsOf({ properties: table }, '');

/** The paths of all keys. */
export const keysOf = (schema: FileSchema<unknown>): readonly string[] =>
  referenceOf(schema).map(({ key }) => key);

function rowsOf(schema: FileKeywords, prefix: string): readonly ReferenceRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    {
      key: `${prefix}${name}`,
      values: field.kind ?? '',
      fallback: field.otherwise ?? written(field.default),
      meaning: field.about ?? '',
    },
    ...rowsOf(field, `${prefix}${name}.`),
  ]);
}

const written = (value: unknown): string =>
  value === undefined
    ? 'none'
    : `\`${typeof value === 'object' ? JSON.stringify(value) : String(value)}\``;

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** A table of Markdown: a line of headings, and one line a row. */
export const markdownTable = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string =>
  [headings, headings.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row, line) => (line === 1 ? `|${row.join('|')}|` : `| ${row.join(' | ')} |`))
    .join('\n');
