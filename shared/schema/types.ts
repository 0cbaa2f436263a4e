import type { Static, TSchema, TUnsafe } from 'typebox';
import type { Result } from '../result.js';

/** The type that a schema stands for. */
export type ValueOf<S> = S extends TUnsafe<infer T> ? T : S extends TSchema ? Static<S> : never;
type OptionalKeys<F> = {
  [K in keyof F]: F[K] extends { '~optional': true } ? K : never;
}[keyof F];
type Required<F> = { readonly [K in keyof F as Exclude<K, OptionalKeys<F>>]: ValueOf<F[K]> };
type Optional<F> = { readonly [K in keyof F as Extract<K, OptionalKeys<F>>]?: ValueOf<F[K]> };

/** Schemas by the names of the fields they belong to. */
export type Fields = Readonly<Record<string, TSchema>>;
/** The type of an object with these fields; those of `Type.Optional` may be absent. */
export type ObjectOf<F> = {
  readonly [K in keyof (Required<F> & Optional<F>)]: (Required<F> & Optional<F>)[K];
};

/**
 * A schema of a file that people write. It checks values as written (every scalar is the text in
 * the file, so `007` stays `007`) and stands for the type `T` of what the program gets. The same
 * schema gives the JSON Schema for editors (publish.ts) and the reference tables (reference.ts).
 */
export type FileSchema<T> = TUnsafe<T>;
/** A JSON Schema as editors read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A condition between the fields of a mapping; `field` = the one at fault, '' = the mapping. */
export interface RuleFault {
  readonly field: string;
  readonly message: string;
}

/** Keywords of ours in a file schema, beside those of JSON Schema that the check needs. */
export interface FileKeywords {
  /** Of a scalar: its text → its value, or a sentence with the cure. */
  readonly parse?: (text: string) => Result<unknown, string>;
  /** Of a value that may be written in several ways: good text → its value. */
  readonly decode?: (written: unknown) => unknown;
  /** Of a scalar: its JSON Schema for editors, instead of "a text". */
  readonly published?: JsonSchema;
  /** How the reference calls such a value; Markdown. */
  readonly kind?: string;
  /** What to write where a required key is missing or has no value. */
  readonly cure?: string;
  /** What the key means; Markdown, one line. */
  readonly about?: string;
  /** The default as the reference shows it, where `default` does not say it. */
  readonly otherwise?: string;
  /** The value as written that an absent key stands for. */
  readonly default?: unknown;
  /** Of a mapping: keys of other tools and of later versions → a sentence with the cure. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Of a mapping, called once all its fields are good. */
  readonly rule?: (value: never) => RuleFault | undefined;
  readonly properties?: Readonly<Record<string, FileKeywords>>;
  readonly patternProperties?: Readonly<Record<string, FileKeywords>>;
  readonly items?: FileKeywords;
  readonly type?: string;
  readonly '~optional'?: true;
}
