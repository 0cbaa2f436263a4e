import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.js';
import { UNTIL_WE_END } from './program.js';
import { sh, trySh } from './shell.js';

const CGROUPS = '/sys/fs/cgroup';
const PERIOD_US = 100_000;

/** A real Docker Engine of its own in a network namespace, with all its containers under one cgroup. */
export class TestEngine {
  readonly socket: string;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #cgroup: string;

  private constructor(options: { readonly folder: string; readonly child: ChildProcess; readonly cgroup: string }) {
    this.#folder = options.folder;
    this.#child = options.child;
    this.#cgroup = options.cgroup;
    this.socket = join(options.folder, 'docker.sock');
  }

  /** `images` come from the machine's own engine. */
  static async start(namespace: string, images: readonly string[]): Promise<TestEngine> {
    const folder = mkdtempSync(join(tmpdir(), `dqh-${process.pid}-`));
    const log = openSync(join(folder, 'dockerd.log'), 'w');
    const options = [
      `--data-root=${join(folder, 'data')}`,
      `--exec-root=${join(folder, 'exec')}`,
      `--pidfile=${join(folder, 'dockerd.pid')}`,
      `--host=unix://${join(folder, 'docker.sock')}`,
      `--cgroup-parent=/${namespace}`,
      '--shutdown-timeout=5',
    ];
    const child = spawn('nsenter', [`--net=/run/netns/${namespace}`, ...UNTIL_WE_END, 'dockerd', ...options], {
      stdio: ['ignore', log, log],
    });
    const engine = new TestEngine({ folder, child, cgroup: namespace });
    const answers = () =>
      spawnSync('docker', ['-H', `unix://${engine.socket}`, 'info'], { stdio: 'ignore' }).status === 0;
    try {
      await until(() => answers() || child.exitCode !== null, 'the engine to answer', 60_000);
      if (child.exitCode !== null) throw new Error(readFileSync(join(folder, 'dockerd.log'), 'utf8').slice(-2000));
      const archive = join(folder, 'images.tar');
      sh('docker', 'save', '-o', archive, ...images);
      engine.docker('load', '-q', '-i', archive);
      rmSync(archive);
    } catch (cause) {
      await engine.stop();
      throw cause;
    }
    return engine;
  }

  docker(...args: readonly string[]): string {
    return sh('docker', '-H', `unix://${this.socket}`, ...args);
  }

  /** Names of the containers that run. */
  get running(): readonly string[] {
    return this.docker('ps', '--format', '{{.Names}}')
      .split('\n')
      .filter((name) => name !== '')
      .sort();
  }

  /** CPU that all containers of this engine together get, cores. */
  limitTo(cores: number): void {
    const quotaUs = Math.round(cores * PERIOD_US);
    const v1 = join(CGROUPS, 'cpu', this.#cgroup);
    if (existsSync(join(CGROUPS, 'cpu'))) {
      mkdirSync(v1, { recursive: true });
      writeFileSync(join(v1, 'cpu.cfs_quota_us'), String(quotaUs));
      return;
    }
    mkdirSync(join(CGROUPS, this.#cgroup), { recursive: true });
    writeFileSync(join(CGROUPS, this.#cgroup, 'cpu.max'), `${quotaUs} ${PERIOD_US}`);
  }

  /** Ends the engine with all its containers and removes every trace. Safe to call twice. */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ids = spawnSync('docker', ['-H', `unix://${this.socket}`, 'ps', '-aq'], { encoding: 'utf8' }).stdout.trim();
      if (ids !== '') trySh('docker', '-H', `unix://${this.socket}`, 'rm', '-f', ...ids.split('\n'));
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    this.#removeCgroups();
  }

  #removeCgroups(): void {
    const roots = existsSync(join(CGROUPS, 'cpu'))
      ? readdirSync(CGROUPS).map((name) => join(CGROUPS, name))
      : [CGROUPS];
    for (const root of roots)
      try {
        rmdirSync(join(root, this.#cgroup));
      } catch {
        // Not every controller has it.
      }
  }
}
