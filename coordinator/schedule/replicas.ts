import type { GpuAssignment } from '../../shared/gpu.js';
import type { AllocationId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { NodeOutlook } from './foresight.js';
import { regrant } from './gpu/regrant.js';
import { type Before, type Keepers, keepersOf, type Settled } from './keepers.js';
import { type Choice, choose, chooseBy } from './place.js';
import { makeWay } from './preempt.js';
import {
  commandBytesOf,
  gpuFor,
  isSteerable,
  type Need,
  type Needs,
  OTHER_STORE,
  type Room,
  roomAfter,
  roomOf,
  type Wanted,
} from './room.js';
import type {
  Decision,
  Pending,
  PlacementRule,
  Preempted,
  Snapshot,
  SnapshotAllocation,
  SnapshotJob,
  SnapshotNode,
} from './types.js';

/** Nodes as they will be after the placements and removals. */
export interface Replicas {
  readonly nodes: readonly SnapshotNode[];
  readonly decisions: readonly Decision[];
  readonly pending: readonly Pending[];
  readonly preempted: readonly Preempted[];
  readonly movingSinceMs: Keepers['movingSinceMs'];
  readonly settled: Settled;
}

/** What is known of what jobs would take, and of what nodes can give. */
export interface Surroundings extends Before {
  readonly outlookOf: (node: SnapshotNode) => NodeOutlook | undefined;
  readonly needOf: (job: SnapshotJob) => (node: SnapshotNode['id']) => Need | null;
  /** The policy's own; undefined = by need. */
  readonly rule: PlacementRule | undefined;
}

/**
 * Makes what is desired follow the jobs: surplus and ended allocations are removed, adopted containers that left are let go, missing replicas are placed one by one, heavier jobs first, each seeing
 * those before it. An allocation that already runs somewhere without being desired is kept there. A job that fits nowhere may take the place of lighter ones.
 */
export function matchReplicas(snapshot: Snapshot, around: Surroundings): Replicas {
  const keepers = keepersOf(snapshot, around);
  const removed = unseenLosses(snapshot, keepers);
  const wanted = snapshot.nodes.map((node) => keepWanted(node, { keepers, removed }));
  const { nodes: kept, decisions: regranted } = regrant(wanted, snapshot.jobs);
  const placed = placeMissing(snapshot, { kept, missing: keepers.missing, around });
  return {
    nodes: placed.nodes,
    decisions: [...removed, ...regranted, ...placed.removed, ...keptRunning(kept), ...placed.decisions],
    pending: placed.pending,
    preempted: placed.preempted,
    movingSinceMs: keepers.movingSinceMs,
    settled: keepers.settled,
  };
}

// What is lost on nodes that have not reported since the coordinator started.
function unseenLosses({ nodes }: Snapshot, { lost, dropped }: Keepers): Decision[] {
  if (lost.length === 0) return [];
  const seen = new Set(nodes.map(({ id }) => id));
  return lost
    .filter(({ node }) => !seen.has(node))
    .map(({ id, job, node }) => ({ kind: 'remove', allocation: id, job, node, reason: dropped.get(id) ?? '' }));
}

interface Keeping {
  readonly keepers: Keepers;
  readonly removed: Decision[];
}

function keepWanted(node: SnapshotNode, { keepers, removed }: Keeping): SnapshotNode {
  const { keep, settled } = keepers;
  const remove = (allocation: SnapshotAllocation, reason: string): boolean => {
    if (allocation.limit !== null)
      removed.push({ kind: 'remove', allocation: allocation.id, job: allocation.job, node: node.id, reason });
    return false;
  };
  const keeps = (allocation: SnapshotAllocation): boolean => {
    const { id, origin } = allocation;
    if (origin === 'dqoes') {
      if (settled.homes.get(id) === node.id || keep.get(id) === node.id) return true;
      return remove(allocation, keepers.dropped.get(id) ?? 'no job asks for this allocation any more');
    }
    if (allocation.report === null) return remove(allocation, 'the container is gone');
    if (allocation.state !== 'running') return remove(allocation, `the container is ${allocation.state}`);
    if (allocation.control !== 'enforce') return remove(allocation, `control is ${allocation.control}`);
    return true;
  };
  const allocations = node.allocations.filter(keeps);
  return allocations.length === node.allocations.length ? node : { ...node, allocations };
}

function keptRunning(nodes: readonly SnapshotNode[]): readonly Decision[] {
  const decisions: Decision[] = [];
  for (const node of nodes) {
    if (!isSteerable(node) && node.unschedulableReason !== OTHER_STORE) continue;
    for (const { id, job, origin, limit, gpu } of node.allocations) {
      if (origin !== 'dqoes' || limit !== null) continue;
      const given = gpu === undefined ? {} : { gpu };
      decisions.push({ kind: 'place', allocation: id, job, node: node.id, reason: 'already runs here', ...given });
    }
  }
  return decisions;
}

interface Missing {
  readonly kept: readonly SnapshotNode[];
  readonly missing: Keepers['missing'];
  readonly around: Surroundings;
}
type PlacedMissing = Omit<Replicas, 'movingSinceMs' | 'settled'> & { readonly removed: readonly Decision[] };

function placeMissing(snapshot: Snapshot, { kept, missing, around }: Missing): PlacedMissing {
  if (missing.length === 0) return { nodes: kept, decisions: [], pending: [], preempted: [], removed: [] };
  const placing = new Placing(roomsOf(snapshot, kept, around), around);
  const heaviestFirst = [...missing].sort((a, b) => b.job.spec.weight - a.job.spec.weight);
  for (const { job, ids } of heaviestFirst) placing.placeAll(job, ids);
  return placing.result(kept);
}

/** Rooms that fill while missing replicas are placed. */
class Placing {
  readonly #rooms: Room[];
  readonly #around: Surroundings;
  readonly #decisions: Decision[] = [];
  readonly #pending: Pending[] = [];
  readonly #preempted: Preempted[] = [];
  readonly #newcomers = new Newcomers();

  constructor(rooms: Room[], around: Surroundings) {
    this.#rooms = rooms;
    this.#around = around;
  }

  placeAll(job: SnapshotJob, ids: readonly AllocationId[]): void {
    const { spec } = job;
    const wanted: Wanted = { spec, needs: needsOfJob(spec), needOn: this.#around.needOf(job) };
    for (const [i, id] of ids.entries()) {
      const choice = this.#choose(wanted);
      const way = choice.room === null ? makeWay(wanted, this.#rooms) : undefined;
      if (choice.room !== null) this.#place(wanted, id, choice);
      else if (way !== undefined) {
        this.#preempted.push(...way.preempted);
        this.#place(wanted, id, { room: way.room, askCores: 0, reason: way.reason });
      } else {
        // Nodes only get fuller: what refuses one replica refuses the rest.
        const { refusals } = choice;
        this.#pending.push(...ids.slice(i).map((allocation) => ({ job: spec.name, allocation, refusals })));
        return;
      }
    }
  }

  #choose(wanted: Wanted): Choice {
    const { rule } = this.#around;
    if (rule === undefined) return choose(wanted, this.#rooms);
    const isOfJob = ({ job }: { readonly job: SnapshotAllocation['job'] }): boolean => job === wanted.spec.name;
    const newOn = ({ node }: Room): number =>
      this.#decisions.filter((each) => each.node === node.id && isOfJob(each)).length;
    const ofJobOn = (room: Room): number => room.node.allocations.filter(isOfJob).length + newOn(room);
    return chooseBy({ rule, ofJobOn }, wanted, this.#rooms);
  }

  result(kept: readonly SnapshotNode[]): PlacedMissing {
    const preempted = this.#preempted;
    const removed = preempted.map((each): Decision => ({ kind: 'remove', ...each }));
    const nodes = this.#newcomers.on(kept, new Set(preempted.map(({ allocation }) => allocation)));
    return { nodes, decisions: this.#decisions, pending: this.#pending, preempted, removed };
  }

  #place({ spec, needs }: Wanted, id: AllocationId, { room, askCores, reason }: Taken): void {
    const gpu = gpuFor(spec, room);
    const given = gpu === undefined ? {} : { gpu };
    this.#decisions.push({ kind: 'place', allocation: id, job: spec.name, node: room.node.id, reason, ...given });
    this.#newcomers.add(room.node, spec, id, gpu);
    const at = this.#rooms.findIndex(({ node }) => node.id === room.node.id);
    this.#rooms[at] = roomAfter(room, needs, askCores, gpu);
  }
}
type Taken = Exclude<Choice, { readonly room: null }>;

/** Nodes with what is promised and asked for on each. */
export function roomsOf(snapshot: Snapshot, nodes: readonly SnapshotNode[], around: Surroundings): Room[] {
  const needsOf = needsFrom(snapshot);
  return nodes.map((node) => roomOf(node, needsOf, around.outlookOf(node)));
}

export const needsOfJob = (spec: JobSpec): Needs => ({
  cpuCores: spec.resources.cpu.minCores,
  memoryBytes: spec.resources.memoryBytes ?? 0,
  commandBytes: commandBytesOf(spec),
});

function needsFrom({ jobs }: Snapshot): (allocation: SnapshotAllocation) => Needs {
  const byName = new Map(jobs.map(({ spec }) => [spec.name, needsOfJob(spec)]));
  return ({ job, origin, minCores, report }) => {
    const promised = origin === 'dqoes' ? byName.get(job) : undefined;
    const seenBytes = report?.memory?.workingSetBytes ?? 0;
    return {
      cpuCores: minCores,
      memoryBytes: promised?.memoryBytes || seenBytes,
      commandBytes: promised?.commandBytes ?? 0,
    };
  };
}

/** Allocations that are placed in this plan, by node. */
export class Newcomers {
  readonly #byNode = new Map<SnapshotNode['id'], SnapshotAllocation[]>();

  add(node: SnapshotNode, spec: JobSpec, id: AllocationId, gpu: GpuAssignment | undefined): void {
    const newcomer = { ...newcomerOn(node, spec, id), ...(gpu === undefined ? {} : { gpu }) };
    this.#byNode.set(node.id, [...(this.#byNode.get(node.id) ?? []), newcomer]);
  }

  /** The nodes with them, and without those that are gone. */
  on(nodes: readonly SnapshotNode[], gone: ReadonlySet<AllocationId> = new Set()): readonly SnapshotNode[] {
    if (this.#byNode.size === 0 && gone.size === 0) return nodes;
    return nodes.map((node) => {
      const newcomers = this.#byNode.get(node.id) ?? [];
      const stays = gone.size === 0 ? node.allocations : node.allocations.filter(({ id }) => !gone.has(id));
      if (newcomers.length === 0 && stays.length === node.allocations.length) return node;
      return { ...node, allocations: [...stays, ...newcomers].sort((a, b) => (a.id < b.id ? -1 : 1)) };
    });
  }
}

function newcomerOn(node: SnapshotNode, spec: JobSpec, id: AllocationId): SnapshotAllocation {
  const { cpu } = spec.resources;
  return {
    id,
    job: spec.name,
    node: node.id,
    origin: 'dqoes',
    containerId: null,
    state: 'pending',
    control: 'enforce',
    target: spec.target,
    weight: spec.weight,
    minCores: cpu.minCores,
    maxCores: Math.min(cpu.maxCores ?? node.allocatableCpuCores, node.allocatableCpuCores),
    limit: null,
    latencyMs: null,
    observedAtMs: 0,
    newestSampleAgeMs: 0,
    report: null,
  };
}
