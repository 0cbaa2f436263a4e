import { until } from '../until.js';
import type { TestCluster } from './cluster.js';
import { type RunningContainer, seenOn } from './kernel.js';
import { jobFile, type Load } from './loads.js';

/** Whether a cluster is steered: the whole way from a client to the kernel of its hosts. */
export class Steering {
  readonly #cluster: TestCluster;
  readonly #loads: readonly Load[];
  readonly #targets: Map<string, number>;

  readonly #more: string;

  /** `more`: what each job file says besides. */
  constructor(cluster: TestCluster, loads: readonly Load[], more = '') {
    this.#cluster = cluster;
    this.#more = more;
    this.#loads = loads;
    this.#targets = new Map(loads.map(({ name, targetMs }) => [name, targetMs]));
  }

  /** All running containers, whatever their host. */
  async seen(): Promise<readonly RunningContainer[]> {
    const { hosts } = this.#cluster;
    return (await Promise.all(hosts.map((host) => seenOn(this.#cluster.engine(host))))).flat();
  }

  /**
   * From a client through coordinator and agent to the kernel: another target (two thirds, and the
   * next time as before), another limit. Not tighter, since two jobs of a host then ask for more
   * than it has wherever requests cost a third more than usual.
   */
  async obeys(job: string): Promise<void> {
    const load = this.#loads.find(({ name }) => name === job);
    if (load === undefined) throw new Error(`there is no job ${job}`);
    const before = await this.#limitOf(job);
    const isTighter = this.#targets.get(job) === load.targetMs;
    const targetMs = Math.round(load.targetMs / (isTighter ? 1.5 : 1));
    this.#targets.set(job, targetMs);
    const told = async (): Promise<boolean> =>
      (await this.#cluster.submit(jobFile({ ...load, targetMs }, this.#more))).code === 0;
    await until(told, 'the job to be taken', 60_000);
    // How much another target takes is learnt on the way, so what is asked for is that it is met.
    const isSo = async (): Promise<boolean> => {
      // Nobody may lead for a moment.
      const all = await this.#cluster.allocations().catch(() => []);
      const its = all.find((allocation) => allocation.job === job);
      return (
        its?.target?.latencyMs === targetMs &&
        its.qoeClass === 'within' &&
        (await this.#limitOf(job)) !== before
      );
    };
    await until(isSo, `${job} to be at ${targetMs} ms, with another limit than ${before}`, 120_000);
  }

  async #limitOf(job: string): Promise<number> {
    return (
      (await this.seen()).find(({ name }) => name.startsWith(`dqoes-${job}-`))?.limitCores ??
      Number.NaN
    );
  }
}
