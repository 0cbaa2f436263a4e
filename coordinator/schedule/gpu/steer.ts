import type { DesiredGpu, GpuRange, GpuReport } from '../../../shared/gpu.js';
import type { AllocationId } from '../../../shared/ids.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { PolicyParams, SnapshotAllocation, SnapshotGpu, SnapshotNode, Unreachable } from '../types.js';
import { type Asker, chooseClock } from './clock.js';
import { errorOf, foldReport, hasQueue, type KnownOnGpu, levelAt, NOTHING_ON_GPU } from './known.js';
import { clockNeedOf, isSurelySlow, latencyAt, lawOf } from './law.js';

/** What is remembered of one GPU; JSON-serialisable. */
export interface GpuMemory {
  /** The highest clock in force as last reported, MHz, and since when, ms. */
  readonly mhz: number;
  readonly sinceMs: number;
  /** When another clock was last asked for, ms. */
  readonly orderedAtMs: number;
  /** Who is on it, with which target. */
  readonly crew: string;
  /** Since when a clock is sought, ms: somebody came or left, a target or some job's work changed. Half a minute later the GPU is at rest: its clock is changed rarely. */
  readonly soughtFromMs: number;
  readonly known: Readonly<Record<string, KnownOnGpu>>;
}

export interface Steered {
  readonly gpus: readonly DesiredGpu[];
  readonly unreachable: readonly Unreachable[];
  readonly memory: ReadonlyMap<string, GpuMemory>;
}

/** A search ends after so many intervals. */
const SEARCH_INTERVALS = 6;
/** At rest a clock that was changed stays for so long before it is raised, unless somebody is surely too slow, or lowered, ms: no more than one change a minute, even where each step down is taken back at once. */
const REST_MS = { up: 60_000, down: 120_000 } as const;
/** Requests seen under a clock before another one is asked for, of every job that answers at all. */
const LEAST_REQUESTS = 5;
/** A job that has not answered for so long is not waited for, ms. */
const SILENT_MS = 30_000;
/** A mean whose deviation is this part of the band is exact enough to go on at once. */
const EXACT = 0.25;
/** Less than this is not worth a change. */
const DEAD_BAND = 0.03;
/** Of a queue the law tells less: lower in smaller steps. */
const LEAST_STEP_OPEN = 0.75;

/** Whether this GPU's clock is what holds the targets of its jobs. */
export const isSteerable = ({ report }: SnapshotGpu): boolean =>
  report.clockRange !== null && report.ladder.clock.reach === 'live';

/** Allocations whose target is held by clocks, not by CPU: all their GPUs can be set. */
export function heldByClock(node: SnapshotNode): ReadonlySet<AllocationId> {
  const steerable = new Set((node.gpus ?? []).filter(isSteerable).map(({ report }) => report.id));
  const held = node.allocations.filter(
    ({ gpu, target }) =>
      target !== null && gpu !== undefined && gpu.ids.length > 0 && gpu.ids.every((id) => steerable.has(id)),
  );
  return new Set(held.map(({ id }) => id));
}

export interface SteerInput {
  readonly node: SnapshotNode;
  readonly nowMs: number;
  readonly params: PolicyParams;
}

/** The clock of each GPU of a node: the lowest that keeps its jobs in band. Pure; memory is by GPU id. */
export function steerGpus(input: SteerInput, memory: ReadonlyMap<string, GpuMemory>): Steered {
  const gpus: DesiredGpu[] = [];
  const unreachable: Unreachable[] = [];
  const after = new Map<string, GpuMemory>();
  for (const gpu of input.node.gpus ?? []) {
    if (!isSteerable(gpu)) continue;
    const steered = steerOne(input, gpu, memory.get(gpu.report.id));
    after.set(gpu.report.id, steered.memory);
    unreachable.push(...steered.unreachable);
    if (steered.desired !== null) gpus.push(steered.desired);
  }
  return { gpus, unreachable, memory: after };
}

