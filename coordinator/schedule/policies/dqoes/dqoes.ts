import { fitClaims, limitOf } from '../../limits/fit.js';
import { formatCores, formatMs } from '../../limits/format.js';
import type {
  LimitDecision,
  Policy,
  PolicyInput,
  SnapshotAllocation,
  SnapshotNode,
} from '../../types.js';
import { equalShares } from '../shares.js';
import { LISTENER_START, type ListenerMemory, listen } from './listener.js';
import { type RatedMember, sortIntoSets } from './sets.js';
import { floorOf, type StepOutput, step } from './step.js';

/**
 * Our reading of the rule of DQoES (Mao et al., arXiv 2010.12728), one node at a time; its symbols
 * are in schedule/README.md. New containers start at C/n and the others make room; then `listen`
 * says when to `step`. Returns only limits that change.
 */
export const dqoesPolicy: Policy<ListenerMemory> = { name: 'dqoes', start: LISTENER_START, decide };

function decide(
  input: PolicyInput,
  memory: ListenerMemory,
): ReturnType<Policy<ListenerMemory>['decide']> {
  const { node, nowMs, params } = input;
  const members = sortIntoSets(node.allocations);
  const isNew = newcomerTest(memory);
  const hasNewcomer = node.allocations.some(isNew);
  const heard = listen({ members, nowMs, params, hasNewcomer }, memory);
  if (hasNewcomer) return { limits: admit(node, isNew), memory: heard.memory };
  if (heard.heard !== 'act' || members.length === 0) return { limits: [], memory: heard.memory };
  return { limits: act(node, members, params.releaseRatio), memory: heard.memory };
}

const coresOf = (allocation: {
  readonly limit: { readonly cpuCores: number | null } | null;
}): number | null => allocation.limit?.cpuCores ?? null;

type IsNew = (allocation: SnapshotAllocation) => boolean;

// After a restart nothing is remembered: containers that have a limit then keep it.
function newcomerTest(memory: ListenerMemory): IsNew {
  const known = new Set(memory.members.split(' '));
  return (allocation) =>
    coresOf(allocation) === null || (memory.sinceMs !== null && !known.has(allocation.id));
}

// New containers hold C/n; the others shrink by one factor where they must, never below c_floor.
function admit(node: SnapshotNode, isNew: IsNew): readonly LimitDecision[] {
  const { allocations, allocatableCpuCores } = node;
  const shares = equalShares(node);
  const claims = allocations.map((allocation, i) => {
    const share = shares[i] ?? 0;
    const cores = coresOf(allocation);
    if (cores === null || isNew(allocation)) return { wantCores: share, floorCores: share };
    const floorCores = Math.min(
      cores,
      share,
      floorOf(allocation, allocatableCpuCores, allocations.length),
    );
    return { wantCores: cores, floorCores };
  });
  const fitted = fitClaims(claims, allocatableCpuCores);
  return allocations.map((allocation, i) => {
    const to = fitted[i] ?? 0;
    const reason = isNew(allocation)
      ? `initial share: ${formatCores(allocatableCpuCores)} CPU / ${allocations.length}`
      : `reduced for a new container: ${formatCores(coresOf(allocation) ?? 0)} to ` +
        `${formatCores(to)} CPU`;
    return { allocation: allocation.id, limit: limitOf(to), reason };
  });
}

function act(
  node: SnapshotNode,
  members: readonly RatedMember[],
  releaseRatio: number,
): readonly LimitDecision[] {
  const limitsCores = members.map(({ allocation }) => coresOf(allocation) ?? 0);
  const stepped = step({
    members,
    limitsCores,
    allocatableCores: node.allocatableCpuCores,
    releaseRatio,
  });
  return members.flatMap((member, i) => {
    if (member.set === 'S') return [];
    const limit = limitOf(stepped.limitsCores[i] ?? 0);
    return [
      {
        allocation: member.allocation.id,
        limit,
        reason: reasonOf(member, limitsCores[i] ?? 0, stepped),
      },
    ];
  });
}

function reasonOf(
  { allocation, set, qMs }: RatedMember,
  fromCores: number,
  { poolCores }: StepOutput,
): string {
  const measured =
    `${formatMs(allocation.latencyMs ?? Number.NaN)} against ` +
    `${formatMs(allocation.target?.latencyMs ?? Number.NaN)}`;
  const gap = `${formatMs(Math.abs(qMs))} too ${set === 'G' ? 'fast' : 'slow'}`;
  if (set === 'G') return `${measured}, ${gap}: gives back CPU, had ${formatCores(fromCores)}`;
  return (
    `${measured}, ${gap}: gets part of the free ${formatCores(poolCores)} CPU on top of ` +
    `${formatCores(fromCores)}`
  );
}
