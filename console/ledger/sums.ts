import type { AllocationMinute } from '../../proto/schemas/view.js';
import type { Credit } from '../../shared/credit.js';
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
  /** The part of it that asked for credits, by job and credit. */
  readonly credited: Map<string, CreditedSums>;
}

/** What a credit follows from: all minutes of a job in which it asked for the same. */
export interface CreditedSums {
  readonly credit: Credit;
  observed: number;
  notSlower: number;
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
  energy: number | null;
}

/** Sums of nothing. */
export const noSums = (): Sums => ({
  ...{ minutes: 0, partialMinutes: 0, unknownMinutes: 0, allocations: 0 },
  ...{ seconds: 0, observed: 0, atTarget: 0, notSlower: 0 },
  ...{ requests: 0, requestsJudged: 0, requestsAtTarget: 0, requestsNotSlower: 0 },
  ...{ requestTime: 0, worst: -1, used: 0, energy: null, priced: new Map(), credited: new Map() },
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
  const { prices, plain } = context;
  const paid: PricedSums = {
    ...{ prices, plain, reserved: thousandths(minute.reservedCpuSeconds) },
    memory: maybe(minute.reservedMemoryGibSeconds),
    gpu: maybe(minute.reservedGpuSeconds),
    energy: maybe(minute.energyJoules),
  };
  addPriced(sums.priced, paid);
  const { job, creditCostRatio: costRatio, creditBelowRatio: belowRatio } = minute;
  if (costRatio === undefined || belowRatio === undefined) return;
  const key = `${job} ${costRatio} ${belowRatio}`;
  const credited = creditedOf(sums, key, { costRatio, belowRatio });
  credited.observed += observed;
  credited.notSlower += notSlower;
  addPriced(credited.priced, paid);
}

const maybe = (value: number | null | undefined): number | null =>
  value == null ? null : thousandths(value);

function addPriced(priced: Sums['priced'], part: PricedSums): void {
  const { prices } = part;
  const key = prices === undefined ? '' : keyOf(prices);
  const known: PricedSums = priced.get(key) ?? { prices, ...NOTHING_PAID };
  priced.set(key, known);
  known.reserved += part.reserved;
  known.plain = plus(known.plain, part.plain);
  known.memory = plus(known.memory, part.memory);
  known.gpu = plus(known.gpu, part.gpu);
  known.energy = plus(known.energy, part.energy);
}
const NOTHING_PAID = { reserved: 0, plain: null, memory: null, gpu: null, energy: null };

function creditedOf({ credited }: Sums, key: string, credit: Credit): CreditedSums {
  const known = credited.get(key);
  if (known !== undefined) return known;
  const made: CreditedSums = { credit, observed: 0, notSlower: 0, priced: new Map() };
  credited.set(key, made);
  return made;
}

const keyOf = ({ currency, cpuCoreHour, memoryGibHour, gpuHour, energyKwh }: Prices): string =>
  [currency, cpuCoreHour, memoryGibHour, gpuHour, energyKwh].join(' ');

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
  for (const part of other.priced.values()) addPriced(sums.priced, part);
  for (const [key, part] of other.credited) {
    const credited = creditedOf(sums, key, part.credit);
    credited.observed += part.observed;
    credited.notSlower += part.notSlower;
    for (const each of part.priced.values()) addPriced(credited.priced, each);
  }
}
