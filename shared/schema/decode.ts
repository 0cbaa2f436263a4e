import type { FileKeywords, FileSchema } from './types.js';

/**
 * The value that a good text stands for: scalars parsed, absent keys at their defaults. Only of
 * what `mismatchesOf` found nothing wrong with.
 */
export const decoded = <T>(schema: FileSchema<T>, written: unknown): T =>
  decode(schema as FileKeywords, written) as T;

function decode(schema: FileKeywords, written: unknown): unknown {
  const { parse, properties, patternProperties, items = {} } = schema;
  if (schema.decode !== undefined) return schema.decode(written);
  if (parse !== undefined) {
    const parsed = parse(String(written));
    return parsed.ok ? parsed.value : undefined;
  }
  if (Array.isArray(written)) return written.map((item) => decode(items, item));
  const given = written as Readonly<Record<string, unknown>>;
  const [value = {}] = Object.values(patternProperties ?? {});
  if (patternProperties !== undefined)
    return Object.fromEntries(
      Object.entries(given).map(([name, each]) => [name, decode(value, each)]),
    );
  return Object.fromEntries(
    Object.entries(properties ?? {}).flatMap(([name, field]) => {
      const found = Object.hasOwn(given, name) ? given[name] : field.default;
      return found === undefined ? [] : [[name, decode(field, found)]];
    }),
  );
}
