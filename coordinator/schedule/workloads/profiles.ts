import type { NodeId } from '../../../shared/ids.js';
import type { WorkloadKey } from '../../../shared/workload.js';
import type { Prior, WorkloadProfile } from '../forecast.js';

/** What is known of workloads and of the speed of nodes. */
export interface WorkloadProfiles {
  /** By workload, on a node of speed 1; least recently seen first. */
  readonly profiles: ReadonlyMap<WorkloadKey, WorkloadProfile>;
  /**
   * How fast a node computes ÷ the geometric mean of the nodes that could be compared; absent = 1.
   */
  readonly speeds: ReadonlyMap<NodeId, number>;
}
/** Nothing is known yet. */
export const NO_PROFILES: WorkloadProfiles = { profiles: new Map(), speeds: new Map() };

/** What one allocation has shown of its workload. */
export interface ProfileObservation {
  readonly workload: WorkloadKey;
  readonly node: NodeId;
  readonly profile: WorkloadProfile;
}

/** Maximum number of workloads that are remembered. */
export const MAX_PROFILES = 10_000;
/** From this number of requests on, what is seen now replaces what was known. */
const ENOUGH_REQUESTS = 20;
const SPEED_ROUNDS = 4;
/** Two machines of one cluster differ by less than this. */
const SPEED_BOUNDS = { min: 0.1, max: 10 } as const;

/**
 * Folds what is seen now into what was known. The same observations give the same answer in any
 * order. An observation whose work is not a number is left out: it would spoil all the others.
 */
export function updateProfiles(
  before: WorkloadProfiles,
  seen: readonly ProfileObservation[],
): WorkloadProfiles {
  const byWorkload = grouped(seen);
  if (byWorkload.size === 0) return before;
  const speeds = speedsOf(byWorkload, before.speeds);
  const profiles = new Map(before.profiles);
  for (const workload of byWorkload.keys()) profiles.delete(workload);
  // Those before the last ones would only be forgotten again.
  for (const workload of lastInOrder([...byWorkload.keys()], MAX_PROFILES)) {
    const known = before.profiles.get(workload);
    const group = byWorkload.get(workload) ?? [];
    const merged = { ...merge(group, speeds), ...mostSeen(group, known) };
    profiles.set(
      workload,
      known !== undefined && merged.requests < ENOUGH_REQUESTS ? known : merged,
    );
  }
  for (const workload of profiles.keys()) {
    if (profiles.size <= MAX_PROFILES) break;
    profiles.delete(workload);
  }
  return { profiles, speeds };
}

/** Keys that are looked at to find about how many of all lie above one. */
const SAMPLED_KEYS = 1000;

/** The last `count` of the keys in their order, in order. Different keys, which may be many. */
export function lastInOrder<Key extends string>(
  keys: readonly Key[],
  count: number,
): readonly Key[] {
  const step = Math.ceil(keys.length / SAMPLED_KEYS);
  const sample = keys.filter((_, i) => i % step === 0).sort();
  // About twice as many as are wanted lie above it: nearly all need not be sorted.
  const middle = sample[Math.floor(sample.length * (1 - (2 * count) / keys.length))];
  const last = middle === undefined ? keys : keys.filter((key) => key >= middle);
  return [...(last.length < count ? keys : last)].sort().slice(-count);
}

/** The same without the speeds of nodes that are gone: names may be new for each host. */
export function withoutGone(
  knowledge: WorkloadProfiles,
  nodes: readonly { readonly id: NodeId }[],
): WorkloadProfiles {
  const { profiles, speeds } = knowledge;
  if (speeds.size === 0) return knowledge;
  const there = new Set(nodes.map(({ id }) => id));
  const left = [...speeds].filter(([id]) => there.has(id));
  return left.length === speeds.size ? knowledge : { profiles, speeds: new Map(left) };
}

/** How a workload behaves on a node; undefined = nothing is known of it. */
export function priorOn(
  { profiles, speeds }: WorkloadProfiles,
  workload: WorkloadKey,
  node: NodeId,
): Prior | undefined {
  const profile = profiles.get(workload);
  return profile === undefined ? undefined : { profile, speedRatio: speeds.get(node) ?? 1 };
}

type Groups = ReadonlyMap<WorkloadKey, readonly ProfileObservation[]>;

const isNumber = ({ profile: { workSeconds } }: ProfileObservation): boolean =>
  Number.isFinite(workSeconds) && workSeconds > 0;

