import { messageOf } from '../../shared/errors.js';
import { type HostTime, Process } from './process.js';
import type { World } from './world.js';

/** What a runner starts again and again. */
export interface RunnerOptions {
  /** `agent h1`, `coordinator a`. */
  readonly name: string;
  /** The node that its life concerns in the story; '' = all. */
  readonly node: string;
  readonly time: HostTime;
  /**
   * What one life does; resolves or rejects when it ends by itself. Gives back what has to be let
   * go of when it is killed.
   */
  readonly live: (
    process: Process,
    life: number,
  ) => { readonly ends: Promise<string>; readonly drop: () => void };
}

/** As `RestartSec` of the service manager, ms. */
const RESTART_MS = 1000;

/** A process and the service manager that starts it again. */
export class Runner {
  process: Process | null = null;
  #lives = 0;
  #isWanted = false;
  #drop: () => void = () => {};

  constructor(
    readonly world: World,
    readonly options: RunnerOptions,
  ) {}

  get name(): string {
    return this.options.name;
  }
  get isAlive(): boolean {
    return this.process?.isAlive === true;
  }

  start(): void {
    this.#isWanted = true;
    if (this.isAlive) return;
    const { world } = this;
    const { name, node, time, live } = this.options;
    this.#lives += 1;
    const life = this.#lives;
    world.tell(node, `${name} starts (life ${life})`);
    const process = new Process(world, name, time, (why) => this.#died(process, why));
    this.process = process;
    const { ends, drop } = live(process, life);
    this.#drop = drop;
    void ends.then(
      (why) => process.kill(`ended: ${why}`),
      (cause) => process.kill(`ended: ${messageOf(cause)}`),
    );
  }

  /** SIGKILL; it is started again after `downMs`. */
  kill(why: string, downMs = RESTART_MS): void {
    this.#restartMs = downMs;
    this.process?.kill(why);
  }

  /** SIGKILL without a restart. */
  end(why: string): void {
    this.#isWanted = false;
    this.process?.kill(why);
  }

  /** SIGSTOP, and SIGCONT after `ms`. */
  stop(ms: number): void {
    const { process } = this;
    if (process === null || !process.isAlive || process.isStopped) return;
    process.stop();
    this.world.tell(this.options.node, `${this.name} stands still for ${(ms / 1000).toFixed(1)} s`);
    this.world.timeline.after(ms, () => this.goOn());
  }
  goOn(): void {
    if (this.process?.isStopped !== true) return;
    this.world.tell(this.options.node, `${this.name} goes on`);
    this.process.goOn();
  }

  #restartMs = RESTART_MS;

  #died(process: Process, why: string): void {
    if (process !== this.process) return;
    this.world.tell(this.options.node, `${this.name} dies (${why})`);
    this.#drop();
    if (!this.#isWanted) return;
    const downMs = this.#restartMs;
    this.#restartMs = RESTART_MS;
    this.world.timeline.after(downMs, () => {
      if (this.#isWanted && this.process === process) this.start();
    });
  }
}
