import { BUCKETS } from '../../proto/store.js';
import type { Cluster } from './cluster.js';
import type { WorldFault } from './faults.js';

/** Faults of connections, of NATS and of what it stores. */
export class NetworkFaults {
  readonly #cluster: Cluster;
  readonly #isOver: () => boolean;

  /** @param isOver - whether faults have ended: a cut that is still planned then cuts nothing. */
  constructor(cluster: Cluster, isOver: () => boolean) {
    this.#cluster = cluster;
    this.#isOver = isOver;
  }

  /** What each kind does; false = there was nothing to hit. */
  readonly bring = {
    'cut both ways': () => this.#cut({ out: true, in: true }),
    'cut outwards': () => this.#cut({ out: true, in: false }),
    'cut inwards': () => this.#cut({ out: false, in: true }),
    'cut flaps': () => this.#flap(),
    'nats restarts': () => this.#restartNats(),
    'bucket made anew': () => this.#remake(['desired']),
    'store made anew': () => this.#remake(BUCKETS),
  } satisfies Partial<Record<WorldFault, () => boolean>>;

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
        cable.cut({ out: isCut && !this.#isOver(), in: isCut && !this.#isOver() }),
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
}

/** The node of an agent's cable; '' = the cable of another program. */
const nodeIn = (cable: string): string =>
  cable.startsWith('agent ') ? cable.slice('agent '.length) : '';
