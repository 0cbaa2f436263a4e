import type { AllocationId } from '../../shared/ids.js';
import type { Workload } from '../discover/workloads.js';

/** Who sent an observation, as a receiver knows it. */
export interface Sender {
  readonly address: string;
  /** What it shows to push for a container that it is not. */
  readonly token?: string;
}

/**
 * Finds the allocation that a sender of response times belongs to. A container's own address
 * decides; from an address of no container, such as loopback, the container's token does. Anybody
 * knows a name, so none counts.
 */
export class Attribution {
  readonly #byAddress = new Map<string, AllocationId | null>();
  readonly #byToken = new Map<string, AllocationId | null>();

  /** An address or a token that several running workloads share identifies none of them. */
  constructor(workloads: readonly Workload[]) {
    const running = workloads.filter((workload) => workload.state === 'running');
    for (const workload of running) {
      for (const address of workload.container?.addresses ?? [])
        note(this.#byAddress, plainAddress(address), workload.id);
      note(this.#byToken, workload.container?.pushToken ?? '', workload.id);
    }
  }

  of(sender: Sender): AllocationId | undefined {
    const address = this.#byAddress.get(plainAddress(sender.address));
    if (address !== undefined && address !== null) return address;
    return (sender.token === undefined ? undefined : this.#byToken.get(sender.token)) ?? undefined;
  }
}

function note(map: Map<string, AllocationId | null>, key: string, id: AllocationId): void {
  if (key !== '') map.set(key, map.has(key) && map.get(key) !== id ? null : id);
}

/** `::ffff:172.17.0.2` and `172.17.0.2` are one address; a prefix length or zone is dropped. */
export function plainAddress(address: string): string {
  const plain = address.toLowerCase().replace(/[/%].*$/, '');
  return plain.startsWith('::ffff:') && plain.includes('.') ? plain.slice('::ffff:'.length) : plain;
}
