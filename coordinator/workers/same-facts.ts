import { gpuFactsOf } from '../schedule/summary-facts.js';
import type { SnapshotAllocation, SnapshotGpu, SnapshotNode } from '../schedule/types.js';
import { deepEqual } from '../state/deep-equal.js';

/**
 * Whether the facts of both are the same (`summary-facts.ts`), without making them. Nearly always
 * they are, and most of what is compared is one object or one text in both.
 */
export const hasSameFacts = (a: SnapshotNode | undefined, b: SnapshotNode | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    hasSameHost(a, b) &&
    hasSameGpus(a.gpus, b.gpus) &&
    a.allocations.length === b.allocations.length &&
    a.allocations.every((each, i) => isSameAllocation(each, b.allocations[i])));

const hasSameHost = (a: SnapshotNode, b: SnapshotNode): boolean =>
  a.id === b.id &&
  a.schedulable === b.schedulable &&
  a.unschedulableReason === b.unschedulableReason &&
  a.isDraining === b.isDraining &&
  a.leavesOut === b.leavesOut &&
  a.allocatableCpuCores === b.allocatableCpuCores &&
  a.allocatableMemoryBytes === b.allocatableMemoryBytes &&
  isSame(a.labels, b.labels);

const hasSameGpus = (a: SnapshotNode['gpus'], b: SnapshotNode['gpus']): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.length === b.length &&
    a.every((each, i) => isSame(gpuFactsOf(each), gpuFactsOf(b[i] as SnapshotGpu))));

const isSameAllocation = (a: SnapshotAllocation, b: SnapshotAllocation | undefined): boolean =>
  a === b ||
  (a.id === b?.id &&
    isSamePlace(a, b) &&
    a.containerId === b.containerId &&
    a.state === b.state &&
    a.control === b.control &&
    hasSameSpec(a, b) &&
    (a.limit === null) === (b.limit === null) &&
    isSame(a.gpu, b.gpu) &&
    isSameContainer(a.report, b.report));

const isSamePlace = (a: SnapshotAllocation, b: SnapshotAllocation): boolean =>
  a.job === b.job && a.node === b.node && a.origin === b.origin;

const hasSameSpec = (a: SnapshotAllocation, b: SnapshotAllocation): boolean =>
  a.weight === b.weight &&
  a.minCores === b.minCores &&
  a.maxCores === b.maxCores &&
  isSame(a.target, b.target);

type Reported = SnapshotAllocation['report'];

const isSameContainer = (a: Reported, b: Reported): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.image === b.image &&
    a.reason === b.reason &&
    hasSameMeasures(a, b) &&
    isSame(a.ports, b.ports));

const hasSameMeasures = (a: NonNullable<Reported>, b: NonNullable<Reported>): boolean =>
  (a.cpu === null) === (b.cpu === null) &&
  (a.memory === null) === (b.memory === null) &&
  (a.latency === null) === (b.latency === null);

/** Small objects that are kept while they do not change are nearly always one. */
const isSame = (a: unknown, b: unknown): boolean => a === b || deepEqual(a, b);
