import { isLostGpu } from '../../shared/gpu.js';
import type { NodeReport } from '../../shared/report.js';
import { MISSING_GRACE_MS } from '../schedule/placement/missing-gpus.js';
import type { AwaitedGpus, NodeRecord } from './model.js';

/**
 * What is awaited after a report; null = nothing. An agent that has just begun has not heard of all
 * GPUs: one that is missing after two minutes, while the agent tells of others of its vendor, is
 * gone.
 */
export function awaitedAfter(
  { report: last, awaitedGpus: known }: Pick<NodeRecord, 'report' | 'awaitedGpus'>,
  report: NodeReport,
  atMs: number,
): AwaitedGpus | null {
  const isNewAgent = last !== null && last.bootId !== report.bootId;
  if (!isNewAgent && known === null) return null;
  const { gpus: before = [] } = last ?? {};
  const { gpus = [] } = report;
  const sinceMs = isNewAgent ? atMs : (known?.sinceMs ?? atMs);
  const isLong = atMs - sinceMs >= MISSING_GRACE_MS;
  const candidates = [
    ...(known?.gpus ?? []),
    ...(isNewAgent ? before.filter((each) => !isLostGpu(each, before)) : []),
  ];
  const left = candidates.filter(({ id, vendor }) => {
    const tellsOfOthers = gpus.some((each) => each.isKnown && each.vendor === vendor);
    return !gpus.some((each) => each.id === id) && !(isLong && tellsOfOthers);
  });
  if (left.length === 0) return null;
  const isSame = !isNewAgent && left.length === known?.gpus.length;
  return isSame ? known : { gpus: left, sinceMs };
}
