import type { ReadStream, WriteStream } from 'node:tty';

/** The terminal that a person sits at. Nothing of it is changed before `takeInput`. */
export interface Terminal {
  /** Its size now, characters. */
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /**
   * Every key goes to the listener as it is typed, Ctrl-C and Ctrl-Z included, and is not shown.
   * Returns what ends that.
   */
  takeInput(listener: (text: string) => void): () => void;
  /** Calls the listener when the size changes; returns what ends that. */
  onResize(listener: () => void): () => void;
  /**
   * Calls the listener when this process ends, however it does, and before an uncaught error is
   * printed; returns what ends that. Only SIGKILL gets past it.
   */
  onExit(listener: () => void): () => void;
  /** Stops the programs of this terminal, as Ctrl-Z does; they go on when the shell says so. */
  stop(): void;
}

/** The part of `process` that a terminal needs. */
interface Host {
  readonly stdin: NodeJS.ReadStream | ReadStream;
  readonly stdout: NodeJS.WriteStream | WriteStream;
  on(event: 'exit' | 'uncaughtExceptionMonitor', listener: () => void): unknown;
  off(event: 'exit' | 'uncaughtExceptionMonitor', listener: () => void): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

const ENDS = ['exit', 'uncaughtExceptionMonitor'] as const;

/** The terminal of a process; undefined where its input or its output is none. */
export function terminalOf(host: Host): Terminal | undefined {
  const { stdin, stdout } = host;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  return {
    get columns() {
      return stdout.columns;
    },
    get rows() {
      return stdout.rows;
    },
    write: (text) => void stdout.write(text),
    takeInput: (listener) => takeInput(stdin, listener),
    onResize: (listener) => {
      stdout.on('resize', listener);
      return () => void stdout.off('resize', listener);
    },
    onExit: (listener) => {
      for (const end of ENDS) host.on(end, listener);
      return () => {
        for (const end of ENDS) host.off(end, listener);
      };
    },
    // The whole group, as the terminal would: a program around this one is to stop as well.
    stop: () => void host.kill(0, 'SIGTSTP'),
  };
}

/** Signals within this time of the first one are the same wish to end, ms. */
const SAME_SIGNAL_MS = 500;

/**
 * What Ctrl-C and SIGTERM ask for: the first one to end, another one to end at once. While another
 * program has the terminal, Ctrl-C is meant for that one, though all of its programs get it.
 */
export class Interrupts {
  readonly #now: () => number;
  readonly #stop = new AbortController();
  #firstAtMs: number | undefined;
  #isEndAsked = false;
  #lent = 0;

  /** `now`: monotonic, ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Aborts at the first one. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Whether the end was asked for, be it after an abort with a reason of its own. */
  get isEndAsked(): boolean {
    return this.#isEndAsked;
  }

  abort(reason?: unknown): void {
    this.#stop.abort(reason);
  }

  /** A wish to end that is no step to an end at once: the terminal is gone. */
  onHangup(): void {
    this.#isEndAsked = true;
    this.abort();
  }

  /** A Ctrl-C; true = end at once. */
  onCtrlC(): boolean {
    return this.#lent === 0 && this.onTerm();
  }

  /** A SIGTERM; true = end at once. */
  onTerm(): boolean {
    const nowMs = this.#now();
    if (this.#firstAtMs !== undefined) return nowMs - this.#firstAtMs >= SAME_SIGNAL_MS;
    this.#firstAtMs = nowMs;
    this.onHangup();
    return false;
  }

  /** Another program has the terminal from now on; returns what ends that. */
  lend(): () => void {
    this.#lent += 1;
    return () => {
      this.#lent -= 1;
    };
  }
}

function takeInput(stdin: Host['stdin'], listener: (text: string) => void): () => void {
  const onData = (data: Buffer | string): void => listener(data.toString());
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', onData);
  stdin.resume();
  return () => {
    stdin.off('data', onData);
    stdin.pause();
    try {
      stdin.setRawMode(false);
    } catch {
      // The terminal is gone, and with it what there was to put back.
    }
  };
}
