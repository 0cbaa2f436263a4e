import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Path of the built program: bundled as packages have it where `npm test` says so. */
export const MAIN =
  process.env.DQOES_TEST_MAIN ?? fileURLToPath(new URL('../../cli/main.js', import.meta.url));

/** What a test that failed has not ended is asked to end when this process does. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
  }
});

/** How a run of the program ended; `code` null = by a signal. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
/** What the program gets beside its arguments. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Another user than this process has; takes root. */
  readonly uid?: number;
  /** Its only group; absent = one of the number of the user. */
  readonly gid?: number;
}

/** The built program as a running process, and what it wrote so far. */
export interface Program {
  readonly child: ChildProcess;
  readonly out: string;
  readonly err: string;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Run>;
  readonly ended: Promise<Run>;
}

/** Starts the built program; its environment is ours with `env` over it, its input is `stdin`. */
export function startDqoes(
  args: readonly string[],
  { env = {}, stdin = '', uid, gid = uid }: RunOptions = {},
): Program {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...env },
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
  });
  const texts = { out: '', err: '' };
  // A program that ends before it reads its input closes the pipe: that is its right.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.err += text;
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const ended = once(child, 'close').then(
    ([code]): Run => ({ code: code as number | null, ...texts }),
  );
  return {
    child,
    get out() {
      return texts.out;
    },
    get err() {
      return texts.err;
    },
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs the built program to its end. */
export const dqoes = (args: readonly string[], options?: RunOptions): Promise<Run> =>
  startDqoes(args, options).ended;
