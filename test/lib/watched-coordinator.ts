import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const WATCH = new URL('./stall-watch.js', import.meta.url).href;

/** Which coordinator is started, and on which NATS. */
export interface WatchedOptions {
  /** Where its configuration is written. */
  readonly folder: string;
  readonly url: string;
  readonly cluster: string;
  /** Program to start. Default: the one that was built. */
  readonly main?: string;
  /** Flags of the engine, for example `--max-semi-space-size=32`. Default: none. */
  readonly nodeFlags?: readonly string[];
  /** Beside the environment of this process. Default: nothing. */
  readonly env?: Readonly<Record<string, string>>;
  /** How nice it is; below 0 takes root. Default: as this process. */
  readonly nice?: number;
  /** Threads among which its nodes are divided. Default 0. */
  readonly workers?: number;
}

/**
 * `dqoes coordinator` in a process of its own: what it says, and how long its event loop stands
 * still.
 */
export class WatchedCoordinator {
  readonly child: ChildProcess;
  said = '';
  /** Since its start, ms. */
  longestStallMs = 0;
  readonly #kill = (): void => void this.child.kill('SIGKILL');

  constructor(options: WatchedOptions) {
    const { folder, url, cluster, main = MAIN, nodeFlags = [], env = {}, workers = 0 } = options;
    const file = join(folder, 'coordinator.yaml');
    // A build from before there were workers does not know the setting.
    const divided = workers === 0 ? '' : `workers: ${workers}\n`;
    writeFileSync(file, `cluster: ${cluster}\n${divided}nats: { url: "${url}" }\n`);
    const program = [main, 'coordinator', '--install', '--config', file];
    const args = [...nodeFlags, '--import', WATCH, ...program];
    const nice = options.nice === undefined ? [] : ['nice', '-n', String(options.nice)];
    const [command = process.execPath, ...rest] = [...nice, process.execPath, ...args];
    this.child = spawn(command, rest, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...env },
    });
    process.once('exit', this.#kill);
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.said += chunk.toString('utf8');
    });
    this.child.on('message', (message: { readonly longestStallMs: number }) => {
      this.longestStallMs = message.longestStallMs;
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }
  get hasLed(): boolean {
    return this.said.includes('coordinator: leads cluster=');
  }
  /** How often it lost its leadership. */
  get stepDowns(): number {
    return this.said.split('coordinator: lost leadership').length - 1;
  }

  async end(): Promise<void> {
    process.removeListener('exit', this.#kill);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }
}
