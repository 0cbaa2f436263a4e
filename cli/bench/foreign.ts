import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ForeignLoadPlan } from './foreign-load.js';

const PROGRAM = fileURLToPath(new URL('./foreign-load.js', import.meta.url));
/** A program that does not end when it is asked to is killed after this time, ms. */
const PATIENCE_MS = 1000;

/** Makes the load of other programs during a run. */
export interface ForeignLoader {
  /** Begins the bursts of a run, in place of those before. */
  start(plan: ForeignLoadPlan): void;
  /** CPU used since the last start, ms; 0 before the first. */
  usedMs(): number;
  /** Ends it; resolves when it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

/** Makes the load in a process of its own, which ends with this one, also when it is killed. */
export class ProcessForeignLoader implements ForeignLoader {
  readonly #node: string;
  #child: ChildProcess | null = null;
  #usedMs = 0;

  /** `node`: path of Node.js. */
  constructor(node: string) {
    this.#node = node;
  }

  /** Process id while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(plan: ForeignLoadPlan): void {
    void this.stop();
    this.#usedMs = 0;
    const child = spawn(this.#node, [PROGRAM], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      const last = Number(lines.at(-1));
      if (this.#child === child && lines.length > 0) this.#usedMs = Math.max(0, last);
    });
    for (const part of [child, child.stdin, child.stdout]) part.on('error', () => {});
    child.stdin.write(`${JSON.stringify(plan)}\n`);
  }

  usedMs(): number {
    return this.#usedMs;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    // Its last word still counts, so the child is forgotten only after it.
    await ended(child);
    if (this.#child === child) this.#child = null;
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.once('close', () => {
      clearTimeout(kill);
      resolve();
    });
    child.stdin?.end();
  });
}
