import type { GpuAssignment, GpuId, GpuRequest } from '../../../shared/gpu.js';
import { formatBytes } from '../../../shared/units.js';
import type { AllocationSummary, GpuSummary, NodeSummary } from '../node-summary.js';

/** What is left of one GPU. */
export interface GpuBudget {
  readonly id: GpuId;
  readonly index: number;
  /** Why nothing can be placed on it; '' = something can. */
  readonly closedReason: string;
  /** Why no share of it can be given; '' = one can. */
  readonly unshareableReason: string;
  /** Free share, 0..1. */
  readonly freeRatio: number;
  /** Free memory; null = its size is not known. */
  readonly freeBytes: number | null;
  readonly totalBytes: number | null;
  /** Programs that nobody gave it hold much of its memory, bytes. Absent = none do. */
  readonly foreignBytes?: number;
}

const NO_GPUS: readonly GpuBudget[] = [];
const EPSILON = 1e-9;
/**
 * From this share of its memory on, a GPU that nobody of ours has is not a whole one to give. A
 * desktop takes less; a server of a model takes more.
 */
const FOREIGN_RATIO = 0.5;

/**
 * What is left of each GPU of a node, by what is promised there. Memory that other programs hold
 * counts as used.
 */
export function gpuBudgetsOf({
  gpus,
  allocations,
}: Pick<NodeSummary, 'gpus'> & {
  readonly allocations: readonly Pick<AllocationSummary, 'gpu'>[];
}): readonly GpuBudget[] {
  if (gpus === undefined || gpus.length === 0) return NO_GPUS;
  const whole = gpus.map(({ report }) => freeBudget(report));
  const given = allocations.reduce<readonly GpuBudget[]>(
    (budgets, { gpu }) => takeGpus(budgets, gpu),
    whole,
  );
  return given.map((budget, i) => withoutForeignMemory(budget, gpus[i]?.report));
}

function freeBudget(report: GpuSummary['report']): GpuBudget {
  const { id, index, memoryTotalBytes: totalBytes, ladder } = report;
  const unshareableReason = ladder.share.reach === 'none' ? ladder.share.reason : '';
  return {
    id,
    index,
    closedReason: closedReasonOf(report),
    unshareableReason,
    freeRatio: 1,
    freeBytes: totalBytes,
    totalBytes,
  };
}

function closedReasonOf({ isKnown, reason, vendor, isMig }: GpuSummary['report']): string {
  if (!isKnown) return reason === '' ? 'its state is not known' : reason;
  if (vendor === 'amd') return 'AMD GPUs are observed only';
  return isMig === true ? 'it is split into MIG instances' : '';
}

// Memory in use beyond what is promised belongs to other programs.
function withoutForeignMemory(
  budget: GpuBudget,
  report: GpuSummary['report'] | undefined,
): GpuBudget {
  const used = report?.memoryUsedBytes ?? null;
  if (used === null || budget.freeBytes === null || budget.totalBytes === null) return budget;
  if (isWhole(budget) && used >= FOREIGN_RATIO * budget.totalBytes)
    return { ...budget, freeBytes: budget.totalBytes - used, foreignBytes: used };
  return { ...budget, freeBytes: Math.min(budget.freeBytes, budget.totalBytes - used) };
}

const isWhole = ({ freeRatio }: GpuBudget): boolean => freeRatio >= 1 - EPSILON;

const changed = (
  budgets: readonly GpuBudget[],
  gpu: GpuAssignment | undefined,
  sign: 1 | -1,
): readonly GpuBudget[] =>
  gpu === undefined
    ? budgets
    : budgets.map((budget) => {
        if (!gpu.ids.includes(budget.id)) return budget;
        const bytes = gpu.memoryBytes ?? (gpu.shareRatio >= 1 ? (budget.totalBytes ?? 0) : 0);
        return {
          ...budget,
          freeRatio: budget.freeRatio + sign * gpu.shareRatio,
          freeBytes: budget.freeBytes === null ? null : budget.freeBytes + sign * bytes,
        };
      });

/** Budgets after an assignment. */
export const takeGpus = (
  budgets: readonly GpuBudget[],
  gpu: GpuAssignment | undefined,
): readonly GpuBudget[] => changed(budgets, gpu, -1);
/** Budgets after allocations are gone. */
export const releaseGpus = (
  budgets: readonly GpuBudget[],
  gone: readonly Pick<AllocationSummary, 'gpu'>[],
): readonly GpuBudget[] =>
  gone.reduce<readonly GpuBudget[]>((left, { gpu }) => changed(left, gpu, 1), budgets);

