import { decodeJob } from '../../proto/job.js';
import { type KeyValueStore, MARK_KEY, type StoredValue } from '../../proto/store.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Log } from '../../shared/log.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState, JobRecord } from '../state/model.js';
import { RevisionCoverage } from './revision-coverage.js';

export interface JobFollowerOptions {
  readonly store: KeyValueStore;
  readonly log: Log;
  readonly state: () => ClusterState;
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
}

/** Jobs that others changed and that are read one by one; with more, all are read. */
const MAX_SINGLE_READS = 64;
/** Jobs that become known in one go. */
const JOBS_PER_BATCH = 500;

/**
 * Makes the jobs that are known follow those that are stored. A leader that was replaced may still
 * have had a write under way when the next one read them: it was acknowledged, so it counts. Our
 * own writes are told, too, and cost nothing: what a hint says is compared with what is known.
 */
export class JobFollower {
  readonly #options: JobFollowerOptions;
  readonly #complained = new Set<string>();
  readonly #coverage = new RevisionCoverage();
  /** Stopped by us since the reading under way began: what it finds of them is from before. */
  readonly #removed = new Set<string>();
  #changedKeys = new Map<string, number>();

  constructor(options: JobFollowerOptions) {
    this.#options = options;
  }

  /** A write of a key, ours or another's. */
  noteWrite(key: string, revision: number): void {
    this.#coverage.noteWrite(revision);
    this.#changedKeys.set(key, revision);
  }

  /** A job that is stopped; to be called before that is acknowledged. */
  noteRemoval(name: JobName): void {
    this.#removed.add(name);
  }

  /**
   * Reads what was changed at and is not known; all jobs, where hints were lost or `full`. Never
   * rejects; a store that does not answer changes nothing.
   */
  async sync(full: boolean): Promise<void> {
    const { store, state } = this.#options;
    const changed = this.#changedKeys;
    this.#changedKeys = new Map();
    this.#removed.clear();
    if (full) this.#coverage.reset();
    const last = await store.lastRevision();
    if (!last.ok) return this.#keepForNextSync(changed);
    const foreign = [...changed]
      .filter(([key, revision]) => !(revisionOf(state(), key) >= revision))
      .map(([key]) => key);
    const isCovered = this.#coverage.covers(last.value) && foreign.length <= MAX_SINGLE_READS;
    const isRead = isCovered ? await this.#readOneByOne(foreign) : await this.#readAll();
    if (!isRead) this.#keepForNextSync(changed);
    else if (!isCovered) this.#coverage.noteFullRead(last.value);
  }

  #keepForNextSync(changed: ReadonlyMap<string, number>): void {
    for (const [key, revision] of changed)
      if (!this.#changedKeys.has(key)) this.#changedKeys.set(key, revision);
  }

  async #readOneByOne(keys: readonly string[]): Promise<boolean> {
    if (keys.length === 0) return true;
    const { store, state } = this.#options;
    const [mark, ...read] = await Promise.all(
      [MARK_KEY, ...keys.filter((key) => key !== MARK_KEY)].map((key) => store.get(key)),
    );
    // A bucket without its mark was made anew: that is not for us to follow.
    if (mark?.ok !== true || mark.value === null) return false;
    await this.#applyNewer(
      read.flatMap((each) => (each.ok && each.value !== null ? [each.value] : [])),
    );
    for (const key of keys) {
      const job = state().jobs.get(key as JobName);
      if (job !== undefined) await this.#removeIfDeleted(job);
    }
    return read.every((each) => each.ok);
  }

  async #readAll(): Promise<boolean> {
    const { store, state } = this.#options;
    const before = state().jobs;
    const listed = await store.list();
    if (!listed.ok || !listed.value.some(({ key }) => key === MARK_KEY)) return false;
    await this.#applyNewer(listed.value.filter(({ key }) => key !== MARK_KEY));
    const stored = new Set(listed.value.map(({ key }) => key));
    // What was submitted since the list began is not in it.
    for (const job of before.values())
      if (!stored.has(job.spec.name)) await this.#removeIfDeleted(job);
    return true;
  }

  async #applyNewer(stored: readonly StoredValue[]): Promise<void> {
    const { apply, nowMs } = this.#options;
    for (let at = 0; at < stored.length; at += JOBS_PER_BATCH) {
      const newer = stored
        .slice(at, at + JOBS_PER_BATCH)
        .flatMap((each) => this.#newerThanKnown(each));
      if (newer.length > 0) await apply({ kind: 'jobs-stored', atMs: nowMs(), jobs: newer });
    }
  }

  #newerThanKnown(
    stored: StoredValue,
  ): readonly { readonly spec: JobSpec; readonly revision: number }[] {
    const { state, log } = this.#options;
    if (this.#removed.has(stored.key) || revisionOf(state(), stored.key) >= stored.revision)
      return [];
    const decoded = decodeJob(stored.value);
    if (decoded.ok) return [{ spec: decoded.value, revision: stored.revision }];
    if (!this.#complained.has(stored.key) && this.#complained.size < 1000)
      log.error('jobs: a stored job cannot be read; it stays as it was', {
        job: stored.key,
        reason: decoded.error.message,
      });
    this.#complained.add(stored.key);
    return [];
  }

  async #removeIfDeleted({ spec: { name }, revision }: JobRecord): Promise<void> {
    const { store, state, apply, nowMs } = this.#options;
    const read = await store.get(name);
    if (read.ok && read.value === null && state().jobs.get(name)?.revision === revision)
      await apply({ kind: 'job-removed', atMs: nowMs(), name, revision });
  }
}

/** -1 = not known. */
const revisionOf = (state: ClusterState, key: string): number =>
  state.jobs.get(key as JobName)?.revision ?? -1;
