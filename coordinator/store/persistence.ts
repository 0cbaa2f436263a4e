import { decodeCommand } from '../../proto/command.js';
import { decodeJob } from '../../proto/job.js';
import {
  BUCKETS,
  type BucketName,
  type KeyValueStore,
  MARK_KEY,
  type StoredValue,
  type StoreFailure,
  type StoreProvider,
} from '../../proto/store.js';
import type { DesiredState } from '../../shared/command.js';
import type { ErrorCode } from '../../shared/errors.js';
import { type NodeId, parseNodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { WorkloadProfiles } from '../schedule/workloads/profiles.js';
import {
  type ClusterState,
  emptyState,
  type PolicyName,
  type RegistrationMode,
} from '../state/model.js';
import { reduce } from '../state/reduce.js';
import type { Lease, LeaseFailure } from './lease.js';
import { decodeNode, decodePolicy, nodeOfKey, POLICY_KEY, schedulingOf } from './node-codec.js';
import { decodeKnowledge } from './profile-codec.js';

/** Jobs decoded without yielding the thread. */
const JOBS_PER_BATCH = 500;

/** All buckets of a cluster, by name. */
export type Stores = { readonly [Bucket in BucketName]: KeyValueStore };

const CODES: Readonly<Record<LeaseFailure, ErrorCode>> = {
  'missing-bucket': 'nats.unavailable',
  unknown: 'store.silent',
  conflict: 'store.silent',
  unreadable: 'wire.malformed',
  'no-jetstream': 'nats.unavailable',
  denied: 'nats.unavailable',
  'too-few-servers': 'nats.unavailable',
  full: 'service.full',
};

/** The fault of a bucket that failed: what is wrong and what to do, in one sentence. */
export function storeFault(bucket: string, failure: LeaseFailure): Fault {
  const sentences: Record<LeaseFailure, string> = {
    'missing-bucket':
      `the bucket ${bucket} does not exist: make it once with "dqoes coordinator --install", ` +
      'and if it existed before, find out who removed it (its absence does not mean an empty ' +
      'cluster)',
    unknown:
      `the bucket ${bucket} does not answer: its NATS servers are electing a leader, or more ` +
      'than half of them are down',
    conflict:
      `another process keeps writing to the bucket ${bucket}: is a second coordinator ` +
      'starting?',
    'no-jetstream':
      `the bucket ${bucket} cannot be reached: NATS runs without JetStream, switch it on ` +
      '(nats-server -js, or jetstream {} in its configuration)',
    denied:
      `the bucket ${bucket} may not be used with these credentials: give those of a ` +
      'coordinator (nats.creds)',
    'too-few-servers':
      `the bucket ${bucket} cannot have nats.replicas copies: run at least that number of NATS ` +
      'servers with JetStream, or lower nats.replicas',
    full:
      `the bucket ${bucket} holds as many bytes as it may, or the disk of NATS does: stop jobs ` +
      'that are not needed, or give the stream more (nats stream edit KV_… --max-bytes)',
    unreadable: `a value in the bucket ${bucket} is not readable: restore it from a backup`,
  };
  return { code: CODES[failure], field: bucket, message: sentences[failure] };
}

/** Opens all buckets; the faults name every bucket that could not be opened. */
export async function openStores(
  provider: StoreProvider,
  cluster: string,
): Promise<Result<Stores>> {
  const opened = await Promise.all(BUCKETS.map((bucket) => provider.open(cluster, bucket)));
  const faults = opened.flatMap((result, i) =>
    result.ok ? [] : [storeFault(BUCKETS[i] ?? '', result.error)],
  );
  if (faults.length > 0) return err(faults);
  const entries = opened.flatMap((result, i) => (result.ok ? [[BUCKETS[i], result.value]] : []));
  return ok(Object.fromEntries(entries) as Stores);
}

/** What the buckets hold. */
export interface LoadedState {
  readonly state: ClusterState;
  /** The store's revision of each node's desired state, for compare-and-set. */
  readonly revisions: ReadonlyMap<NodeId, number>;
  readonly knowledge: WorkloadProfiles;
}

/** In whose name to load, and what to assume where nothing is stored. */
export interface LoadOptions {
  readonly lease: Lease;
  /** Where no policy is stored. */
  readonly policy: PolicyName;
  /** Which nodes take part. Default `open`. */
  readonly registration?: RegistrationMode;
  /** Time of the events that make the state, coordinator clock. */
  readonly atMs: number;
  /** Called every few values; yields the thread where loading takes long. */
  readonly yieldThread: () => Promise<void>;
}

/**
 * Loads where the last coordinator stopped: jobs, desired states with their revisions, nodes,
 * policy, profiles. A job or desired state that cannot be read is a fault and never counts as
 * absent, because acting without it would stop containers. All faults come at once.
 */
export async function loadState(
  stores: Stores,
  options: LoadOptions,
): Promise<Result<LoadedState>> {
  const [jobs, desired, nodes, profiles] = await Promise.all([
    listValues(stores.jobs),
    listValues(stores.desired),
    listValues(stores.nodes),
    listValues(stores.profiles),
  ]);
  const missing = [
    ...listFault('jobs', jobs),
    ...listFault('desired', desired),
    ...listFault('nodes', nodes),
    ...listFault('profiles', profiles),
  ];
  if (!jobs.ok || !desired.ok || !nodes.ok || !profiles.ok) return err(missing);
  const { lease, policy, registration = 'open' } = options;
  const { incarnation, epoch } = lease;
  let state = emptyState({ incarnation, epoch, policy, registration });
  state = await loadNodes(state, nodes.value, options);
  const withJobs = await loadJobs(state, jobs.value, options);
  const withDesired = await loadDesired(withJobs.state, desired.value, options);
  const faults = [...withJobs.faults, ...withDesired.faults];
  if (faults.length > 0) return err(faults);
  return ok({
    state: withDesired.state,
    revisions: withDesired.revisions,
    knowledge: decodeKnowledge(profiles.value),
  });
}

type LoadContext = Pick<LoadOptions, 'atMs' | 'yieldThread'>;

async function loadJobs(
  start: ClusterState,
  stored: readonly StoredValue[],
  { atMs, yieldThread }: LoadContext,
) {
  const faults: Fault[] = [];
  let state = start;
  for (let at = 0; at < stored.length; at += JOBS_PER_BATCH) {
    const known: { readonly spec: JobSpec; readonly revision: number }[] = [];
    for (const each of stored.slice(at, at + JOBS_PER_BATCH)) {
      const decoded = decodeJob(each.value);
      if (!decoded.ok) faults.push(unreadable('jobs', each, decoded.error));
      else known.push({ spec: decoded.value, revision: each.revision });
    }
    state = reduce(state, { kind: 'jobs-stored', atMs, jobs: known });
    await yieldThread();
  }
  return { state, faults };
}

async function loadDesired(
  start: ClusterState,
  stored: readonly StoredValue[],
  { atMs, yieldThread }: LoadContext,
) {
  const faults: Fault[] = [];
  const revisions = new Map<NodeId, number>();
  const states: DesiredState[] = [];
  for (const each of stored) {
    const decoded = decodeCommand(each.value);
    const node = parseNodeId(each.key);
    if (!decoded.ok) faults.push(unreadable('desired', each, decoded.error));
    else if (!node.ok || decoded.value.node !== node.value)
      faults.push(unreadable('desired', each, FOREIGN));
    else {
      states.push(decoded.value);
      revisions.set(node.value, each.revision);
    }
    await yieldThread();
  }
  return { state: reduce(start, { kind: 'desired-stored', atMs, states }), revisions, faults };
}

// Neither is needed to keep jobs running: what cannot be read is learnt again from the next report.
async function loadNodes(
  start: ClusterState,
  nodes: readonly StoredValue[],
  { atMs, yieldThread }: LoadContext,
): Promise<ClusterState> {
  let state = start;
  for (const stored of nodes) {
    const policy = stored.key === POLICY_KEY ? decodePolicy(stored) : undefined;
    if (policy !== undefined) state = reduce(state, { kind: 'policy-set', atMs, policy });
    const node = nodeOfKey(stored.key);
    if (node === undefined) continue;
    const known = decodeNode(stored);
    state = reduce(state, {
      kind: 'node-known',
      atMs,
      node,
      registration: known?.registration ?? null,
      isApproved: known?.approved ?? true,
      capacity: known?.capacity ?? null,
    });
    if (known !== undefined)
      state = reduce(state, {
        kind: 'node-scheduling',
        atMs,
        node,
        scheduling: schedulingOf(known),
      });
    await yieldThread();
  }
  return state;
}

async function listValues(
  store: KeyValueStore,
): Promise<Result<readonly StoredValue[], StoreFailure>> {
  const all = await store.list();
  return all.ok ? ok(all.value.filter(({ key }) => key !== MARK_KEY)) : all;
}

const listFault = (bucket: BucketName, result: Result<unknown, StoreFailure>): Fault[] =>
  result.ok ? [] : [storeFault(bucket, result.error)];

const FOREIGN: Fault = {
  code: 'wire.identity',
  field: 'node',
  message: 'the value belongs to another node than its key',
};

const unreadable = (bucket: BucketName, { key }: StoredValue, fault: Fault): Fault => ({
  ...fault,
  field: `${bucket}/${key}`,
  message:
    `${bucket}/${key} cannot be read (${fault.message}): restore it from a backup, or delete ` +
    'the key and lose it',
});
