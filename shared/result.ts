/**
 * An expected refusal is a value: either `ok` with a value, or not `ok` with the faults that
 * explain why.
 */
export type Result<T, E = readonly Fault[]> = Ok<T> | Err<E>;
/** The call succeeded. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}
/** The call was refused, for the reasons in `error`. */
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

/** A success as a result. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
/** A refusal as a result. */
export const err = <E>(error: E): Err<E> => ({ ok: false, error });

/** Marks a place that the compiler proves unreachable; throws where the proof was wrong. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
