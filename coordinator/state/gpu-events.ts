import type { EventPayloads } from '../../proto/schemas/event.js';
import { isGone } from '../../shared/gpu.js';
import type { ContainerReport } from '../../shared/report.js';
import type { NodeRecord } from './model.js';

interface GpuLostEvent {
  readonly type: 'dqoes.gpu.lost';
  readonly id: string;
  readonly data: EventPayloads['dqoes.gpu.lost'];
}

interface ContainerChange {
  readonly old: ContainerReport | undefined;
  readonly node: NodeRecord;
  readonly container: ContainerReport;
  readonly stamp: string;
}

/** Event for a container that lost access to its GPU since the report before. */
export function gpuCutOffEvents({
  old,
  node,
  container,
  stamp,
}: ContainerChange): readonly GpuLostEvent[] {
  const { gpuUse, allocation } = container;
  if (gpuUse?.isLost !== true || old?.gpuUse?.isLost === true) return [];
  const gpu = gpuUse.ids.join(' ').slice(0, 128);
  const reason = `${allocation} lost access to it when its CPU limit was written`;
  return [
    {
      type: 'dqoes.gpu.lost',
      id: `gpu-lost.${allocation}.${stamp}`,
      data: { node: node.id, gpu, reason },
    },
  ];
}

/** Events for GPUs that were known and are now missing from the report, or reported as lost. */
export function gpuLostEvents(
  old: NodeRecord,
  node: NodeRecord,
  stamp: string,
): readonly GpuLostEvent[] {
  const known = old.report?.gpus ?? [];
  if (known.length === 0) return [];
  const now = new Map(node.report?.gpus?.map((gpu) => [gpu.id, gpu]));
  return known.flatMap((was): readonly GpuLostEvent[] => {
    const is = now.get(was.id);
    const isLost = is === undefined || isGone(is);
    if (!was.isKnown || !isLost) return [];
    const reason = is?.reason ?? 'the node stopped reporting it';
    return [
      {
        type: 'dqoes.gpu.lost',
        id: `gpu-lost.${was.id}.${stamp}`,
        data: { node: node.id, gpu: was.id, reason },
      },
    ];
  });
}
