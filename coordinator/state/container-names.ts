import type { AllocationId, NodeId } from '../../shared/ids.js';
import { isAdoptedId } from '../../shared/ids.js';
import type { EventDraft } from './event-draft.js';
import type { ClusterState } from './model.js';

/**
 * What people call a container that dqoes did not start; undefined for ours, and where it is not
 * reported.
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

/** The same happening, with the name of the container where it is about an adopted one. */
export function withContainerName(
  happening: EventDraft,
  after: ClusterState,
  before: ClusterState,
): EventDraft {
  const { data } = happening;
  if (!('allocation' in data) || !('node' in data)) return happening;
  const container =
    adoptedName(after, data.node, data.allocation) ??
    adoptedName(before, data.node, data.allocation);
  return container === undefined
    ? happening
    : ({ ...happening, data: { ...data, container } } as EventDraft);
}
