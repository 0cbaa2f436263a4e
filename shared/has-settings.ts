import type { JobSpec } from './job.js';
import type { ContainerReport } from './report.js';
import { cutText } from './text.js';

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

/** Longest image reference in a report, UTF-16 code units: agents cut those of jobs. */
export const MAX_REPORTED_IMAGE = 256;

/** Whether a report names the image of this version of a job, as far as it can. */
export const isImageOf = (reported: string, { image }: Pick<JobSpec, 'image'>): boolean =>
  reported === image || reported === cutText(image, MAX_REPORTED_IMAGE);
