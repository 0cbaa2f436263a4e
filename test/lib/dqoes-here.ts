import { readCliConfig } from '../../cli/config.js';
import { runProgram } from '../../cli/program.js';
import { VERSION } from '../../shared/version.js';
import type { Run } from '../e2e/cli-program.js';
import { testApp } from './cli-app.js';
import { systemClock } from './system-clock.js';

/** What the command gets beside its arguments, and how its time passes. */
export interface HereOptions {
  /** Its whole environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Its pauses of so long or longer count ten times, ms; absent = none does. */
  readonly hurriedFromMs?: number;
}

/** A command that runs in this process, by a clock that is ahead of the real one. */
export interface CommandHere {
  readonly ended: Promise<Run>;
  /** Time that has passed for the command, ms. */
  readonly passedMs: number;
  /** Lets time pass for the command at once, ms. */
  pass(ms: number): void;
}

/**
 * Runs a command of the program that is patient, without its patience: what it asks of servers
 * takes as long as it takes, and only its own time passes faster.
 */
export function dqoesHere(
  args: readonly string[],
  { env = {}, stdin = '', hurriedFromMs = Number.POSITIVE_INFINITY }: HereOptions = {},
): CommandHere {
  const { app, out, messages, problems } = testApp([stdin]);
  const begunAtMs = systemClock.now();
  let aheadMs = 0;
  const clock = {
    now: () => systemClock.now() + aheadMs,
    wall: () => systemClock.wall() + aheadMs,
    sleep: async (ms: number, signal?: AbortSignal) => {
      await systemClock.sleep(ms, signal);
      if (ms >= hurriedFromMs) aheadMs += 9 * ms;
    },
  };
  const config = readCliConfig({ HOME: '/nowhere', ...env });
  const ended = runProgram(args, { ...app, config, clock, version: VERSION }).then((code) => {
    const err = [...messages, ...problems].map((line) => `${line}\n`).join('');
    return { code, out: out.map((line) => `${line}\n`).join(''), err };
  });
  return {
    ended,
    get passedMs() {
      return clock.now() - begunAtMs;
    },
    pass: (ms) => {
      aheadMs += ms;
    },
  };
}
