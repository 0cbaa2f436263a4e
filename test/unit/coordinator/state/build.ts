import { deriveEvents } from '../../../../coordinator/state/derive.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import type { DesiredState } from '../../../../shared/command.js';
import { allocationId, job, limit, nodeId, report } from '../build.js';

/** A state of epoch 3 in which nothing is known. */
export const START = emptyState({ incarnation: 'inc', epoch: 3, policy: 'dqoes' });

/** The state after these events. */
export const fold = (state: ClusterState, ...events: StateEvent[]) => events.reduce(reduce, state);

/** The event of a job that was stored. */
export const stored = (name: string, change: object = {}, revision = 1): StateEvent => ({
  kind: 'jobs-stored',
  atMs: 0,
  jobs: [{ spec: job(name, change), revision }],
});

/** The event of a report that came. */
export const reported = (atMs: number, ...args: Parameters<typeof report>): StateEvent => ({
  kind: 'reports',
  atMs,
  reports: [{ atMs, report: report(...args) }],
});

/** The event of what is desired of a node. */
export const desiredOn = (
  node: string,
  revision: number,
  ...limits: readonly (readonly [string, number])[]
): StateEvent => {
  const desired: DesiredState = {
    incarnation: 'inc',
    epoch: 3,
    revision,
    node: nodeId(node),
    validForMs: 1000,
    allocations: limits.map(([id, cores]) => {
      const spec = job(id.replace(/-\d+$/, ''));
      return { id: allocationId(id), job: spec.name, spec, limit: limit(cores), reason: 'test' };
    }),
  };
  return { kind: 'desired-stored', atMs: 0, states: [desired] };
};

/** Types of the events that the step from one state to the next gives. */
export const typesOf = (before: ClusterState, after: ClusterState) =>
  deriveEvents(before, after, { nowMs: 0, wallMs: 0, source: '/test' }).map(({ type }) =>
    type.replace('dqoes.', ''),
  );
