import { decodeJob, encodeJob } from '../../proto/job.js';
import type { PolicyName, ServiceCalls } from '../../proto/schemas/service.js';
import type { NodeScheduling } from '../../proto/schemas/status.js';
import type { StoreFailure } from '../../proto/store.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { inGroups } from '../pacing/in-groups.js';
import { Turns } from '../pacing/turns.js';
import type { StateEvent } from '../state/events.js';
import type { ClusterState } from '../state/model.js';
import { same } from '../state/same.js';
import { encodeNode, encodePolicy, nodeKey, POLICY_KEY } from '../store/nodes.js';
import { type Stores, storeFault } from '../store/persistence.js';
import { jobFaults } from './validate.js';

export interface JobWriterOptions {
  readonly stores: Pick<Stores, 'jobs' | 'nodes'>;
  readonly state: () => ClusterState;
  /** Resolves when the state has it. */
  readonly apply: (event: StateEvent) => void | Promise<void>;
  readonly nowMs: () => number;
  /** Keeps others from writing a node's record until the returned function is called. */
  readonly holdNode: (id: NodeId) => () => void;
  /** False once another coordinator leads: nothing is written any more. */
  readonly mayWrite: () => boolean;
}

type Answer<V extends keyof ServiceCalls> = Promise<Result<ServiceCalls[V]['response']>>;
type Change = 'created' | 'updated' | 'unchanged';
/** What became of one job of a submission; `revision` null = there was nothing to store. */
type Outcome = Result<{ readonly change: Change; readonly revision: number | null }, StoreFailure>;
/** Jobs that are stored side by side. */
const AT_ONCE = 128;
/** Jobs of calls that wait for their turn; a call that would make them more is refused. */
const MOST_WAITING_JOBS = 50_000;

/**
 * The calls that change something, one at a time. An answer means that it is stored: a submission
 * that was acknowledged is never lost. Of a submission that fails half way the faults name what was
 * not stored; submitting again is safe.
 */
export class JobWriter {
  readonly #options: JobWriterOptions;
  readonly #turns = new Turns();
  #waitingJobs = 0;

  constructor(options: JobWriterOptions) {
    this.#options = options;
  }

