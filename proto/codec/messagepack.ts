import { Packr, Unpackr } from 'msgpackr';
import { messageOf } from '../../shared/errors.js';
import type { Fault } from '../../shared/result.js';
import { ok, type Result } from '../../shared/result.js';
import { MAX_DEPTH } from './limits.js';
import { messagePackEnd, messagePackFault } from './messagepack-scan.js';
import { malformed, overSize } from './wire-fault.js';

const packr = new Packr({ useRecords: false, variableMapSize: true });
const unpackr = new Unpackr({ useRecords: false, int64AsType: 'number' });

/** A plain value as MessagePack that any library reads. */
export const packPlain = (value: unknown): Uint8Array => packr.pack(value);

/**
 * MessagePack → a plain value. Size, depth and structure are checked before the decoder runs; what
 * the value holds is for the caller to check. Never throws.
 */
export function unpackPlain(bytes: Uint8Array, maxBytes: number): Result<unknown, Fault> {
  const tooLarge = overSize(bytes, maxBytes);
  if (tooLarge !== undefined) return tooLarge;
  const fault = messagePackFault(bytes, MAX_DEPTH);
  if (fault !== undefined) return malformed('MessagePack', fault);
  try {
    return ok(unpackr.unpack(bytes));
  } catch (cause) {
    return malformed('MessagePack', messageOf(cause));
  }
}

/** The value that begins at `start`, and where it ends; `undefined` = it must not be read. */
export function unpackPart(
  bytes: Uint8Array,
  start: number,
  maxDepth: number,
): { readonly value: unknown; readonly end: number } | undefined {
  const end = messagePackEnd(bytes, start, maxDepth);
  if (end === undefined) return undefined;
  try {
    return { value: unpackr.unpack(bytes.subarray(start, end)), end };
  } catch {
    return undefined;
  }
}
