import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Burner } from './play.js';

const PROGRAM = fileURLToPath(new URL('./burn.js', import.meta.url));

/** Processes of this machine that use a given amount of CPU. */
export class ProcessBurner implements Burner {
  readonly #node: string;
  #children: ChildProcess[] = [];

  /** `node`: path of Node.js. */
  constructor(node: string) {
    this.#node = node;
  }

  /** Uses `cores` of CPU from now on, in place of what was used before; 0 = none. */
  burn(cores: number): void {
    void this.stop();
    const count = Math.ceil(cores - 1e-9);
    this.#children = Array.from({ length: count }, () =>
      spawn(this.#node, [PROGRAM, String(cores / count)], { stdio: ['pipe', 'ignore', 'ignore'] }),
    );
    for (const child of this.#children) child.on('error', () => {});
  }

  /** Process ids of the running processes. */
  get pids(): readonly number[] {
    return this.#children.flatMap(({ pid, exitCode }) =>
      pid === undefined || exitCode !== null ? [] : [pid],
    );
  }

  /** Ends every process; resolves when they are gone. Safe to call twice. */
  async stop(): Promise<void> {
    const children = this.#children;
    this.#children = [];
    await Promise.all(children.map(ended));
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return Promise.resolve();
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}
