import { type ChildProcess, spawn } from 'node:child_process';
import type { Burner } from './play.js';

// Owes its share of one core as time passes and works it off, at most 100 ms of it: what was missed for longer is not made up for. Ends with its parent,
// however that ends.
const PROGRAM = `
const share = Number(process.argv[1]);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
const usedMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
let [owedMs, seenMs, paidMs] = [0, performance.now(), usedMs()];
const settle = () => {
  const [now, used] = [performance.now(), usedMs()];
  owedMs = Math.min(100, owedMs + share * (now - seenMs) - (used - paidMs));
  [seenMs, paidMs] = [now, used];
  return owedMs > 0;
};
const step = () => {
  const until = performance.now() + 5;
  while (settle() && performance.now() < until);
  if (owedMs > 0) setImmediate(step);
  else setTimeout(step, 2);
};
step();
`;

/** Processes of this machine that use a stated amount of CPU; `stop` ends them and resolves when they are gone. */
export class ProcessBurner implements Burner {
  readonly #program: string;
  #children: ChildProcess[] = [];

  /** `program`: path of Node.js. */
  constructor(program: string) {
    this.#program = program;
  }

  burn(cores: number): void {
    void this.stop();
    const count = Math.ceil(cores - 1e-9);
    this.#children = Array.from({ length: count }, () =>
      spawn(this.#program, ['-e', PROGRAM, String(cores / count)], { stdio: ['pipe', 'ignore', 'ignore'] }),
    );
    for (const child of this.#children) child.on('error', () => {});
  }

  /** Process ids of those that run. */
  get pids(): readonly number[] {
    return this.#children.flatMap(({ pid, exitCode }) => (pid === undefined || exitCode !== null ? [] : [pid]));
  }

  async stop(): Promise<void> {
    const children = this.#children;
    this.#children = [];
    await Promise.all(children.map(ended));
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill('SIGKILL');
  });
}
