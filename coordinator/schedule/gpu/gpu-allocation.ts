import type { GpuReport } from '../../../shared/gpu.js';
import type { ContainerReport } from '../../../shared/report.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { SnapshotAllocation, SnapshotNode, Unreachable } from '../types.js';
import type { GpuActuator } from './actuator.js';
import { EMPTY_GPU_MODEL, foldReport, type GpuModel } from './gpu-model.js';
import { foldQueueTail } from './queue-tail.js';
import {
  fitSettingLaw,
  latencyAt,
  type SettingDemand,
  type SettingLaw,
  settingDemandOf,
} from './setting-law.js';

/** An allocation with a target on the controlled GPU, and what is known of it. */
export interface GpuAllocation {
  readonly allocation: SnapshotAllocation & {
    readonly target: NonNullable<SnapshotAllocation['target']>;
  };
  readonly model: GpuModel;
  /** null = nothing has answered yet. */
  readonly law: SettingLaw | null;
  readonly demand: SettingDemand | null;
}

/** A GPU, and the models of its allocations before. */
export interface GpuAllocationsInput {
  readonly node: SnapshotNode;
  readonly gpu: GpuReport;
  readonly actuator: GpuActuator;
  /** Since when the actuator has its value, ms. */
  readonly sinceMs: number;
  readonly before: Readonly<Record<string, GpuModel>>;
}

/** The allocations with a target on a GPU, and what is known of them after their newest reports. */
export function gpuAllocationsOf({
  node,
  gpu: { id: gpuId, isKnown },
  actuator,
  sinceMs,
  before,
}: GpuAllocationsInput): readonly GpuAllocation[] {
  return node.allocations.flatMap((allocation): GpuAllocation[] => {
    const { id, gpu, target, report, observedAtMs, state } = allocation;
    if (
      target === null ||
      gpu?.ids.includes(gpuId) !== true ||
      state === 'exited' ||
      state === 'failed'
    )
      return [];
    const held = before[id] ?? EMPTY_GPU_MODEL;
    // While the state of the GPU is not known, the setting that requests ran under is not known
    // either.
    const model =
      report === null || !isKnown
        ? held
        : learnt(held, { report, observedAtMs, target }, { actuator, sinceMs });
    return [gpuAllocationOf({ ...allocation, target }, model, actuator)];
  });
}

function learnt(
  held: GpuModel,
  {
    report,
    observedAtMs,
    target,
  }: Pick<GpuAllocation['allocation'], 'observedAtMs' | 'target'> & {
    readonly report: ContainerReport;
  },
  { actuator: { value, local }, sinceMs }: Pick<GpuAllocationsInput, 'actuator' | 'sinceMs'>,
): GpuModel {
  const { statistic } = target;
  const model = foldReport(held, { report, observedAtMs, statistic, value, sinceMs });
  return foldQueueTail(held, model, {
    latency: report.latency,
    target,
    value,
    ...(local === undefined ? {} : { local }),
  });
}

/** An allocation with the law and the settings that follow from its model. */
export function gpuAllocationOf(
  allocation: GpuAllocation['allocation'],
  model: GpuModel,
  { local }: GpuActuator,
): GpuAllocation {
  const { target } = allocation;
  const options = local === undefined ? {} : { local };
  const law = fitSettingLaw(model, { statistic: target.statistic, ...options });
  return {
    allocation,
    model,
    law,
    demand: law === null ? null : settingDemandOf(model, law, target),
  };
}

/** The target, if not even the highest setting meets it. */
export function unreachableOf(
  { allocation, law, demand }: GpuAllocation,
  { range, unit, highest }: GpuActuator,
): readonly Unreachable[] {
  const { id, job, node, target } = allocation;
  if (demand === null || law === null || demand.minValue <= range.max * 1.01) return [];
  const bestMs = latencyAt(law, range.max);
  const reachableMs = Number.isFinite(bestMs) ? bestMs : null;
  const best =
    reachableMs === null
      ? 'unbounded queue (overloaded)'
      : `best about ${formatDurationMs(reachableMs)}`;
  const reason =
    `${best} at its ${highest}, ${Math.round(range.max)} ${unit}; ` +
    `${formatDurationMs(target.latencyMs)} cannot be met on this GPU`;
  return [
    {
      allocation: id,
      job,
      node,
      targetMs: target.latencyMs,
      reachableMs,
      neededCores: null,
      reason,
    },
  ];
}
