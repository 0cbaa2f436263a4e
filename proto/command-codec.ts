import type { DesiredState } from '../shared/command.js';
import type { Fault, Result } from '../shared/result.js';
import { decodeCommand, encodeCommand } from './command.js';

/** How desired states are written and read: signed (`signing/`), or not. */
export interface CommandCodec {
  encode(state: DesiredState): Uint8Array;
  /** Never throws; the fault says what is wrong with the bytes, or that nobody known signed. */
  decode(bytes: Uint8Array): Result<DesiredState, Fault>;
}

/** Signs nothing and asks for no signature. */
export const UNSIGNED: CommandCodec = { encode: encodeCommand, decode: decodeCommand };
