import assert from 'node:assert/strict';
import { MinuteWriter } from '../../../../coordinator/dispatch/minute-writer.js';
import { paceOf } from '../../../../coordinator/pacing/pace.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { ownerOf } from '../../../../coordinator/workers/owner-of.js';
import { packPlain, unpackPlain } from '../../../../proto/codec/messagepack.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { decodeMinute } from '../../../../proto/view.js';
import type { NodeId } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { container, latency, nodeId, report, target } from '../../../unit/coordinator/build.js';

const CLUSTER = 'main';
export const NODES = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'h7', 'h8'].map(nodeId);
/** Answered by each node in each second. */
export const PER_SECOND = 2;
const MAX_BYTES = 2 ** 20;

/** A leader, with as many workers; 0 = it counts by itself. */
export interface Term {
  readonly workers: number;
  readonly seconds: number;
  /** `killed`: what it stored at the end of its last 15 s is all that it leaves. */
  readonly end: 'stopped' | 'killed';
  /** Until the next one leads, s. */
  readonly gap: number;
}

/** Nodes whose requests are counted by one leader after the other. */
export class CountedCluster {
  readonly clock = new ManualClock();
  readonly stores = new MemoryStores({ clock: this.clock });
  #second = 0;
  #epoch = 0;

  static async make(): Promise<CountedCluster> {
    const cluster = new CountedCluster();
    await cluster.stores.install(CLUSTER, { replicas: 1 });
    await cluster.clock.advance(60_000 - (cluster.clock.wall() % 60_000));
    return cluster;
  }

  /** Since the beginning of a minute, s. */
  get seconds(): number {
    return this.#second;
  }

  async run({ workers, seconds, end, gap }: Term): Promise<void> {
    this.#epoch += 1;
    const of = Math.max(1, workers);
    const writers: MinuteWriter[] = [];
    for (let index = 0; index < of; index += 1) {
      const part = workers === 0 ? {} : { part: { index, of } };
      writers.push(await this.#begin(part));
    }
    for (let i = 0; i < seconds; i += 1) {
      await this.#pass();
      for (const [index, writer] of writers.entries())
        writer.observe(this.#stateOf((node) => ownerOf(node, of) === index));
      await this.clock.advance(0);
    }
    if (end === 'stopped') await Promise.all(writers.map((writer) => writer.stop()));
    for (let i = 0; i < gap; i += 1) await this.#pass();
  }

  /** As 0.1.0 would have stored what is there. */
  async makeOld(): Promise<void> {
    const store = await this.#store();
    const listed = await store.list();
    assert.ok(listed.ok);
    for (const { key, value } of listed.value) {
      const plain = unpackPlain(value, MAX_BYTES);
      assert.ok(plain.ok && Array.isArray(plain.value));
      await store.put(key, packPlain(plain.value.slice(0, 3)));
    }
  }

  get records(): readonly (MinuteRecord & { readonly of: NodeId })[] {
    return this.stores.minutesOf(CLUSTER).map((bytes) => {
      const record = decodeMinute(bytes);
      assert.ok(record.ok, JSON.stringify(record));
      const [first] = record.value.allocations;
      return { ...record.value, of: nodeId(first?.job ?? '') };
    });
  }

  async #pass(): Promise<void> {
    await this.clock.advance(1000);
    this.#second += 1;
  }

  async #store(): Promise<KeyValueStore> {
    const opened = await this.stores.open(CLUSTER, 'profiles');
    assert.ok(opened.ok);
    return opened.value;
  }

  async #begin(part: Pick<ConstructorParameters<typeof MinuteWriter>[0], 'part'>) {
    const history = await this.stores.openHistory(CLUSTER);
    assert.ok(history.ok);
    const { clock } = this;
    const writer = new MinuteWriter({
      history: history.value,
      store: await this.#store(),
      subjects: subjectsOf(CLUSTER),
      ...{ clock, pace: paceOf(clock), log: silentLog, epoch: this.#epoch },
      leads: () => true,
      ...part,
    });
    await writer.start();
    return writer;
  }

  #stateOf(isOwn: (node: NodeId) => boolean) {
    const atMs = this.clock.now();
    const second = this.#second;
    const reports = NODES.filter(isOwn).map((node) => {
      const counters = { totalCount: second * PER_SECOND, totalMs: second * 200 };
      const its = container(`${node}-1`, { target: target(100), latency: latency(100, counters) });
      const said = { sequence: second, sentAtMs: second * 1000, containers: [its] };
      return { atMs, report: report(node, said) };
    });
    const start = emptyState({ incarnation: 'i', epoch: this.#epoch, policy: 'equal' });
    return reduce(start, { kind: 'reports', atMs, reports });
  }
}