interface Rider {
  readonly allocation: SnapshotAllocation & { readonly target: NonNullable<SnapshotAllocation['target']> };
  readonly known: KnownOnGpu;
}

function steerOne(input: SteerInput, gpu: SnapshotGpu, before: GpuMemory | undefined) {
  const { node, nowMs } = input;
  const { report, desired } = gpu;
  const range = report.clockRange ?? { min: 0, max: 0 };
  const mhz = report.applied?.clockMhz ?? range.max;
  const observedAtMs = node.allocations[0]?.observedAtMs ?? nowMs;
  const sinceMs = before?.mhz === mhz ? before.sinceMs : observedAtMs;
  const riders = ridersOf(node, report, before, { mhz, sinceMs });
  const crew = riders
    .map(({ allocation: { id, target } }) => `${id} ${target.latencyMs} ${target.toleranceRatio}`)
    .join();
  const known = Object.fromEntries(riders.map(({ allocation, known: each }) => [allocation.id, each]));
  const isNew = before?.crew !== crew || riders.some((rider) => hasJumped(rider, before));
  const base = { mhz, sinceMs, orderedAtMs: before?.orderedAtMs ?? 0, crew, known };
  const memory = { ...base, soughtFromMs: isNew ? nowMs : (before?.soughtFromMs ?? nowMs) };
  if (riders.length === 0) return { memory, desired: null, unreachable: [] };
  const next = decide({ input, riders, range, mhz, memory, isKnown: report.isKnown });
  const unreachable = riders.flatMap((rider) => unreachableOf(rider, range.max));
  if (next === null) return { memory, desired, unreachable };
  const isSame = next.mhz === null ? desired?.clockMhz == null : desired?.clockMhz === next.mhz;
  if (isSame) return { memory, desired, unreachable };
  const order: DesiredGpu = {
    id: report.id,
    clockMhz: next.mhz,
    powerWatts: desired?.powerWatts ?? null,
    reason: next.reason,
  };
  return {
    memory: { ...memory, orderedAtMs: nowMs },
    desired: order.clockMhz === null && order.powerWatts === null ? null : order,
    unreachable,
  };
}

function ridersOf(
  node: SnapshotNode,
  { id: gpuId, isKnown }: GpuReport,
  before: GpuMemory | undefined,
  under: { readonly mhz: number; readonly sinceMs: number },
): readonly Rider[] {
  return node.allocations.flatMap((allocation): Rider[] => {
    const { id, gpu, target, report, observedAtMs, state } = allocation;
    if (target === null || gpu?.ids.includes(gpuId) !== true || state === 'exited' || state === 'failed') return [];
    const held = before?.known[id] ?? NOTHING_ON_GPU;
    // What answers while the GPU is not known was answered under a clock that is not known.
    const known =
      report === null || !isKnown
        ? held
        : foldReport(held, { report, observedAtMs, statistic: target.statistic, ...under });
    return [{ allocation: { ...allocation, target }, known }];
  });
}

interface Deciding {
  readonly input: SteerInput;
  readonly riders: readonly Rider[];
  readonly range: GpuRange;
  readonly mhz: number;
  readonly memory: GpuMemory;
  readonly isKnown: boolean;
}

