import { type AllocationId, type JobName, type NodeId, ordinalOf } from '../../shared/ids.js';
import { type JobSpec, secretsOf } from '../../shared/job.js';
import type { Placed, SnapshotJob } from '../schedule/types.js';
import { labelMissingIn } from './missing-label.js';
import type { ClusterState, JobRecord, Secrets } from './model.js';
import type { NodePlaces } from './node-places.js';
import { secretsAwaited } from './secrets.js';

/** Where allocations of ours are placed, by job. */
export type PlacedByJob = Map<JobName, Placed[]>;

/** The node on which each allocation is desired; of two nodes the first of the list. */
export function homesIn(nodes: readonly NodePlaces[]): ReadonlyMap<AllocationId, NodeId> {
  const homes = new Map<AllocationId, NodeId>();
  for (const { node, desired } of nodes)
    for (const { place } of desired ?? []) if (!homes.has(place.id)) homes.set(place.id, node);
  return homes;
}

/** What is desired on these nodes and at home there. */
export function placedOf(
  nodes: readonly NodePlaces[],
  homes: ReadonlyMap<AllocationId, NodeId>,
): PlacedByJob {
  const placed: PlacedByJob = new Map();
  for (const { node, desired } of nodes)
    for (const { job, place, isAdopted } of desired ?? [])
      if (isAdopted !== true && homes.get(place.id) === node) addPlaced(placed, job, place);
  return placed;
}

/** Adds one more place of a job. */
export function addPlaced(placed: PlacedByJob, job: JobName, each: Placed): void {
  const known = placed.get(job);
  if (known === undefined) placed.set(job, [Object.freeze(each)]);
  else known.push(Object.freeze(each));
}

/** Reasons of nodes, by job. */
type ReasonsByJob = ReadonlyMap<JobName, ReadonlyMap<NodeId, string>>;

interface JobContext {
  readonly placed: PlacedByJob;
  /** Nodes that refuse a job as it is now, and that it is to leave for want of room. */
  readonly refused: ReasonsByJob;
  readonly leaving: ReasonsByJob;
  readonly secrets: Secrets;
  /** Nodes that get no secrets. */
  readonly keyless: ReadonlyMap<NodeId, string>;
  readonly nodes: ReadonlyMap<NodeId, NodePlaces>;
}

function snapshotJob({ spec, workload }: JobRecord, context: JobContext): SnapshotJob {
  const own = context.placed.get(spec.name) ?? [];
  const refusedBy = refusedByOf(spec, own, context);
  const leaves = context.leaving.get(spec.name);
  if (refusedBy === undefined && leaves === undefined && spec.secretEnv === undefined)
    return Object.freeze({ spec, workload, placed: inOrder(own) });
  return Object.freeze({
    spec,
    workload,
    placed: inOrder(own),
    ...(refusedBy === undefined ? {} : { refusedBy }),
    ...(leaves === undefined ? {} : { leaves }),
    ...secretPartOf(spec, context.secrets),
  });
}

const inOrder = (own: Placed[]): readonly Placed[] =>
  own.length < 2 ? own : own.sort((a, b) => ordinalOf(a.id) - ordinalOf(b.id));

/** Beside what hosts say: those on which it is placed and which lack a label that it asks for. */
function refusedByOf(
  spec: JobSpec,
  placed: readonly Placed[],
  { refused, keyless, nodes }: JobContext,
): ReadonlyMap<NodeId, string> | undefined {
  const byRules = refused.get(spec.name);
  const byKeys = spec.secretEnv === undefined ? NO_NODES : keyless;
  const byLabels = nodesLackingLabels(spec, placed, nodes);
  if (byKeys.size === 0 && byLabels.length === 0) return byRules;
  return new Map([...byLabels, ...byKeys, ...(byRules ?? [])]);
}

const NO_NODES: ReadonlyMap<NodeId, string> = new Map();

type Reasons = readonly (readonly [NodeId, string])[];
const NO_REASONS: Reasons = [];

function nodesLackingLabels(
  spec: JobSpec,
  placed: readonly Placed[],
  nodes: JobContext['nodes'],
): Reasons {
  if (!asksForLabels(spec)) return NO_REASONS;
  return placed.flatMap(({ node }): Reasons => {
    const why = labelMissingIn(nodes.get(node)?.labels ?? null, spec);
    return why === undefined ? NO_REASONS : [[node, why]];
  });
}

// Asked of all jobs: nearly none does.
function asksForLabels({ constraints: { labels } }: JobSpec): boolean {
  for (const _ in labels) return true;
  return false;
}