// Sorted group by group: those of a workload come in the order of their nodes already. The groups
// in the order in which they are met.
function grouped(observations: readonly ProfileObservation[]): Groups {
  const groups = new Map<WorkloadKey, ProfileObservation[]>();
  for (const observation of observations) {
    if (!isNumber(observation)) continue;
    const known = groups.get(observation.workload);
    if (known === undefined) groups.set(observation.workload, [observation]);
    else known.push(observation);
  }
  for (const group of groups.values()) if (group.length > 1) group.sort(byPlace);
  return groups;
}

const byPlace = (a: ProfileObservation, b: ProfileObservation): number =>
  compare(a.node, b.node) || a.profile.workSeconds - b.profile.workSeconds;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Speeds from workloads that run on two nodes or more: W_kn = W_k / s_n. Solved by alternation: W_k
 * is the mean of W_kn·s_n, then s_n is the median of W_k / W_kn, scaled so that the geometric mean
 * of all s_n is 1. A node that shares no workload with another keeps its known speed.
 */
function speedsOf(
  groups: Groups,
  before: ReadonlyMap<NodeId, number>,
): ReadonlyMap<NodeId, number> {
  const shared = sharedOf(groups);
  if (shared.length === 0) return before;
  let speeds = new Map<NodeId, number>();
  for (let round = 0; round < SPEED_ROUNDS; round += 1) {
    const ratios = new Map<NodeId, number[]>();
    for (const seen of shared) {
      const reference = mean(seen, (each) => workOf(each, speeds));
      for (const { node, profile } of seen) {
        const known = ratios.get(node);
        if (known === undefined) ratios.set(node, [reference / profile.workSeconds]);
        else known.push(reference / profile.workSeconds);
      }
    }
    speeds = scaled(new Map([...ratios].map(([node, list]) => [node, median(list)])));
  }
  return new Map([...before, ...speeds]);
}

// Workloads that run on several nodes, in the order of their keys: the sums depend on it.
function sharedOf(groups: Groups): readonly (readonly ProfileObservation[])[] {
  const shared: (readonly ProfileObservation[])[] = [];
  for (const seen of groups.values())
    if (seen.length > 1 && seen.some(({ node }) => node !== seen[0]?.node)) shared.push(seen);
  return shared.sort((a, b) => compare(a[0]?.workload ?? '', b[0]?.workload ?? ''));
}

const workOf = (
  { node, profile }: ProfileObservation,
  speeds: ReadonlyMap<NodeId, number>,
): number => profile.workSeconds * (speeds.get(node) ?? 1);

function scaled(speeds: ReadonlyMap<NodeId, number>): Map<NodeId, number> {
  let logs = 0;
  for (const speed of speeds.values()) logs += Math.log(speed);
  const factor = Math.exp(-logs / speeds.size);
  const { min, max } = SPEED_BOUNDS;
  return new Map(
    [...speeds].map(([node, speed]) => [node, Math.min(max, Math.max(min, speed * factor))]),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] ?? 1)
    : ((sorted[half - 1] ?? 1) + (sorted[half] ?? 1)) / 2;
}

/** Weighted by requests. */
function mean(
  seen: readonly ProfileObservation[],
  of: (each: ProfileObservation) => number,
): number {
  let [total, weight] = [0, 0];
  for (const each of seen) {
    total += of(each) * each.profile.requests;
    weight += each.profile.requests;
  }
  return total / weight;
}

// What was once seen to be used stays possible, however little is used now.
function mostSeen(
  group: readonly ProfileObservation[],
  known: WorkloadProfile | undefined,
): Pick<WorkloadProfile, 'seenCores'> {
  let most = known?.seenCores ?? 0;
  for (const { profile } of group) most = Math.max(most, profile.seenCores ?? 0);
  return most > 0 ? { seenCores: most } : {};
}

function merge(
  seen: readonly ProfileObservation[],
  speeds: ReadonlyMap<NodeId, number>,
): WorkloadProfile {
  const free = seen.filter(({ profile }) => profile.freeCores > 0);
  const besideSeconds = mean(seen, ({ profile }) => profile.besideSeconds ?? 0);
  const tailRatios = {};
  for (const { profile } of seen) Object.assign(tailRatios, profile.tailRatios);
  return {
    workSeconds: mean(seen, (each) => workOf(each, speeds)),
    noiseRatio: mean(seen, ({ profile }) => profile.noiseRatio),
    requests: seen.reduce((sum, { profile }) => sum + profile.requests, 0),
    overheadSeconds: mean(seen, ({ profile }) => profile.overheadSeconds),
    ...(besideSeconds > 0 ? { besideSeconds } : {}),
    freeCores: free.length === 0 ? 0 : mean(free, ({ profile }) => profile.freeCores),
    // How requests arrive belongs to the job: for the next one a client that waits is assumed.
    clients: 1,
    ratePerSecond: 0,
    tailRatios,
  };
}
