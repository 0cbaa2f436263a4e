import type { Bus } from '../../proto/bus.js';
import { COMMAND_MAX_BYTES } from '../../proto/codec/limits.js';
import { LEAVE_HEADER } from '../../proto/command.js';
import type { CommandCodec } from '../../proto/command-codec.js';
import { type KeyValueStore, MARK_KEY } from '../../proto/store.js';
import type { Subjects } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import { type DesiredState, isWithinReach, leavesRoom } from '../../shared/command.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { mapInBatches } from '../pacing/batches.js';
import type { Pace } from '../pacing/pace.js';
import type { ClusterState, NodeRecord } from '../state/model.js';
import { type LastNudge, nudgeDueMs, QuietNodes } from './nudge.js';

/** Nodes written concurrently; more would keep the thread for long and delay the lease. */
const NODES_PER_BATCH = 64;
const NEVER = Number.POSITIVE_INFINITY;

/** The bucket of desired states, the way to the nodes, and the leadership to write under. */
export interface DispatcherOptions {
  readonly store: KeyValueStore;
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly clock: Clock;
  readonly log: Log;
  readonly pace: Pace;
  readonly commands: CommandCodec;
  readonly epoch: number;
  /** The store's revision of each node's key, as loaded; for compare-and-set. */
  readonly revisions: ReadonlyMap<NodeId, number>;
  /** The store holds these now: written by us or, after a conflict, by another process. */
  readonly onStored: (states: readonly DesiredState[]) => void | Promise<void>;
  /** Whether we still lead: asked before each write and each message. */
  readonly mayWrite: () => boolean;
  /** Others write to the bucket, too, for other nodes. Default false. */
  readonly isShared?: boolean;
  /** A later epoch was seen: another coordinator leads. */
  readonly onSuperseded: (epoch: number) => void;
}

/** Desired states written, messages sent and writes that failed, since this leadership began. */
export interface DispatchCounters {
  readonly written: number;
  readonly nudged: number;
  readonly conflicts: number;
  readonly failed: number;
}

