import type { DesiredState } from '../shared/command.js';
import type { Fault, Result } from '../shared/result.js';
import { decodeCommand, encodeCommand, type Leave } from './command.js';

/** How desired states are written and read: signed (`signing/`), or not. */
export interface CommandCodec {
  encode(state: DesiredState): Uint8Array;
  /** Never throws; the fault says what is wrong with the bytes, or that nobody known signed. */
  decode(bytes: Uint8Array): Result<DesiredState, Fault>;
  /** The body of a message that asks an agent to end (`LEAVE_HEADER`). */
  signLeave(leave: Leave): Uint8Array;
  /** Why such a message is not to be followed; undefined = it is. Never throws. */
  refuseLeave(leave: Leave, body: Uint8Array): Fault | undefined;
}

/** Signs nothing and asks for no signature. */
export const UNSIGNED: CommandCodec = {
  encode: encodeCommand,
  decode: decodeCommand,
  signLeave: () => new Uint8Array(),
  refuseLeave: () => undefined,
};
