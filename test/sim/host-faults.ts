import { OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import { DEFAULT_SHARES } from '../../agent/containers/weight.js';
import { JOURNAL_FILE } from '../../agent/enforce/journal.js';
import type { FakeContainer } from '../lib/fake-container.js';
import type { Cluster } from './cluster.js';
import type { WorldFault } from './faults.js';
import type { Host } from './host.js';

const WALL_STEP_MS = 3_600_000;

/** Faults of Docker, containers, journals and clocks of hosts. */
export class HostFaults {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** What each kind does; false = there was nothing to hit. */
  readonly bring = {
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
    'journal torn': () => this.#tearJournal(),
    'journal lost': () => this.#loseJournal(),
    'other state folder': () => this.#changeFolder(),
    'wall clock stepped': () => this.#stepWall(),
  } satisfies Partial<Record<WorldFault, () => boolean>>;

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
