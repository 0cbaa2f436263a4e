import { LEASE_KEY } from '../../coordinator/store/lease.js';
import { decodeCommand, encodeCommand } from '../../proto/command.js';
import { type BucketName, type KeyValueStore, MARK_KEY } from '../../proto/store.js';
import type { NodeId } from '../../shared/ids.js';
import { CLUSTER, type Cluster } from './cluster.js';

/** Epochs that no leader has had: beyond the longest step, the bound, and what is exact. */
const FAR = [2 ** 33, 2 ** 51, 2 ** 52, 2 ** 53 - 1] as const;
const JUNK = ['', '{', '[]', '{"epoch":"1"}', 'junk'] as const;
const MARKED = ['nodes', 'profiles', 'desired', 'jobs'] as const;

/**
 * Writes to the store past all that dqoes checks, as anybody with its credentials can. The jobs
 * themselves are left alone: what is overwritten there is lost where it does not run.
 */
export class Forger {
  readonly #cluster: Cluster;
  /** Only this bucket's mark: where all of them are forged, nobody knows what is true. */
  readonly #marked: BucketName;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#marked = cluster.world.pick([...MARKED]) ?? 'nodes';
  }

  damage(): boolean {
    const text = this.#cluster.world.pick([...JUNK]) ?? '';
    return this.#write(() => new TextEncoder().encode(text));
  }

  forge(): boolean {
    const { world } = this.#cluster;
    const epoch = world.pick([...FAR]) ?? 2 ** 51;
    return this.#write((value) => withEpoch(value, epoch));
  }

  #write(change: (value: Uint8Array) => Uint8Array | undefined): boolean {
    const { world, hosts, nats, observer } = this.#cluster;
    if (!nats.isUp) return false;
    const [bucket, key] = world.pick<readonly [BucketName, string]>([
      ['lease', LEASE_KEY],
      ['desired', world.pick(hosts)?.node ?? ''],
      [this.#marked, MARK_KEY],
    ]) ?? ['lease', LEASE_KEY];
    // What was known of the node, or of the lease, is gone, as where its bucket was lost.
    if (bucket === 'lease') observer.onStoreLost(['lease']);
    if (bucket === 'desired') observer.desired.delete(key as NodeId);
    void this.#replace(bucket, key, change);
    return true;
  }

  async #replace(
    bucket: BucketName,
    key: string,
    change: (value: Uint8Array) => Uint8Array | undefined,
  ): Promise<void> {
    const opened = await this.#cluster.nats.stores.open(CLUSTER, bucket);
    if (opened.ok) await replaceIn(opened.value, key, change);
  }
}

// What was never there is not forged: the first lease and the first marks make the cluster.
async function replaceIn(
  store: KeyValueStore,
  key: string,
  change: (value: Uint8Array) => Uint8Array | undefined,
): Promise<void> {
  const read = await store.get(key);
  const value = read.ok && read.value !== null ? change(read.value.value) : undefined;
  if (value !== undefined) await store.put(key, value);
}

function withEpoch(value: Uint8Array, epoch: number): Uint8Array | undefined {
  const desired = decodeCommand(value);
  if (desired.ok) return encodeCommand({ ...desired.value, epoch });
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(value));
    return new TextEncoder().encode(JSON.stringify({ ...(json as object), epoch }));
  } catch {
    return undefined;
  }
}
