import type { Cluster } from './cluster.js';
import type { WorldFault } from './faults.js';
import { jobOf } from './operator.js';

const FLOOD_JOBS = 8;

/** Faults of agents and coordinators: killed, stopped, flooded with jobs. */
export class ProcessFaults {
  readonly #cluster: Cluster;
  #floods = 0;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** What each kind does; false = there was nothing to hit. */
  readonly bring = {
    'agent killed': () => this.#killAgent(this.#cluster.world.between(500, 25_000)),
    'leader killed': () => this.#killCoordinators(({ isLeader }) => isLeader, 'leads'),
    'follower killed': () => this.#killCoordinators(({ isLeader }) => !isLeader, 'stands by'),
    'all coordinators killed': () =>
      this.#killCoordinators(() => true, 'all at once', this.#cluster.world.between(5000, 30_000)),
    'most agents killed': () => this.#killMost(),
    'agent stopped': () =>
      this.#standStill(
        this.#cluster.agents.map(({ runner }) => runner),
        1000,
        25_000,
      ),
    'coordinator stopped': () => this.#standStill(this.#cluster.coordinators, 3000, 25_000),
    'event loop stalls': () => this.#standStill(this.#runners(), 100, 3000),
    'jobs flood in': () => this.#flood(),
  } satisfies Partial<Record<WorldFault, () => boolean>>;

  #runners() {
    return [...this.#cluster.agents.map(({ runner }) => runner), ...this.#cluster.coordinators];
  }

  #killAgent(downMs: number): boolean {
    const { world, agents } = this.#cluster;
    const agent = world.pick(agents.filter(({ runner }) => runner.isAlive));
    agent?.runner.kill('SIGKILL', downMs);
    return agent !== undefined;
  }

  #killMost(): boolean {
    const { world, agents } = this.#cluster;
    const alive = agents.filter(({ runner }) => runner.isAlive);
    const downMs = world.between(18_000, 30_000);
    for (const { runner } of alive.slice(0, Math.ceil(0.6 * agents.length)))
      runner.kill('SIGKILL with most others', downMs);
    return alive.length > 0;
  }

  #killCoordinators(
    which: (one: { readonly isLeader: boolean }) => boolean,
    why: string,
    downMs?: number,
  ): boolean {
    const { world, coordinators } = this.#cluster;
    const ms = downMs ?? world.between(500, 15_000);
    const chosen = coordinators.filter(
      (one) => one.isAlive && which({ isLeader: this.#cluster.isLeader(one) }),
    );
    for (const one of chosen) one.kill(`SIGKILL, ${why}`, ms);
    return chosen.length > 0;
  }

  #standStill(runners: Cluster['coordinators'], minMs: number, maxMs: number): boolean {
    const { world } = this.#cluster;
    const runner = world.pick(
      runners.filter((one) => one.isAlive && one.process?.isStopped === false),
    );
    runner?.stop(world.between(minMs, maxMs));
    return runner !== undefined;
  }

  // They are stopped again: what is awaited in the end is not that all of them run.
  #flood(): boolean {
    const { world, coordinators, operator } = this.#cluster;
    const leader = coordinators.find((one) => one.isAlive && this.#cluster.isLeader(one));
    if (leader === undefined) return false;
    this.#floods += 1;
    const specs = Array.from({ length: FLOOD_JOBS }, (_, i) =>
      jobOf(`flood${this.#floods}x${i}`, world),
    );
    operator.ask({ kind: 'submit', specs });
    world.timeline.after(world.between(0, 1500), () => leader.stop(world.between(100, 6000)));
    world.timeline.after(world.between(3000, 20_000), () => {
      for (const { name } of specs) operator.ask({ kind: 'stop', job: name });
    });
    return true;
  }
}
