import { type Err, err, type Fault } from '../../shared/result.js';

/** The fault of bytes that no decoder can read. */
export const malformed = (format: string, why: string): Err<Fault> =>
  err({ code: 'wire.malformed', field: '', message: `the message is not valid ${format}: ${why}` });

/** The cap is checked before a decoder sees the bytes; `undefined` when within it. */
export function overSize(bytes: Uint8Array, maxBytes: number): Err<Fault> | undefined {
  if (bytes.length <= maxBytes) return undefined;
  const message = `the message has ${bytes.length} bytes: at most ${maxBytes} are accepted`;
  return err({ code: 'wire.too-large', field: '', message });
}
