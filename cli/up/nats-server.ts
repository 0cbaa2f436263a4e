import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { LEAST_NATS } from '../../proto/nats/server-version.js';
import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { makeFolder } from '../files/make-folder.js';
import {
  NATS_IMAGE,
  type NatsLaunch,
  type NatsPrograms,
  natsLaunch,
  storeFolder,
} from './nats-launch.js';
import { freePort, portListener } from './probe.js';
import { recordNats } from './state-lock.js';
import { isAlive, type ProcessIdentity, processIdentity } from './state-owner.js';

/** How a NATS server is started. */
export interface NatsServerOptions {
  /** A folder that this process has locked (`lockState`). */
  readonly stateDir: string;
  /** Absent = a free one. */
  readonly port?: number;
  readonly programs: NatsPrograms;
  /** Image used where there is no `nats-server` program. */
  readonly image?: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Ends the wait for its answer, and the server. */
  readonly signal?: AbortSignal;
}

/** A NATS server with JetStream that ends with this process. */
export interface NatsServer {
  readonly url: string;
  /** Resolves with the reason when it ends without having been stopped. */
  readonly died: Promise<string>;
  /** SIGTERM, then SIGKILL after five seconds. */
  stop(): Promise<void>;
}

const START_MS = 15_000;
/** Docker may have to pull the image first. */
const START_CONTAINER_MS = 120_000;
const STOP_MS = 5000;
const POLL_MS = 20;

/** Starts a server and waits until it answers. Every fault is one sentence with the cure. */
export async function startNatsServer(options: NatsServerOptions): Promise<Result<NatsServer>> {
  const taken = options.port === undefined ? undefined : await portFault(options.port);
  if (taken !== undefined) return err([taken]);
  const port = options.port ?? (await freePort());
  const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const launch = natsLaunch(options.programs, {
    stateDir: options.stateDir,
    port,
    image: options.image ?? NATS_IMAGE,
    user,
  });
  if (launch === undefined) return err([natsFault(notInstalled(options.programs))]);
  makeFolder(storeFolder(options.stateDir), 0o700);
  removeLeftContainer(options.programs, launch);
  const running = new NatsChild(launch, options);
  const ready = await running.ready(port);
  if (ready !== undefined) {
    await running.stop();
    return err([natsFault(ready)]);
  }
  options.log.info('up: NATS is ready', { port, from: launch.what });
  return ok({ url: `nats://127.0.0.1:${port}`, died: running.died, stop: () => running.stop() });
}

/** Ends a server that an earlier, crashed process left running in the same folder. */
export async function endLeftover(leftover: ProcessIdentity, clock: Clock): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(leftover)) return;
    process.kill(leftover.pid, signal);
    const deadline = clock.now() + STOP_MS;
    while (isAlive(leftover) && clock.now() < deadline) await clock.sleep(POLL_MS);
  }
}

function notInstalled({ oldNats }: NatsPrograms): string {
  const what =
    oldNats === undefined
      ? 'There is neither nats-server nor Docker on this machine'
      : `The nats-server ${oldNats} of this machine is too old, and there is no Docker for another`;
  return (
    `${what}: install nats-server ${LEAST_NATS} or newer (Debian 13: apt-get install ` +
    'nats-server; others: https://nats.io/download), or run dqoes coordinator and dqoes agent ' +
    'against a NATS server elsewhere.'
  );
}

async function portFault(port: number): Promise<Fault | undefined> {
  const listener = await portListener(port);
  if (listener === 'nobody') return undefined;
  const who = listener === 'nats' ? 'Another NATS server' : 'Another program';
  const cure =
    listener === 'nats'
      ? 'choose another port with --nats-port, stop that server, or use it: dqoes ' +
        'coordinator --config FILE and dqoes agent --config FILE connect to it'
      : 'choose another port with --nats-port';
  return natsFault(`${who} already listens on port ${port}: ${cure}.`);
}

function removeLeftContainer(programs: NatsPrograms, launch: NatsLaunch): void {
  if (launch.container === undefined || programs.docker === undefined) return;
  spawnSync(programs.docker, ['rm', '--force', launch.container], {
    stdio: 'ignore',
    timeout: 30_000,
  });
}

