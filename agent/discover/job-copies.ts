import type { AllocationId } from '../../shared/ids.js';
import { containerNameOf, hasOwnName, OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import type { EngineContainer } from '../ports/engine.js';

/**
 * Why a container with the labels of a job's container is left alone: its name is another, as that
 * of a copy that a person or a tool made.
 */
export function copyReason({ name }: EngineContainer, id: AllocationId): string {
  const { allocation } = OWN_CONTAINER_LABELS;
  return (
    `its label ${allocation} is that of ${containerNameOf(id)}, the container of a job, but its ` +
    `name is not: it counts as a copy and is not touched. Start ${name} without the labels of ` +
    'that one'
  );
}

/**
 * Which of two containers of one allocation is the job's: the one with the name that its agent gave
 * it, then the one that runs, then the one started last.
 */
export function standsBefore(a: EngineContainer, b: EngineContainer): boolean {
  if (hasOwnName(a) !== hasOwnName(b)) return hasOwnName(a);
  if (a.running !== b.running) return a.running;
  if (a.startedAt !== b.startedAt) return a.startedAt > b.startedAt;
  return a.id < b.id;
}
