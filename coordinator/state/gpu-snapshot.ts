import type { DesiredState } from '../../shared/command.js';
import type { DesiredGpu, GpuAssignment } from '../../shared/gpu.js';
import type { JobSpec } from '../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import type { SnapshotGpu } from '../schedule/types.js';

/** The GPUs of a node for the scheduler, as a part of its snapshot; {} where there is none. */
export function snapshotGpus(
  report: NodeReport,
  desired: DesiredState | null,
): { readonly gpus?: readonly SnapshotGpu[] } {
  if (report.gpus === undefined || report.gpus.length === 0) return {};
  const desiredById = new Map(desired?.gpus?.map((gpu): [string, DesiredGpu] => [gpu.id, gpu]));
  return {
    gpus: report.gpus.map((gpu) => ({ report: gpu, desired: desiredById.get(gpu.id) ?? null })),
  };
}

/**
 * The GPU assignment of a container of ours that has no desired state yet: GPUs as reported, share
 * and memory as its job asks. undefined = it uses none.
 */
export function assignmentOf(
  container: ContainerReport,
  spec: JobSpec | undefined,
): GpuAssignment | undefined {
  const request = container.origin === 'dqoes' ? spec?.resources.gpu : undefined;
  const ids = container.gpuUse?.ids ?? [];
  if (request === undefined || ids.length === 0) return undefined;
  const { shareRatio = 1, memoryBytes } = request;
  return { ids, shareRatio, ...(memoryBytes === undefined ? {} : { memoryBytes }) };
}
