import { StatusLine } from './status-line.js';
import { wrapMessage } from './wrap.js';

/** Where a command writes: data for programs and pipes, messages for people. */
export interface Output {
  /** One line of data, to stdout. */
  data(line: string): void;
  /** One line for people, to stderr, wrapped where that is a terminal; dropped with `-q`. */
  message(line: string): void;
  /** The same, and `-q` does not drop it. */
  problem(line: string): void;
  /** One line of a log, to stderr: whole, however wide the terminal is. */
  record(line: string): void;
  /** stdout is a terminal. */
  readonly terminal: boolean;
  /** Colours may be used on stdout. */
  readonly colour: boolean;
  /**
   * Shows one line at the bottom of the terminal, in place of the one before; '' takes it away.
   * Absent = stderr is no terminal, or one that takes lines only.
   */
  readonly status?: (line: string) => void;
  /** Resolves when the reader of stdout has taken what was written; absent = at once. */
  readonly ready?: () => Promise<void>;
  /** Width of that terminal now, characters; absent = no terminal, or not known: nothing is cut. */
  readonly width?: number | undefined;
}

/** The part of `process` that output needs. */
export interface Streams {
  readonly stdout: {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly writableNeedDrain?: boolean;
    once?(event: 'drain', listener: () => void): unknown;
  };
  readonly stderr: {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
  };
}

/** What the environment and the flags say of output. */
export interface OutputOptions {
  readonly quiet: boolean;
  readonly noColour: boolean;
  /** The terminal takes lines only: nothing is drawn again in its place, or coloured. */
  readonly linesOnly?: boolean;
}

/** Output to two streams; colour only on a terminal and without `noColour`. */
export function streamOutput(streams: Streams, options: OutputOptions): Output {
  const terminal = streams.stdout.isTTY === true;
  const isLive = streams.stderr.isTTY === true && options.linesOnly !== true && !options.quiet;
  const status = new StatusLine(streams.stderr);
  const record = (line: string): void => status.above(() => streams.stderr.write(`${line}\n`));
  const note = (line: string): void => record(wrapMessage(line, wrapColumns(streams.stderr)));
  const data = (line: string): void => void streams.stdout.write(`${line}\n`);
  return {
    data: terminal ? (line) => status.above(() => data(line)) : data,
    message: (line) => {
      if (!options.quiet) note(line);
    },
    problem: note,
    record,
    ...(isLive ? { status: (line: string) => status.set(line) } : {}),
    terminal,
    colour: terminal && !options.noColour && options.linesOnly !== true,
    ready: () => drained(streams.stdout),
    get width() {
      const { columns = 0 } = streams.stdout;
      return terminal && columns > 0 ? columns : undefined;
    },
  };
}

/** Columns of a terminal; 0 = it is none, or does not know them: a message is one line then. */
const wrapColumns = ({ isTTY, columns = 0 }: Streams['stderr']): number =>
  isTTY === true ? columns : 0;

const drained = (stdout: Streams['stdout']): Promise<void> =>
  new Promise((resolve) => {
    if (stdout.writableNeedDrain === true) stdout.once?.('drain', resolve);
    else resolve();
  });

/** The same output without messages and without a line that is drawn again. */
export function withoutMessages(output: Output): Output {
  const { status: _, ...rest } = output;
  return { ...rest, message: () => {} };
}
