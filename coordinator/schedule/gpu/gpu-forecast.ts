import type { AllocationId } from '../../../shared/ids.js';
import { classify, type QoeClass } from '../../../shared/qoe.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { WorkloadKey } from '../../../shared/workload.js';
import type { SnapshotAllocation, SnapshotNode } from '../types.js';
import { type Asker, chooseSetting } from './choose-setting.js';
import { type Knob, knobOf } from './actuator.js';
import { type KnownOnGpu, NOTHING_ON_GPU } from './gpu-model.js';
import { latencyAt, lawOf } from './setting-law.js';
import { type Rider, riderOf } from './gpu-allocation.js';
import { type GpuMemory, heldByGpu } from './gpu-control.js';

/** What is expected of one allocation whose target a GPU holds. */
export interface GpuOutlook {
  readonly allocation: SnapshotAllocation;
  /**
   * The statistic of its target under the setting that is expected, ms; null = nothing is measured
   * yet, or its queue runs away.
   */
  readonly expectedMs: number | null;
  readonly expectedClass: QoeClass | null;
  /** What the highest setting gives, ms; null = not known. */
  readonly reachableMs: number | null;
  /** In words: setting and response time, or why not known. */
  readonly reason: string;
}

export interface ForeseeInput {
  readonly nodes: readonly SnapshotNode[];
  readonly memory: ReadonlyMap<string, GpuMemory>;
  /** Undefined = no job of ours. */
  readonly workloadOf: (allocation: SnapshotAllocation) => WorkloadKey | undefined;
}

/**
 * What each GPU will be set to once the law has settled, and what that gives every allocation on
 * it. A newcomer is taken to be like one of the same workload on the same kind of GPU. Pure.
 */
export function foreseeGpus(input: ForeseeInput): ReadonlyMap<AllocationId, GpuOutlook> {
  const shown = shownBy(input);
  const found = new Map<AllocationId, GpuOutlook>();
  for (const node of input.nodes) {
    const held = heldByGpu(node);
    for (const { report } of node.gpus ?? []) {
      const knob = knobOf(report);
      const there = node.allocations.filter(
        ({ id, gpu }) => held.has(id) && gpu?.ids.includes(report.id) === true,
      );
      if (knob === null || there.length === 0) continue;
      const riders = there.flatMap((allocation): Rider[] => {
        const { target } = allocation;
        const own = input.memory.get(report.id)?.known[allocation.id];
        const known =
          own !== undefined && own.levels.length > 0
            ? own
            : likeOthers(allocation, shown.get(keyOf(input, allocation, report.name, knob)));
        return target === null ? [] : [riderOf({ ...allocation, target }, known, knob)];
      });
      // Of several GPUs the slowest decides.
      for (const outlook of outlooksOf(riders, knob)) {
        const before = found.get(outlook.allocation.id);
        if (before === undefined || (outlook.expectedMs ?? 0) > (before.expectedMs ?? 0))
          found.set(outlook.allocation.id, outlook);
      }
    }
  }
  return found;
}

interface Shown {
  readonly known: KnownOnGpu;
  readonly shareRatio: number;
}

const keyOf = (
  { workloadOf }: ForeseeInput,
  allocation: SnapshotAllocation,
  gpuName: string,
  { kind }: Knob,
): string =>
  JSON.stringify([
    workloadOf(allocation) ?? allocation.id,
    gpuName,
    kind,
    allocation.target?.statistic,
  ]);

function shownBy(input: ForeseeInput): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  for (const { gpus = [], allocations } of input.nodes)
    for (const { report } of gpus) {
      const knob = knobOf(report);
      for (const allocation of knob === null ? [] : allocations) {
        const known = input.memory.get(report.id)?.known[allocation.id];
        if (knob !== null && known !== undefined && known.levels.length > 0)
          shown.set(keyOf(input, allocation, report.name, knob), {
            known,
            shareRatio: allocation.gpu?.shareRatio ?? 1,
          });
      }
    }
  return shown;
}

// With another share the part of a request that depends on the GPU takes so much longer. Who asks
// is a matter of each job: it is taken for a client that waits.
function likeOthers({ gpu }: SnapshotAllocation, shown: Shown | undefined): KnownOnGpu {
  if (shown === undefined) return NOTHING_ON_GPU;
  const law = lawOf(shown.known, { statistic: 'mean' });
  if (law === null) return NOTHING_ON_GPU;
  const longer = shown.shareRatio / (gpu?.shareRatio ?? 1);
  const levels = shown.known.levels.map(({ value, count }) => ({
    ...{ value, count, ratePerMs: 0 },
    meanMs: 1000 * (law.overheadSeconds + (law.workSeconds * longer) / value),
  }));
  return { ...shown.known, levels, arrivals: NOTHING_ON_GPU.arrivals };
}

const NOT_MEASURED =
  'unknown: nothing measured yet: nothing with this image, command and environment has ' +
  'answered on such a GPU; its first answers tell what the target takes';

function outlooksOf(riders: readonly Rider[], knob: Knob): readonly GpuOutlook[] {
  const askers = riders.flatMap(({ need, allocation }): Asker[] =>
    need === null ? [] : [{ ...need, weight: allocation.weight }],
  );
  const choice = chooseSetting(askers, knob.range);
  return riders.map(({ allocation, law, need }): GpuOutlook => {
    if (law === null || need === null || choice === null)
      return {
        allocation,
        expectedMs: null,
        expectedClass: null,
        reachableMs: null,
        reason: NOT_MEASURED,
      };
    const { target } = allocation;
    const [expected, best] = [latencyAt(law, choice.value), latencyAt(law, knob.range.max)];
    const expectedMs = Number.isFinite(expected) ? expected : null;
    const expectedClass = expectedMs === null ? 'slower' : classify(target, expectedMs);
    const reachableMs = Number.isFinite(best) ? best : null;
    const at = `${Math.ceil(choice.value)} ${knob.unit}`;
    const says =
      expectedMs === null ? 'its queue runs away' : `${formatDurationMs(expectedMs)} expected`;
    return {
      allocation,
      expectedMs,
      expectedClass,
      reachableMs,
      reason: `${says} for ${formatDurationMs(target.latencyMs)} at ${at}`,
    };
  });
}
