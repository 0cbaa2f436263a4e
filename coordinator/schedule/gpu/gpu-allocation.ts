import type { GpuReport } from '../../../shared/gpu.js';
import type { ContainerReport } from '../../../shared/report.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { SnapshotAllocation, SnapshotNode, Unreachable } from '../types.js';
import type { Knob } from './actuator.js';
import { foldReport, type KnownOnGpu, NOTHING_ON_GPU } from './gpu-model.js';
import { latencyAt, lawOf, needOf, type SettingLaw, type SettingNeed } from './setting-law.js';
import { foldQueueTail } from './queue-tail.js';

/** An allocation with a target on the GPU that is steered. */
export interface Rider {
  readonly allocation: SnapshotAllocation & {
    readonly target: NonNullable<SnapshotAllocation['target']>;
  };
  readonly known: KnownOnGpu;
  /** null = nothing has answered yet. */
  readonly law: SettingLaw | null;
  readonly need: SettingNeed | null;
}

export interface RidersInput {
  readonly node: SnapshotNode;
  readonly gpu: GpuReport;
  readonly knob: Knob;
  /** Since when the knob stands where it does, ms. */
  readonly sinceMs: number;
  readonly before: Readonly<Record<string, KnownOnGpu>>;
}

/** Who is on a GPU with a target, and what is known of them after their newest reports. */
export function ridersOf({
  node,
  gpu: { id: gpuId, isKnown },
  knob,
  sinceMs,
  before,
}: RidersInput): readonly Rider[] {
  return node.allocations.flatMap((allocation): Rider[] => {
    const { id, gpu, target, report, observedAtMs, state } = allocation;
    if (
      target === null ||
      gpu?.ids.includes(gpuId) !== true ||
      state === 'exited' ||
      state === 'failed'
    )
      return [];
    const held = before[id] ?? NOTHING_ON_GPU;
    // What answers while the GPU is not known was answered under a setting that is not known.
    const known =
      report === null || !isKnown
        ? held
        : learnt(held, { report, observedAtMs, target }, { knob, sinceMs });
    return [riderOf({ ...allocation, target }, known, knob)];
  });
}

function learnt(
  held: KnownOnGpu,
  {
    report,
    observedAtMs,
    target,
  }: Pick<Rider['allocation'], 'observedAtMs' | 'target'> & { readonly report: ContainerReport },
  { knob: { value, local }, sinceMs }: Pick<RidersInput, 'knob' | 'sinceMs'>,
): KnownOnGpu {
  const { statistic } = target;
  const known = foldReport(held, { report, observedAtMs, statistic, value, sinceMs });
  return foldQueueTail(held, known, {
    ...{ latency: report.latency, target, value },
    ...(local === undefined ? {} : { local }),
  });
}

export function riderOf(
  allocation: Rider['allocation'],
  known: KnownOnGpu,
  { local }: Knob,
): Rider {
  const { target } = allocation;
  const options = local === undefined ? {} : { local };
  const law = lawOf(known, { statistic: target.statistic, ...options });
  return { allocation, known, law, need: law === null ? null : needOf(known, law, target) };
}

/** A target that not even the highest setting meets. */
export function unreachableOf(
  { allocation, law, need }: Rider,
  { range, unit, highest }: Knob,
): readonly Unreachable[] {
  const { id, job, node, target } = allocation;
  if (need === null || law === null || need.least <= range.max * 1.01) return [];
  const bestMs = latencyAt(law, range.max);
  const reachableMs = Number.isFinite(bestMs) ? bestMs : null;
  const best =
    reachableMs === null ? 'its queue runs away' : `about ${formatDurationMs(reachableMs)}`;
  const reason =
    `${formatDurationMs(target.latencyMs)} cannot be met on this GPU: ${best} at its ` +
    `${highest}, ${Math.round(range.max)} ${unit}`;
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
