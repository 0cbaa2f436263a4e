import { err, ok, type Result } from '../../shared/result.js';
import type { NatsAuth } from './auth.js';

const SEED_LINE = /^\s*(SU[A-Z2-7]{56})\s*$/m;
const IS_CREDS = /-----BEGIN NATS USER JWT-----/;

/** The seed in the text of a credentials file. */
export const seedIn = (text: string): string | undefined => SEED_LINE.exec(text)?.[1];

/**
 * Reads a credentials file: an nkey seed on a line of its own (other lines are remarks), or what
 * `nsc` writes (`.creds`). The error is a sentence without any part of the text.
 */
export function parseCredentials(text: string): Result<NatsAuth, string> {
  const seed = seedIn(text);
  if (seed === undefined)
    return err('holds neither the seed of a user key (a line SU…) nor NATS credentials (.creds)');
  return ok(IS_CREDS.test(text) ? { kind: 'creds', creds: text } : { kind: 'nkey', seed });
}
