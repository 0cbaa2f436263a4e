import type { TSchema } from 'typebox';

/** The keywords that the words of `proto/codec/words.ts` write. */
export interface Node {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly discriminator?: { readonly propertyName: string };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly '~optional'?: true;
}

export const nodeOf = (schema: TSchema): Node => schema as Node;
export const isOptional = (node: Node): boolean => node['~optional'] === true;

export type Holder = Record<string, unknown>;
export const isObject = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sets a key as JSON.parse does, where `__proto__` is a key like any other. */
export function set(holder: Holder, key: string, value: unknown): void {
  const enumerable = { enumerable: true, configurable: true, writable: true };
  Object.defineProperty(holder, key, { value, ...enumerable });
}

/** A field below another, as faults write it. */
export const under = (field: string, name: string): string =>
  field === '' ? name : `${field}.${name}`;
