import type { DesiredState } from '../../shared/command.js';
import type { DesiredGpu, GpuAssignment } from '../../shared/gpu.js';
import type { JobSpec } from '../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import type { SnapshotGpu } from '../schedule/types.js';

/** GPUs of a node as the scheduler sees them; nothing where there is none. */
export function snapshotGpus(
  report: NodeReport,
  desired: DesiredState | null,
): { readonly gpus?: readonly SnapshotGpu[] } {
  if (report.gpus === undefined || report.gpus.length === 0) return {};
  const wished = new Map(desired?.gpus?.map((gpu): [string, DesiredGpu] => [gpu.id, gpu]));
  return { gpus: report.gpus.map((gpu) => ({ report: gpu, desired: wished.get(gpu.id) ?? null })) };
}

/**
 * What a container of ours that nobody desires yet was given, by its report and what its job asks
 * for.
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
