import type { DesiredGpu } from '../../../shared/gpu.js';
import type { AllocationId } from '../../../shared/ids.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { PolicyParams, SnapshotGpu, SnapshotNode, Unreachable } from '../types.js';
import { type Asker, chooseSetting, judged } from './choose-setting.js';
import { type Knob, knobOf, settingOf, wishOf } from './actuator.js';
import { hasQueue, type KnownOnGpu, levelAt } from './gpu-model.js';
import { isSurelySlow, latencyAt } from './setting-law.js';
import { errorOf } from './queue.js';
import { type Rider, ridersOf, unreachableOf } from './gpu-allocation.js';

/** What is remembered of one GPU; JSON-serialisable. */
export interface GpuMemory {
  readonly knob: Knob['kind'];
  /** The setting in force as last reported, MHz or W, and since when, ms. */
  readonly value: number;
  readonly sinceMs: number;
  /** When another one was last asked for, ms. */
  readonly orderedAtMs: number;
  /** Who is on it, with which target. */
  readonly crew: string;
  /**
   * Since when a setting is sought, ms: somebody came or left, a target or some job's work changed.
   * After `SEARCH_INTERVALS` the GPU is at rest: its setting is changed rarely.
   */
  readonly soughtFromMs: number;
  readonly known: Readonly<Record<string, KnownOnGpu>>;
}

export interface Steered {
  readonly gpus: readonly DesiredGpu[];
  readonly unreachable: readonly Unreachable[];
  readonly memory: ReadonlyMap<string, GpuMemory>;
}

/**
 * A search ends after so many intervals; where requests queue it takes longer until a mean says
 * anything.
 */
const SEARCH_INTERVALS = { closed: 6, open: 20 } as const;
/**
 * At rest a setting that was changed stays for so long, ms, before it is changed for somebody's
 * sake, or lowered to save power. Exceptions are a raise for a job that is surely too slow, and a
 * way down that was too far for one step; after a raise nothing is lowered for two minutes, so that
 * each step down that was wrong costs two changes in two minutes at most.
 */
const REST_MS = { serve: 60_000, save: 120_000 } as const;
/**
 * Requests seen under a setting before another one is asked for, of every job that answers at all.
 */
const LEAST_REQUESTS = 5;
/** A job that has not answered for so long is not waited for, ms. */
const SILENT_MS = 30_000;
/** A mean whose deviation is this part of the band is exact enough to go on at once. */
const EXACT = 0.25;
/** Less than this is not worth a change. */
const DEAD_BAND = 0.03;
/** Of a queue the law tells less: lower in smaller steps. */
const LEAST_STEP_OPEN = 0.75;

/**
 * Allocations whose target is held by clocks or power limits, not by CPU: all their GPUs can be
 * set.
 */
export function heldByGpu(node: SnapshotNode): ReadonlySet<AllocationId> {
  const steerable = new Set(
    (node.gpus ?? []).flatMap(({ report }) => (knobOf(report) === null ? [] : [report.id])),
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
    const knob = knobOf(gpu.report);
    if (knob === null) continue;
    const steered = steerOne(input, gpu, knob, memory.get(gpu.report.id));
    after.set(gpu.report.id, steered.memory);
    unreachable.push(...steered.unreachable);
    if (steered.desired !== null) gpus.push(steered.desired);
  }
  return { gpus, unreachable, memory: after };
}

function steerOne(
  input: SteerInput,
  { report, desired }: SnapshotGpu,
  knob: Knob,
  held: GpuMemory | undefined,
) {
  const { node, nowMs } = input;
  const before = held?.knob === knob.kind ? held : undefined;
  const observedAtMs = node.allocations[0]?.observedAtMs ?? nowMs;
  const sinceMs = before?.value === knob.value ? before.sinceMs : observedAtMs;
  const riders = ridersOf({ node, gpu: report, knob, sinceMs, before: before?.known ?? {} });
  const crew = riders
    .map(
      ({ allocation: { id, target } }) =>
        `${id} ${target.latencyMs} ${target.toleranceRatio} ${target.statistic}`,
    )
    .join();
  const isNew = before?.crew !== crew || riders.some((rider) => hasJumped(rider, before));
  const memory: GpuMemory = {
    ...{ knob: knob.kind, value: knob.value, sinceMs, orderedAtMs: before?.orderedAtMs ?? 0, crew },
    soughtFromMs: isNew ? nowMs : (before?.soughtFromMs ?? nowMs),
    known: Object.fromEntries(riders.map(({ allocation, known }) => [allocation.id, known])),
  };
  if (riders.length === 0) return { memory, desired: null, unreachable: [] };
  const unreachable = riders.flatMap((rider) => unreachableOf(rider, knob));
  const now = wishOf(knob, desired);
  const kept =
    now === null ? null : { ...settingOf(knob, now), id: report.id, reason: desired?.reason ?? '' };
  const next = report.isKnown ? decide({ input, riders, knob, memory }) : null;
  if (next === null || next.value === now) return { memory, desired: kept, unreachable };
  const order = { ...settingOf(knob, next.value), id: report.id, reason: next.reason };
  return {
    memory: { ...memory, orderedAtMs: nowMs },
    desired: next.value === null ? null : order,
    unreachable,
  };
}

