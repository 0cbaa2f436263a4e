import { decodeJob } from '../proto/job.js';
import { type KeyValueStore, MARK_KEY, type StoredValue } from '../proto/store.js';
import type { JobName } from '../shared/ids.js';
import type { JobSpec } from '../shared/job.js';
import type { Log } from '../shared/log.js';
import type { StateEvent } from './state/events.js';
import type { ClusterState, JobRecord } from './state/model.js';

export interface JobFollowerOptions {
  readonly store: KeyValueStore;
  readonly log: Log;
  readonly state: () => ClusterState;
  readonly apply: (event: StateEvent) => void;
  readonly nowMs: () => number;
}

/**
 * Makes the jobs that are known follow those that are stored. A leader that was replaced may still have had a write under way when the next one read them: it was
 * acknowledged, so it counts.
 */
export class JobFollower {
  readonly #options: JobFollowerOptions;
  readonly #complained = new Set<string>();

  constructor(options: JobFollowerOptions) {
    this.#options = options;
  }

  /** Reads all jobs. Never rejects; a store that does not answer changes nothing. */
  async relist(): Promise<void> {
    const { store, state, apply, nowMs } = this.#options;
    const before = state().jobs;
    const listed = await store.list();
    // A bucket without its mark was made anew: that is not for us to follow.
    if (!listed.ok || !listed.value.some(({ key }) => key === MARK_KEY)) return;
    const newer = listed.value.filter(({ key }) => key !== MARK_KEY).flatMap((stored) => this.#newer(stored));
    if (newer.length > 0) apply({ kind: 'jobs-stored', atMs: nowMs(), jobs: newer });
    const stored = new Set(listed.value.map(({ key }) => key));
    const missing = [...before.values()].filter(({ spec }) => !stored.has(spec.name));
    for (const job of missing) await this.#forget(job);
  }

  #newer(stored: StoredValue): readonly { readonly spec: JobSpec; readonly revision: number }[] {
    const { state, log } = this.#options;
    const known = state().jobs.get(stored.key as JobName);
    if (known !== undefined && known.revision >= stored.revision) return [];
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

  // What was submitted since the list began is not in it.
  async #forget({ spec: { name }, revision }: JobRecord): Promise<void> {
    const { store, state, apply, nowMs } = this.#options;
    const read = await store.get(name);
    if (read.ok && read.value === null && state().jobs.get(name)?.revision === revision)
      apply({ kind: 'job-removed', atMs: nowMs(), name });
  }
}
