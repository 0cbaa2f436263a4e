import { DEFAULT_MEMORY_BYTES, type Resources } from './job.js';

/** What resources cost in a cluster, in its currency. */
export interface Prices {
  /** As it is to be printed: `EUR`. */
  readonly currency: string;
  readonly cpuCoreHour: number;
  readonly memoryGibHour: number;
  readonly gpuHour: number;
  /** Of energy that was used, beside what was reserved; absent = it has no price. */
  readonly energyKwh?: number;
}

/** What is reserved for the containers of a job. */
export interface ReservedResources {
  readonly cpuCores: number;
  readonly memoryBytes: number;
  /** Whole GPUs and shares of them. */
  readonly gpus: number;
}

const BYTES_PER_GIB = 2 ** 30;
/** Bytes in GiB. */
export const gibOf = (bytes: number): number => bytes / BYTES_PER_GIB;
/** Hours of a month: a twelfth of 365.25 days. */
export const HOURS_PER_MONTH = 730.5;

/** What the resources cost an hour, in the currency of the prices. */
export const costPerHour = (
  { cpuCoreHour, memoryGibHour, gpuHour }: Prices,
  { cpuCores, memoryBytes, gpus }: ReservedResources,
): number => cpuCores * cpuCoreHour + gibOf(memoryBytes) * memoryGibHour + gpus * gpuHour;

/** What one container of a job reserves beside CPU. */
export const reservedOf = ({
  memoryBytes = DEFAULT_MEMORY_BYTES,
  gpu,
}: Resources): Omit<ReservedResources, 'cpuCores'> => ({
  memoryBytes,
  gpus: gpu?.count ?? gpu?.shareRatio ?? 0,
});

/** How much more an amount is afterwards, to nine digits; null = one of the two is not known. */
export const changeBetween = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : Number((after - before).toPrecision(9));
