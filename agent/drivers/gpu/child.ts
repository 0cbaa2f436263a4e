import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '../../../shared/clock.js';
import { messageOf } from '../../../shared/errors.js';
import { err, ok, type Result } from '../../../shared/result.js';
import type { GpuFailure } from '../../ports/gpu.js';

/**
 * Time between SIGTERM and leaving a tool alone, ms. It is never killed: killing a query has frozen
 * a GPU.
 */
export const LEAVE_AFTER_MS = 3_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** The program of a tool. */
export interface ToolCommand {
  /** File and first arguments, as `['sudo', '-n', HELPER]`. Never a shell. */
  readonly argv: readonly string[];
  /** For messages. */
  readonly name: string;
}

/** What a call printed, and how it ended. */
export interface ToolOutput {
  readonly code: number | null;
  /** stdout, then stderr. */
  readonly text: string;
}

/**
 * Locale and time zone decide how some tools print, so nothing else is handed on than where
 * programs are.
 */
export type ToolEnvironment = Readonly<Record<string, string>>;

/**
 * Runs one vendor's tool: calls one after the other, each with a deadline. One that is late gets
 * SIGTERM; if it does not end it is left alone, and nothing is asked of the tool until it has
 * ended.
 */
export class ToolRunner {
  readonly #clock: Clock;
  readonly #environment: ToolEnvironment;
  #queue: Promise<unknown> = Promise.resolve();
  #left: ChildProcess | null = null;

  constructor(options: { readonly clock: Clock; readonly environment: ToolEnvironment }) {
    this.#clock = options.clock;
    this.#environment = options.environment;
  }

  /** Pid of a process that neither answered nor ended; null = none. */
  get leftPid(): number | null {
    return this.#left?.pid ?? null;
  }

  /** Resolves when the tool has ended, or was left. Never throws. */
  run(
    command: ToolCommand,
    args: readonly string[],
    deadlineMs: number,
  ): Promise<Result<ToolOutput, GpuFailure>> {
    const next = this.#queue.then(() => this.#run(command, args, deadlineMs));
    this.#queue = next;
    return next;
  }

  /**
   * Starts the tool with its output line by line; `ended` resolves when it has ended, by itself or
   * by `end`.
   */
  start(
    command: ToolCommand,
    args: readonly string[],
    onLine: (line: string) => void,
  ): RunningTool {
    const started = this.#spawn(command, args);
    started.child?.stdout?.on('data', linesTo(onLine));
    return { ended: started.ended, end: () => this.#end(started) };
  }

  async #run(
    command: ToolCommand,
    args: readonly string[],
    deadlineMs: number,
  ): Promise<Result<ToolOutput, GpuFailure>> {
    if (this.#left !== null) return err(stillHangs(command.name, this.#left.pid));
    const started = this.#spawn(command, args);
    const answered = new AbortController();
    void started.ended.then(() => answered.abort());
    const first = await Promise.race([
      started.ended,
      this.#clock.sleep(deadlineMs, answered.signal),
    ]);
    if (first !== undefined) return ok(first);
    await this.#end(started);
    return err({
      kind: 'hang',
      message: `${command.name} did not answer within ${deadlineMs / 1000} s`,
    });
  }

  #spawn({ argv }: ToolCommand, args: readonly string[]): StartedChild {
    const [file = '', ...first] = argv;
    let child: ChildProcess;
    try {
      child = spawn(file, [...first, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...this.#environment },
      });
    } catch (cause) {
      // Some faults, as a name with a NUL byte, are thrown at once and come as no event.
      return { child: null, ended: Promise.resolve({ code: 127, text: messageOf(cause) }) };
    }
    const output = new Tail();
    child.stdout?.on('data', (chunk: Buffer) => output.add(chunk));
    child.stderr?.on('data', (chunk: Buffer) => output.add(chunk));
    const ended = new Promise<ToolOutput>((resolve) => {
      // Comes instead of `close` when the file cannot be run; and when it may not be signalled, as
      // sudo by others than root: then it runs on.
      child.on('error', (cause) => {
        if (child.pid === undefined) resolve({ code: 127, text: cause.message });
      });
      child.once('close', (code) => resolve({ code, text: output.text }));
    });
    return { child, ended };
  }

  /**
   * Sends SIGTERM, waits, then leaves it: the tool is neither waited for nor killed. False = it was
   * left.
   */
  async #end({ child, ended }: StartedChild): Promise<boolean> {
    if (child === null) return true;
    const gone = new AbortController();
    void ended.then(() => gone.abort());
    child.kill('SIGTERM');
    const first = await Promise.race([ended, this.#clock.sleep(LEAVE_AFTER_MS, gone.signal)]);
    if (first !== undefined) return true;
    this.#left = child;
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.unref();
    void ended.then(() => {
      if (this.#left === child) this.#left = null;
    });
    return false;
  }
}

interface StartedChild {
  /** null = it could not even be tried. */
  readonly child: ChildProcess | null;
  readonly ended: Promise<ToolOutput>;
}

/** A tool that runs until it is ended. */
export interface RunningTool {
  readonly ended: Promise<ToolOutput>;
  /** False = it did not end and was left. */
  end(): Promise<boolean>;
}

/** The failure of a tool whose earlier call has not ended. */
export const stillHangs = (name: string, pid: number | undefined): GpuFailure => ({
  kind: 'hang',
  message:
    `${name} (process ${pid ?? '?'}) neither answers nor ends: it is not used until ` +
    'it has ended',
});

/** Keeps the end of an output, in bounded memory. */
class Tail {
  #chunks: Buffer[] = [];
  #bytes = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes > MAX_OUTPUT_BYTES && this.#chunks.length > 1)
      this.#bytes -= this.#chunks.shift()?.length ?? 0;
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8').slice(-MAX_OUTPUT_BYTES);
  }
}

const MAX_LINE_LENGTH = 8192;
/** Splits chunks into lines; lines longer than any real one are cut. */
function linesTo(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const parts = (rest + chunk.toString('utf8')).split('\n');
    rest = (parts.pop() ?? '').slice(-MAX_LINE_LENGTH);
    for (const part of parts) if (part.trim() !== '') onLine(part.slice(0, MAX_LINE_LENGTH));
  };
}
