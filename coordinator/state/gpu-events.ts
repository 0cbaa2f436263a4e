import type { EventPayloads } from '../../proto/schemas/event.js';
import type { ContainerReport } from '../../shared/report.js';
import type { NodeRecord } from './model.js';

interface GpuHappening {
  readonly type: 'dqoes.gpu.lost';
  readonly id: string;
  readonly data: EventPayloads['dqoes.gpu.lost'];
}

interface CutOff {
  readonly old: ContainerReport | undefined;
  readonly node: NodeRecord;
  readonly container: ContainerReport;
  readonly stamp: string;
}

/** A container that does not reach its GPU any more. */
export function cutOffHappening({ old, node, container, stamp }: CutOff): readonly GpuHappening[] {
  const { gpuUse, allocation } = container;
  if (gpuUse?.isLost !== true || old?.gpuUse?.isLost === true) return [];
  const gpu = gpuUse.ids.join(' ').slice(0, 128);
  const reason = `${allocation} does not reach it any more since its CPU limit was written`;
  return [
    {
      type: 'dqoes.gpu.lost',
      id: `gpu-lost.${allocation}.${stamp}`,
      data: { node: node.id, gpu, reason },
    },
  ];
}

/** GPUs that were known and are reported no more, or said to be lost. */
export function gpuHappenings(
  old: NodeRecord,
  node: NodeRecord,
  stamp: string,
): readonly GpuHappening[] {
  const now = new Map(node.report?.gpus?.map((gpu) => [gpu.id, gpu]));
  return (old.report?.gpus ?? []).flatMap((was): readonly GpuHappening[] => {
    const is = now.get(was.id);
    const isLost = is === undefined || (!is.isKnown && /lost|fallen off/i.test(is.reason));
    if (!was.isKnown || !isLost) return [];
    const reason = is?.reason ?? 'it is not reported any more';
    return [
      {
        type: 'dqoes.gpu.lost',
        id: `gpu-lost.${was.id}.${stamp}`,
        data: { node: node.id, gpu: was.id, reason },
      },
    ];
  });
}
