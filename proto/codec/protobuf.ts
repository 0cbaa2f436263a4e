import protobuf from 'protobufjs/minimal.js';
import { messageOf } from '../../shared/errors.js';
import type { Fault, Result } from '../../shared/result.js';
import { type Reader, readWhole } from './check.js';
import { malformed, overSize } from './wire-fault.js';

/** What we use of a generated message class. */
export interface MessageType {
  encode(message: object): { finish(): Uint8Array };
  decode(reader: protobuf.Reader): object;
  toObject(message: object, options: object): object;
}

/** How one kind of message is decoded, checked and capped. */
export interface ProtobufForm<T> {
  readonly message: MessageType;
  readonly reader: Reader<T>;
  readonly maxBytes: number;
}

/**
 * Fields whose value is null are left out: absent means null on the wire. Text that was cut within
 * a character is repaired, because receivers refuse it otherwise. `readable`: parts that were found
 * to hold no such text, and that never change.
 */
export const encodeProtobuf = (
  message: MessageType,
  value: object,
  readable?: WeakSet<object>,
): Uint8Array =>
  message.encode(isReadable(value, readable) ? value : (mended(value) as object)).finish();

/** Whether all texts in it are well-formed; those in `known` are not looked at. */
export function isReadable(value: unknown, known?: WeakSet<object>): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  if (Array.isArray(value)) return value.every((each) => isReadable(each, known));
  if (known?.has(value) === true) return true;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key in fields)
    if (!key.isWellFormed() || !isReadable(fields[key], known)) return false;
  return true;
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return mendedText(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(mended);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [mendedText(key), mended(each)]),
  );
}

const mendedText = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * Decodes and checks; never throws. The schema is not recursive, so depth is bounded by it; groups
 * in unknown fields are bounded by protobufjs. Unknown fields are dropped.
 */
export function decodeProtobuf<T>(form: ProtobufForm<T>, bytes: Uint8Array): Result<T, Fault> {
  const tooLarge = overSize(bytes, form.maxBytes);
  if (tooLarge !== undefined) return tooLarge;
  let plain: unknown;
  try {
    const reader = protobuf.Reader.create(bytes);
    reader.discardUnknown = true;
    // A uint64 above 2^53 becomes an inexact number, which the readers refuse.
    plain = form.message.toObject(form.message.decode(reader), { longs: Number, defaults: true });
  } catch (cause) {
    return malformed('protobuf', messageOf(cause));
  }
  return readWhole(form.reader, plain);
}
