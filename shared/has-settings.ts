import type { JobSpec } from './job.js';
import type { ContainerReport } from './report.js';

type Settings = Pick<ContainerReport, 'target' | 'weight' | 'cpuBounds'>;

/**
 * Whether an agent steers a container of ours by the target, weight and CPU bounds of this version
 * of its job, as far as agents of 0.1.0 report them. One that reports no target knows no version
 * yet.
 */
export function hasSettingsOf({ target, weight, cpuBounds }: Settings, spec: JobSpec): boolean {
  const { target: wanted, resources } = spec;
  return (
    target !== null &&
    target.latencyMs === wanted.latencyMs &&
    target.statistic === wanted.statistic &&
    target.toleranceRatio === wanted.toleranceRatio &&
    target.mode === wanted.mode &&
    weight === spec.weight &&
    cpuBounds.minCores === resources.cpu.minCores &&
    cpuBounds.maxCores === resources.cpu.maxCores
  );
}