  submit(jobs: readonly JobSpec[]): Answer<'job-submit'> {
    return this.#inTurn(async () => {
      const faults = jobFaults(jobs, this.#options.state().jobs.keys());
      if (faults.length > 0) return err(faults);
      const outcomes = await inGroups(jobs, AT_ONCE, async (spec) => ({
        spec,
        outcome: await this.#storeJob(spec),
      }));
      const { apply, nowMs } = this.#options;
      const stored = outcomes.flatMap(({ spec, outcome }) =>
        outcome.ok && outcome.value.revision !== null
          ? [{ spec, revision: outcome.value.revision }]
          : [],
      );
      if (stored.length > 0) await apply({ kind: 'jobs-stored', atMs: nowMs(), jobs: stored });
      const failures = outcomes.flatMap(({ spec, outcome }) =>
        outcome.ok ? [] : [notStored(spec, outcome.error)],
      );
      return failures.length > 0 ? err(failures) : ok(changesOf(outcomes));
    }, jobs.length);
  }

  stop(name: JobName): Answer<'job-stop'> {
    return this.#inTurn(async () => {
      const { state, stores, apply, nowMs } = this.#options;
      if (!state().jobs.has(name)) return err(adoptedFault(state(), name) ?? notFound('job', name));
      const deleted = await stores.jobs.delete(name);
      if (!deleted.ok && !(await this.#isGone(name, deleted.error)))
        return err([storeFault('jobs', deleted.error)]);
      await apply({ kind: 'job-removed', atMs: nowMs(), name });
      return ok({ stopped: name });
    });
  }

  setPolicy(policy: PolicyName): Answer<'policy-set'> {
    return this.#inTurn(async () => {
      const { stores, apply, nowMs } = this.#options;
      const put = await stores.nodes.put(POLICY_KEY, encodePolicy(policy));
      if (!put.ok) return err([storeFault('nodes', put.error)]);
      await apply({ kind: 'policy-set', atMs: nowMs(), policy });
      return ok({ policy });
    });
  }

  setScheduling(id: NodeId, scheduling: NodeScheduling): Answer<'node-set'> {
    return this.#inTurn(async () => {
      const { state, stores, apply, nowMs, holdNode } = this.#options;
      const node = state().nodes.get(id);
      if (node === undefined) return err(notFound('node', id));
      const release = holdNode(id);
      try {
        const value = encodeNode({ registration: node.registration, scheduling });
        const put = await stores.nodes.put(nodeKey(id), value);
        if (!put.ok) return err([storeFault('nodes', put.error)]);
        await apply({ kind: 'node-scheduling', atMs: nowMs(), node: id, scheduling });
        return ok({ id, scheduling });
      } finally {
        release();
      }
    });
  }

  async #storeJob(spec: JobSpec): Promise<Outcome> {
    const { state, stores } = this.#options;
    const known = state().jobs.get(spec.name);
    if (known !== undefined && same(known.spec, spec)) return this.#keepJob(spec);
    const put = await stores.jobs.put(spec.name, encodeJob(spec), known?.revision ?? 0);
    const revision = put.ok ? ok(put.value) : await this.#revisionIfStored(spec, put.error);
    if (!revision.ok) return revision;
    return ok({ change: known === undefined ? 'created' : 'updated', revision: revision.value });
  }

  // Only what the store holds may be acknowledged: the store may have been made anew.
  async #keepJob(spec: JobSpec): Promise<Outcome> {
    const { jobs } = this.#options.stores;
    const read = await jobs.get(spec.name);
    if (!read.ok) return read;
    const held = read.value === null ? undefined : decodeJob(read.value.value);
    if (held?.ok === true && same(held.value, spec))
      return ok({ change: 'unchanged', revision: null });
    const put = await jobs.put(spec.name, encodeJob(spec), read.value?.revision ?? 0);
    const revision = put.ok ? ok(put.value) : await this.#revisionIfStored(spec, put.error);
    return revision.ok ? ok({ change: 'updated', revision: revision.value }) : revision;
  }

  // No answer in time means that the write may have happened: only the store knows.
  async #revisionIfStored(
    spec: JobSpec,
    failure: StoreFailure,
  ): Promise<Result<number, StoreFailure>> {
    if (failure !== 'unknown') return err(failure);
    const read = await this.#options.stores.jobs.get(spec.name);
    if (!read.ok || read.value === null) return err(failure);
    const held = decodeJob(read.value.value);
    return held.ok && same(held.value, spec) ? ok(read.value.revision) : err(failure);
  }

  async #isGone(name: JobName, failure: StoreFailure): Promise<boolean> {
    if (failure !== 'unknown') return false;
    const read = await this.#options.stores.jobs.get(name);
    return read.ok && read.value === null;
  }

  #inTurn<T>(work: () => Promise<Result<T>>, jobs = 1): Promise<Result<T>> {
    if (this.#waitingJobs + jobs > MOST_WAITING_JOBS && this.#waitingJobs > 0)
      return Promise.resolve(err([BUSY]));
    this.#waitingJobs += jobs;
    return this.#turns
      .take(() => (this.#options.mayWrite() ? work() : err([SUPERSEDED])))
      .finally(() => {
        this.#waitingJobs -= jobs;
      });
  }
}

function notStored({ name }: JobSpec, failure: StoreFailure): Fault {
  const fault = storeFault('jobs', failure);
  return { ...fault, field: name, message: `job ${name} was not stored: ${fault.message}` };
}

function changesOf(outcomes: readonly { readonly spec: JobSpec; readonly outcome: Outcome }[]) {
  const changed: Record<Change, JobName[]> = { created: [], updated: [], unchanged: [] };
  for (const { spec, outcome } of outcomes)
    if (outcome.ok) changed[outcome.value.change].push(spec.name);
  return changed;
}

/** Its containers were started by somebody else: only they can stop them. */
function adoptedFault({ nodes }: ClusterState, name: JobName): readonly Fault[] | undefined {
  const theirs = [...nodes.values()].flatMap(({ id, report }) =>
    (report?.containers ?? [])
      .filter(({ origin, job }) => origin === 'label' && job === name)
      .map((container) => ({ node: id, name: container.name })),
  );
  const [first] = theirs;
  if (first === undefined) return undefined;
  const places = theirs.slice(0, MAX_NAMED).map((each) => `${each.name} on ${each.node}`);
  const more = theirs.length > MAX_NAMED ? ` and ${theirs.length - MAX_NAMED} more` : '';
  const message =
    `dqoes did not start ${places.join(', ')}${more}: stop it there (docker stop ` +
    `${first.name}), or create it again without its label enable to take it from dqoes`;
  return [{ code: 'service.adopted', field: 'name', message }];
}
const MAX_NAMED = 5;

export const notFound = (kind: 'job' | 'node', name: string): readonly Fault[] => [
  {
    code: 'service.not-found',
    field: 'name',
    message: `there is no ${kind} ${name}: list them with "dqoes ${kind} ls"`,
  },
];

const BUSY: Fault = {
  code: 'service.unavailable',
  field: '',
  message:
    `calls with ${MOST_WAITING_JOBS} jobs wait to be stored: send less at once, and ask ` +
    'again in some seconds',
};

const SUPERSEDED: Fault = {
  code: 'service.unavailable',
  field: '',
  message: 'another coordinator leads this cluster: ask again, it answers from now on',
};
