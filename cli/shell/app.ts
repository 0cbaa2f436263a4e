import type { Command } from 'commander';
import type { Clock } from '../../shared/clock.js';
import type { CliConfig } from '../config.js';
import type { ExitCode } from '../output/faults.js';
import type { Output } from '../output/output.js';
import type { Terminal } from './terminal.js';

/** Reason of an abort when another process takes over at once: limits stay as they are. */
export const HANDOVER = 'handover';

/** What every command gets; built once in `main.ts`. */
export interface App {
  readonly config: CliConfig;
  readonly output: Output;
  readonly clock: Clock;
  /** Aborts on Ctrl-C and SIGTERM; on SIGUSR2 with the reason `HANDOVER`. */
  readonly signal: AbortSignal;
  /** Whether Ctrl-C, SIGTERM or SIGHUP came, be it after SIGUSR2; absent = as `signal` says. */
  readonly isEndAsked?: () => boolean;
  /** Standard input; may be read once. */
  readonly stdin: () => AsyncIterable<Uint8Array | string>;
  /** Leaves Ctrl-C to another program of this terminal; returns what ends that. */
  readonly lendTerminal?: () => () => void;
  /** The terminal of input and output; undefined = one of them is none. */
  readonly terminal?: () => Terminal | undefined;
  readonly version: string;
  /** Which build of the version it is; absent, '' = not known. */
  readonly build?: string;
}

/** What a command needs to register itself: its parent, the app, and where the exit code goes. */
export interface Registry {
  readonly program: Command;
  readonly app: App;
  readonly finish: (code: ExitCode) => void;
}