class NatsChild {
  readonly died: Promise<string>;
  readonly #launch: NatsLaunch;
  readonly #options: NatsServerOptions;
  readonly #child: ChildProcess;
  readonly #onExit: () => void;
  #stderrTail = '';
  #stopping = false;

  constructor(launch: NatsLaunch, options: NatsServerOptions) {
    this.#launch = launch;
    this.#options = options;
    // In its own session: Ctrl-C reaches the whole foreground group, and NATS must outlive the
    // agent that restores limits.
    const child = spawn(launch.command, [...launch.args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    this.#child = child;
    this.#onExit = () => void child.kill('SIGTERM');
    process.once('exit', this.#onExit);
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderrTail = (this.#stderrTail + chunk.toString('utf8')).slice(-2000);
    });
    this.died = new Promise((resolve) => {
      child.once('error', (cause) => resolve(cause.message));
      child.once(
        'exit',
        (code, signal) =>
          this.#stopping || resolve(endSentence(this.#stderrTail, { code, signal })),
      );
    });
    const identity = child.pid === undefined ? undefined : processIdentity(child.pid);
    try {
      recordNats(options.stateDir, identity);
    } catch (cause) {
      child.kill('SIGTERM');
      throw cause;
    }
  }

  /** Waits until the server answers; else the reason why it does not. */
  async ready(port: number): Promise<string | undefined> {
    const { clock, signal } = this.#options;
    const deadline =
      clock.now() + (this.#launch.container === undefined ? START_MS : START_CONTAINER_MS);
    let end: string | undefined;
    void this.died.then((words) => {
      end = words;
    });
    while ((await portListener(port)) !== 'nats') {
      if (signal?.aborted === true) return 'Stopped while waiting for NATS.';
      if (end !== undefined) return `NATS could not be started from ${this.#launch.what}: ${end}`;
      if (clock.now() > deadline)
        return (
          `NATS, started from ${this.#launch.what}, did not answer on port ${port} in time: ` +
          `${lastLine(this.#stderrTail)}`
        );
      await clock.sleep(POLL_MS);
    }
    return undefined;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const { clock } = this.#options;
    process.removeListener('exit', this.#onExit);
    if (
      this.#child.pid !== undefined &&
      this.#child.exitCode === null &&
      this.#child.signalCode === null
    ) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const late = new AbortController();
      await Promise.race([gone, clock.sleep(STOP_MS, late.signal)]);
      late.abort();
      if (this.#child.exitCode === null && this.#child.signalCode === null)
        this.#child.kill('SIGKILL');
      await gone;
    }
    recordNats(this.#options.stateDir, undefined);
  }
}

interface ProcessEnd {
  /** null = a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Why the server ended: the signal, else the last line that reports an error, and its exit code.
 */
export function endSentence(words: string, { code, signal: seen }: ProcessEnd): string {
  // `docker run` reports a signal that ended the server as 128 + its number.
  const signal = seen ?? (code === 137 ? 'SIGKILL' : null);
  const why = signal === 'SIGKILL' ? ' (by hand, or out of memory: see dmesg)' : '';
  if (signal !== null) return `killed by ${signal}${why}`;
  // The server catches SIGTERM and SIGINT and then ends by itself.
  if (/Initiating Shutdown/.test(words))
    return 'another process asked it to stop (SIGTERM or SIGINT)';
  return `${lastLine(words)} (exit code ${code ?? 'not known'})`;
}

/** The last line that reports an error, else the last line, without the prefix of the server. */
function lastLine(words: string): string {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const telling =
    lines.findLast((line) => /\[(FTL|ERR)\]|error|denied|unable/i.test(line)) ??
    lines.at(-1) ??
    'it wrote nothing';
  return telling.replace(/^\[\d+\] [0-9/: .]+\[[A-Z]+\] /, '').slice(0, 300);
}

const natsFault = (message: string): Fault => ({
  code: 'nats.unavailable',
  field: 'nats',
  message,
});
