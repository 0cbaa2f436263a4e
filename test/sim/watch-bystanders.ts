import type { FakeContainer } from '../lib/fake-container.js';
import type { Host } from './host.js';
import type { World } from './world.js';

const UNTOUCHED = '6 what did not opt in is never changed';

/** All of a container that must not change, as one text to compare. */
export const fingerprintOf = ({
  state,
  startedAt,
  cpu,
  kernel,
  kernelShares,
  burstUs,
}: FakeContainer): string =>
  JSON.stringify({ state, startedAt, cpu, kernel, kernelShares, burstUs });

/** Containers that did not opt in stay as they were. */
export class BystanderWatch {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  look(host: Host): void {
    for (const [id, before] of host.bystanders) {
      const container = host.engine.containers.get(id);
      const now = container === undefined ? 'gone' : fingerprintOf(container);
      this.#world.check(UNTOUCHED, now === before, () => ({
        node: host.node,
        text: `${container?.name ?? id} went from ${before} to ${now}`,
      }));
    }
  }
}
