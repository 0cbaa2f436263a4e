import { printable } from '../output/table.js';
import { orAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';

/** How lines are shown. */
export interface LogStyle {
  /** With the name of the allocation before each. */
  readonly prefixed: boolean;
  /** With their times. */
  readonly timestamps: boolean;
}

/** Prints lines of logs, and what is to be said of them. */
export class LogPrinter {
  readonly #app: App;
  readonly #style: LogStyle;

  constructor(app: App, style: LogStyle) {
    this.#app = app;
    this.#style = style;
  }

  /** Prints lines of one log; resolves when the reader has taken them. */
  async lines(name: string, lines: readonly (readonly [string, string])[]): Promise<void> {
    const { output, signal } = this.#app;
    const prefix = this.#style.prefixed ? `${name} | ` : '';
    for (const [time, text] of lines) {
      const line = `${this.#style.timestamps ? `${time} ` : ''}${text}`;
      // What a container writes must not control the terminal.
      output.data(`${printable(prefix)}${output.terminal ? printable(line) : line}`);
    }
    if (output.ready !== undefined) await orAborted(output.ready(), signal);
  }

  /** For people: what happens to the logs. */
  tell(text: string): void {
    this.#app.output.message(printable(text));
  }

  /** What may be missing is said with `-q`, too. */
  warn(text: string): void {
    this.#app.output.problem(printable(text));
  }
}
