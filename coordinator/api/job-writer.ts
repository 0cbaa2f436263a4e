import { decodeJob, encodeJob } from '../../proto/job.js';
import type { Requester } from '../../proto/requester.js';
import type { PolicyName, ServiceCalls } from '../../proto/schemas/service.js';
import type { StoreFailure } from '../../proto/store.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { firstNames } from '../../shared/text.js';
import { mapInBatches } from '../pacing/batches.js';
import { deepEqual } from '../state/deep-equal.js';
import type { StateEvent } from '../state/events.js';
import { stoppingJobNamed } from '../state/job-status.js';
import type { ClusterState, JobRecord } from '../state/model.js';
import { troublesOf } from '../state/stopping.js';
import { deleteForCertain } from '../store/certain.js';
import { encodePolicy, POLICY_KEY } from '../store/node-codec.js';
import { type Stores, storeFault } from '../store/open-stores.js';
import type { RecordWriter } from '../store/record-writer.js';
import { type ChangeOutcome, runChange } from './change-outcome.js';
import type { ChangeQueue } from './change-queue.js';
import { notFound, stillStopping } from './faults.js';
import { withKeptEnv } from './kept-env.js';
import {
  foreignSecretFaults,
  ownerFaults,
  ownerOf,
  requestedBy,
  weightFaults,
} from './ownership.js';
import { type Quota, quotaFaults } from './quota.js';
import { jobChange, shortJob } from './short-forms.js';
import { fullFaults, jobFaults } from './validate.js';

/** The buckets and the state that calls change. */
export interface JobWriterOptions {
  readonly stores: Pick<Stores, 'jobs'>;
  readonly records: RecordWriter;
  readonly queue: ChangeQueue;
  readonly state: () => ClusterState;
  /** Brings the nodes of `state` up to date; absent = they always are. */
  readonly upToDate?: (maxAgeMs?: number) => Promise<unknown>;
  /** Resolves when the state has the event. */
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
  /** False once another coordinator leads. */
  readonly mayWrite: () => boolean;
  /** Largest weight that a submitter may give a job. Absent = any. */
  readonly weightMax?: number;
  /** What one submitter may have at a time. Absent = any. */
  readonly quota?: Quota;
}

type CallOutcome<V extends keyof ServiceCalls> = Promise<
  ChangeOutcome<ServiceCalls[V]['response']>
>;
type JobChange = 'created' | 'updated' | 'unchanged';
/** What became of one job of a submission; `revision` null = there was nothing to store. */
type StoreOutcome = Result<
  { readonly change: JobChange; readonly revision: number | null },
  StoreFailure
>;
/** What is left of stopped jobs is looked at again when it is older, ms: many may be stopped. */
const LEFT_AGE_MS = 1000;
/** Jobs written concurrently. */
const JOBS_PER_BATCH = 128;

/**
 * Carries out the calls that change jobs and the policy. An answer without faults means that
 * the change is stored: an acknowledged submission is never lost. Where a submission fails half way
 * the faults name the jobs that were not stored; submitting again is safe.
 */
export class JobWriter {
  readonly #options: JobWriterOptions;

  constructor(options: JobWriterOptions) {
    this.#options = options;
  }

