import type { DqoesEvent, EventPayloads, EventType } from '../../proto/schemas/event.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { QoeClass, Target } from '../../shared/qoe.js';
import { type LimitChange, limitChangeOf } from '../output/limit-change.js';

/** What happened to a job, for programs. Cores are CPU cores; null = no limit. */
export type StoryFact =
  | { readonly kind: 'submitted'; readonly replicas: number; readonly target: Target | null }
  | { readonly kind: 'updated' }
  | { readonly kind: 'target'; readonly from: Target; readonly to: Target }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'placed' }
  | { readonly kind: 'started' }
  | { readonly kind: 'start-failed' }
  | ({ readonly kind: 'limit' } & LimitChange)
  | {
      readonly kind: 'class';
      readonly from: QoeClass | null;
      readonly to: QoeClass;
      readonly latencyMs: number;
      readonly targetMs: number;
    }
  | {
      readonly kind: 'unreachable';
      readonly targetMs: number;
      readonly reachableMs: number | null;
      readonly neededCores: number | null;
    }
  | { readonly kind: 'reachable'; readonly targetMs: number }
  | { readonly kind: 'moved'; readonly from: NodeId }
  | { readonly kind: 'preempted' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'stopped' };

/**
 * One entry of the story of a job. `allocation` and `node` are null where it is about the whole
 * job.
 */
export type StoryEntry = StoryFact & {
  /** RFC 3339. */
  readonly time: string;
  /** Unix time, ms. */
  readonly atMs: number;
  readonly allocation: AllocationId | null;
  /** Name of a container that dqoes did not start; absent for others. */
  readonly container?: string;
  readonly node: NodeId | null;
  /** Reason of the decision, with its numbers; empty = none. */
  readonly reason: string;
};

interface Line {
  readonly fact: StoryFact;
  readonly reason?: string;
  readonly node?: NodeId;
}
type Lines = { readonly [T in EventType]?: (data: EventPayloads[T]) => readonly Line[] };

const LINES: Lines = {
  'dqoes.job.submitted': submittedLines,
  'dqoes.job.infeasible': ({ reasons }) => [
    { fact: { kind: 'waiting' }, reason: reasons.join('; ') },
  ],
  'dqoes.job.placed': ({ reason }) => [{ fact: { kind: 'placed' }, reason }],
  'dqoes.job.started': ({ reason = '' }) => [{ fact: { kind: 'started' }, reason }],
  'dqoes.job.start-failed': ({ reason }) => [{ fact: { kind: 'start-failed' }, reason }],
  'dqoes.job.class-changed': ({ from, to, latencyMs, targetMs }) => [
    { fact: { kind: 'class', from, to, latencyMs, targetMs } },
  ],
  'dqoes.allocation.limit-changed': ({ from, to, reason }) => [
    { fact: { kind: 'limit', ...limitChangeOf(from, to) }, reason },
  ],
  'dqoes.job.unreachable': ({ targetMs, reachableMs, neededCores, reason }) => [
    { fact: { kind: 'unreachable', targetMs, reachableMs, neededCores }, reason },
  ],
  'dqoes.job.reachable': ({ targetMs }) => [{ fact: { kind: 'reachable', targetMs } }],
  'dqoes.job.moved': ({ from, to, reason }) => [
    { fact: { kind: 'moved', from }, reason, node: to },
  ],
  'dqoes.job.preempted': ({ reason }) => [{ fact: { kind: 'preempted' }, reason }],
  'dqoes.job.refused': ({ reason }) => [{ fact: { kind: 'refused' }, reason }],
  'dqoes.job.lost': ({ reason }) => [{ fact: { kind: 'lost' }, reason }],
  'dqoes.job.stopped': ({ reason }) => [{ fact: { kind: 'stopped' }, reason }],
};

function submittedLines({
  change,
  replicas,
  target,
  previousTarget,
}: EventPayloads['dqoes.job.submitted']): Line[] {
  if (change === 'created')
    return [{ fact: { kind: 'submitted', replicas, target: target ?? null } }];
  if (target === undefined || previousTarget === undefined) return [{ fact: { kind: 'updated' } }];
  return [{ fact: { kind: 'target', from: previousTarget, to: target } }];
}

/** The entries that an event adds to the story of its job; none for other events. */
export function entriesOf(event: DqoesEvent): readonly StoryEntry[] {
  // The table has one entry a type; TypeScript cannot follow that the entry and the data belong
  // together.
  const lines = LINES[event.type] as ((data: DqoesEvent['data']) => readonly Line[]) | undefined;
  const { data, timeMs } = event;
  const base = {
    time: new Date(timeMs).toISOString(),
    atMs: timeMs,
    allocation: 'allocation' in data ? data.allocation : null,
    ...('container' in data && data.container !== undefined ? { container: data.container } : {}),
  };
  const place = 'node' in data ? data.node : null;
  return (lines?.(data) ?? []).map(({ fact, reason = '', node = place }) => ({
    ...base,
    node,
    ...fact,
    reason,
  }));
}