/**
 * The GPUs that a new allocation gets here; null = they are not available. A share goes to the GPU
 * with the least free share (best fit), so that whole GPUs and large shares find room elsewhere;
 * ties by index.
 */
export function assignGpus(
  request: GpuRequest,
  budgets: readonly GpuBudget[],
): GpuAssignment | null {
  const { shareRatio, memoryBytes, count = 1 } = request;
  if (shareRatio === undefined) {
    const free = budgets.filter((budget) => wholeRefusal(budget, memoryBytes) === '');
    if (free.length < count) return null;
    return { ids: free.slice(0, count).map(({ id }) => id), shareRatio: 1 };
  }
  const fitting = budgets.filter((budget) => shareRefusal(request, budget) === '');
  const [best] = [...fitting].sort((a, b) => a.freeRatio - b.freeRatio || a.index - b.index);
  if (best === undefined) return null;
  const bytes = shareBytes(request, best);
  return { ids: [best.id], shareRatio, ...(bytes === undefined ? {} : { memoryBytes: bytes }) };
}

const holds = ({ freeBytes }: GpuBudget, bytes: number | undefined): boolean =>
  bytes === undefined || (freeBytes !== null && freeBytes >= bytes);

/** Without a request for memory, the same share of the memory as of the GPU. */
function shareBytes(
  { shareRatio = 1, memoryBytes }: GpuRequest,
  { totalBytes }: GpuBudget,
): number | undefined {
  if (memoryBytes !== undefined) return memoryBytes;
  return totalBytes === null ? undefined : Math.floor(totalBytes * shareRatio);
}

function shareRefusal(request: GpuRequest, budget: GpuBudget): string {
  const { shareRatio = 1 } = request;
  const bytes = shareBytes(request, budget);
  if (budget.closedReason !== '') return budget.closedReason;
  if (budget.unshareableReason !== '') return budget.unshareableReason;
  if (budget.freeRatio + EPSILON < shareRatio) return `${formatPercent(budget.freeRatio)} left`;
  if (holds(budget, bytes)) return '';
  return budget.freeBytes === null
    ? 'its memory is not known'
    : `${formatBytes(Math.max(0, budget.freeBytes))} memory left`;
}

function wholeRefusal(budget: GpuBudget, memoryBytes: number | undefined): string {
  if (budget.closedReason !== '') return budget.closedReason;
  if (budget.foreignBytes !== undefined)
    return `other programs hold ${formatBytes(budget.foreignBytes)} of its memory`;
  return isWhole(budget) && holds(budget, memoryBytes) ? '' : 'in use';
}

/** The request in words. */
export function describeRequest({ shareRatio, count = 1, memoryBytes }: GpuRequest): string {
  const memory = memoryBytes === undefined ? '' : ` with ${formatBytes(memoryBytes)}`;
  if (shareRatio !== undefined) return `${formatPercent(shareRatio)} of a GPU${memory}`;
  return `${count === 1 ? 'a whole GPU' : `${count} whole GPUs`}${memory}`;
}

/** Why each GPU is not enough, in words. */
export function describeBudget(request: GpuRequest, budgets: readonly GpuBudget[]): string {
  if (budgets.length === 0) return 'no GPU';
  return budgets.map((budget) => `GPU ${budget.index}: ${refusalOf(request, budget)}`).join(', ');
}

function refusalOf(request: GpuRequest, budget: GpuBudget): string {
  if (request.shareRatio !== undefined) return shareRefusal(request, budget) || 'free';
  return wholeRefusal(budget, request.memoryBytes) || 'free';
}

const formatPercent = (ratio: number): string => `${Math.round(Math.max(0, ratio) * 100)}%`;

/** Whether an allocation still has what its job requests. */
export function fitsRequest(
  gpu: GpuAssignment | undefined,
  request: GpuRequest | undefined,
): boolean {
  if (request === undefined) return gpu === undefined;
  if (gpu === undefined) return false;
  if (request.shareRatio === undefined)
    return gpu.shareRatio === 1 && gpu.ids.length === (request.count ?? 1);
  const isSameMemory = request.memoryBytes === undefined || gpu.memoryBytes === request.memoryBytes;
  return gpu.shareRatio === request.shareRatio && isSameMemory;
}
