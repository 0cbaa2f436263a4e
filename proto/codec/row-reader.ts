import type { TSchema } from 'typebox';
import {
  conditioned,
  fieldsOf,
  inner,
  type Keywords,
  listReader,
  nullableReader,
} from './check.js';
import {
  type FieldReader,
  type FieldsForm,
  knownPlain,
  type Reader,
  readFields,
} from './fields.js';

/** The values of an object in a list, each at the place of its name. */
export interface RowKind {
  readonly names: readonly string[];
  /** Of the row that stands in each place, if one does. */
  readonly nested: readonly (RowKind | undefined)[];
}

/**
 * The reader of a list of objects that come as rows; null in a row is absent. A value that is no
 * row is read as the schema says.
 */
export const rowsReader = (schema: TSchema, kind: RowKind): Reader<unknown> =>
  conditioned(schema, listReader(schema, rowReader((schema as Keywords).items ?? {}, kind)));

/** The reader of one such object. */
export function rowReader(schema: Keywords, kind: RowKind): Reader<unknown> {
  const plain = inner(schema);
  if (schema.anyOf !== undefined)
    return conditioned(schema, nullableReader(rowReader(schema.anyOf[0], kind)));
  if (schema.properties === undefined) return plain;
  const form = rowForm(schema.properties, kind);
  return conditioned(schema, {
    read: (value, path, known) =>
      Array.isArray(value)
        ? readFields(form, value, path, knownPlain(known))
        : plain.read(value, path, known),
  });
}

function rowForm(properties: Readonly<Record<string, TSchema>>, kind: RowKind): FieldsForm {
  const places = Object.keys(properties).map((name) => kind.names.indexOf(name));
  const fields = fieldsOf(properties).map((field, i): FieldReader => {
    const nested = kind.nested[places[i] ?? -1];
    const of = properties[field.name];
    return nested === undefined || of === undefined
      ? field
      : { ...field, reader: rowReader(of, nested) };
  });
  return {
    fields,
    valueAt: (row, index) => {
      const place = places[index] as number;
      return place < 0 ? undefined : ((row as readonly unknown[])[place] ?? undefined);
    },
  };
}
