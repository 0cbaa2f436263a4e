import type { EventPayloads } from '../../proto/schemas/event.js';
import { type GpuReport, isLostGpu } from '../../shared/gpu.js';
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

/**
 * Event for a container that lost access to its GPU since the report before. Where the GPU itself
 * is lost, that is its own event, and no limit is to blame.
 */
export function gpuCutOffEvents({
  old,
  node,
  container,
  stamp,
}: ContainerChange): readonly GpuLostEvent[] {
  const { gpuUse, allocation } = container;
  if (gpuUse?.isLost !== true || old?.gpuUse?.isLost === true) return [];
  const gpus = node.report?.gpus ?? [];
  if (gpus.some((each) => gpuUse.ids.includes(each.id) && isLostGpu(each, gpus))) return [];
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

/** Events for GPUs that are missing from the report since the one before, or reported as lost. */
export function gpuLostEvents(
  old: NodeRecord,
  node: NodeRecord,
  stamp: string,
): readonly GpuLostEvent[] {
  const before = old.report?.gpus ?? [];
  const lost = before.flatMap((was) => {
    const reason = isLostGpu(was, before) ? undefined : whyLost(was, old, node);
    return reason === undefined ? [] : [{ id: was.id, reason }];
  });
  return [...lost, ...goneSinceRestart(old, node)].map(({ id, reason }) => ({
    type: 'dqoes.gpu.lost',
    id: `gpu-lost.${id}.${stamp}`,
    data: { node: node.id, gpu: id, reason },
  }));
}

/** Those that are awaited no more, though they have not come. */
function goneSinceRestart({ awaitedGpus }: NodeRecord, node: NodeRecord) {
  if (awaitedGpus === null || awaitedGpus === node.awaitedGpus) return [];
  const others = [...(node.awaitedGpus?.gpus ?? []), ...(node.report?.gpus ?? [])];
  return awaitedGpus.gpus
    .filter(({ id }) => !others.some((each) => each.id === id))
    .map(({ id }) => ({ id, reason: 'its agent does not find it since it was started again' }));
}

/** undefined = it is not lost, as far as the node can tell of this one. */
function whyLost(was: GpuReport, old: NodeRecord, node: NodeRecord): string | undefined {
  const gpus = node.report?.gpus ?? [];
  const is = gpus.find(({ id }) => id === was.id);
  if (is !== undefined) return isLostGpu(is, gpus) ? is.reason : undefined;
  // An agent that has just begun has not heard of all of them, and a tool that fails tells of none.
  const isSameAgent = old.report?.bootId === node.report?.bootId;
  const tellsOfOthers = gpus.some(({ vendor, isKnown }) => isKnown && vendor === was.vendor);
  return isSameAgent && tellsOfOthers ? 'the node stopped reporting it' : undefined;
}
