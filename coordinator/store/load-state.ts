import type { CommandCodec } from '../../proto/command-codec.js';
import { decodeStoredJob, encodeJob, UNKNOWN_OWNER } from '../../proto/job.js';
import type { KeyValueStore, StoredValue } from '../../proto/store.js';
import { type DesiredState, isWithinReach, leavesRoom } from '../../shared/command.js';
import { type NodeId, parseNodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { StoredTimes } from '../schedule/plan-parts.js';
import type { WorkloadProfiles } from '../schedule/workloads/profiles.js';
import type { StateEvent } from '../state/events.js';
import {
  type ClusterState,
  emptyState,
  type JobRecord,
  type PolicyName,
  type RegistrationMode,
} from '../state/model.js';
import { reduce } from '../state/reduce.js';
import { type StoredTokens, tokensIn } from './known-tokens.js';
import type { Lease } from './lease.js';
import { listBucket, listFault } from './listed.js';
import {
  decodeNode,
  decodePolicy,
  nodeOfKey,
  POLICY_KEY,
  refusalsIn,
  schedulingOf,
} from './node-codec.js';
import { type Stores, storeFault } from './open-stores.js';
import { decodeKnowledge } from './profile-codec.js';
import { decodeSecret, type TroubleOf, withoutKey } from './secret-codec.js';
import { storedTimes } from './stored-times.js';

/** Jobs decoded without yielding the thread. */
const JOBS_PER_BATCH = 500;

/** What the buckets hold. */
export interface LoadedState {
  readonly state: ClusterState;
  /** The store's revision of each node's desired state, for compare-and-set. */
  readonly revisions: ReadonlyMap<NodeId, number>;
  /** The store's revision of each record of a node, and of the policy. */
  readonly records: ReadonlyMap<string, number>;
  /** Revision of the bucket of nodes before it was read; absent = the store did not say. */
  readonly nodesRevision?: number;
  readonly knowledge: WorkloadProfiles;
  readonly tokens: StoredTokens;
  readonly times: StoredTimes;
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
  readonly log: Log;
  readonly commands: CommandCodec;
  /** Absent = there is no key for secrets: none can be given out. */
  readonly secretTroubleOf?: TroubleOf;
  /** Called every few values; yields the thread where loading takes long. */
  readonly yieldThread: () => Promise<void>;
}

/**
 * Loads where the last coordinator stopped: jobs, desired states with their revisions, nodes,
 * policy, profiles. A damaged or forged desired state is not known: the next one is learnt from
 * what its node reports and written over it. A damaged job is rebuilt from where it is desired; one
 * that is desired nowhere is left out and logged. Only where that cannot be told, because desired
 * states are damaged too, is a damaged job a fault: acting without it might stop containers.
 */
export async function loadState(
  stores: Stores,
  options: LoadOptions,
): Promise<Result<LoadedState>> {
  const nodesRevision = await stores.nodes.lastRevision();
  const [jobs, desired, nodes, profiles] = await Promise.all([
    listBucket(stores.jobs),
    listBucket(stores.desired),
    listBucket(stores.nodes),
    listBucket(stores.profiles),
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
  state = await loadNodes(state, nodes.value.values, options);
  state = reduce(state, secretsIn(nodes.value.values, options));
  const withJobs = await loadJobs(state, jobs.value.values, options);
  const known = await loadDesired(desired.value.values, options);
  const rebuilt = await rebuildJobs(stores.jobs, { damaged: withJobs.damaged, known, options });
  if (!rebuilt.ok) return rebuilt;
  const { atMs } = options;
  state = reduce(withJobs.state, { kind: 'jobs-stored', atMs, jobs: rebuilt.value });
  state = reduce(state, { kind: 'desired-stored', atMs, states: known.states });
  return ok({
    state,
    revisions: known.revisions,
    records: recordsIn(nodes.value.values),
    ...(nodesRevision.ok ? { nodesRevision: nodesRevision.value } : {}),
    knowledge: decodeKnowledge(profiles.value.values),
    tokens: tokensIn(nodes.value.values),
    times: storedTimes(state, { jobs: jobs.value, desired: desired.value, atMs }),
  });
}

const recordsIn = (stored: readonly StoredValue[]): ReadonlyMap<string, number> =>
  new Map(
    stored
      .filter(({ key }) => key === POLICY_KEY || nodeOfKey(key) !== undefined)
      .map(({ key, revision }) => [key, revision]),
  );

type StoredJob = Omit<JobRecord, 'workload'>;

type LoadContext = Pick<LoadOptions, 'atMs' | 'yieldThread'>;

interface DamagedJob {
  readonly stored: StoredValue;
  readonly fault: Fault;
}

async function loadJobs(
  start: ClusterState,
  stored: readonly StoredValue[],
  { atMs, yieldThread }: LoadContext,
): Promise<{ readonly state: ClusterState; readonly damaged: readonly DamagedJob[] }> {
  const damaged: DamagedJob[] = [];
  let state = start;
  for (let at = 0; at < stored.length; at += JOBS_PER_BATCH) {
    const known: StoredJob[] = [];
    for (const each of stored.slice(at, at + JOBS_PER_BATCH)) {
      const decoded = decodeStoredJob(each.value);
      if (decoded.ok) known.push({ ...decoded.value, revision: each.revision });
      else damaged.push({ stored: each, fault: unreadable(each, decoded.error) });
    }
    state = reduce(state, { kind: 'jobs-stored', atMs, jobs: known });
    await yieldThread();
  }
  return { state, damaged };
}

interface KnownDesired {
  readonly states: readonly DesiredState[];
  readonly revisions: ReadonlyMap<NodeId, number>;
  readonly damaged: number;
}

async function loadDesired(
  stored: readonly StoredValue[],
  { lease, log, commands, yieldThread }: LoadOptions,
): Promise<KnownDesired> {
  const revisions = new Map<NodeId, number>();
  const states: DesiredState[] = [];
  let damaged = 0;
  for (const each of stored) {
    const node = parseNodeId(each.key);
    const decoded = commands.decode(each.value);
    if (node.ok) revisions.set(node.value, each.revision);
    const problem = decoded.ok ? problemOf(decoded.value, each, lease) : decoded.error.message;
    if (decoded.ok && problem === '') states.push(decoded.value);
    else {
      damaged += 1;
      log.error('coordinator: a desired state is damaged; it is learnt from what its node runs', {
        node: each.key,
        reason: problem,
      });
    }
    await yieldThread();
  }
  return { states, revisions, damaged };
}

/** Why a desired state is not believed; '' = it is. */
function problemOf(desired: DesiredState, { key }: StoredValue, lease: Lease): string {
  const { node, incarnation, epoch, revision } = desired;
  if (node !== key) return 'it belongs to another node than its key';
  const isInReach = incarnation !== lease.incarnation || isWithinReach(epoch, lease.epoch);
  return isInReach && leavesRoom(desired) ? '' : `its version ${epoch}.${revision} was forged`;
}

interface Rebuilding {
  readonly damaged: readonly DamagedJob[];
  readonly known: KnownDesired;
  readonly options: LoadOptions;
}

/** The damaged jobs that are desired somewhere, after they were stored again. */
async function rebuildJobs(
  store: KeyValueStore,
  { damaged, known, options: { log } }: Rebuilding,
): Promise<Result<readonly StoredJob[]>> {
  if (damaged.length === 0) return ok([]);
  const specs = new Map<string, JobSpec>();
  for (const { spec } of known.states.flatMap(({ allocations }) => allocations))
    if (spec !== undefined) specs.set(spec.name, spec);
  const isDesired = ({ stored }: DamagedJob): boolean => specs.has(stored.key);
  const orphaned = damaged.filter((each) => !isDesired(each));
  if (orphaned.length > 0 && known.damaged > 0) return err(orphaned.map(({ fault }) => fault));
  for (const { fault } of orphaned)
    log.error('coordinator: a damaged job is left out; nothing runs for it', {
      reason: fault.message,
    });
  const rebuilt: StoredJob[] = [];
  for (const { stored, fault } of damaged) {
    const spec = specs.get(stored.key);
    if (spec === undefined) continue;
    const owner = UNKNOWN_OWNER;
    const put = await store.put(stored.key, encodeJob(spec, owner), stored.revision);
    if (!put.ok) return err([storeFault('jobs', put.error)]);
    log.error('coordinator: a damaged job was rebuilt from where it runs, without its owner', {
      reason: fault.message,
    });
    rebuilt.push({ spec, owner, revision: put.value });
  }
  return ok(rebuilt);
}

const UNREADABLE_NODE =
  'coordinator: the stored record of a node cannot be read: it is cordoned, and with ' +
  'registration: approved not approved (dqoes node approve, dqoes node uncordon)';

// None is needed to keep jobs running. A record that cannot be read may have held a decision of an
// operator against the node, so the node is not trusted with more than it runs.
async function loadNodes(
  start: ClusterState,
  nodes: readonly StoredValue[],
  { atMs, yieldThread, log }: LoadOptions,
): Promise<ClusterState> {
  let state = start;
  for (const stored of nodes) {
    const policy = stored.key === POLICY_KEY ? decodePolicy(stored) : undefined;
    if (policy !== undefined) state = reduce(state, { kind: 'policy-set', atMs, policy });
    const node = nodeOfKey(stored.key);
    if (node === undefined) continue;
    const known = decodeNode(stored);
    if (known === undefined) log.error(UNREADABLE_NODE, { node });
    state = reduce(state, {
      kind: 'node-known',
      atMs,
      node,
      registration: known?.registration ?? null,
      isApproved: known === undefined ? start.registration === 'open' : known.approved !== false,
      capacity: known?.capacity ?? null,
      ...(known === undefined ? {} : { refusals: refusalsIn(known) }),
      sealingKey: known?.sealingKey ?? null,
      auditedAct: known?.auditedAct ?? 0,
    });
    const scheduling = known === undefined ? 'cordoned' : schedulingOf(known);
    state = reduce(state, { kind: 'node-scheduling', atMs, node, scheduling });
    await yieldThread();
  }
  return state;
}

function secretsIn(
  stored: readonly StoredValue[],
  { atMs, secretTroubleOf = withoutKey, log }: LoadOptions,
): Extract<StateEvent, { kind: 'secrets-stored' }> {
  const secrets = stored.flatMap((each) => decodeSecret(each, secretTroubleOf) ?? []);
  for (const { name, problem } of secrets)
    if (problem !== '') log.error(`coordinator: the secret ${name} ${problem}`);
  return { kind: 'secrets-stored', atMs, secrets };
}

const unreadable = ({ key }: StoredValue, fault: Fault): Fault => ({
  ...fault,
  field: `jobs/${key}`,
  message:
    `jobs/${key} cannot be read (${fault.message}): restore it from a backup, submit the job ` +
    'again, or delete the key and lose it',
});
