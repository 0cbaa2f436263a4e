import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Screen } from './screen.js';
import { until } from './until.js';

/** A program in a terminal of its own. */
export interface Pty {
  readonly screen: Screen;
  /** All that was written, sequences included. */
  readonly output: string;
  /** Types, as a person at the keyboard. */
  type(text: string): void;
  /** Changes the size of the terminal, as a window does. */
  resize(columns: number, rows: number): void;
  /** Process id of the program. */
  pid(): Promise<number>;
  /** Waits for the end; resolves with what the shell around the program said then. */
  readonly ended: Promise<PtyEnd>;
  kill(): void;
}

/** How the program left the terminal. */
export interface PtyEnd {
  /** Exit code; above 128 = ended by a signal. */
  readonly code: number;
  /** `stty -a` afterwards. */
  readonly stty: string;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Starts a program in a pseudo-terminal (`script` of util-linux) of that size. A shell around it
 * says first where the terminal is, and at the end how it was left.
 */
export function startInPty(
  args: readonly string[],
  { columns = 80, rows = 24, env = {} }: PtyOptions = {},
): Pty {
  const program = args.map(quoted).join(' ');
  const shell =
    `stty rows ${rows} cols ${columns}; echo "tty $(tty)"; ` +
    `sh -c 'echo "pid $$"; exec "$@"' sh ${program}; echo "code $?"; stty -a; echo over`;
  const child = spawn('script', ['-qec', `sh -c ${quoted(shell)}`, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', LC_ALL: '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return new RunningPty(child, new Screen(columns, rows, true)).api();
}

/** What differs from 80x24 and a UTF-8 terminal. */
export interface PtyOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

class RunningPty {
  readonly #child: ChildProcess;
  readonly #screen: Screen;
  #output = '';

  constructor(child: ChildProcess, screen: Screen) {
    this.#child = child;
    this.#screen = screen;
    child.stdin?.on('error', () => {});
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      screen.write(text);
    });
  }

  api(): Pty {
    const self = this;
    return {
      screen: this.#screen,
      get output() {
        return self.#output;
      },
      type: (text) => void this.#child.stdin?.write(text),
      resize: (columns, rows) => this.#resize(columns, rows),
      pid: async () => Number(await this.#said(/pid (\d+)/)),
      ended: this.#end(),
      kill: () => void this.#child.kill('SIGKILL'),
    };
  }

  #resize(columns: number, rows: number): void {
    const tty = /tty (\S+)/.exec(this.#output)?.[1] ?? '';
    this.#screen.resize(columns, rows);
    spawn('stty', ['-F', tty, 'rows', String(rows), 'cols', String(columns)]);
  }

  async #said(pattern: RegExp): Promise<string> {
    await until(() => pattern.test(this.#output), String(pattern));
    return pattern.exec(this.#output)?.[1] ?? '';
  }

  async #end(): Promise<PtyEnd> {
    await once(this.#child, 'close');
    const [, code = '', stty = ''] = /code (\d+)\r?\n([\s\S]*?)over\r?\n/.exec(this.#output) ?? [];
    return { code: Number(code || Number.NaN), stty };
  }
}
