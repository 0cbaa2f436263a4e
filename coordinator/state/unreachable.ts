import { MAX_CORES, MAX_MS } from '../../proto/schemas/job.js';
import type { UnreachableTarget } from '../../proto/schemas/status.js';
import type { AllocationId } from '../../shared/ids.js';
import type { Target } from '../../shared/qoe.js';
import { cutText } from '../../shared/text.js';
import type { Unreachable } from '../schedule/types.js';
import type { ClusterState } from './model.js';
import { containersOf, targetOf } from './targets.js';

const MAX_REASON = 4000;

/**
 * The unreachable targets after a plan, with `newest` as the policy just gave them. The policy
 * decides nothing for a node that is not ready, so its entries stay while the allocation is there.
 * Figures that have no meaning (infinite, negative) become null.
 */
export function foldUnreachable(
  state: ClusterState,
  newest: readonly Unreachable[],
): ClusterState['unreachable'] {
  const next = new Map<AllocationId, Unreachable>();
  for (const one of newest) {
    const { allocation } = one;
    const isKnown = state.unreachable.get(allocation) === one;
    next.set(allocation, isKnown ? one : withFiniteFigures(one));
  }
  for (const [id, one] of state.unreachable)
    if (
      !next.has(id) &&
      state.nodes.get(one.node)?.liveness !== 'ready' &&
      targetNow(state, one) !== null
    )
      next.set(id, one);
  return isSame(state.unreachable, next) ? state.unreachable : next;
}

function isSame(a: ClusterState['unreachable'], b: ClusterState['unreachable']): boolean {
  if (a.size !== b.size) return false;
  for (const [id, one] of b) if (a.get(id) !== one) return false;
  return true;
}

// A policy that has nothing new says it with the same object, which then stays what it is here.
function withFiniteFigures(one: Unreachable): Unreachable {
  const reachableMs = inRange(one.reachableMs, MAX_MS);
  const neededCores = inRange(one.neededCores, MAX_CORES);
  const isInRange = reachableMs === one.reachableMs && neededCores === one.neededCores;
  const reason = cutText(one.reason, MAX_REASON);
  if (isInRange && reason === one.reason) return one;
  return { ...one, reachableMs, neededCores, reason };
}
const inRange = (value: number | null, max: number): number | null =>
  value !== null && value >= 0 && value <= max ? value : null;

/** The present target of the allocation on that node; null where it is not there any more. */
export function targetNow(state: ClusterState, { allocation, node }: Unreachable): Target | null {
  const record = state.nodes.get(node);
  if (record === undefined) return null;
  const want = record.desired?.allocations.find(({ id }) => id === allocation);
  const container = containersOf(record).get(allocation);
  if (want?.spec !== undefined) return (state.jobs.get(want.job)?.spec ?? want.spec).target;
  // The last report of a silent node still has what was started elsewhere since.
  const isLost =
    container?.origin === 'dqoes' && record.liveness !== 'ready' && record.desired !== null;
  return container?.state === 'running' && !isLost ? targetOf(state.jobs, container) : null;
}

/** The part of an allocation's status about its target; {} where it is reachable or has changed. */
export function unreachableStatus(
  state: ClusterState,
  about: { readonly id: AllocationId; readonly node: string; readonly target: Target | null },
): { readonly unreachable?: UnreachableTarget } {
  const known = state.unreachable.get(about.id);
  if (
    known === undefined ||
    known.node !== about.node ||
    known.targetMs !== about.target?.latencyMs
  )
    return {};
  const { targetMs, reachableMs, neededCores, reason } = known;
  return { unreachable: { targetMs, reachableMs, neededCores, reason } };
}
