import type { Cluster } from './cluster.js';
import { WORLD_KINDS, type WorldFault } from './faults.js';
import { Forger } from './forger.js';
import { HostFaults } from './host-faults.js';
import { Liar } from './liar.js';
import { NetworkFaults } from './network-faults.js';
import { ProcessFaults } from './process-faults.js';

const MINUTE_MS = 60_000;

/**
 * Brings faults over a cluster, at random times, until they are over. Each says whether it truly
 * hit.
 */
export class Chaos {
  readonly #cluster: Cluster;
  readonly #bring: Readonly<Record<WorldFault, () => boolean>>;
  #isOver = false;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    const liar = new Liar(cluster);
    const forger = new Forger(cluster);
    this.#bring = {
      ...new ProcessFaults(cluster).bring,
      ...new NetworkFaults(cluster, () => this.#isOver).bring,
      ...new HostFaults(cluster).bring,
      'command forged': () => liar.forgeCommand(),
      'command repeated': () => liar.repeat(),
      'bytes malformed': () => liar.spoil(),
      'report forged': () => liar.forgeReport(),
      'value damaged': () => forger.damage(),
      'value forged': () => forger.forge(),
    };
  }

  /** Plans every kind of fault that the seed has. */
  begin(): void {
    for (const kind of WORLD_KINDS)
      if (this.#cluster.world.faults.rateOf(kind) > 0) this.#plan(kind);
  }

  /** Long enough for agents to see that they are alone. */
  takeLeadersAway(ms: number): void {
    const { world, coordinators } = this.#cluster;
    world.timeline.after(world.between(5000, 20_000), () => {
      for (const one of coordinators) one.end('nobody leads for long');
      world.faults.hit('all coordinators killed');
      world.timeline.after(ms, () => {
        for (const one of coordinators) one.start();
      });
    });
  }

  /** All that is broken is made whole. */
  end(): void {
    this.#isOver = true;
    const { nats, hosts, agents, coordinators } = this.#cluster;
    for (const cable of nats.cables.values()) cable.cut({ out: false, in: false });
    if (!nats.isUp) nats.comeUp();
    for (const host of hosts) host.isEngineDown = false;
    for (const runner of [...agents.map((each) => each.runner), ...coordinators]) {
      runner.goOn();
      runner.start();
    }
  }

  #plan(kind: WorldFault): void {
    const { world } = this.#cluster;
    const meanMs = MINUTE_MS / world.faults.rateOf(kind);
    world.timeline.after(-Math.log(1 - world.random()) * meanMs, () => {
      if (this.#isOver) return;
      if (this.#bring[kind]()) world.faults.hit(kind);
      this.#plan(kind);
    });
  }
}
