import type { PolicyParams } from '../../types.js';
import type { RatedMember } from './sets.js';

/** What the listener remembers of one node; JSON-serialisable. */
export interface ListenerMemory {
  /** I, ms. */
  readonly intervalMs: number;
  /**
   * When the rule last acted or its interval was reset, on the coordinator's clock, ms; null =
   * never.
   */
  readonly sinceMs: number | null;
  /** Containers at the last act: allocation ids, sorted, joined by a space. */
  readonly members: string;
  /**
   * The three sets at the last act: one letter per member in the order of `members`; null = not
   * sorted yet.
   */
  readonly sets: string | null;
}

/** Before the first evaluation. */
export const LISTENER_START: ListenerMemory = {
  intervalMs: 0,
  sinceMs: null,
  members: '',
  sets: null,
};

/** `reset`: a container came or left; `act`: the interval is over; `wait`: neither. */
export type Heard = 'reset' | 'act' | 'wait';

/** What the listener says, and its memory. */
export interface Listened {
  readonly heard: Heard;
  readonly memory: ListenerMemory;
}

/** What the listener looks at. */
export interface ListenInput {
  readonly members: readonly RatedMember[];
  readonly nowMs: number;
  readonly params: PolicyParams;
  /**
   * A container needs a starting limit. This counts as an arrival even when it was seen before,
   * since the policy may have changed.
   */
  readonly hasNewcomer: boolean;
}

/**
 * The paper's listener: act every I; while the three sets do not change from act to act, I doubles
 * up to I_max; an arrival, a departure or a change of sets resets it to I₀. Sets are compared only
 * when acting, so after a quiet time a disturbance is seen late (a known weakness). An arrival or
 * departure starts a new interval, because measurements from before say nothing about after. A
 * clock that went back is treated as an arrival.
 */
export function listen(
  { members, nowMs, params, hasNewcomer }: ListenInput,
  memory: ListenerMemory,
): Listened {
  const ordered = [...members].sort((a, b) => (a.allocation.id < b.allocation.id ? -1 : 1));
  const ids = ordered.map(({ allocation }) => allocation.id).join(' ');
  const { sinceMs } = memory;
  if (sinceMs === null || nowMs < sinceMs || hasNewcomer || ids !== memory.members) {
    return {
      heard: 'reset',
      memory: { intervalMs: params.intervalMs, sinceMs: nowMs, members: ids, sets: null },
    };
  }
  if (nowMs - sinceMs < memory.intervalMs) return { heard: 'wait', memory };
  const sets = ordered.map(({ set }) => set).join('');
  const doubled = Math.min(params.maxIntervalMs, memory.intervalMs * 2);
  const intervalMs =
    sets === memory.sets ? Math.max(doubled, params.intervalMs) : params.intervalMs;
  return { heard: 'act', memory: { intervalMs, sinceMs: nowMs, members: ids, sets } };
}
