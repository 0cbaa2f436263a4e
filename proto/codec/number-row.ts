import { conditionsOf, fieldsOf, type Keywords } from './check.js';
import type { Cursor } from './cursor.js';
import type { RowKind } from './row-reader.js';

/** A row within a row of numbers, and the column it stands in. */
export interface NestedRow {
  readonly name: string;
  readonly row: NumberRow;
}

/**
 * Reads a row of numbers into places that are given by name. Nothing is made for it. The bounds are
 * those of the schema, whose objects and fields have no other conditions.
 */
export class NumberRow {
  /** In the order of the names; NaN = null or absent. */
  readonly values: Float64Array;
  readonly #nested: NestedRow | undefined;
  /** By column: its place, -1 = the nested row; undefined = other columns are sent. */
  readonly #places: readonly number[] | undefined;
  // Typed arrays, which the engine reads in one way whatever row it is.
  readonly #minima: Float64Array;
  readonly #maxima: Float64Array;
  /** 1 = whole numbers only, and 1 = null may stand there. */
  readonly #areWhole: Uint8Array;
  readonly #mayBeNull: Uint8Array;

  constructor(schema: Keywords, kind: RowKind, names: readonly string[], nested?: NestedRow) {
    const { properties = {} } = schema;
    const absent = new Map(fieldsOf(properties).map((field) => [field.name, field.whenAbsent]));
    const forms = names.map((name): Keywords => {
      const form = (properties[name] ?? {}) as Keywords;
      return (form.anyOf?.[0] as Keywords | undefined) ?? form;
    });
    this.values = new Float64Array(names.length).fill(Number.NaN);
    this.#nested = nested;
    this.#minima = Float64Array.from(forms, ({ minimum = 0 }) => minimum);
    this.#maxima = Float64Array.from(forms, ({ maximum = 0 }) => maximum);
    this.#areWhole = Uint8Array.from(forms, ({ type }) => (type === 'integer' ? 1 : 0));
    this.#mayBeNull = Uint8Array.from(names, (name) => (absent.get(name) === 'refused' ? 0 : 1));
    const all = [...names, ...(nested === undefined ? [] : [nested.name])];
    const isPlain =
      Object.keys(properties).length === all.length &&
      all.every((name) => Object.hasOwn(properties, name)) &&
      [schema, ...forms].every((form) => conditionsOf(form).length === 0) &&
      forms.every(({ type }) => type === 'number' || type === 'integer');
    const isSent = (name: string, i: number): boolean =>
      kind.names.includes(name) || this.#mayBeNull[i] === 1;
    const areKnown = kind.names.every((name) => all.includes(name));
    if (isPlain && areKnown && names.every(isSent))
      this.#places = kind.names.map((name) => names.indexOf(name));
  }

  /** False = it has to be read otherwise; the cursor may stand anywhere then. */
  read(cursor: Cursor): boolean {
    const places = this.#places;
    if (places === undefined || cursor.list() !== places.length) return false;
    for (let i = 0; i < places.length; i += 1) {
      const place = places[i] as number;
      const isRead = place < 0 ? this.#nested?.row.read(cursor) : this.#readNumber(cursor, place);
      if (isRead !== true) return false;
    }
    return true;
  }

  #readNumber(cursor: Cursor, place: number): boolean {
    if (cursor.isNull) {
      cursor.at += 1;
      this.values[place] = Number.NaN;
      return this.#mayBeNull[place] === 1;
    }
    const value = cursor.number();
    this.values[place] = value;
    const isWithin =
      value >= (this.#minima[place] as number) && value <= (this.#maxima[place] as number);
    return isWithin && (this.#areWhole[place] === 0 || Number.isSafeInteger(value));
  }
}
