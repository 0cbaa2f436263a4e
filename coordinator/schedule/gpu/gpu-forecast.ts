import type { AllocationId } from '../../../shared/ids.js';
import { classify, type QoeClass } from '../../../shared/qoe.js';
import { formatDurationMs } from '../../../shared/units.js';
import type { WorkloadKey } from '../../../shared/workload.js';
import type { SnapshotAllocation, SnapshotNode } from '../types.js';
import { actuatorOf, type GpuActuator } from './actuator.js';
import { chooseSetting, type SettingCandidate } from './choose-setting.js';
import { type GpuAllocation, gpuAllocationOf } from './gpu-allocation.js';
import { type GpuMemory, heldByGpu } from './gpu-control.js';
import { EMPTY_GPU_MODEL, type GpuModel } from './gpu-model.js';
import { fitSettingLaw, latencyAt } from './setting-law.js';

/** What is expected of one allocation whose target a GPU holds. */
export interface GpuForecast {
  readonly allocation: SnapshotAllocation;
  /**
   * The statistic of its target under the expected setting, ms; null = nothing is measured yet, or
   * its queue grows without bound.
   */
  readonly expectedMs: number | null;
  readonly expectedClass: QoeClass | null;
  /** The value at the highest setting, ms; null = not known. */
  readonly reachableMs: number | null;
  /** In words: setting and response time, or why they are not known. */
  readonly reason: string;
}

/** What GPUs are forecast from. */
export interface GpuForecastInput {
  readonly nodes: readonly SnapshotNode[];
  readonly memory: ReadonlyMap<string, GpuMemory>;
  /** Undefined = dqoes did not place it. */
  readonly workloadOf: (allocation: SnapshotAllocation) => WorkloadKey | undefined;
}

/**
 * The setting each GPU will have once control has settled, and what that gives every allocation on
 * it. A new allocation is taken to be like one of the same workload on the same kind of GPU. Pure.
 */
export function forecastGpus(input: GpuForecastInput): ReadonlyMap<AllocationId, GpuForecast> {
  const shown = observedModels(input);
  const found = new Map<AllocationId, GpuForecast>();
  for (const node of input.nodes) {
    const held = heldByGpu(node);
    for (const { report } of node.gpus ?? []) {
      const actuator = actuatorOf(report);
      const there = node.allocations.filter(
        ({ id, gpu }) => held.has(id) && gpu?.ids.includes(report.id) === true,
      );
      if (actuator === null || there.length === 0) continue;
      const gpuAllocations = there.flatMap((allocation): GpuAllocation[] => {
        const { target } = allocation;
        const own = input.memory.get(report.id)?.model[allocation.id];
        const model =
          own !== undefined && own.levels.length > 0
            ? own
            : modelLike(allocation, shown.get(keyOf(input, allocation, report.name, actuator)));
        return target === null ? [] : [gpuAllocationOf({ ...allocation, target }, model, actuator)];
      });
      // Of several GPUs the slowest decides.
      for (const forecast of forecastsOf(gpuAllocations, actuator)) {
        const before = found.get(forecast.allocation.id);
        if (before === undefined || (forecast.expectedMs ?? 0) > (before.expectedMs ?? 0))
          found.set(forecast.allocation.id, forecast);
      }
    }
  }
  return found;
}

interface ObservedModel {
  readonly model: GpuModel;
  readonly shareRatio: number;
}

const keyOf = (
  { workloadOf }: GpuForecastInput,
  allocation: SnapshotAllocation,
  gpuName: string,
  { kind }: GpuActuator,
): string =>
  JSON.stringify([
    workloadOf(allocation) ?? allocation.id,
    gpuName,
    kind,
    allocation.target?.statistic,
  ]);

function observedModels(input: GpuForecastInput): ReadonlyMap<string, ObservedModel> {
  const shown = new Map<string, ObservedModel>();
  for (const { gpus = [], allocations } of input.nodes)
    for (const { report } of gpus) {
      const actuator = actuatorOf(report);
      for (const allocation of actuator === null ? [] : allocations) {
        const model = input.memory.get(report.id)?.model[allocation.id];
        if (actuator !== null && model !== undefined && model.levels.length > 0)
          shown.set(keyOf(input, allocation, report.name, actuator), {
            model,
            shareRatio: allocation.gpu?.shareRatio ?? 1,
          });
      }
    }
  return shown;
}

// With another share, the part of a request that depends on the GPU takes longer in proportion. How
// requests arrive belongs to the job, so a client that waits is assumed.
function modelLike({ gpu }: SnapshotAllocation, shown: ObservedModel | undefined): GpuModel {
  if (shown === undefined) return EMPTY_GPU_MODEL;
  const law = fitSettingLaw(shown.model, { statistic: 'mean' });
  if (law === null) return EMPTY_GPU_MODEL;
  const longer = shown.shareRatio / (gpu?.shareRatio ?? 1);
  const levels = shown.model.levels.map(({ value, count }) => ({
    value,
    count,
    ratePerMs: 0,
    meanMs: 1000 * (law.overheadSeconds + (law.workSeconds * longer) / value),
  }));
  return { ...shown.model, levels, arrivals: EMPTY_GPU_MODEL.arrivals };
}

const NOT_MEASURED =
  'unknown: nothing measured yet: no request with this image, command and environment was ' +
  'answered on such a GPU; the first answers show what the target takes';

function forecastsOf(
  gpuAllocations: readonly GpuAllocation[],
  actuator: GpuActuator,
): readonly GpuForecast[] {
  const candidates = gpuAllocations.flatMap(({ demand, allocation }): SettingCandidate[] =>
    demand === null ? [] : [{ ...demand, weight: allocation.weight }],
  );
  const choice = chooseSetting(candidates, actuator.range);
  return gpuAllocations.map(({ allocation, law, demand }): GpuForecast => {
    if (law === null || demand === null || choice === null)
      return {
        allocation,
        expectedMs: null,
        expectedClass: null,
        reachableMs: null,
        reason: NOT_MEASURED,
      };
    const { target } = allocation;
    const [expected, best] = [latencyAt(law, choice.value), latencyAt(law, actuator.range.max)];
    const expectedMs = Number.isFinite(expected) ? expected : null;
    const expectedClass = expectedMs === null ? 'slower' : classify(target, expectedMs);
    const reachableMs = Number.isFinite(best) ? best : null;
    const at = `${Math.ceil(choice.value)} ${actuator.unit}`;
    const says =
      expectedMs === null
        ? 'unbounded queue (overloaded)'
        : `${formatDurationMs(expectedMs)} expected`;
    return {
      allocation,
      expectedMs,
      expectedClass,
      reachableMs,
      reason: `${says} for ${formatDurationMs(target.latencyMs)} at ${at}`,
    };
  });
}
