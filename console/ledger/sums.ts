import type { AllocationMinute } from '../../proto/schemas/view.js';
import type { Prices } from '../../shared/prices.js';

/**
 * What is summed, in thousandths (milliseconds of time and of cores, …). All are whole numbers, so
 * that a sum is exact, whatever its order and its parts.
 */
export interface Sums {
  /** Minutes of allocations, beside what lies in the times below. */
  minutes: number;
  partialMinutes: number;
  unknownMinutes: number;
  allocations: number;
  seconds: number;
  observed: number;
  atTarget: number;
  notSlower: number;
  requests: number;
  /** Requests, each as far as its minute was at target; and those of which that is known. */
  requestsJudged: number;
  requestsAtTarget: number;
  requestsNotSlower: number;
  /** Sum of response times, and the largest, µs; -1 = none was known. */
  requestTime: number;
  worst: number;
  used: number;
  energy: number | null;
  /** By the prices of its minutes; `''` = there were none. */
  readonly priced: Map<string, PricedSums>;
}

/** What is paid for. */
export interface PricedSums {
  readonly prices: Prices | undefined;
  reserved: number;
  /** null = not known. */
  plain: number | null;
  memory: number | null;
  gpu: number | null;
}

/** Sums of nothing. */
export const noSums = (): Sums => ({
  ...{ minutes: 0, partialMinutes: 0, unknownMinutes: 0, allocations: 0 },
  ...{ seconds: 0, observed: 0, atTarget: 0, notSlower: 0 },
  ...{ requests: 0, requestsJudged: 0, requestsAtTarget: 0, requestsNotSlower: 0 },
  ...{ requestTime: 0, worst: -1, used: 0, energy: null, priced: new Map() },
});

/** How the node of a minute was, beside its allocations. */
export interface MinuteContext {
  readonly partial: boolean;
  readonly prices: Prices | undefined;
  /** CPU that plain Docker would have given this allocation, thousandths; null = not known. */
  readonly plain: number | null;
}

const thousandths = (value: number): number => Math.round(value * 1000);
/** null stays null; so does what is added to it, until something is known. */
const plus = (sum: number | null, part: number | null | undefined): number | null =>
  part == null ? sum : (sum ?? 0) + part;

/** Adds one minute of one allocation. */
export function addMinute(sums: Sums, minute: AllocationMinute, context: MinuteContext): void {
  const observed = thousandths(minute.observedSeconds);
  const atTarget = thousandths(minute.atTargetSeconds);
  const notSlower = thousandths(minute.notSlowerSeconds);
  const requests = minute.requests * 1000;
  sums.seconds += thousandths(minute.seconds);
  sums.observed += observed;
  sums.atTarget += atTarget;
  sums.notSlower += notSlower;
  sums.requests += requests;
  if (observed > 0) {
    sums.requestsJudged += requests;
    sums.requestsAtTarget += Math.round((requests * atTarget) / observed);
    sums.requestsNotSlower += Math.round((requests * notSlower) / observed);
  }
  sums.requestTime += Math.round((minute.meanMs ?? 0) * minute.requests * 1000);
  if (minute.worstMs !== null) sums.worst = Math.max(sums.worst, thousandths(minute.worstMs));
  sums.used += thousandths(minute.usedCpuSeconds);
  sums.energy = plus(sums.energy, maybe(minute.energyJoules));
  if (context.partial) sums.partialMinutes += 1;
  const paid = pricedOf(sums, context.prices);
  paid.reserved += thousandths(minute.reservedCpuSeconds);
  paid.plain = plus(paid.plain, context.plain);
  paid.memory = plus(paid.memory, maybe(minute.reservedMemoryGibSeconds));
  paid.gpu = plus(paid.gpu, maybe(minute.reservedGpuSeconds));
}

const maybe = (value: number | null | undefined): number | null =>
  value == null ? null : thousandths(value);

function pricedOf(sums: Sums, prices: Prices | undefined): PricedSums {
  const key = prices === undefined ? '' : keyOf(prices);
  const known = sums.priced.get(key);
  if (known !== undefined) return known;
  const made: PricedSums = { prices, reserved: 0, plain: null, memory: null, gpu: null };
  sums.priced.set(key, made);
  return made;
}

const keyOf = ({ currency, cpuCoreHour, memoryGibHour, gpuHour }: Prices): string =>
  [currency, cpuCoreHour, memoryGibHour, gpuHour].join(' ');

const COUNTED = [
  ...(['minutes', 'partialMinutes', 'unknownMinutes', 'allocations'] as const),
  ...(['seconds', 'observed', 'atTarget', 'notSlower'] as const),
  ...(['requests', 'requestsJudged', 'requestsAtTarget', 'requestsNotSlower'] as const),
  ...(['requestTime', 'used'] as const),
];

/** Adds other sums. Allocations are added too, though one may be in both. */
export function addSums(sums: Sums, other: Sums): void {
  for (const field of COUNTED) sums[field] += other[field];
  sums.worst = Math.max(sums.worst, other.worst);
  sums.energy = plus(sums.energy, other.energy);
  for (const { prices, ...part } of other.priced.values()) {
    const paid = pricedOf(sums, prices);
    paid.reserved += part.reserved;
    paid.plain = plus(paid.plain, part.plain);
    paid.memory = plus(paid.memory, part.memory);
    paid.gpu = plus(paid.gpu, part.gpu);
  }
}
