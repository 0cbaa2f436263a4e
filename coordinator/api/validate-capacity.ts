import type { CapacityRequest } from '../../proto/schemas/capacity.js';
import type { Fault } from '../../shared/result.js';
import { isAdmitted } from '../state/admission.js';
import type { ClusterState } from '../state/model.js';
import { notFound } from './faults.js';

/** Why a question about the capacity makes no sense in this cluster; empty = it does. */
export function capacityFaults(
  { like = [], without = [], add }: CapacityRequest,
  state: Pick<ClusterState, 'jobs' | 'nodes' | 'registration'>,
): readonly Fault[] {
  const unknown = [
    ...without
      .filter((id) => !state.nodes.has(id))
      .flatMap((id) => inField('without', notFound('node', id, state.nodes.keys()))),
    ...like
      .filter((name) => !state.jobs.has(name))
      .flatMap((name) => inField('like', notFound('job', name, state.jobs.keys()))),
  ];
  if (unknown.length > 0) return unknown;
  const gone = new Set(without);
  const hearing = [...state.nodes.values()].filter(
    (node) => node.liveness === 'ready' && isAdmitted(state, node),
  );
  if (hearing.length === 0 && (without.length > 0 || add !== undefined)) return [NONE_REPORTS];
  return gone.size > 0 && hearing.every(({ id }) => gone.has(id)) ? [NONE_LEFT] : [];
}

const inField = (field: string, faults: readonly Fault[]): readonly Fault[] =>
  faults.map((fault) => ({ ...fault, field }));

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
