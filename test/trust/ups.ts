import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dqoes, type Program, type Run, startDqoes } from '../e2e/cli-program.js';
import { until } from '../lib/until.js';
import { look, type NamedContainer, removeAll, startContainers } from './containers.js';

/** How a program is ended. */
export const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const;
const LIMITED_MS = 60_000;
/** Longer than two reports. */
const STILL_MS = 500;

/** Containers that a test started, and as many `dqoes up` beside each other as it likes. */
export class Ups {
  /** What every container had before anybody of us came. */
  before: readonly string[] = [];
  containers: readonly NamedContainer[] = [];
  #folder = '';
  #programs: Program[] = [];

  private constructor(readonly name: string) {}

  static async open(what: string): Promise<Ups> {
    const ups = new Ups(`trust-${what}-${process.pid}`);
    ups.#folder = await mkdtemp(join(tmpdir(), 'dqoes-trust-'));
    await writeFile(
      ups.config,
      [
        `label-prefix: ${ups.name}.`,
        `records-dir: ${ups.recordsDir}`,
        'docker: { parent-weight: off }',
        `state-dir: ${join(ups.#folder, 'none')}`,
        `node: ${ups.name}`,
        'interval: 200ms',
        'push: { enable: false }',
      ].join('\n'),
    );
    ups.containers = await startContainers(ups.name, `${ups.name}.`);
    ups.before = await look(ups.containers);
    return ups;
  }

  get config(): string {
    return join(this.#folder, 'agent.yaml');
  }
  get recordsDir(): string {
    return join(this.#folder, 'engines');
  }
  stateOf(name: string): string {
    return join(this.#folder, name);
  }

  /** One more `dqoes up`, with a state folder, a cluster and a port of its own. */
  start(name: string): Program {
    const where = ['--state', this.stateOf(name), '--nats-port', '0', '--cluster', name];
    const how = ['--policy', 'equal', '--agent-config', this.config, '--log-level', 'warn'];
    // No other command of this machine is to find it.
    const env = { XDG_RUNTIME_DIR: this.#folder };
    const program = startDqoes(['up', ...where, ...how], { env });
    this.#programs.push(program);
    return program;
  }

  restore(...flags: readonly string[]): Promise<Run> {
    return dqoes(['agent', 'restore', '--config', this.config, ...flags]);
  }

  /** Resolves when every container has a limit, and these have stood still for `STILL_MS`. */
  async untilLimited(...programs: readonly Program[]): Promise<void> {
    let last = '';
    let sinceMs = performance.now();
    const isLimited = async (): Promise<boolean> => {
      const now = await look(this.containers);
      if (now.join() !== last) sinceMs = performance.now();
      last = now.join();
      return (
        now.every((one, i) => one !== this.before[i]) && performance.now() - sinceMs > STILL_MS
      );
    };
    const said = (): string =>
      `every container to be limited; said: ${programs.map(({ err }) => err).join('; ')}`;
    await until(isLimited, said, LIMITED_MS);
  }

  async untilUp(program: Program): Promise<void> {
    const isUp = (): boolean => program.err.includes('dqoes is up');
    await until(isUp, () => `dqoes to be up; said: ${program.err}`, LIMITED_MS);
  }

  /** Any container differs from how it was. */
  async isTouched(): Promise<boolean> {
    return (await look(this.containers)).some((now, i) => now !== this.before[i]);
  }

  /** Names of files that agents have left of themselves, and of containers. */
  async registered(): Promise<readonly string[]> {
    const found = await readdir(this.recordsDir, { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    return found.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  async close(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.end('SIGKILL')));
    await removeAll(this.containers);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A signal and a moment after the start, by chance, ms. */
export const atRandom = (mostMs: number) => ({
  signal: SIGNALS[Math.floor(Math.random() * SIGNALS.length)] ?? 'SIGKILL',
  afterMs: Math.random() * mostMs,
});
