import type { Command } from 'commander';
import type { Clock } from '../../shared/clock.js';
import type { CliConfig } from '../config.js';
import type { ExitCode } from '../output/faults.js';
import type { Output } from '../output/output.js';

/**
 * Why a service ends when another process takes its place at once: whatever it holds is left as it
 * is.
 */
export const HANDOVER = 'handover';

/** What every command gets; made once in `main.ts`. */
export interface App {
  readonly config: CliConfig;
  readonly output: Output;
  readonly clock: Clock;
  /** Aborts on Ctrl-C and SIGTERM; on SIGUSR2 with the reason `HANDOVER`. */
  readonly signal: AbortSignal;
  /** Standard input, to be read once. */
  readonly stdin: () => AsyncIterable<Uint8Array | string>;
  readonly version: string;
}

/** Where commands hang themselves: the parent command, the app, and who takes the exit code. */
export interface Registry {
  readonly program: Command;
  readonly app: App;
  readonly finish: (code: ExitCode) => void;
}
