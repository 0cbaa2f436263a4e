import type { AllocationId } from '../../shared/ids.js';
import type { QoeClass } from '../../shared/qoe.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import { deepEqual } from './deep-equal.js';
import type { ClusterState, NodeRecord, Registration } from './model.js';
import { classOf, KeptSpecs, type SpecsByPlace } from './specs-by-place.js';

/**
 * What is stored of a node after a report of it. Keeps its identity while nothing lasting changes,
 * because a new identity causes a write.
 */
export function registrationOf(report: NodeReport, before: Registration | null): Registration {
  const { labels, agentVersion, intervalMs, bootId, boot } = report;
  if (before !== null && isStill(before, report)) return before;
  const { energyJoules: _, ...lasting } = report.host;
  const host = {
    ...lasting,
    cpuUtilisationRatio: null,
    memoryUsedBytes: null,
    cpuPressureRatio: null,
  };
  const start = boot === undefined ? { bootId } : { bootId, boot };
  return { host, labels, agentVersion, intervalMs, start };
}

// Field by field: this is done for every report.
const isStill = (
  before: Registration,
  { host, labels, agentVersion, intervalMs, bootId, boot }: NodeReport,
): boolean =>
  intervalMs === before.intervalMs &&
  agentVersion === before.agentVersion &&
  bootId === before.start?.bootId &&
  host.capacityCpuCores === before.host.capacityCpuCores &&
  host.capacityMemoryBytes === before.host.capacityMemoryBytes &&
  host.allocatableCpuCores === before.host.allocatableCpuCores &&
  host.allocatableMemoryBytes === before.host.allocatableMemoryBytes &&
  deepEqual(boot, before.start.boot) &&
  deepEqual(labels, before.labels);

/** Of the containers whose last known classes these are. */
const specs = new KeptSpecs<NodeRecord['classes']>();

/**
 * The last known class of each allocation in the report; keeps its identity while none changes, as
 * it is nearly always.
 */
export function classesOf(
  { jobs }: Pick<ClusterState, 'jobs'>,
  report: NodeReport,
  before: NodeRecord['classes'],
): NodeRecord['classes'] {
  const found = specs.of(before, jobs, report.containers.length);
  if (areClasses(found, report, before)) return before;
  const classes = new Map<AllocationId, QoeClass>();
  let isSame = true;
  for (const [place, container] of report.containers.entries()) {
    const { allocation } = container;
    const known = before.get(allocation);
    const now = lastClass(classAt(found, place, container), known);
    if (now === undefined) continue;
    classes.set(allocation, now);
    if (now !== known) isSame = false;
  }
  if (isSame && classes.size === before.size) return before;
  specs.keep(classes, found);
  return classes;
}

// Whether the classes are those of the report, one for one and in its order: nearly always, and
// then none has to be looked up by its name.
function areClasses(
  found: SpecsByPlace,
  { containers }: NodeReport,
  before: NodeRecord['classes'],
): boolean {
  const ids = before.keys();
  const classes = before.values();
  // Only values are kept from one step to the next: the engine then makes nothing for a step.
  let id = ids.next().value;
  let known = classes.next().value;
  for (let place = 0; place < containers.length; place += 1) {
    const container = containers[place] as ContainerReport;
    const isNext = id === container.allocation;
    const now = lastClass(classAt(found, place, container), isNext ? known : undefined);
    if (now === undefined) continue;
    if (!isNext || now !== known) return false;
    id = ids.next().value;
    known = classes.next().value;
  }
  return id === undefined;
}

// As `targetOf`.
const classAt = (
  found: SpecsByPlace,
  place: number,
  container: ContainerReport,
): QoeClass | null | undefined =>
  container.origin === 'dqoes'
    ? found.classAt(place, container)
    : classOf(container.target, container);

// Where nothing is shown now the last class stays.
const lastClass = (
  now: QoeClass | null | undefined,
  known: QoeClass | undefined,
): QoeClass | undefined => (now === null ? known : now);
