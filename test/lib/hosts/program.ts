import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';

export type ProgramSignal = 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM' | 'SIGUSR2';
/** Those that end it; SIGUSR2 has an agent leave its limits to the next one. */
const ENDING: readonly ProgramSignal[] = ['SIGKILL', 'SIGTERM', 'SIGUSR2'];

/** How a program is started. */
export interface ProgramOptions {
  readonly command: readonly string[];
  /** File that takes all it writes. */
  readonly log: string;
  /** Network namespace it runs in; absent = the machine's own. */
  readonly namespace?: string;
}

/**
 * A program of a test cluster, to be killed, stopped and started again. It ends with the test run,
 * however that ends.
 */
export class HostProgram {
  #options: ProgramOptions;
  #child: ChildProcess;

  constructor(options: ProgramOptions) {
    this.#options = options;
    this.#child = launch(options);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }
  get command(): readonly string[] {
    return this.#options.command;
  }
  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Resolves when the program has ended, where the signal ends it. */
  async signal(signal: ProgramSignal): Promise<void> {
    if (this.hasEnded) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    if (ENDING.includes(signal)) await gone;
  }

  /** Starts it again, from now on by `command`; does nothing while it runs. */
  restart(command = this.command): void {
    if (!this.hasEnded) return;
    this.#options = { ...this.#options, command };
    this.#child = launch(this.#options);
  }

  /** SIGTERM, also where it stands still. Safe to call twice. */
  async end(): Promise<void> {
    await this.signal('SIGCONT');
    await this.signal('SIGTERM');
  }
}

function launch({ command, log, namespace }: ProgramOptions): ChildProcess {
  const file = openSync(log, 'a');
  const within = namespace === undefined ? [] : ['nsenter', `--net=/run/netns/${namespace}`];
  const [first = '', ...others] = [...within, ...UNTIL_WE_END, ...command];
  return spawn(first, others, { stdio: ['ignore', file, file] });
}

/** What is put before a command that is to get SIGTERM when this process ends, also by SIGKILL. */
export const UNTIL_WE_END = ['setpriv', '--pdeathsig', 'TERM'] as const;
