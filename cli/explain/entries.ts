import type { DqoesEvent, EventPayloads, EventType } from '../../proto/schemas/event.js';
import type { CpuLimit } from '../../shared/command.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { QoeClass, Target } from '../../shared/qoe.js';

/** What one line of a job's story says, for programs. Cores are CPU cores, null = no limit. */
export type Told =
  | { readonly kind: 'submitted'; readonly replicas: number; readonly target: Target | null }
  | { readonly kind: 'updated' }
  | { readonly kind: 'target'; readonly from: Target; readonly to: Target }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'placed' }
  | { readonly kind: 'started' }
  | {
      readonly kind: 'limit';
      readonly fromCores: number | null;
      readonly toCores: number | null;
      /** null = there was no limit of ours before. */
      /** What was promised without a quota, cores; null = a quota, or nothing. */
      readonly fromGuaranteeCores: number | null;
      readonly toGuaranteeCores: number | null;
      readonly fromPeriodUs: number | null;
      readonly toPeriodUs: number;
    }
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
  | { readonly kind: 'lost' }
  | { readonly kind: 'stopped' };

/** One line of a job's story. `allocation` and `node` are null where it is about the whole job. */
export type Entry = Told & {
  /** RFC 3339. */
  readonly time: string;
  /** Unix time, ms. */
  readonly atMs: number;
  readonly allocation: AllocationId | null;
  /** Name of a container that dqoes did not start; absent for ours. */
  readonly container?: string;
  readonly node: NodeId | null;
  /** In numbers, as whoever decided it gave it; '' = none. */
  readonly reason: string;
};

interface Line {
  readonly told: Told;
  readonly reason?: string;
  readonly node?: NodeId;
}
type Lines = { readonly [T in EventType]?: (data: EventPayloads[T]) => readonly Line[] };

const LINES: Lines = {
  'dqoes.job.submitted': submittedLines,
  'dqoes.job.infeasible': ({ reasons }) => [
    { told: { kind: 'waiting' }, reason: reasons.join('; ') },
  ],
  'dqoes.job.placed': ({ reason }) => [{ told: { kind: 'placed' }, reason }],
  'dqoes.job.started': () => [{ told: { kind: 'started' } }],
  'dqoes.job.class-changed': ({ from, to, latencyMs, targetMs }) => [
    { told: { kind: 'class', from, to, latencyMs, targetMs } },
  ],
  'dqoes.allocation.limit-changed': ({ from, to, reason }) => [
    { told: limitTold(from, to), reason },
  ],
  'dqoes.job.unreachable': ({ targetMs, reachableMs, neededCores, reason }) => [
    { told: { kind: 'unreachable', targetMs, reachableMs, neededCores }, reason },
  ],
  'dqoes.job.reachable': ({ targetMs }) => [{ told: { kind: 'reachable', targetMs } }],
  'dqoes.job.moved': ({ from, to, reason }) => [
    { told: { kind: 'moved', from }, reason, node: to },
  ],
  'dqoes.job.preempted': ({ reason }) => [{ told: { kind: 'preempted' }, reason }],
  'dqoes.job.lost': ({ reason }) => [{ told: { kind: 'lost' }, reason }],
  'dqoes.job.stopped': ({ reason }) => [{ told: { kind: 'stopped' }, reason }],
};

function submittedLines({
  change,
  replicas,
  target,
  previousTarget,
}: EventPayloads['dqoes.job.submitted']): Line[] {
  if (change === 'created')
    return [{ told: { kind: 'submitted', replicas, target: target ?? null } }];
  if (target === undefined || previousTarget === undefined) return [{ told: { kind: 'updated' } }];
  return [{ told: { kind: 'target', from: previousTarget, to: target } }];
}

const limitTold = (from: CpuLimit | null, to: CpuLimit): Told => ({
  kind: 'limit',
  fromCores: from?.cpuCores ?? null,
  toCores: to.cpuCores,
  fromGuaranteeCores: from?.guaranteeCores ?? null,
  toGuaranteeCores: to.guaranteeCores ?? null,
  fromPeriodUs: from === null || from.cpuCores === null ? null : from.periodUs,
  toPeriodUs: to.periodUs,
});

/** What an event adds to the story of its job; nothing for events that are not part of one. */
export function entriesOf(event: DqoesEvent): readonly Entry[] {
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
  return (lines?.(data) ?? []).map(({ told, reason = '', node = place }) => ({
    ...base,
    node,
    ...told,
    reason,
  }));
}
