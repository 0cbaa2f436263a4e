import {
  type DesiredGpu,
  type GpuId,
  type GpuSetting,
  NO_GPU_SETTING,
} from '../../../shared/gpu.js';
import type { GpuOrder } from '../../ports/gpu.js';
import { clampSetting, type GpuBounds, type GpuOffer } from './bounds.js';
import { type GpuLedger, gpuEntryOf } from './ledger.js';

/** The state of one GPU that a plan needs. */
export interface GpuState extends GpuOffer {
  readonly id: GpuId;
  /** False = nothing is set on it. */
  readonly isKnown: boolean;
  /** Knobs that cannot be turned here. */
  readonly shut: ReadonlySet<GpuOrder['knob']>;
  readonly powerLimitWatts: number | null;
  /** When a knob was last turned, ms; null = never. */
  readonly changedAtMs: number | null;
  /** What was set no longer holds. */
  readonly hasDrifted: boolean;
}

/** One setting to make, or to give back. */
export type GpuStep =
  | {
      readonly kind: 'set';
      readonly id: GpuId;
      readonly order: GpuOrder;
      /** Power limit found before the first touch, W; of a clock null. */
      readonly originalPowerWatts: number | null;
      readonly reason: string;
    }
  | {
      readonly kind: 'reset';
      readonly id: GpuId;
      readonly knob: GpuOrder['knob'];
      readonly toWatts: number | null;
    };

/** What a plan is made from. */
export interface GpuPlanInput {
  readonly desired: readonly DesiredGpu[];
  readonly gpus: readonly GpuState[];
  readonly ledger: GpuLedger;
  readonly bounds: GpuBounds;
  readonly nowMs: number;
  /** Least time between two changes of one knob of a GPU, ms. */
  readonly minChangeMs: number;
}

/**
 * Plans the settings to make now: knobs that differ from what is desired, within the bounds of host
 * and GPU, each at most once in `minChangeMs`. GPUs without a desired setting get their own back. A
 * GPU that is not known is left as it is.
 */
export function planGpus(input: GpuPlanInput): readonly GpuStep[] {
  return input.gpus.flatMap((gpu) => {
    const isRested = gpu.changedAtMs === null || input.nowMs - gpu.changedAtMs >= input.minChangeMs;
    return gpu.isKnown && isRested ? stepsFor(gpu, input) : [];
  });
}

function stepsFor(gpu: GpuState, { desired, ledger, bounds }: GpuPlanInput): readonly GpuStep[] {
  const entry = gpuEntryOf(ledger, gpu.id);
  const now = entry?.applied ?? NO_GPU_SETTING;
  const wanted = desired.find(({ id }) => id === gpu.id);
  const next = wanted === undefined ? NO_GPU_SETTING : clampSetting(wanted, gpu, bounds);
  const original = entry?.originalPowerWatts ?? gpu.powerLimitWatts;
  return (['power', 'clock'] as const).flatMap((knob): GpuStep[] => {
    const [from, to] = [knobValue(now, knob), knobValue(next, knob)];
    if (to === null)
      return from === null ? [] : [{ kind: 'reset', id: gpu.id, knob, toWatts: original }];
    if (gpu.shut.has(knob) || (from === to && !gpu.hasDrifted)) return [];
    // Without the original power limit the GPU could not be put back.
    if (knob === 'power' && original === null) return [];
    const originalPowerWatts = knob === 'power' ? original : null;
    return [
      {
        kind: 'set',
        id: gpu.id,
        order: { knob, value: to },
        originalPowerWatts,
        reason: wanted?.reason ?? '',
      },
    ];
  });
}

/** The value of one knob; null = as found. */
export const knobValue = (
  { clockMhz, powerWatts }: GpuSetting,
  knob: GpuOrder['knob'],
): number | null => (knob === 'clock' ? clockMhz : powerWatts);
