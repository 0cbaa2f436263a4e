import type { Appended, HistoryLog, KeyValueStore, StoreFailure } from '../../proto/store.js';
import type { Subjects } from '../../proto/subjects.js';
import { encodeMinute } from '../../proto/view.js';
import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import { indexByHash } from '../../shared/hash.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { Prices } from '../../shared/prices.js';
import type { Result } from '../../shared/result.js';
import type { Pace } from '../pacing/pace.js';
import type { ClusterState } from '../state/model.js';
import { checkpointValues, type StoredMinute } from '../view/checkpoint.js';
import { type ClosedMinute, isAhead, MINUTE_MS, MinuteFold, minuteAt } from '../view/minutes.js';
import { SeenReports } from '../view/seen-reports.js';
import { type CheckpointPart, checkpointKeys, storedCheckpoints } from './stored-checkpoints.js';

/** Where minutes and what is open of them are stored, and in whose name. */
export interface MinuteWriterOptions {
  /** null = the cluster has no stream of minutes: nothing is counted. */
  readonly history: HistoryLog | null;
  /** Holds what is open, under keys of its own. */
  readonly store: KeyValueStore;
  readonly subjects: Subjects;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly log: Log;
  readonly epoch: number;
  readonly leads: () => boolean;
  /** Which nodes it is told of; absent = all. */
  readonly part?: CheckpointPart;
  /** Are written into each record; absent = the cluster has none. */
  readonly prices?: Prices | undefined;
}

/**
 * Between two times that what is open is stored, ms: what a leader that is killed may take along.
 */
export const CHECKPOINT_MS = 15_000;
/** Minutes that wait while the stream does not answer; beyond it the oldest are dropped. */
const MAX_WAITING = 10_000;
const RETRY_MS = 1000;
const ALL: CheckpointPart = { index: 0, of: 1 };
/** A stream that answers slowly must not keep a leader from handing over. */
const STOP_MS = 5000;
/** As long as the stream knows repeats: later, a minute of an earlier leader could be doubled. */
const INHERITED_MS = 540_000;
/** Appends in flight at the same time. */
const BATCH = 32;
/** A record is dropped when so often it failed, without a reason, where others were stored. */
const MAX_OVERTAKEN = 8;

/**
 * Writes the record of each node and minute, in the background, so that no decision waits for it.
 * What is open is stored every 15 s and at the end, and the next leader goes on with it: requests
 * and CPU then count once, however the leader ended.
 */
export class MinuteWriter {
  readonly #options: MinuteWriterOptions;
  readonly #part: CheckpointPart;
  readonly #fold: MinuteFold;
  readonly #seen = new SeenReports();
  readonly #waiting: ClosedMinute[] = [];
  /** How often each was tried in vain where others were stored. */
  readonly #overtaken = new Map<ClosedMinute, number>();
  readonly #stopping = new AbortController();
  #isReady = false;
  #starting: Promise<void> | undefined;
  #draining: Promise<void> | undefined;
  #storing: Promise<void> | undefined;
  #storedAtMs: number;
  #stopAtMs = Number.POSITIVE_INFINITY;
  /** Unix time when reports were counted last, ms. */
  #wallMs = 0;
  #hasLogged = false;
  #hasComplained = false;
  #hasRefused = false;
  #dropped = 0;

  constructor(options: MinuteWriterOptions) {
    this.#options = options;
    this.#part = options.part ?? ALL;
    this.#fold = new MinuteFold(options.epoch, options.prices);
    this.#storedAtMs = options.clock.now();
  }

  /** Records that were dropped because the stream did not take them for long, or never does. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Takes over what the leader before left open. Reports count from when it resolves; their
   * counters say what was before. Never rejects.
   */
  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    try {
      if (this.#options.history !== null) await this.#inherit();
    } catch (cause) {
      this.#options.log.warn('minutes: what was open cannot be read', { cause: messageOf(cause) });
    }
    this.#isReady = true;
  }

