import { OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import { DEFAULT_SHARES } from '../../agent/containers/weight.js';
import { JOURNAL_FILE } from '../../agent/enforce/journal.js';
import { BUCKETS } from '../../proto/store.js';
import type { FakeContainer } from '../lib/fake-container.js';
import type { Cluster } from './cluster.js';
import { WORLD_KINDS, type WorldFault } from './faults.js';
import type { Host } from './host.js';
import { Liar } from './liar.js';
import { jobOf } from './operator.js';

const MINUTE_MS = 60_000;
const FLOOD_JOBS = 8;
const WALL_STEP_MS = 3_600_000;

/**
 * Brings faults over a cluster, at random times, until they are over. Each says whether it truly
 * hit.
 */
export class Chaos {
  readonly #liar: Liar;
  #isOver = false;
  #floods = 0;
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#liar = new Liar(cluster);
  }

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

  readonly #bring: Readonly<Record<WorldFault, () => boolean>> = {
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
    'jobs flood in': () => this.#flood(),
    'event loop stalls': () => this.#standStill(this.#runners(), 100, 3000),
    'cut both ways': () => this.#cut({ out: true, in: true }),
    'cut outwards': () => this.#cut({ out: true, in: false }),
    'cut inwards': () => this.#cut({ out: false, in: true }),
    'cut flaps': () => this.#flap(),
    'nats restarts': () => this.#restartNats(),
    'bucket made anew': () => this.#remake(['desired']),
    'store made anew': () => this.#remake(BUCKETS),
    'docker down': () => this.#dockerDown(),
    'container restarted': () => this.#restartContainer(),
    'container ended': () =>
      this.#onContainer(
        ({ state }) => state === 'running',
        (host, { id }) => host.engine.end(id, 137),
      ),
    'container removed': () =>
      this.#onContainer(
        () => true,
        (host, { id }) => host.engine.remove(id),
      ),
    'limit changed by others': () => this.#forgetLimit(),
    'command forged': () => this.#liar.forgeCommand(),
    'command repeated': () => this.#liar.repeat(),
    'bytes malformed': () => this.#liar.spoil(),
    'report forged': () => this.#liar.forgeReport(),
    'journal torn': () => this.#tearJournal(),
    'journal lost': () => this.#loseJournal(),
    'other state folder': () => this.#changeFolder(),
    'wall clock stepped': () => this.#stepWall(),
  };

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
    whom: (one: { readonly isLeader: boolean }) => boolean,
    why: string,
    downMs?: number,
  ): boolean {
    const { world, coordinators } = this.#cluster;
    const ms = downMs ?? world.between(500, 15_000);
    const chosen = coordinators.filter(
      (one) => one.isAlive && whom({ isLeader: this.#cluster.isLeader(one) }),
    );
    for (const one of chosen) one.kill(`SIGKILL, ${why}`, ms);
    return chosen.length > 0;
  }

  #standStill(runners: Cluster['coordinators'], least: number, most: number): boolean {
    const { world } = this.#cluster;
    const runner = world.pick(
      runners.filter((one) => one.isAlive && one.process?.isStopped === false),
    );
    runner?.stop(world.between(least, most));
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

  #cut(how: { readonly out: boolean; readonly in: boolean }): boolean {
    const { world, nats } = this.#cluster;
    const cable = world.pick([...nats.cables.values()].filter((one) => !one.isBroken));
    if (cable === undefined) return false;
    const ms = world.between(500, 25_000);
    const way = how.out && how.in ? 'both ways' : how.out ? 'outwards' : 'inwards';
    world.tell(
      nodeIn(cable.name),
      `${cable.name} is cut off ${way} for ${(ms / 1000).toFixed(1)} s`,
    );
    cable.cut(how);
    world.timeline.after(ms, () => cable.cut({ out: false, in: false }));
    return true;
  }

  #flap(): boolean {
    const { world, nats } = this.#cluster;
    const cable = world.pick([...nats.cables.values()]);
    if (cable === undefined) return false;
    world.tell(nodeIn(cable.name), `${cable.name} comes and goes`);
    for (let atMs = 0, n = 0; n < 6; n += 1) {
      const isCut = n % 2 === 0;
      atMs += world.between(200, 4000);
      world.timeline.after(atMs, () =>
        cable.cut({ out: isCut && !this.#isOver, in: isCut && !this.#isOver }),
      );
    }
    return true;
  }

  #restartNats(): boolean {
    const { world, nats } = this.#cluster;
    if (!nats.isUp) return false;
    const ms = world.between(200, 20_000);
    world.tell('', `NATS is down for ${(ms / 1000).toFixed(1)} s`);
    nats.goDown();
    world.timeline.after(ms, () => !nats.isUp && nats.comeUp());
    return true;
  }

  #remake(buckets: Parameters<Cluster['nats']['destroy']>[0] & {}): boolean {
    const { world, nats, observer, operator } = this.#cluster;
    const isAll = buckets.length === BUCKETS.length;
    world.tell('', `${isAll ? 'all buckets are' : 'the bucket of desired states is'} lost`);
    nats.destroy(buckets);
    observer.onStoreLost(buckets);
    world.timeline.after(world.between(100, 3000), () => {
      world.tell('', 'the buckets are made again, empty');
      void nats.install().then(() => isAll && operator.askAgain());
    });
    return true;
  }

  #dockerDown(): boolean {
    const { world, hosts } = this.#cluster;
    const host = world.pick(hosts.filter((one) => !one.isEngineDown));
    if (host === undefined) return false;
    world.tell(host.node, 'Docker is down');
    host.isEngineDown = true;
    world.timeline.after(world.between(1000, 15_000), () => {
      host.isEngineDown = false;
    });
    return true;
  }

  #onContainer(
    which: (container: FakeContainer) => boolean,
    does: (host: Host, container: FakeContainer) => void,
  ): boolean {
    const { world, hosts } = this.#cluster;
    const host = world.pick(hosts);
    const container = world.pick(
      [...(host?.engine.containers.values() ?? [])].filter(
        (one) => host?.bystanders.has(one.id) === false && which(one),
      ),
    );
    if (host === undefined || container === undefined) return false;
    world.tell(host.node, `${container.name} (${container.state}) is touched by others`);
    host.settle();
    does(host, container);
    return true;
  }

  #restartContainer(): boolean {
    const { world } = this.#cluster;
    return this.#onContainer(
      ({ state }) => state === 'running',
      (host, { id }) => {
        host.engine.end(id, 1);
        world.timeline.after(world.between(50, 4000), () => {
          const container = host.engine.containers.get(id);
          if (container?.state === 'exited') host.engine.start(id);
        });
      },
    );
  }

  #forgetLimit(): boolean {
    return this.#onContainer(
      // With its own limit it is not ours to watch.
      ({ state, kernel, kernelShares, labels }) =>
        state === 'running' &&
        (kernel.quotaUs > 0 || kernelShares !== DEFAULT_SHARES) &&
        labels[OWN_CONTAINER_LABELS.allocation] !== undefined,
      (host, container) => {
        if (container.kernel.quotaUs <= 0) container.kernelShares = DEFAULT_SHARES;
        container.kernel = { ...container.kernel, quotaUs: -1 };
        container.burstUs = 0;
        host.isChanged = true;
      },
    );
  }

  #tearJournal(): boolean {
    const { world, agents } = this.#cluster;
    const agent = world.pick(agents.filter(({ host }) => host.state.folder().has(JOURNAL_FILE)));
    if (agent === undefined) return false;
    agent.runner.kill('SIGKILL, its journal is damaged');
    const folder = agent.host.state.folder();
    const text = folder.get(JOURNAL_FILE) ?? '';
    folder.set(JOURNAL_FILE, text.slice(0, Math.floor(text.length * world.random())));
    return true;
  }

  #loseJournal(): boolean {
    const { world, agents, observer } = this.#cluster;
    const agent = world.pick(agents.filter(({ host }) => host.state.folder().has(JOURNAL_FILE)));
    if (agent === undefined) return false;
    agent.runner.kill('SIGKILL, its journal is gone');
    agent.host.state.folder().delete(JOURNAL_FILE);
    observer.onJournalLost(agent.host);
    return true;
  }

  #changeFolder(): boolean {
    const { world, agents, observer } = this.#cluster;
    const agent = world.pick(agents);
    if (agent === undefined) return false;
    const { host, runner } = agent;
    runner.kill('SIGKILL, another comes with another state folder', world.between(500, 15_000));
    host.state.current = host.state.current === 'first' ? 'other' : 'first';
    observer.onJournalLost(host);
    return true;
  }

  #stepWall(): boolean {
    const { world, hosts } = this.#cluster;
    const host = world.pick(hosts);
    const time = host?.time;
    if (time === undefined) return false;
    for (const one of [time, ...this.#cluster.coordinators.map(({ options }) => options.time)])
      one.wallSkewMs = (world.random() - 0.5) * 2 * WALL_STEP_MS;
    return true;
  }
}

const nodeIn = (cable: string): string =>
  cable.startsWith('agent ') ? cable.slice('agent '.length) : '';
