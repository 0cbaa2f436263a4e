import {
  EMPTY_GPU_MODEL,
  type GpuModel,
} from '../../../../../coordinator/schedule/gpu/gpu-model.js';
import {
  fitSettingLaw as lawUnderLimit,
  settingDemandOf,
} from '../../../../../coordinator/schedule/gpu/setting-law.js';
import type { Target } from '../../../../../shared/qoe.js';

export const level = (value: number, meanMs: number, count = 1000) => ({
  value,
  meanMs,
  count,
  ratePerMs: 0,
});

export const knownAs = (change: Partial<GpuModel>): GpuModel => ({
  ...EMPTY_GPU_MODEL,
  noiseRatio: 0.05,
  ...change,
});

export const fitSettingLaw = (model: GpuModel, statistic: Target['statistic'] = 'mean') =>
  lawUnderLimit(model, { statistic });

export function clockNeedOf(model: GpuModel, of: Target) {
  const law = fitSettingLaw(model, of.statistic);
  return law === null ? null : settingDemandOf(model, law, of);
}