  /** Counts the reports that came since the last call. Never throws, never waits. */
  observe(state: ClusterState): void {
    const { history, clock } = this.#options;
    if (history === null || !this.#isReady) return;
    const wallMs = clock.wall();
    this.#watchClock(wallMs);
    for (const report of this.#seen.newIn(state)) {
      const closed = this.#fold.add(report, wallMs, state.jobs);
      if (closed !== null) this.#waiting.push(closed);
    }
    for (const closed of this.#fold.closeSilent(wallMs)) this.#waiting.push(closed);
    this.#startDraining();
    if (clock.now() - this.#storedAtMs >= CHECKPOINT_MS) this.#startStoring();
  }

  /** Tries what waits once more, for five seconds at most, and stores what is open. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#stopAtMs = this.#options.clock.now() + STOP_MS;
    await this.#starting;
    await this.#draining;
    await this.#storing;
    if (this.#options.history === null || !this.#isReady) return;
    await this.#drain();
    await this.#store();
    const records = this.#waiting.length;
    if (records > 0)
      this.#options.log.warn('minutes: the stream did not take all records in time', { records });
  }

  async #inherit(): Promise<void> {
    const { store, clock } = this.#options;
    const wallMs = clock.wall();
    const { index, of } = this.#part;
    const stored = await storedCheckpoints(store, wallMs - INHERITED_MS);
    const found = [...stored].filter(([node]) => indexByHash(node, of) === index);
    // One that is far ahead was begun by another clock, and its record may be stored already.
    const isOver = ({ open: { minute } }: StoredMinute): boolean =>
      minute < minuteAt(wallMs) || isAhead(minute, wallMs);
    const over = found.filter(([, stored]) => isOver(stored));
    for (const [node, stored] of found) if (!isOver(stored)) this.#fold.adopt(node, stored.open);
    for (let at = 0; at < over.length; at += BATCH)
      await Promise.all(over.slice(at, at + BATCH).map((each) => this.#closeInherited(...each)));
  }

  // Where the leader before wrote the record after it stored this, some of what the counters say
  // since is in that record: then counting begins again, and the minute is marked as partial. That
  // may be so where this was stored in its minute before anything was counted, too.
  async #closeInherited(node: NodeId, { open, atMs }: StoredMinute): Promise<void> {
    const { clock, leads } = this.#options;
    const closed = this.#fold.closeInherited(node, open);
    if (closed === null) {
      if (minuteAt(atMs) > open.minute) this.#fold.adoptCounters(node, open, clock.wall());
      return;
    }
    if (!leads()) return;
    const appended = await this.#append(closed);
    if (appended.ok && appended.value === 'stored')
      this.#fold.adoptCounters(node, open, clock.wall());
    else if (!appended.ok) this.#waiting.push(closed);
  }

  #append({ id, node, record }: ClosedMinute) {
    const { history, subjects } = this.#options;
    if (history === null) throw new Error('there is no stream of minutes');
    return history.append(subjects.minute(node), id, encodeMinute(record));
  }

  #startDraining(): void {
    const surplus = this.#waiting.length - MAX_WAITING;
    if (surplus > 0) {
      for (const dropped of this.#waiting.splice(0, surplus)) this.#overtaken.delete(dropped);
      if (this.#dropped === 0)
        this.#options.log.error('minutes: too many records wait; the oldest are dropped');
      this.#dropped += surplus;
    }
    if (this.#draining !== undefined || this.#waiting.length === 0) return;
    this.#draining = this.#drain().finally(() => {
      this.#draining = undefined;
    });
  }

  /** Appends what waits, oldest first; after a failure a second later, once stopping no more. */
  async #drain(): Promise<void> {
    const { clock, log } = this.#options;
    while (this.#waiting.length > 0 && clock.now() < this.#stopAtMs) {
      const batch = this.#nextBatch();
      const appended = await Promise.all(batch.map((each) => this.#append(each)));
      const isDone = this.#doneOf(batch, appended);
      const left = this.#waiting.filter((each) => !isDone.has(each));
      this.#waiting.splice(0, this.#waiting.length, ...left);
      if (isDone.size === batch.length) continue;
      if (!this.#hasLogged)
        log.warn('minutes: the stream accepts no records; they are kept and tried again', {
          reason: appended.find((each) => !each.ok)?.error,
        });
      this.#hasLogged = true;
      if (this.#stopping.signal.aborted) return;
      await clock.sleep(RETRY_MS, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
    }
    this.#hasLogged = false;
  }

  /** The oldest; where records fail, others have half of the places, so that these hold up none. */
  #nextBatch(): readonly ClosedMinute[] {
    const batch = this.#waiting.slice(0, BATCH / 2);
    for (let at = batch.length; at < this.#waiting.length && batch.length < BATCH; at += 1) {
      const each = this.#waiting[at];
      if (each !== undefined && !this.#overtaken.has(each)) batch.push(each);
    }
    return batch;
  }

  /** Those that are stored or never will be. */
  #doneOf(
    batch: readonly ClosedMinute[],
    appended: readonly Result<Appended, StoreFailure>[],
  ): ReadonlySet<ClosedMinute> {
    const takesOthers = appended.some((each) => each.ok);
    const done = new Set<ClosedMinute>();
    for (const [index, each] of batch.entries()) {
      const result = appended[index];
      if (result === undefined) continue;
      if (!result.ok) {
        const before = this.#overtaken.get(each) ?? 0;
        const tries = takesOthers && result.error === 'unknown' ? before + 1 : before;
        this.#overtaken.set(each, tries);
        if (result.error !== 'refused' && tries < MAX_OVERTAKEN) continue;
        this.#noteRefused(each.id, result.error);
      }
      this.#overtaken.delete(each);
      done.add(each);
    }
    return done;
  }

  #noteRefused(id: string, reason: StoreFailure): void {
    this.#dropped += 1;
    if (!this.#hasRefused)
      this.#options.log.error('minutes: the stream never takes this record; dropped', {
        id,
        reason,
      });
    this.#hasRefused = true;
  }

  #watchClock(wallMs: number): void {
    const byMs = this.#wallMs - wallMs;
    this.#wallMs = wallMs;
    if (byMs < MINUTE_MS) return;
    const byMinutes = Math.round(byMs / MINUTE_MS);
    this.#options.log.warn(
      'minutes: the clock of this host was put back: minutes that ended before may be stored ' +
        'under later times',
      { byMinutes },
    );
  }

  #startStoring(): void {
    this.#storedAtMs = this.#options.clock.now();
    this.#storing ??= this.#store().finally(() => {
      this.#storing = undefined;
    });
  }

  // Not compared with what is there: of two leaders the later one alone may write.
  async #store(): Promise<void> {
    const { store, clock, pace, leads, epoch } = this.#options;
    const slice = pace.begin();
    const keys = checkpointKeys(this.#part).values();
    const writer = { ...this.#part, epoch };
    for (const value of checkpointValues(this.#fold.open, clock.wall(), writer)) {
      const key = keys.next().value;
      if (!leads() || key === undefined) return;
      const put = await store.put(key, value);
      if (!put.ok) return this.#complain(put.error);
      if (slice.isOver) await slice.yield();
    }
  }

  #complain(reason: string): void {
    if (!this.#hasComplained)
      this.#options.log.warn('minutes: what is open could not be stored', { reason });
    this.#hasComplained = true;
  }
}