// Its work has changed. A queue that swells and ebbs looks like it too often: what is asked for
// there waits for its turn.
const hasJumped = ({ allocation, known }: Rider, before: GpuMemory | undefined): boolean =>
  !hasQueue(known) && known.changedAtMs > (before?.known[allocation.id]?.changedAtMs ?? 0);

interface Deciding {
  readonly input: SteerInput;
  readonly riders: readonly Rider[];
  readonly knob: Knob;
  readonly memory: GpuMemory;
}
interface Order {
  /** null = as found. */
  readonly value: number | null;
  readonly reason: string;
}

/** What to ask for; null = leave it. */
function decide(deciding: Deciding): Order | null {
  const { input, riders, knob, memory } = deciding;
  const { range, value } = knob;
  const restedMs = input.nowMs - memory.orderedAtMs;
  if (restedMs < input.params.intervalMs || riders.some((rider) => isAwaited(rider, deciding)))
    return null;
  const askers = riders.flatMap((rider): (Asker & { readonly rider: Rider })[] =>
    rider.need === null ? [] : [{ ...rider.need, weight: rider.allocation.weight, rider }],
  );
  const choice = chooseSetting(askers, range);
  if (choice === null) return null;
  const wished = steppedDown(choice.value, knob, riders);
  const isUp = wished > value;
  const isWrong = askers.some(({ least }) => least <= range.max && least > value * 1.001);
  const serves = choice.metWeight > judged(askers, value).metWeight;
  if (isUp ? !(isWrong || serves) : wished > value * (1 - DEAD_BAND)) return null;
  const isUrgent =
    isUp && riders.some(({ known, allocation }) => isSurelySlow(known, allocation.target, value));
  const isTooEarly = restedMs < (isUp || serves ? REST_MS.serve : REST_MS.save);
  // What was too far for one step is not at rest yet.
  const isOnTheWay = choice.value < wished;
  if (isAtRest(deciding) && isTooEarly && !isUrgent && !isOnTheWay) return null;
  const isHighest = wished >= range.max * (1 - DEAD_BAND / 2);
  const next = isHighest ? (knob.isBounded ? Math.floor(range.max) : null) : Math.ceil(wished);
  return {
    value: next,
    reason: reasonOf(askers[choice.decidedBy]?.rider, next ?? range.max, knob),
  };
}

function isAtRest({ input, riders, memory }: Deciding): boolean {
  const intervals = riders.some(({ known }) => hasQueue(known))
    ? SEARCH_INTERVALS.open
    : SEARCH_INTERVALS.closed;
  return input.nowMs - memory.soughtFromMs > intervals * input.params.intervalMs;
}

// Somebody who answers has not answered often enough since the setting was changed.
function isAwaited({ allocation, known }: Rider, { input, knob, memory }: Deciding): boolean {
  const here = levelAt(known, knob.value);
  const waitedMs = input.nowMs - Math.max(memory.sinceMs, memory.orderedAtMs);
  const { statistic, toleranceRatio } = allocation.target;
  if (
    here !== null &&
    here.count >= LEAST_REQUESTS &&
    (statistic === 'mean' || known.tailCount > 0)
  ) {
    const error = errorOf({ ...here, noiseRatio: known.noiseRatio }, here.count);
    if (error <= EXACT * toleranceRatio || waitedMs >= 2 * input.params.intervalMs) return false;
  }
  const isSilent = allocation.report?.latency == null && here === null;
  return !isSilent && waitedMs < SILENT_MS + 10 * (here?.meanMs ?? 0);
}

function steppedDown(wished: number, { value, leastStep }: Knob, riders: readonly Rider[]): number {
  const isQueued = riders.some(({ known }) => hasQueue(known));
  return Math.max(wished, value * Math.max(leastStep, isQueued ? LEAST_STEP_OPEN : 0));
}

function reasonOf(rider: Rider | undefined, value: number, { unit }: Knob): string {
  const text = `${Math.round(value)} ${unit}`;
  if (rider === undefined || rider.law === null) return text;
  const { id, target } = rider.allocation;
  const expected = formatDurationMs(latencyAt(rider.law, value));
  return `${text}: ${id} needs it for ${formatDurationMs(target.latencyMs)} (${expected} expected)`;
}
