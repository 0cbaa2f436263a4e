import { messageOf } from '../../shared/errors.js';
import type { Fault, Result } from '../../shared/result.js';
import { cutText } from '../../shared/text.js';
import { type Reader, readWhole } from './check.js';
import { MAX_DEPTH } from './limits.js';
import { malformed, overSize } from './wire-fault.js';
import { isPrototypeKey } from './words.js';

const encoder = new TextEncoder();

/** Any plain value as JSON in UTF-8. */
export const encodeJson = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));

/**
 * Size and depth are checked before the text is parsed, keys while it is, the values after. Never
 * throws.
 */
export function decodeJson<T>(
  form: { readonly reader: Reader<T>; readonly maxBytes: number },
  bytes: Uint8Array,
): Result<T, Fault> {
  const tooLarge = overSize(bytes, form.maxBytes);
  if (tooLarge !== undefined) return tooLarge;
  if (depthOf(bytes) > MAX_DEPTH) return malformed('JSON', `nested deeper than ${MAX_DEPTH}`);
  let plain: unknown;
  try {
    plain = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      refusePrototypeKeys,
    );
  } catch (cause) {
    return malformed('JSON', cutText(messageOf(cause), 200));
  }
  return readWhole(form.reader, plain);
}

function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (isPrototypeKey(key)) throw new SyntaxError(`the key ${key} is not allowed`);
  return value;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Deepest nesting of brackets outside texts. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) inText = !inText;
    else if (inText) continue;
    else if (byte === 0x5b || byte === 0x7b) depth += 1;
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}
