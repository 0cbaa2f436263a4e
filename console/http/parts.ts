import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { ConsoleLimits, ConsoleSettings } from '../contract.js';
import type { ConsoleMeter } from '../monitoring/meter.js';
import type { Sources } from './route.js';

/** What the server is made of. */
export interface AppOptions {
  readonly settings: Pick<ConsoleSettings, 'cluster' | 'host' | 'names' | 'requireToken'>;
  readonly limits: ConsoleLimits;
  readonly sources: Sources;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Absent = nothing is counted. */
  readonly meter?: ConsoleMeter;
}

/** Of every answer; nothing may be framed, and no script runs, whatever a name holds. */
export const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  // Also of those that are sent as they are: another client may get them compressed.
  vary: 'accept-encoding',
};

/** Of the page: its own script and style run, and nothing that is written into it. */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'",
};

/** Below this address is the API. */
export const BASE = '/api/v1';
export const BODY_BYTES = 1024 * 1024;
