import type { CapacityRequest } from '../../proto/schemas/capacity.js';
import type { Fault } from '../../shared/result.js';
import type { ClusterState } from '../state/model.js';
import { notFound } from './faults.js';

/** Why a question about the capacity makes no sense in this cluster; empty = it does. */
export function capacityFaults(
  { like = [], without = [], add }: CapacityRequest,
  { jobs, nodes }: Pick<ClusterState, 'jobs' | 'nodes'>,
): readonly Fault[] {
  const unknown = [
    ...without.filter((id) => !nodes.has(id)).flatMap((id) => notFound('node', id)),
    ...like.filter((name) => !jobs.has(name)).flatMap((name) => notFound('job', name)),
  ];
  if (unknown.length > 0) return unknown;
  const gone = new Set(without);
  const hearing = [...nodes.values()].filter(({ liveness }) => liveness === 'ready');
  if (hearing.length === 0 && (without.length > 0 || add !== undefined)) return [NONE_REPORTS];
  return gone.size > 0 && hearing.every(({ id }) => gone.has(id)) ? [NONE_LEFT] : [];
}

const NONE_REPORTS: Fault = {
  code: 'schedule.no-node',
  field: '',
  message: 'no host reports: start dqoes agent on one, and ask again',
};
const NONE_LEFT: Fault = {
  code: 'schedule.no-node',
  field: 'without',
  message: 'without these hosts none is left that reports: name fewer of them',
};
