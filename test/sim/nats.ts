import type { Bus } from '../../proto/bus.js';
import { createMemoryHub, type MemoryHub } from '../../proto/memory/bus.js';
import { MemoryStores } from '../../proto/memory/store.js';
import { BUCKETS, type BucketName, type StoredValue } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import { silentLog } from '../../shared/log.js';
import { NatsFiles } from './nats-files.js';
import type { World } from './world.js';

/** The way between a process and NATS, across its lives. */
export class Cable {
  isCutOut = false;
  isCutIn = false;
  #listeners = new Set<() => void>();
  readonly #nats: Nats;

  constructor(
    readonly name: string,
    nats: Nats,
  ) {
    this.#nats = nats;
  }

  get isBroken(): boolean {
    return this.isCutOut || this.isCutIn || !this.#nats.isUp;
  }

  cut(how: { readonly out: boolean; readonly in: boolean }): void {
    this.isCutOut = how.out;
    this.isCutIn = how.in;
    this.changed();
  }
  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/**
 * The server: the hub and stores of `proto/memory-*`, which pass the contracts of the real ones,
 * and the ways to it.
 */
export class Nats {
  readonly hub: MemoryHub;
  readonly stores: MemoryStores;
  readonly files = new NatsFiles();
  readonly cables = new Map<string, Cable>();
  /** Older values of each desired state, oldest first: what a replica that lags may answer. */
  readonly older = new Map<string, StoredValue[]>();
  /** A value that was gone is there again. */
  onBack: (bucket: BucketName, key: string) => void = () => {};
  /** Grows whenever buckets are lost: what was under way to them then is lost, too. */
  losses = 0;
  /** Since when it is down; null = it is up. */
  downSinceMs: number | null = null;

  constructor(
    readonly world: World,
    readonly cluster: string,
  ) {
    const clock: Clock = {
      now: () => world.nowMs,
      wall: () => world.nowMs,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          const due = world.timeline.after(ms, resolve);
          const wake = (): void => {
            due.cancel();
            resolve();
          };
          signal?.addEventListener('abort', wake, { once: true });
        }),
    };
    this.hub = createMemoryHub({ clock, log: silentLog });
    const publisher: Bus = this.hub.connect();
    this.stores = new MemoryStores({
      clock,
      publish: (subject, data) => publisher.publish(subject, data),
    });
  }

  get isUp(): boolean {
    return this.downSinceMs === null;
  }

  cable(name: string): Cable {
    let cable = this.cables.get(name);
    if (cable === undefined) {
      cable = new Cable(name, this);
      this.cables.set(name, cable);
    }
    return cable;
  }

  goDown(): void {
    this.downSinceMs = this.world.nowMs;
    for (const cable of this.cables.values()) cable.changed();
  }
  /** After an unclean end: it holds what its files hold. */
  comeUp(): void {
    this.downSinceMs = null;
    for (const [bucket, stored] of this.files.values())
      if (this.stores.bringBack(this.cluster, bucket, stored)) this.onBack(bucket, stored.key);
    for (const cable of this.cables.values()) cable.changed();
  }

  async install(): Promise<void> {
    await this.stores.install(this.cluster, { replicas: 1 });
  }

  destroy(buckets: readonly BucketName[] = BUCKETS): void {
    this.losses += 1;
    for (const bucket of buckets) this.stores.destroy(this.cluster, bucket);
    this.files.remove(buckets);
    if (buckets.includes('desired')) this.older.clear();
  }
}
