import type { AllocationId, NodeId } from '../../shared/ids.js';
import { isAdoptedId } from '../../shared/ids.js';
import type { EventDraft } from './event-draft.js';
import type { ClusterState } from './model.js';

/**
 * The container name of an allocation that dqoes did not start, since its id means nothing to
 * people; undefined for our own allocations, and where no report names it.
 */
export function adoptedName(
  state: ClusterState,
  node: NodeId,
  allocation: AllocationId,
): string | undefined {
  if (!isAdoptedId(allocation)) return undefined;
  const found = state.nodes
    .get(node)
    ?.report?.containers.find((each) => each.allocation === allocation);
  return found?.origin === 'label' ? found.name : undefined;
}

/** Adds the container name to an event about an adopted container; others stay as they are. */
export function withContainerName(
  draft: EventDraft,
  after: ClusterState,
  before: ClusterState,
): EventDraft {
  const { data } = draft;
  if (!('allocation' in data) || !('node' in data)) return draft;
  const container =
    adoptedName(after, data.node, data.allocation) ??
    adoptedName(before, data.node, data.allocation);
  return container === undefined
    ? draft
    : ({ ...draft, data: { ...data, container } } as EventDraft);
}
