import type { Static } from 'typebox';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import {
  array,
  flag,
  integer,
  listOrAbsent,
  nullable,
  number,
  objectOf,
  oneOf,
  optional,
  safeId,
  text,
} from '../codec/words.js';
import { MAX_CORES, MAX_MS, reason } from './job.js';
import { MAX_ANSWERS } from './status.js';

/** Hosts that one question may add. */
export const MAX_ADDED = 1000;
/** Hosts that one question may leave out. */
export const MAX_NODES_ASKED = 1000;
/** Kinds of jobs whose room is searched. */
export const MAX_KINDS = 16;
/** More of a kind is not searched. */
export const MAX_ROOM = 1000;
const MAX_TOTAL_CORES = MAX_CORES * MAX_ANSWERS;

const job = safeId<JobName>();
const node = safeId<NodeId>();
const nodes = array(node, MAX_ANSWERS);
const cores = number(0, MAX_CORES);
const totalCores = number(0, MAX_TOTAL_CORES);
const milliseconds = number(0, MAX_MS);
const count = integer(0, 1e9);

/** `room`: how many more of each kind; `trades`: slower targets that help; `pack`: fewest hosts. */
export const CAPACITY_PARTS = ['room', 'trades', 'pack'] as const;
export type CapacityPart = (typeof CAPACITY_PARTS)[number];

export const addedHosts = objectOf({
  hosts: integer(1, MAX_ADDED),
  /** Of each, cores; absent = as the usual host of the cluster. */
  cpuCores: optional(number(0.01, MAX_CORES)),
});

/** What to search; what is free, and who misses now, is always answered. */
export const capacityRequest = objectOf({
  parts: listOrAbsent(oneOf(CAPACITY_PARTS), CAPACITY_PARTS.length),
  /** Room for more like these jobs only. Absent = like all that are stored, most usual first. */
  like: listOrAbsent(job, MAX_KINDS),
  /** Who would miss if these hosts stopped. Absent = not asked. */
  without: listOrAbsent(node, MAX_NODES_ASKED),
  add: optional(addedHosts),
});
export type CapacityRequest = Static<typeof capacityRequest>;

/** An allocation whose target is not met, or that no host takes. */
export const capacityMiss = objectOf({
  allocation: safeId<AllocationId>(),
  /** Name of a container that dqoes did not start; absent for ours. */
  container: optional(text(256)),
  job,
  /** Where it would run; null = nowhere. */
  node: nullable(node),
  /** In numbers, for people. */
  reason,
});
export type CapacityMiss = Static<typeof capacityMiss>;
/** Of more, the first are listed, by allocation. */
export const MAX_MISSES = 500;
const misses = array(capacityMiss, MAX_MISSES);

/** CPU of a host as placement counts it. */
export const hostCpu = objectOf({
  node,
  allocatableCores: cores,
  /** What the targets of its containers take; null = the policy does not know. */
  neededCores: nullable(totalCores),
  /** What placement would give to a newcomer; null = as above. */
  freeCores: nullable(cores),
  allocations: count,
});
export type HostCpu = Static<typeof hostCpu>;

/** What stands in the way: of a resource, on a host. */
export const capacityLimit = objectOf({
  resource: oneOf([
    ...(['target', 'cpu', 'memory', 'gpu', 'command', 'port', 'label', 'cordon'] as const),
    ...(['liveness', 'rules', 'secret', 'others'] as const),
  ]),
  /** null = all of them. */
  node: nullable(node),
  reason,
});
export type CapacityLimit = Static<typeof capacityLimit>;

/** Jobs that are alike: the same workload, target, resources and constraints. */
export const jobKind = objectOf({
  /** The first of them by name. */
  like: job,
  jobs: count,
  targetMs: milliseconds,
  /** CPU that one takes, cores; null = not known. */
  cpuCores: nullable(cores),
});
export type JobKind = Static<typeof jobKind>;

/** How many more of a kind would all meet their targets, at nobody's expense. */
export const kindRoom = objectOf({
  like: job,
  /** null = not known: see `limit`. */
  more: nullable(integer(0, MAX_ROOM)),
  /** There is room for one more of them at least; false = `more` is exact. */
  atLeast: flag,
  /** What keeps out the next; null = it was not found. */
  limit: nullable(capacityLimit),
});
export type KindRoom = Static<typeof kindRoom>;

/** A target that could be slower, and what that would give. */
export const targetTrade = objectOf({
  job,
  fromMs: milliseconds,
  toMs: milliseconds,
  /** CPU that the job would no longer take, cores. */
  freesCores: totalCores,
  /** Who would then meet the target. */
  gains: misses,
});
export type TargetTrade = Static<typeof targetTrade>;

/** The cluster with fewer or more hosts. */
const changedHosts = {
  /** Number of allocations that would miss and do not now, and who they are. */
  missing: count,
  misses,
  /** Who misses now and would not then. */
  gains: misses,
  freeCores: nullable(totalCores),
};
export const withoutHosts = objectOf({
  nodes,
  ...changedHosts,
  /** What else has to be known; '' = nothing. */
  note: reason,
});
export const withHosts = objectOf({
  hosts: integer(1, MAX_ADDED),
  cpuCores: cores,
  ...changedHosts,
  room: array(kindRoom, MAX_KINDS),
});
/** The fewest hosts found on which nobody misses who does not now. */
export const packedHosts = objectOf({
  keep: nodes,
  /** May be emptied (`dqoes node drain`), in this order. */
  empty: nodes,
  /** Hosts that cannot be emptied: they hold what dqoes did not start, or may not move. */
  pinned: nodes,
  /** No set of one host fewer does; false = not all of them were tried. */
  proven: flag,
});

/** What is free in the cluster, and what would be. */
export const capacity = objectOf({
  /** False = time was up: what was searched is the best that was found until then. */
  complete: flag,
  /** Why less is known than asked; '' = nothing is missing. */
  note: reason,
  /** Hosts that take part and report, in the order of their ids. */
  hosts: array(hostCpu, MAX_ANSWERS),
  allocatableCores: totalCores,
  freeCores: nullable(totalCores),
  /** Number of allocations that miss now, and who they are. */
  missing: count,
  misses,
  kinds: array(jobKind, MAX_KINDS),
  /** Empty = not asked, or not reached. */
  room: array(kindRoom, MAX_KINDS),
  /** Of the kind with the least room. Absent = there is none, or it was not searched. */
  bottleneck: optional(capacityLimit),
  trades: array(targetTrade, MAX_KINDS),
  without: optional(withoutHosts),
  added: optional(withHosts),
  packed: optional(packedHosts),
});
export type Capacity = Static<typeof capacity>;
