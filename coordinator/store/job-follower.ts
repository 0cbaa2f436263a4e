import { decodeStoredJob, encodeJob } from '../../proto/job.js';
import { type KeyValueStore, MARK_KEY, type StoredValue } from '../../proto/store.js';
import type { JobName } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { mapInBatches } from '../pacing/batches.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState, JobRecord } from '../state/model.js';
import { RevisionCoverage } from './revision-coverage.js';

/** The bucket of jobs, and the state that has to follow it. */
export interface JobFollowerOptions {
  readonly store: KeyValueStore;
  readonly log: Log;
  readonly state: () => ClusterState;
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
}

type StoredJob = Omit<JobRecord, 'workload'>;

/** Unreadable jobs that are logged, each once. */
const MAX_LOGGED = 1000;
/** Changed jobs that are read one by one; where more changed, the whole bucket is read. */
const MAX_SINGLE_READS = 64;
/** Jobs applied to the state in one event. */
const JOBS_PER_BATCH = 500;
/** Jobs written concurrently. */
const JOBS_WRITTEN_AT_ONCE = 64;

/**
 * Makes the jobs of the state follow the bucket of jobs. A replaced leader may have had a write
 * under way when this one loaded the bucket: it was acknowledged, so it counts. Watch messages of
 * our own writes cost no read: their revision is known already. What a server lost, as in a power
 * cut, is not stopped but stored again.
 */
export class JobFollower {
  readonly #options: JobFollowerOptions;
  readonly #logged = new Set<string>();
  readonly #coverage = new RevisionCoverage();
  /** Jobs stopped by a call since the running sync began: what it reads of them is outdated. */
  readonly #removed = new Set<string>();
  #changedKeys = new Map<string, number>();

  constructor(options: JobFollowerOptions) {
    this.#options = options;
  }

  /** A watch message: a key was written, by us or by another process. */
  noteWrite(key: string, revision: number): void {
    this.#coverage.noteWrite(revision);
    this.#changedKeys.set(key, revision);
  }

  /** A job was stopped by a call; to be called before the call is acknowledged. */
  noteRemoval(name: JobName): void {
    this.#removed.add(name);
  }

  /**
   * Reads the jobs that changed and are not known; all jobs where watch messages were lost or
   * `full`. Never rejects. Where the store does not answer, nothing changes and the next sync tries
   * again.
   */
  async sync(full: boolean): Promise<void> {
    const { store, state } = this.#options;
    const changed = this.#changedKeys;
    this.#changedKeys = new Map();
    this.#removed.clear();
    if (full) this.#coverage.reset();
    // Before the store is asked: what is known was stored by then.
    const { jobs } = state();
    const last = await store.lastRevision();
    if (!last.ok) return this.#keepForNextSync(changed);
    const foreign = [...changed]
      .filter(([key, revision]) => !(revisionOf(state(), key) >= revision))
      .map(([key]) => key);
    const isCovered = this.#coverage.covers(last.value) && foreign.length <= MAX_SINGLE_READS;
    const isRead = isCovered
      ? await this.#readOneByOne(foreign)
      : await this.#readAll(jobs, last.value);
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
    // A bucket without its mark was created again: the store guard handles that.
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

  async #readAll(before: ClusterState['jobs'], bucketRevision: number): Promise<boolean> {
    const { store } = this.#options;
    const listed = await store.list();
    if (!listed.ok || !listed.value.some(({ key }) => key === MARK_KEY)) return false;
    await this.#applyNewer(listed.value.filter(({ key }) => key !== MARK_KEY));
    const stored = new Map(listed.value.map(({ key, revision }) => [key, revision]));
    const lost: JobRecord[] = [];
    // Jobs submitted since the list began are not in it, so only those known before are checked.
    for (const job of before.values()) {
      const revision = stored.get(job.spec.name) ?? 0;
      // A bucket that holds an older version of a job, or has not come to its revision, has lost
      // writes; one in which the job was deleted has a later revision.
      const isLost = revision > 0 || job.revision > bucketRevision;
      if (revision < job.revision && isLost) lost.push(job);
      else if (revision === 0) await this.#removeIfDeleted(job);
    }
    return lost.length === 0 || this.#restore(lost);
  }

  async #restore(lost: readonly JobRecord[]): Promise<boolean> {
    const restored = await mapInBatches(lost, JOBS_WRITTEN_AT_ONCE, (job) => this.#storeAgain(job));
    this.#options.log.error('jobs: the store has lost jobs; they are stored again', {
      jobs: lost.length,
    });
    return restored.every((isDone) => isDone);
  }

  /** False = not known what the store holds. */
  async #storeAgain({ spec, owner, revision }: JobRecord): Promise<boolean> {
    const { store, state, apply, nowMs } = this.#options;
    const { name } = spec;
    const read = await store.get(name);
    if (!read.ok) return false;
    const found = read.value?.revision ?? 0;
    const isOurs = (): boolean =>
      !this.#removed.has(name) && state().jobs.get(name)?.revision === revision;
    if (found >= revision || !isOurs()) return true;
    const put = await store.put(name, encodeJob(spec, owner), found);
    if (!put.ok) return false;
    const job = { spec, revision: put.value, ...(owner === undefined ? {} : { owner }) };
    if (isOurs())
      await apply({ kind: 'jobs-stored', atMs: nowMs(), jobs: [job], areRestored: true });
    return true;
  }

  async #applyNewer(stored: readonly StoredValue[]): Promise<void> {
    const { apply, nowMs } = this.#options;
    for (let at = 0; at < stored.length; at += JOBS_PER_BATCH) {
      const newer: StoredJob[] = [];
      for (const each of stored.slice(at, at + JOBS_PER_BATCH)) {
        const job = this.#isNewer(each) ? await this.#readOrMend(each) : undefined;
        if (job !== undefined) newer.push(job);
      }
      if (newer.length > 0) await apply({ kind: 'jobs-stored', atMs: nowMs(), jobs: newer });
    }
  }

  #isNewer({ key, revision }: StoredValue): boolean {
    return !this.#removed.has(key) && revisionOf(this.#options.state(), key) < revision;
  }

  /** A damaged value is replaced by the last known version; undefined = none is known. */
  async #readOrMend(stored: StoredValue): Promise<StoredJob | undefined> {
    const { state, store, log } = this.#options;
    const decoded = decodeStoredJob(stored.value);
    if (decoded.ok) return { ...decoded.value, revision: stored.revision };
    const known = state().jobs.get(stored.key as JobName);
    if (!this.#logged.has(stored.key) && this.#logged.size < MAX_LOGGED) {
      this.#logged.add(stored.key);
      log.error('jobs: a stored job is damaged; the last known version stays in force', {
        job: stored.key,
        isKnown: known !== undefined,
        reason: decoded.error.message,
      });
    }
    if (known === undefined) return undefined;
    const put = await store.put(stored.key, encodeJob(known.spec, known.owner), stored.revision);
    return put.ok ? { ...known, revision: put.value } : undefined;
  }

  async #removeIfDeleted({ spec: { name }, revision }: JobRecord): Promise<void> {
    const { store, state, apply, nowMs } = this.#options;
    const read = await store.get(name);
    if (read.ok && read.value === null && state().jobs.get(name)?.revision === revision)
      await apply({ kind: 'job-removed', atMs: nowMs(), name, revision });
  }
}

/** The revision of a job as the state has it; -1 = not known. */
const revisionOf = (state: ClusterState, key: string): number =>
  state.jobs.get(key as JobName)?.revision ?? -1;
