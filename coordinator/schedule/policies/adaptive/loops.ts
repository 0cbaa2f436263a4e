import { copyModel, Field } from '../../model/allocation-model.js';
import { offeredLoadCores } from './divide/cpu-claims.js';
import { latencyGoalOf } from './latency-goal.js';
import type { Member } from './member.js';

/**
 * Bands that were taken for open arrivals and are closed loops: without their quota they asked many
 * times as often, which arrivals do not. JSON-serialisable.
 */
export interface Loops {
  /**
   * While quotas are suspended: offered load from which a band is a closed loop, cores, by
   * allocation.
   */
  readonly mostCores: Readonly<Record<string, number>>;
  /** Until when a band is taken for a closed loop, ms, by allocation. */
  readonly untilMs: Readonly<Record<string, number>>;
}

/** Nobody is. */
export const NO_LOOPS: Loops = { mostCores: {}, untilMs: {} };

/** Arrivals that grow by more than this as soon as no quota holds them are those of a loop. */
const MAX_GROWTH = 2;
/** What a fall-back has shown is taken to be true for so long, ms. */
const KNOWN_MS = 600_000;
/** From this number of requests under way on it is a queue: a closed loop has few clients. */
const MIN_QUEUE = 4.5;
/** Of one that turned out to be a queue; Infinity is not kept by JSON. */
const ANY_LOAD = Number.MAX_VALUE;

/** Whether an allocation is taken for a closed loop, whatever its requests look like. */
export const isKnownLoop = ({ untilMs }: Loops, id: string, nowMs: number): boolean =>
  (untilMs[id] ?? 0) > nowMs;

const NOBODY_IS = (): boolean => false;

/** The same of all of a node. There are none nearly everywhere: then no name is looked up. */
export function knownLoops(loops: Loops, nowMs: number): (id: string) => boolean {
  for (const _ in loops.untilMs) return (id) => isKnownLoop(loops, id, nowMs);
  return NOBODY_IS;
}

/** What loops are told by. */
export interface LoopsInput {
  readonly members: readonly Member[];
  /** Whose quotas are suspended; null = nobody's. */
  readonly isSuspended: ((id: string) => boolean) | null;
  readonly nowMs: number;
}

/**
 * Which bands are closed loops although they look like open arrivals. What a band offers while its
 * quota is suspended would be guaranteed to it by weight: a loop that may take all the CPU there is
 * would be given all of it.
 */
export function foldLoops(before: Loops, { members, isSuspended, nowMs }: LoopsInput): Loops {
  if (isSuspended === null && isNobody(before)) return before;
  const mostCores: Record<string, number> = {};
  const untilMs: Record<string, number> = {};
  for (const member of members) {
    const { id } = member.allocation;
    const isQueue = underWay(member) > MIN_QUEUE;
    const wasLoop = isKnownLoop(before, id, nowMs);
    const isRefuted = wasLoop && isQueue;
    const known = isRefuted ? ANY_LOAD : before.mostCores[id];
    const most = isSuspended?.(id) === true ? (known ?? mostOf(member)) : null;
    if (most !== null) mostCores[id] = most;
    if (isQueue) continue;
    if (most !== null && loadCores(member) > most) untilMs[id] = nowMs + KNOWN_MS;
    else if (wasLoop) untilMs[id] = before.untilMs[id] ?? 0;
  }
  return { mostCores, untilMs };
}

const isNobody = ({ mostCores, untilMs }: Loops): boolean =>
  Object.keys(untilMs).length === 0 && Object.keys(mostCores).length === 0;

// What it held, or offered, when its quota went; null = it had none.
function mostOf(member: Member): number | null {
  const { limit, target } = member.allocation;
  if (member.heldCores === null || limit?.cpuCores == null || target?.mode !== 'band') return null;
  return MAX_GROWTH * Math.max(member.heldCores, loadCores(member));
}

const loadCores = (member: Member): number =>
  member.goal === null ? 0 : offeredLoadCores({ member, goal: member.goal });

// Little's law.
const underWay = ({ model }: Member): number =>
  model[Field.elapsedSeconds] > 0 ? model[Field.waitingSeconds] / model[Field.elapsedSeconds] : 0;

/** The members with those that are loops planned as such; the same list where there is none. */
export function asLoops(
  members: readonly Member[],
  loops: Loops,
  nowMs: number,
): readonly Member[] {
  const isMistaken = ({ allocation: { id }, model }: Member): boolean =>
    model[Field.isOpen] === 1 && isKnownLoop(loops, id, nowMs);
  if (!members.some(isMistaken)) return members;
  return members.map((member) => (isMistaken(member) ? asLoop(member) : member));
}

function asLoop(member: Member): Member {
  const model = copyModel(member.model);
  model[Field.isOpen] = 0;
  const { target, limit } = member.allocation;
  return { ...member, model, goal: latencyGoalOf(model, target, limit) };
}
