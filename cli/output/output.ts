/** Where a command writes: data for programs and pipes, messages for people. */
export interface Output {
  /** One line of data, to stdout. */
  data(line: string): void;
  /** One line for people, to stderr; dropped with `-q`. */
  message(line: string): void;
  /** One line that `-q` does not drop, to stderr. */
  problem(line: string): void;
  /** stdout is a terminal. */
  readonly terminal: boolean;
  /** Colours may be used on stdout. */
  readonly colour: boolean;
  /** Width of that terminal now, characters; absent = no terminal, or not known: nothing is cut. */
  readonly width?: number | undefined;
}

/** The part of `process` that output needs. */
export interface Streams {
  readonly stdout: {
    write(text: string): unknown;
    readonly isTTY?: boolean;
    readonly columns?: number;
  };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

/** Output to two streams; colour only on a terminal and without `noColour`. */
export function streamOutput(
  streams: Streams,
  options: { readonly quiet: boolean; readonly noColour: boolean },
): Output {
  const terminal = streams.stdout.isTTY === true;
  return {
    data: (line) => void streams.stdout.write(`${line}\n`),
    message: (line) => {
      if (!options.quiet) streams.stderr.write(`${line}\n`);
    },
    problem: (line) => void streams.stderr.write(`${line}\n`),
    terminal,
    colour: terminal && !options.noColour,
    get width() {
      const { columns = 0 } = streams.stdout;
      return terminal && columns > 0 ? columns : undefined;
    },
  };
}

/** The same output without messages. */
export const withoutMessages = (output: Output): Output => ({ ...output, message: () => {} });
