import type { DesiredGpu } from '../../../shared/gpu.js';
import type { AllocationId } from '../../../shared/ids.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { PolicyParams, SnapshotGpu, SnapshotNode, Unreachable } from '../types.js';
import { actuatorOf, desiredValueOf, type GpuActuator, settingOf } from './actuator.js';
import { chooseSetting, rateSetting, type SettingCandidate } from './choose-setting.js';
import { type GpuAllocation, gpuAllocationsOf, unreachableOf } from './gpu-allocation.js';
import { type GpuModel, hasQueue, levelAt } from './gpu-model.js';
import { relativeErrorOf } from './queue.js';
import { isSignificantlySlow, latencyAt } from './setting-law.js';

/** What is remembered of one GPU; JSON-serialisable. */
export interface GpuMemory {
  readonly actuator: GpuActuator['kind'];
  /** The setting in force as last reported, MHz or W, and since when, ms. */
  readonly value: number;
  readonly sinceMs: number;
  /** When another setting was last requested, ms. */
  readonly orderedAtMs: number;
  /** The allocations on it, with their targets. */
  readonly occupants: string;
  /**
   * Since when a setting is searched, ms: an allocation came or left, a target or some job's work
   * changed. After `SEARCH_INTERVALS` the GPU is at rest: its setting changes rarely.
   */
  readonly searchSinceMs: number;
  readonly model: Readonly<Record<string, GpuModel>>;
}

/** Desired settings of a node's GPUs, and the memory for the next evaluation. */
export interface Steered {
  readonly gpus: readonly DesiredGpu[];
  readonly unreachable: readonly Unreachable[];
  readonly memory: ReadonlyMap<string, GpuMemory>;
}

/**
 * A search ends after this number of intervals; where requests queue, a mean takes longer to say
 * anything.
 */
const SEARCH_INTERVALS = { closed: 6, open: 20 } as const;
/**
 * At rest a changed setting stays for this time, ms, before it changes to serve a job, or is
 * lowered to save power. Exceptions are a raise for a job that is significantly slow, and a way
 * down that was too far for one step. After a raise nothing is lowered for two minutes, so that
 * each wrong step down costs at most two changes in two minutes.
 */
const REST_MS = { serve: 60_000, save: 120_000 } as const;
/**
 * Requests that every job that answers must have ended under a setting before another one is
 * requested.
 */
const MIN_REQUESTS = 5;
/** A job that has not answered for this time is not waited for, ms. */
const SILENT_MS = 30_000;
/** A mean whose standard deviation is this part of the band is exact enough to go on at once. */
const EXACT = 0.25;
/** Smaller differences are not worth a change. */
const DEAD_BAND = 0.03;
/** The law tells less of a queue: lower in smaller steps. */
const MIN_STEP_OPEN = 0.75;

/**
 * Allocations whose target is held by clocks or power limits, not by CPU: all their GPUs can be
 * set.
 */
export function heldByGpu(node: SnapshotNode): ReadonlySet<AllocationId> {
  const steerable = new Set(
    (node.gpus ?? []).flatMap(({ report }) => (actuatorOf(report) === null ? [] : [report.id])),
  );
  const held = node.allocations.filter(
    ({ gpu, target }) =>
      target !== null &&
      gpu !== undefined &&
      gpu.ids.length > 0 &&
      gpu.ids.every((id) => steerable.has(id)),
  );
  return new Set(held.map(({ id }) => id));
}

/** A node, the time and the parameters. */
export interface SteerInput {
  readonly node: SnapshotNode;
  readonly nowMs: number;
  readonly params: PolicyParams;
}

/**
 * The setting of each GPU of a node: the lowest that keeps its jobs in band. Pure; memory is by GPU
 * id.
 */
export function steerGpus(input: SteerInput, memory: ReadonlyMap<string, GpuMemory>): Steered {
  const gpus: DesiredGpu[] = [];
  const unreachable: Unreachable[] = [];
  const after = new Map<string, GpuMemory>();
  for (const gpu of input.node.gpus ?? []) {
    const actuator = actuatorOf(gpu.report);
    if (actuator === null) continue;
    const steered = steerOne(input, gpu, actuator, memory.get(gpu.report.id));
    after.set(gpu.report.id, steered.memory);
    unreachable.push(...steered.unreachable);
    if (steered.desired !== null) gpus.push(steered.desired);
  }
  return { gpus, unreachable, memory: after };
}

function steerOne(
  input: SteerInput,
  { report, desired }: SnapshotGpu,
  actuator: GpuActuator,
  held: GpuMemory | undefined,
) {
  const { node, nowMs } = input;
  const before = held?.actuator === actuator.kind ? held : undefined;
  const observedAtMs = node.allocations[0]?.observedAtMs ?? nowMs;
  const sinceMs = before?.value === actuator.value ? before.sinceMs : observedAtMs;
  const gpuAllocations = gpuAllocationsOf({
    node,
    gpu: report,
    actuator,
    sinceMs,
    before: before?.model ?? {},
  });
  const occupants = gpuAllocations
    .map(
      ({ allocation: { id, target } }) =>
        `${id} ${target.latencyMs} ${target.toleranceRatio} ${target.statistic}`,
    )
    .join();
  const isNew =
    before?.occupants !== occupants ||
    gpuAllocations.some((gpuAllocation) => hasWorkChanged(gpuAllocation, before));
  const memory: GpuMemory = {
    actuator: actuator.kind,
    value: actuator.value,
    sinceMs,
    orderedAtMs: before?.orderedAtMs ?? 0,
    occupants,
    searchSinceMs: isNew ? nowMs : (before?.searchSinceMs ?? nowMs),
    model: Object.fromEntries(
      gpuAllocations.map(({ allocation, model }) => [allocation.id, model]),
    ),
  };
  if (gpuAllocations.length === 0) return { memory, desired: null, unreachable: [] };
  const unreachable = gpuAllocations.flatMap((gpuAllocation) =>
    unreachableOf(gpuAllocation, actuator),
  );
  const now = desiredValueOf(actuator, desired);
  const kept =
    now === null
      ? null
      : { ...settingOf(actuator, now), id: report.id, reason: desired?.reason ?? '' };
  const next = report.isKnown ? decide({ input, gpuAllocations, actuator, memory }) : null;
  if (next === null || next.value === now) return { memory, desired: kept, unreachable };
  const order = { ...settingOf(actuator, next.value), id: report.id, reason: next.reason };
  return {
    memory: { ...memory, orderedAtMs: nowMs },
    desired: next.value === null ? null : order,
    unreachable,
  };
}

