import type { JobSpec } from '../../../shared/job.js';
import { formatDurationMs } from '../../../shared/units.js';
import { sum } from '../limits/fit.js';
import { formatCores } from '../limits/format.js';
import { type Candidate, chooseSatisfied } from '../model/knapsack.js';
import type { PlacementRule, Refusal } from '../types.js';
import { isFeasible, refusalsOf } from './refusals.js';
import { type Need, ROOM_MARGIN, type Room, type Wanted } from './node-budget.js';

export type Choice =
  | { readonly room: Room; readonly askCores: number; readonly reason: string }
  | { readonly room: null; readonly refusals: readonly Refusal[] };

/**
 * Reasons that are given of all that a large cluster has: nobody reads a thousand, and thousands of
 * jobs may wait.
 */
const MOST_REFUSALS = 100;
/** Nodes that are looked at closely where none has room. */
const CLOSE_LOOKS = 16;

/**
 * Where a newcomer goes. Of the feasible nodes with room for its target the one that it fills best,
 * so that room for larger ones stays elsewhere; where none has room, the one where most weight of
 * targets is met with it; of a workload that nobody knows yet, the one with most CPU for it. Ties
 * by id. Where no node is feasible: why each refuses, of a hundred nodes at most.
 */
export function choose(wanted: Wanted, rooms: readonly Room[]): Choice {
  let fitting: Offer | undefined;
  let roomiest: Offer | undefined;
  for (const room of rooms) {
    if (!isFeasible(wanted, room)) continue;
    const offer = offerOf(room, wanted.needOn(room.node.id));
    if (roomiest === undefined || byMost(offer, roomiest)) roomiest = offer;
    const isFitting = offer.need !== null && offer.leftCores >= 0;
    if (isFitting && (fitting === undefined || byLeast(offer, fitting))) fitting = offer;
  }
  if (roomiest === undefined) return { room: null, refusals: refusalsBy(wanted, rooms) };
  if (fitting !== undefined) return fits(wanted.spec, fitting);
  return roomiest.need === null ? most(roomiest) : crowded(wanted, rooms);
}

/**
 * The same by a rule that a policy brings. `ofJobOn`: allocations of the newcomer's job on a node.
 */
export function chooseBy(
  { rule, ofJobOn }: { readonly rule: PlacementRule; readonly ofJobOn: (room: Room) => number },
  wanted: Wanted,
  rooms: readonly Room[],
): Choice {
  const feasible = rooms.filter((room) => isFeasible(wanted, room));
  if (feasible.length === 0) return { room: null, refusals: refusalsBy(wanted, rooms) };
  const { node, reason } = rule(
    feasible.map((room) => ({ node: room.node.id, ofJob: ofJobOn(room), ofAll: room.count })),
  );
  const room = feasible.find((each) => each.node.id === node);
  if (room === undefined)
    throw new RangeError(`a placement rule chose ${node}, which cannot take ${wanted.spec.name}`);
  return { room, askCores: wanted.needOn(node)?.aimCores ?? 0, reason };
}

function refusalsBy(wanted: Wanted, rooms: readonly Room[]): readonly Refusal[] {
  const refusals: Refusal[] = [];
  for (const room of rooms) {
    if (refusals.length >= MOST_REFUSALS) break;
    refusals.push(...refusalsOf(wanted, room));
  }
  return refusals;
}

interface Offer {
  readonly room: Room;
  readonly need: Need | null;
  /** What would stay free, or what a newcomer of which nothing is known would have, cores. */
  readonly leftCores: number;
}

function offerOf(room: Room, need: Need | null): Offer {
  const { capacityCores, askedCores, count } = room;
  if (need === null)
    return {
      room,
      need,
      leftCores: Math.max(capacityCores / (count + 1), capacityCores - askedCores),
    };
  return { room, need, leftCores: capacityCores * (1 - ROOM_MARGIN) - askedCores - need.aimCores };
}

function best(
  offers: readonly Offer[],
  isBetter: (a: Offer, b: Offer) => boolean,
): Offer | undefined {
  let found: Offer | undefined;
  for (const offer of offers) if (found === undefined || isBetter(offer, found)) found = offer;
  return found;
}
const byId = (a: Offer, b: Offer): boolean => a.room.node.id < b.room.node.id;
const byLeast = (a: Offer, b: Offer): boolean =>
  a.leftCores < b.leftCores || (a.leftCores === b.leftCores && byId(a, b));
const byMost = (a: Offer, b: Offer): boolean =>
  a.leftCores > b.leftCores || (a.leftCores === b.leftCores && byId(a, b));

function fits(spec: JobSpec, { room, need, leftCores }: Offer): Choice {
  const askCores = need?.aimCores ?? 0;
  const reason =
    `fits best: ${formatCores(askCores)} CPU for ${formatDurationMs(spec.target.latencyMs)}, ` +
    `${formatCores(leftCores)} of ${formatCores(room.capacityCores)} stay free`;
  return { room, askCores, reason };
}

function most({ room, leftCores }: Offer): Choice {
  const reason =
    `most CPU free for a newcomer: ${formatCores(leftCores)} of ` +
    `${formatCores(room.node.allocatableCpuCores)}`;
  return { room, askCores: leftCores, reason };
}

// Nowhere is room: where does taking it in gain the most weight of targets met?
function crowded(wanted: Wanted, rooms: readonly Room[]): Choice {
  const { spec } = wanted;
  const offers = rooms
    .filter((room) => isFeasible(wanted, room))
    .map((room) => offerOf(room, wanted.needOn(room.node.id)));
  const near = [...offers].sort((a, b) => (byMost(a, b) ? -1 : 1)).slice(0, CLOSE_LOOKS);
  const gains = near.map((offer) => ({ ...offer, leftCores: gainOf(spec, offer) }));
  const { room, need } = best(gains, byMost) ?? (near[0] as Offer);
  const words = Number.isFinite(need?.aimCores)
    ? `has ${formatCores(need?.aimCores ?? 0)} CPU free`
    : 'can do';
  const reason =
    `no node ${words} for ${formatDurationMs(spec.target.latencyMs)}: here most targets are ` +
    'met with it';
  return { room, askCores: Math.min(need?.aimCores ?? 0, room.capacityCores), reason };
}

function gainOf(spec: JobSpec, { room, need }: Offer): number {
  const edges = new Map(room.outlook?.asks.map((ask) => [ask.allocation, ask.edgeCores]));
  const there = room.node.allocations
    .filter(({ control }) => control === 'enforce')
    .map((allocation): Candidate => {
      const cores = edges.get(allocation.id) ?? room.capacityCores / Math.max(1, room.count);
      return {
        cores,
        floorCores: allocation.minCores,
        weight: allocation.weight,
        isIncumbent: false,
      };
    });
  const newcomer: Candidate = {
    cores: need?.edgeCores ?? Number.POSITIVE_INFINITY,
    floorCores: spec.resources.cpu.minCores,
    weight: spec.weight,
    isIncumbent: false,
  };
  return worthOf([...there, newcomer], room.capacityCores) - worthOf(there, room.capacityCores);
}

function worthOf(candidates: readonly Candidate[], capacityCores: number): number {
  const chosen = chooseSatisfied(candidates, capacityCores);
  return sum(candidates.map(({ weight }, i) => (chosen[i] ? weight : 0)));
}
