/**
 * An expected refusal is a value: either `ok` with a value, or not `ok` with the faults that
 * explain why.
 */
export type Result<T, E = readonly Fault[]> = Ok<T> | Err<E>;
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}
export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** One thing wrong with an input: where, what was found, and the cure. */
export interface Fault {
  /** Permanent code from `shared/errors.ts`. */
  readonly code: string;
  /** Field path, e.g. `target.latency` or `resources.cpu.min`. */
  readonly field: string;
  /** One sentence that names the field, the value and the cure. */
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** A fault of a file on this machine; the name of the file stays here. */
export interface FileFault extends Fault {
  readonly file?: string;
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