/**
 * Writes desired states by compare-and-set, then publishes them to their nodes. Never throws; what
 * failed is decided again in the next pass.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #revisions: Map<NodeId, number>;
  readonly #lastNudges = new Map<NodeId, LastNudge>();
  readonly #quiet = new QuietNodes();
  readonly #logged = new Set<string>();
  /** When the second agent of a name was heard that was told last, ms. */
  readonly #toldTwins = new Map<NodeId, number>();
  /**
   * The bucket's revision, had nobody but us written since it was read; undefined = not read yet.
   */
  #expectedRevision: number | undefined;
  /** What is stored for these is damaged or forged, and not written over yet. */
  readonly #damaged = new Set<NodeId>();
  /** Reads that the store did not answer. */
  #unanswered = 0;
  #counters: DispatchCounters = { written: 0, nudged: 0, conflicts: 0, failed: 0 };

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#revisions = new Map(options.revisions);
  }

  get counters(): DispatchCounters {
    return this.#counters;
  }

  /**
   * Writes in batches; resolves when each state is stored and published, or has failed. Where the
   * store answers for no node of a batch, the rest waits for the next pass.
   */
  async write(states: readonly DesiredState[]): Promise<void> {
    const { onStored, pace } = this.#options;
    const slice = pace.begin();
    for (let at = 0; at < states.length; at += NODES_PER_BATCH) {
      const some = states.slice(at, at + NODES_PER_BATCH);
      const unanswered = this.#unanswered;
      const stored = await Promise.all(some.map((desired) => this.#writeOne(desired)));
      await onStored(stored.filter((held) => held !== undefined));
      if (this.#unanswered - unanswered === some.length) return;
      if (slice.isOver) await slice.yield();
    }
  }

  /**
   * Compares the state's desired states with the bucket and writes the missing ones again: nothing
   * else notices a lost write while nothing changes. Reads nothing where the bucket's revision
   * shows no write but ours since it was read last, or a shared one still holds our newest write (a
   * store that loses writes loses the newest), unless `full`. Not to be called while `write` runs.
   */
  async reconcileStore(state: ClusterState, full: boolean): Promise<void> {
    const { store, commands, isShared = false } = this.#options;
    if (full) this.#expectedRevision = undefined;
    else if (isShared && (await this.#holdsNewest())) return;
    const last = await store.lastRevision();
    if (!last.ok || last.value === this.#expectedRevision) return;
    const listed = await store.list();
    // A bucket without its mark was created again: the start that marks it refills it.
    if (!listed.ok || !listed.value.some(({ key }) => key === MARK_KEY)) return;
    this.#expectedRevision = last.value;
    const stored = new Map(listed.value.map((each) => [each.key, each]));
    const ours = [...state.nodes.values()].flatMap(({ desired }) =>
      desired?.epoch === this.#options.epoch && desired.incarnation === state.incarnation
        ? [desired]
        : [],
    );
    const missing = ours.filter(({ node }) => !stored.has(node));
    for (const { node } of missing) this.#revisions.delete(node);
    const other = ours.filter(
      ({ node }) => stored.has(node) && stored.get(node)?.revision !== this.#revisions.get(node),
    );
    const held = await mapInBatches(other, NODES_PER_BATCH, (desired) =>
      this.#readAgain(desired, commands.encode(desired)),
    );
    if (held.length > 0) await this.#options.onStored(held.filter((each) => each !== undefined));
    const lost = [...missing, ...ours.filter(({ node }) => this.#damaged.has(node))];
    if (lost.length === 0) return;
    this.#options.log.error('dispatch: the store has lost desired states; they are written again', {
      nodes: lost.length,
    });
    await this.write(lost);
  }

  /**
   * Publishes desired states again to nodes that seem to have missed them (see `needsNudge`), and
   * tells second agents of a name to end.
   */
  async nudge(state: ClusterState): Promise<void> {
    const { pace, clock, commands, epoch } = this.#options;
    const slice = pace.begin();
    const nowMs = clock.now();
    this.#forgetGone(state);
    let place = -1;
    for (const node of state.nodes.values()) {
      place += 1;
      if (this.#quiet.has(place, node, nowMs)) continue;
      const hasTold = this.#tellTwin(node);
      const { desired } = node;
      const isOurs = desired?.epoch === epoch;
      const dueMs = isOurs ? nudgeDueMs(node, this.#lastNudges.get(node.id)) : NEVER;
      if (desired === null || nowMs < dueMs) {
        if (hasTold) this.#quiet.note(place, node, dueMs);
        continue;
      }
      this.#publish(desired, commands.encode(desired));
      if (slice.isOver) await slice.yield();
    }
    this.#quiet.cut(place + 1);
  }

  /** Whether the store holds our newest write; true where it does not answer. */
  async #holdsNewest(): Promise<boolean> {
    if (this.#damaged.size > 0) return false;
    let newest: readonly [NodeId, number] | undefined;
    for (const each of this.#revisions)
      if (newest === undefined || each[1] > newest[1]) newest = each;
    if (newest === undefined) return true;
    const read = await this.#options.store.get(newest[0]);
    return !read.ok || read.value?.revision === newest[1];
  }

  /** Names of nodes may be new for each host. */
  #forgetGone({ nodes }: ClusterState): void {
    for (const known of [this.#lastNudges, this.#toldTwins, this.#damaged])
      if (known.size > nodes.size)
        for (const id of known.keys()) if (!nodes.has(id)) known.delete(id);
  }

  /** Asks a second agent of a name to end, each time it was heard again; whether none is left. */
  #tellTwin({ id, twin }: NodeRecord): boolean {
    const { bus, subjects, commands, mayWrite } = this.#options;
    if (twin === null || this.#toldTwins.get(id) === twin.atMs) return true;
    if (!mayWrite()) return false;
    this.#toldTwins.set(id, twin.atMs);
    const { bootId } = twin;
    const body = commands.signLeave({ node: id, bootId });
    bus.publish(subjects.command(id), body, { [LEAVE_HEADER]: bootId });
    return true;
  }

  /** What the store holds afterwards; undefined = not known, or nothing that a node may obey. */
  async #writeOne(desired: DesiredState): Promise<DesiredState | undefined> {
    const { store, commands, mayWrite } = this.#options;
    const { node } = desired;
    if (!mayWrite()) return undefined;
    const bytes = commands.encode(desired);
    if (bytes.length > COMMAND_MAX_BYTES) {
      this.#count('failed');
      this.#logOnce(
        node,
        'too-large',
        `its desired state has ${bytes.length} bytes, more than ${COMMAND_MAX_BYTES}`,
      );
      return undefined;
    }
    const put = await store.put(node, bytes, this.#revisions.get(node) ?? 0);
    if (put.ok) {
      this.#count('written');
      this.#damaged.delete(node);
      this.#revisions.set(node, put.value);
      if (this.#expectedRevision !== undefined) this.#expectedRevision += 1;
      this.#publish(desired, bytes);
      return desired;
    }
    this.#count(put.error === 'conflict' ? 'conflicts' : 'failed');
    if (put.error === 'missing-bucket')
      return this.#logOnce(node, 'missing', 'its bucket is missing; limits stay until it is back');
    if (put.error === 'full')
      return this.#logOnce(node, 'full', 'the bucket of desired states is full');
    return this.#readAgain(desired, bytes);
  }

  // After a conflict, or without an answer, only the store knows what it holds.
  async #readAgain(desired: DesiredState, bytes: Uint8Array): Promise<DesiredState | undefined> {
    const { store, commands, onSuperseded, epoch } = this.#options;
    const read = await store.get(desired.node);
    if (!read.ok) {
      this.#unanswered += 1;
      return this.#logOnce(desired.node, read.error, `the store does not answer (${read.error})`);
    }
    if (read.value === null) {
      this.#revisions.delete(desired.node);
      return undefined;
    }
    const held = commands.decode(read.value.value);
    if (!held.ok || !isWithinReach(held.value.epoch, epoch) || !leavesRoom(held.value)) {
      this.#damaged.add(desired.node);
      this.#revisions.set(desired.node, read.value.revision);
      const [kind, reason] = held.ok
        ? ['version', `${held.value.epoch}.${held.value.revision} is stored, far beyond ours`]
        : [held.error.code, held.error.message];
      return this.#logOnce(desired.node, kind, reason);
    }
    if (held.value.epoch > epoch) {
      onSuperseded(held.value.epoch);
      return undefined;
    }
    this.#revisions.set(desired.node, read.value.revision);
    if (sameBytes(read.value.value, bytes)) this.#publish(desired, bytes);
    return held.value;
  }

  #publish(desired: DesiredState, bytes: Uint8Array): void {
    const { bus, subjects, clock, mayWrite } = this.#options;
    if (!mayWrite()) return;
    bus.publish(subjects.command(desired.node), bytes);
    const { incarnation, epoch, revision } = desired;
    this.#lastNudges.set(desired.node, {
      version: { incarnation, epoch, revision },
      atMs: clock.now(),
    });
    this.#count('nudged');
  }

  #count(what: keyof DispatchCounters): void {
    this.#counters = { ...this.#counters, [what]: this.#counters[what] + 1 };
  }

  // Once per node and kind: the loop comes here every second while the fault lasts.
  #logOnce(node: NodeId, kind: string, reason: string): undefined {
    const key = `${node} ${kind}`;
    if (this.#logged.has(key) || this.#logged.size > 1000) return undefined;
    this.#logged.add(key);
    this.#options.log.error('dispatch: a desired state could not be written', { node, reason });
    return undefined;
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