// Its work has changed. A queue that swells and ebbs looks like it too often, so queues wait for
// their turn.
const hasWorkChanged = (
  { allocation, model }: GpuAllocation,
  before: GpuMemory | undefined,
): boolean =>
  !hasQueue(model) && model.changedAtMs > (before?.model[allocation.id]?.changedAtMs ?? 0);

interface DecideContext {
  readonly input: SteerInput;
  readonly gpuAllocations: readonly GpuAllocation[];
  readonly actuator: GpuActuator;
  readonly memory: GpuMemory;
}
interface SettingOrder {
  /** null = as found. */
  readonly value: number | null;
  readonly reason: string;
}

/** The setting to request; null = leave it. */
function decide(deciding: DecideContext): SettingOrder | null {
  const { input, gpuAllocations, actuator, memory } = deciding;
  const { range, value } = actuator;
  const restedMs = input.nowMs - memory.orderedAtMs;
  if (
    restedMs < input.params.intervalMs ||
    gpuAllocations.some((gpuAllocation) => isAwaited(gpuAllocation, deciding))
  )
    return null;
  const candidates = gpuAllocations.flatMap(
    (gpuAllocation): (SettingCandidate & { readonly gpuAllocation: GpuAllocation })[] =>
      gpuAllocation.demand === null
        ? []
        : [{ ...gpuAllocation.demand, weight: gpuAllocation.allocation.weight, gpuAllocation }],
  );
  const choice = chooseSetting(candidates, range);
  if (choice === null) return null;
  const wished = steppedDown(choice.value, actuator, gpuAllocations);
  const isUp = wished > value;
  const isWrong = candidates.some(
    ({ minValue }) => minValue <= range.max && minValue > value * 1.001,
  );
  const serves = choice.metWeight > rateSetting(candidates, value).metWeight;
  if (isUp ? !(isWrong || serves) : wished > value * (1 - DEAD_BAND)) return null;
  const isUrgent =
    isUp &&
    gpuAllocations.some(({ model, allocation }) =>
      isSignificantlySlow(model, allocation.target, value),
    );
  const isTooEarly = restedMs < (isUp || serves ? REST_MS.serve : REST_MS.save);
  // A change that was too far for one step is still under way.
  const isOnTheWay = choice.value < wished;
  if (isAtRest(deciding) && isTooEarly && !isUrgent && !isOnTheWay) return null;
  const isHighest = wished >= range.max * (1 - DEAD_BAND / 2);
  const next = isHighest ? (actuator.isBounded ? Math.floor(range.max) : null) : Math.ceil(wished);
  return {
    value: next,
    reason: reasonOf(candidates[choice.decidedBy]?.gpuAllocation, next ?? range.max, actuator),
  };
}

function isAtRest({ input, gpuAllocations, memory }: DecideContext): boolean {
  const intervals = gpuAllocations.some(({ model }) => hasQueue(model))
    ? SEARCH_INTERVALS.open
    : SEARCH_INTERVALS.closed;
  return input.nowMs - memory.searchSinceMs > intervals * input.params.intervalMs;
}

// A job that answers has not answered often enough since the setting changed.
function isAwaited(
  { allocation, model }: GpuAllocation,
  { input, actuator, memory }: DecideContext,
): boolean {
  const here = levelAt(model, actuator.value);
  const waitedMs = input.nowMs - Math.max(memory.sinceMs, memory.orderedAtMs);
  const { statistic, toleranceRatio } = allocation.target;
  if (
    here !== null &&
    here.count >= MIN_REQUESTS &&
    (statistic === 'mean' || model.tailCount > 0)
  ) {
    const error = relativeErrorOf({ ...here, noiseRatio: model.noiseRatio }, here.count);
    if (error <= EXACT * toleranceRatio || waitedMs >= 2 * input.params.intervalMs) return false;
  }
  const isSilent = allocation.report?.latency == null && here === null;
  return !isSilent && waitedMs < SILENT_MS + 10 * (here?.meanMs ?? 0);
}

function steppedDown(
  wished: number,
  { value, leastStep }: GpuActuator,
  gpuAllocations: readonly GpuAllocation[],
): number {
  const isQueued = gpuAllocations.some(({ model }) => hasQueue(model));
  return Math.max(wished, value * Math.max(leastStep, isQueued ? MIN_STEP_OPEN : 0));
}

function reasonOf(
  gpuAllocation: GpuAllocation | undefined,
  value: number,
  { unit }: GpuActuator,
): string {
  const text = `${Math.round(value)} ${unit}`;
  if (gpuAllocation === undefined || gpuAllocation.law === null) return text;
  const { id, target } = gpuAllocation.allocation;
  const expected = formatDurationMs(latencyAt(gpuAllocation.law, value));
  return `${text}: ${id} needs it for ${formatDurationMs(target.latencyMs)} (${expected} expected)`;
}
