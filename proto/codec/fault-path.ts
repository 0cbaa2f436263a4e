import type { Fault } from '../../shared/result.js';

/**
 * The first fault met while a value is read. Its path is made on the way out, so that a value
 * without a fault costs nothing.
 */
export class FaultPath {
  readonly #keys: (string | number)[] = [];
  #refusal: { readonly expected: string; readonly value: unknown } | undefined;

  /** Records what was expected; always `undefined`, which a reader returns then. */
  refuse(expected: string, value: unknown): undefined {
    this.#refusal ??= { expected, value };
    return undefined;
  }

  /** Records that the refused value stands under this key; always `undefined`. */
  at(key: string | number): undefined {
    this.#keys.push(key);
    return undefined;
  }

  /** `wire.schema`, with the field as `containers[3].job` and the value as found. */
  get fault(): Fault {
    const field = this.#keys
      .toReversed()
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
      .join('')
      .replace(/^\./, '');
    const { expected, value } = this.#refusal ?? { expected: 'another form', value: {} };
    const name = field === '' ? 'the message' : field;
    return {
      code: 'wire.schema',
      field,
      message: `${name} is ${shown(value)}: expected ${expected}`,
    };
  }
}

/** Short and safe to log. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 40);
}