/** Of each secret beside its box: name, revision and key, with their names in JSON. */
const BESIDE_BOX_BYTES = 160;

function secretPartOf(
  spec: JobSpec,
  secrets: Secrets,
): Pick<SnapshotJob, 'waitsFor' | 'secretBytes'> {
  if (spec.secretEnv === undefined) return {};
  const waitsFor = secretsAwaited(spec, secrets);
  const secretBytes = secretsOf(spec).reduce(
    (total, name) => total + (secrets.get(name)?.box.length ?? 0) + BESIDE_BOX_BYTES,
    0,
  );
  return { secretBytes, ...(waitsFor === undefined ? {} : { waitsFor }) };
}

/** What the jobs of a snapshot are made of beside the state. */
export interface JobsInput {
  /** May be sorted in place. */
  readonly placed: PlacedByJob;
  readonly nodes: readonly NodePlaces[];
  /** Those of an earlier snapshot, and what they were made of; undefined = there is none. */
  readonly known: KnownJobs | undefined;
}

interface KnownJobs {
  /** In name order. */
  readonly jobs: readonly SnapshotJob[];
  readonly records: ClusterState['jobs'];
}

/** The jobs in name order; those that are as they were in the earlier snapshot are the same. */
export function snapshotJobs(
  state: Pick<ClusterState, 'jobs' | 'secrets'>,
  { placed, nodes, known }: JobsInput,
): readonly SnapshotJob[] {
  const context = { placed, secrets: state.secrets, ...reasonsIn(nodes) };
  const isNew = ({ spec }: JobRecord): boolean => known?.records.has(spec.name) !== true;
  const added = [...state.jobs.values()].filter(isNew).sort(byName);
  const jobs: SnapshotJob[] = [];
  let next = 0;
  for (const was of known?.jobs ?? []) {
    const { name } = was.spec;
    for (let job = added[next]; job !== undefined && job.spec.name < name; job = added[next]) {
      jobs.push(snapshotJob(job, context));
      next += 1;
    }
    const job = state.jobs.get(name);
    if (job === undefined) continue;
    const isSame = job === known?.records.get(name) && isAsBefore(was, context);
    jobs.push(isSame ? was : snapshotJob(job, context));
  }
  for (const job of added.slice(next)) jobs.push(snapshotJob(job, context));
  return jobs;
}

const byName = (a: JobRecord, b: JobRecord): number => (a.spec.name < b.spec.name ? -1 : 1);

function reasonsIn(
  nodes: readonly NodePlaces[],
): Pick<JobContext, 'refused' | 'leaving' | 'keyless' | 'nodes'> {
  const refused = new Map<JobName, Map<NodeId, string>>();
  const left = new Map<JobName, Map<NodeId, string>>();
  const keyless = new Map<NodeId, string>();
  for (const { node, refused: its, keyTrouble, leaving } of nodes) {
    for (const { job, why } of its) reasonsOf(refused, job).set(node, why);
    if (keyTrouble !== undefined) keyless.set(node, keyTrouble);
    if (leaving !== undefined) reasonsOf(left, leaving.job).set(node, leaving.why);
  }
  const byNode = new Map(nodes.map((each) => [each.node, each]));
  return { refused, leaving: left, keyless, nodes: byNode };
}

function reasonsOf(known: Map<JobName, Map<NodeId, string>>, job: JobName): Map<NodeId, string> {
  const its = known.get(job) ?? new Map<NodeId, string>();
  known.set(job, its);
  return its;
}

// What a job says beside its places depends on its own record, secrets, and hosts that refuse it,
// lack its labels or have too little.
const isAsBefore = (
  { spec, refusedBy, leaves, placed: before }: SnapshotJob,
  { refused, placed, nodes, leaving }: JobContext,
): boolean =>
  spec.secretEnv === undefined &&
  refusedBy === undefined &&
  leaves === undefined &&
  !refused.has(spec.name) &&
  !leaving.has(spec.name) &&
  hasSamePlaced(before, placed.get(spec.name)) &&
  nodesLackingLabels(spec, before, nodes).length === 0;

const hasSamePlaced = (a: readonly Placed[], b: readonly Placed[] = []): boolean =>
  a.length === b.length &&
  a.every(({ id, node, replaces, isOutdated, isHeldBack, isPrevious }, i) => {
    const other = b[i];
    return (
      id === other?.id &&
      node === other.node &&
      replaces === other.replaces &&
      isOutdated === other.isOutdated &&
      isHeldBack === other.isHeldBack &&
      isPrevious === other.isPrevious
    );
  });