/** The clock to ask for (`mhz` null: as found); null = leave it. */
function decide({ input, riders, range, mhz, memory, isKnown }: Deciding) {
  const { nowMs, params } = input;
  const { intervalMs } = params;
  const restedMs = nowMs - memory.orderedAtMs;
  const wait = { mhz, intervalMs, nowMs, memory };
  if (!isKnown || restedMs < intervalMs || riders.some((rider) => isAwaited(rider, wait))) return null;
  const askers = riders.flatMap(({ allocation, known }): (Asker & { readonly rider: Rider })[] => {
    const need = clockNeedOf(known, allocation.target);
    return need === null ? [] : [{ ...need, weight: allocation.weight, rider: { allocation, known } }];
  });
  const choice = chooseClock(askers, range);
  if (choice === null) return null;
  const wished = steppedDown(choice.mhz, mhz, riders);
  const isUp = wished > mhz;
  const isWrong = askers.some(({ leastMhz }) => leastMhz <= range.max && leastMhz > mhz * 1.001);
  if (isUp ? !isWrong : wished > mhz * (1 - DEAD_BAND)) return keep(mhz, range);
  const isUrgent = isUp && riders.some(({ known, allocation }) => isSurelySlow(known, allocation.target, mhz));
  const isAtRest = nowMs - memory.soughtFromMs > SEARCH_INTERVALS * intervalMs;
  if (isAtRest && restedMs < (isUp ? REST_MS.up : REST_MS.down) && !isUrgent) return keep(mhz, range);
  const decider = askers[choice.decidedBy]?.rider;
  const next = wished >= range.max * (1 - DEAD_BAND / 2) ? null : Math.ceil(wished);
  return { mhz: next, reason: reasonOf(decider, next ?? range.max), isUrgent };
}

const keep = (mhz: number, { max }: GpuRange) => ({ mhz: mhz >= max ? null : mhz, reason: '', isUrgent: false });

// Its work has changed. A queue that swells and ebbs looks like it too often.
const hasJumped = ({ allocation, known }: Rider, before: GpuMemory | undefined): boolean =>
  !hasQueue(known) && known.changedAtMs > (before?.known[allocation.id]?.changedAtMs ?? 0);

// Somebody who answers has not answered often enough since the clock was changed.
function isAwaited(
  { allocation, known }: Rider,
  { mhz, intervalMs, nowMs, memory }: Pick<Deciding, 'mhz' | 'memory'> & { nowMs: number; intervalMs: number },
): boolean {
  const here = levelAt(known, mhz);
  const waitedMs = nowMs - Math.max(memory.sinceMs, memory.orderedAtMs);
  const isExact = errorOf(known, here?.count ?? 0) <= EXACT * allocation.target.toleranceRatio;
  if (here !== null && here.count >= LEAST_REQUESTS && (isExact || waitedMs >= 2 * intervalMs)) return false;
  const isSilent = allocation.report?.latency == null && here === null;
  return !isSilent && waitedMs < SILENT_MS + 10 * (here?.meanMs ?? 0);
}

function steppedDown(wished: number, mhz: number, riders: readonly Rider[]): number {
  const isQueued = riders.some(({ known }) => hasQueue(known));
  return isQueued ? Math.max(wished, mhz * LEAST_STEP_OPEN) : wished;
}

function reasonOf(rider: Rider | undefined, mhz: number): string {
  const law = rider === undefined ? null : lawOf(rider.known);
  if (rider === undefined || law === null) return `${Math.round(mhz)} MHz`;
  const { allocation, known } = rider;
  const expected = formatDurationMs(latencyAt(law, mhz) * known.tailRatio);
  return `${Math.round(mhz)} MHz: ${allocation.id} needs it for ${formatDurationMs(allocation.target.latencyMs)} (${expected} expected)`;
}

function unreachableOf({ allocation, known }: Rider, maxMhz: number): readonly Unreachable[] {
  const { id, job, node, target } = allocation;
  const need = clockNeedOf(known, target);
  const law = lawOf(known);
  if (need === null || law === null || need.leastMhz <= maxMhz * 1.01) return [];
  const reachableMs = latencyAt(law, maxMhz) * known.tailRatio;
  const [wanted, best] = [target.latencyMs, reachableMs].map(formatDurationMs);
  const reason = `${wanted} cannot be met on this GPU: about ${best} at its highest clock, ${maxMhz} MHz`;
  return [{ allocation: id, job, node, targetMs: target.latencyMs, reachableMs, neededCores: null, reason }];
}