  /**
   * Stores new and changed jobs; all are checked before the first is stored. A job belongs to who
   * submitted it first.
   */
  submit(asked: readonly JobSpec[], by: Requester): CallOutcome<'job-submit'> {
    return runChange(
      this.#options.queue,
      async (changes) => {
        const { jobs: known, secrets } = this.#options.state();
        const jobs = withKeptEnv(asked, known, by);
        const faults = [
          ...this.refusals(jobs, by),
          ...foreignSecretFaults(jobs, secrets, by),
          ...jobFaults(jobs, known.keys()),
          ...fullFaults(jobs, known),
        ];
        if (faults.length > 0) return err(faults);
        const outcomes = await mapInBatches(jobs, JOBS_PER_BATCH, async (spec) => {
          const job: OwnedJob = { spec, ...ownerAfter(known.get(spec.name), by) };
          return { job, spec, outcome: await this.#storeJob(job) };
        });
        const { apply, nowMs } = this.#options;
        const stored = outcomes.flatMap(({ job, outcome }) =>
          outcome.ok && outcome.value.revision !== null
            ? [{ ...job, revision: outcome.value.revision }]
            : [],
        );
        for (const { spec } of stored)
          changes.push({ job: spec.name, ...jobChange(known.get(spec.name)?.spec, spec) });
        const what = { kind: 'jobs-stored', jobs: stored, ...requestedBy(by) } as const;
        if (stored.length > 0) await apply({ ...what, atMs: nowMs() });
        const failures = outcomes.flatMap(({ spec, outcome }) =>
          outcome.ok ? [] : [notStored(spec, outcome.error)],
        );
        return failures.length > 0 ? err(failures) : ok(changesOf(outcomes));
      },
      asked.length,
    );
  }

  /**
   * Why who asks may not submit these jobs, whatever is in them: they are not its own, or weigh
   * more or are more than it may have. Empty = it may.
   */
  refusals(jobs: readonly JobSpec[], by: Requester): readonly Fault[] {
    const { state, weightMax, quota } = this.#options;
    const { jobs: known } = state();
    const names = jobs.map(({ name }) => name);
    return [
      ...ownerFaults(names, known, by),
      ...weightFaults(jobs, known, { by, weightMax }),
      ...quotaFaults(jobs, known, { by, quota }),
    ];
  }

  /** Deletes a job; its containers stop once the next plan is carried out. */
  stop(name: JobName, by: Requester): CallOutcome<'job-stop'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, upToDate, apply, nowMs } = this.#options;
      const known = state().jobs.get(name);
      if (known === undefined) {
        await upToDate?.();
        return err(adoptedFault(state(), name) ?? this.#unknownFaults(name));
      }
      const faults = ownerFaults([name], state().jobs, by);
      if (faults.length > 0) return err(faults);
      const deleted = await this.#deleteJob(known);
      if (!deleted.ok) return err([storeFault('jobs', deleted.error)]);
      changes.push({ job: name, before: shortJob(known.spec), after: 'stopped' });
      await apply({ kind: 'job-removed', atMs: nowMs(), name, ...requestedBy(by) });
      // It is stopped, whether or not it can be said what is left of it.
      await upToDate?.(LEFT_AGE_MS).catch(() => undefined);
      const left = stoppingJobNamed(state(), name, nowMs());
      const remaining = troublesOf(left?.allocations ?? []);
      return ok({ stopped: name, ...(remaining.length === 0 ? {} : { remaining }) });
    });
  }

  #unknownFaults(name: JobName): readonly Fault[] {
    const { state, nowMs } = this.#options;
    const left = stoppingJobNamed(state(), name, nowMs());
    return left === null ? notFound('job', name, state().jobs.keys()) : stillStopping(left);
  }

  /** Stores the policy, which applies from the next pass on. */
  setPolicy(policy: PolicyName): CallOutcome<'policy-set'> {
    return runChange(this.#options.queue, async (changes) => {
      const { state, records, apply, nowMs } = this.#options;
      const stored = await records.write(POLICY_KEY, {
        make: () => ({ before: state().policy, value: encodePolicy(policy) }),
        onStored: async ({ before }) => {
          changes.push({ before, after: policy });
          await apply({ kind: 'policy-set', atMs: nowMs(), policy });
        },
      });
      return stored.ok ? ok({ policy }) : err([storeFault('nodes', stored.error)]);
    });
  }

  /** Compared, so that it changes nothing where it arrives after a successor has stored the job. */
  async #deleteJob({ spec: { name }, revision }: JobRecord): Promise<Result<void, StoreFailure>> {
    const { stores, mayWrite } = this.#options;
    const deleted = await deleteForCertain(stores.jobs, name, revision);
    if (deleted.ok || deleted.error !== 'conflict') return deleted;
    // What a former leader stored meanwhile is to be stopped, too.
    const now = await stores.jobs.get(name);
    if (!now.ok) return now;
    if (now.value === null) return ok(undefined);
    return mayWrite() ? deleteForCertain(stores.jobs, name, now.value.revision) : deleted;
  }

  async #storeJob(job: OwnedJob): Promise<StoreOutcome> {
    const { spec, owner } = job;
    const { state, stores } = this.#options;
    const known = state().jobs.get(spec.name);
    if (known !== undefined && deepEqual(known.spec, spec))
      return this.#confirmUnchanged({ ...job, ...ownerIn(known) });
    const put = await stores.jobs.put(spec.name, encodeJob(spec, owner), known?.revision ?? 0);
    const revision = put.ok ? ok(put.value) : await this.#revisionIfStored(spec, put.error);
    if (!revision.ok) return revision;
    return ok({ change: known === undefined ? 'created' : 'updated', revision: revision.value });
  }

  // Only what the store holds may be acknowledged, and the bucket may have been created again.
  async #confirmUnchanged({ spec, owner }: OwnedJob): Promise<StoreOutcome> {
    const { jobs } = this.#options.stores;
    const read = await jobs.get(spec.name);
    if (!read.ok) return read;
    const held = read.value === null ? undefined : decodeJob(read.value.value);
    if (held?.ok === true && deepEqual(held.value, spec))
      return ok({ change: 'unchanged', revision: null });
    const put = await jobs.put(spec.name, encodeJob(spec, owner), read.value?.revision ?? 0);
    const revision = put.ok ? ok(put.value) : await this.#revisionIfStored(spec, put.error);
    return revision.ok ? ok({ change: 'updated', revision: revision.value }) : revision;
  }

  // Without an answer in time the write may have happened, so the store is read.
  async #revisionIfStored(
    spec: JobSpec,
    failure: StoreFailure,
  ): Promise<Result<number, StoreFailure>> {
    if (failure !== 'unknown') return err(failure);
    const read = await this.#options.stores.jobs.get(spec.name);
    if (!read.ok || read.value === null) return err(failure);
    const held = decodeJob(read.value.value);
    return held.ok && deepEqual(held.value, spec) ? ok(read.value.revision) : err(failure);
  }
}

