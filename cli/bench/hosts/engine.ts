import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { limitCgroup } from './cgroup.js';
import { removeHost } from './leftovers.js';
import { sh, trySh } from './shell.js';

const START_MS = 60_000;
const POLL_MS = 50;

/**
 * A separate Docker Engine in a network namespace, with all its containers under one cgroup of the
 * same name. The kernel ends it when this process ends.
 */
export class HostEngine {
  readonly socket: string;
  /** Resolves with its last log line when it ends without having been stopped. */
  readonly died: Promise<string>;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #namespace: string;
  #isStopping = false;

  private constructor(folder: string, namespace: string) {
    this.#folder = folder;
    this.#namespace = namespace;
    this.socket = join(folder, 'docker.sock');
    this.#child = launch(folder, namespace);
    this.died = new Promise((resolve) => {
      const onEnd = (): void => {
        if (!this.#isStopping)
          resolve(`the Docker Engine of ${namespace} ended by itself: ${this.#lastLogLine()}`);
      };
      this.#child.once('exit', onEnd).once('error', onEnd);
    });
  }

  /**
   * Starts an engine in an existing namespace and copies images into it from the engine of this
   * machine. Creates `folder`. Needs root, dockerd and util-linux.
   *
   * @throws Error that names what failed; nothing is left behind then.
   */
  static async start(
    namespace: string,
    images: readonly string[],
    folder = mkdtempSync(join(tmpdir(), 'dqh-')),
  ): Promise<HostEngine> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const engine = new HostEngine(folder, namespace);
    try {
      await engine.#answers();
      const archive = join(folder, 'images.tar');
      sh('docker', 'save', '-o', archive, ...images);
      engine.docker('load', '-q', '-i', archive);
      rmSync(archive);
      return engine;
    } catch (cause) {
      await engine.stop();
      throw cause;
    }
  }

  /**
   * Runs a `docker` command against this engine and returns what it printed. Throws when it fails.
   */
  docker(...args: readonly string[]): string {
    return sh('docker', '-H', `unix://${this.socket}`, ...args);
  }

  /** Names of the running containers, sorted. */
  get running(): readonly string[] {
    return this.docker('ps', '--format', '{{.Names}}')
      .split('\n')
      .filter((name) => name !== '')
      .sort();
  }

  /** Limits all containers of this engine together to `cores`. */
  limitTo(cores: number): void {
    limitCgroup(this.#namespace, cores);
  }

  /**
   * Ends the engine with all its containers and removes its folder, cgroup and namespace. Safe to
   * call twice.
   */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#hasEnded) return this.#remove();
    const { status, stdout } = spawnSync('docker', ['-H', `unix://${this.socket}`, 'ps', '-aq'], {
      encoding: 'utf8',
    });
    const ids = status === 0 ? stdout.trim().split('\n').filter(Boolean) : [];
    if (ids.length > 0) trySh('docker', '-H', `unix://${this.socket}`, 'rm', '-f', ...ids);
    await this.#remove();
  }

  #remove(): Promise<void> {
    return removeHost({ namespace: this.#namespace, folder: this.#folder });
  }

  get #hasEnded(): boolean {
    return (
      this.#child.pid === undefined ||
      this.#child.exitCode !== null ||
      this.#child.signalCode !== null
    );
  }

  async #answers(): Promise<void> {
    const deadline = Date.now() + START_MS;
    // It answers only once its socket exists; each earlier attempt would cost a process.
    const isThere = (): boolean =>
      existsSync(this.socket) &&
      spawnSync('docker', ['-H', `unix://${this.socket}`, 'info'], { stdio: 'ignore' }).status ===
        0;
    while (!isThere()) {
      if (this.#hasEnded) throw new Error(`dockerd ended: ${this.#lastLogLine()}`);
      if (Date.now() > deadline)
        throw new Error(`dockerd did not answer in a minute: ${this.#lastLogLine()}`);
      await sleep(POLL_MS);
    }
  }

  #lastLogLine(): string {
    const lines = readFileSync(join(this.#folder, 'dockerd.log'), 'utf8').trim().split('\n');
    return lines.at(-1)?.slice(-500) ?? '';
  }
}

function launch(folder: string, namespace: string): ChildProcess {
  const log = openSync(join(folder, 'dockerd.log'), 'w');
  const options = [
    `--data-root=${join(folder, 'data')}`,
    `--exec-root=${join(folder, 'exec')}`,
    `--pidfile=${join(folder, 'dockerd.pid')}`,
    `--host=unix://${join(folder, 'docker.sock')}`,
    `--cgroup-parent=/${namespace}`,
    '--exec-opt=native.cgroupdriver=cgroupfs',
    '--shutdown-timeout=5',
  ];
  const within = [
    '--pdeathsig',
    'TERM',
    '--',
    'nsenter',
    `--net=/run/netns/${namespace}`,
    'dockerd',
  ];
  // In its own session: Ctrl-C reaches the whole foreground group, and the engine must outlive the
  // code that stops its containers.
  return spawn('setpriv', [...within, ...options], { stdio: ['ignore', log, log], detached: true });
}
