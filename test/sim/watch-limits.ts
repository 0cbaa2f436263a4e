import { OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import { coresOf } from '../../agent/containers/limits.js';
import { same } from './explain.js';
import { HOST_CORES, type Host } from './host.js';
import type { Promised } from './promised.js';
import type { World } from './world.js';

const SUM = '3 limits and guarantees never sum above what is allocatable';
/** As the agents are set: 5 % is kept back. */
export const ALLOCATABLE_CORES = HOST_CORES * 0.95;

/**
 * Adds up what the limits of ours that the kernel of a host holds promise, quotas and weights
 * alike, after every change of any container.
 */
export class LimitSumWatch {
  readonly #totals = new Map<string, number>();
  readonly #world: World;
  readonly #promised: Promised;

  constructor(world: World, promised: Promised) {
    this.#world = world;
    this.#promised = promised;
  }

  look(host: Host): void {
    let [sum, total] = [0, 0];
    const parts: string[] = [];
    for (const container of host.engine.containers.values()) {
      const { id, name, labels, state } = container;
      if (state !== 'running') continue;
      const byWeight = this.#promised.coresOf(host, container);
      const cores = byWeight ?? host.engine.kernelCores(id);
      const original = host.originals.get(id);
      const isOptedIn =
        original !== undefined || labels[OWN_CONTAINER_LABELS.allocation] !== undefined;
      if (isOptedIn) total += cores ?? 0;
      const isOurs =
        byWeight !== null ||
        labels[OWN_CONTAINER_LABELS.allocation] !== undefined ||
        (original !== undefined && !same(coresOf(original), cores));
      if (!isOurs || cores === null) continue;
      sum += cores;
      parts.push(`${name} ${Number(cores.toFixed(4))}`);
    }
    // A container that comes with a limit of its own becomes ours when it is lowered: that makes
    // nothing larger.
    const isGrown = total > (this.#totals.get(host.node) ?? 0) + 1e-6;
    this.#totals.set(host.node, total);
    this.#world.check(SUM, sum <= ALLOCATABLE_CORES + 1e-4 || !isGrown, () => ({
      node: host.node,
      text: `${sum.toFixed(4)} of ${ALLOCATABLE_CORES} cores: ${parts.join(', ')}`,
    }));
  }
}