/** A job and its owner, as they are to be stored. */
type OwnedJob = Pick<JobRecord, 'spec' | 'owner'>;

const ownerIn = (job: Pick<JobRecord, 'owner'> | undefined): Pick<JobRecord, 'owner'> =>
  job?.owner === undefined ? {} : { owner: job.owner };

/** A job keeps its owner; one without gets that of who submits it. */
function ownerAfter(known: JobRecord | undefined, by: Requester): Pick<JobRecord, 'owner'> {
  const owner = known?.owner ?? ownerOf(by);
  return owner === undefined ? {} : { owner };
}

function notStored({ name }: JobSpec, failure: StoreFailure): Fault {
  const fault = storeFault('jobs', failure);
  return { ...fault, field: name, message: `job ${name} was not stored: ${fault.message}` };
}

function changesOf(
  outcomes: readonly { readonly spec: JobSpec; readonly outcome: StoreOutcome }[],
) {
  const changed: Record<JobChange, JobName[]> = { created: [], updated: [], unchanged: [] };
  for (const { spec, outcome } of outcomes)
    if (outcome.ok) changed[outcome.value.change].push(spec.name);
  return changed;
}

/** For containers that dqoes did not start and so does not stop; undefined = there are none. */
function adoptedFault({ nodes }: ClusterState, name: JobName): readonly Fault[] | undefined {
  const theirs = [...nodes.values()].flatMap(({ id, report }) =>
    (report?.containers ?? [])
      .filter(({ origin, job }) => origin === 'label' && job === name)
      .map((container) => ({ node: id, name: container.name })),
  );
  const [first] = theirs;
  if (first === undefined) return undefined;
  const places = theirs.map((each) => `${each.name} on ${each.node}`);
  const message =
    `dqoes did not start ${firstNames(places, MAX_NAMED)}: stop it there (docker stop ` +
    `${first.name}), or create it again without its label dqoes.enable to take it from dqoes`;
  return [{ code: 'service.adopted', field: 'name', message }];
}
const MAX_NAMED = 5;
