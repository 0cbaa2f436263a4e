import type { DesiredAllocation } from '../../shared/command.js';
import { isSameContainer } from '../../shared/fixed-parts.js';
import type { JobSpec } from '../../shared/job.js';
import { deepEqual } from '../state/deep-equal.js';
import type { ClusterState } from '../state/model.js';
import { withSpec } from './requested-by.js';

/**
 * The allocation with the newest version of its job. A changed target reaches the agent at once; a
 * changed image is how the agent knows that it must replace the container, which those of one job
 * do one after the other.
 */
export function withNewestSpec(
  state: Pick<ClusterState, 'jobs' | 'requesters'>,
  allocation: DesiredAllocation,
  isItsTurn: boolean,
): DesiredAllocation {
  const { spec: held } = allocation;
  const newest = state.jobs.get(allocation.job)?.spec;
  if (held === undefined || newest === undefined || held === newest) return allocation;
  if (isItsTurn || isSameContainer(held, newest)) return withSpec(state, allocation, newest);
  const spec = withFixedPartsOf(held, newest);
  return deepEqual(spec, held) ? allocation : withSpec(state, allocation, spec);
}

/** The newest version as far as a container of the older one can have it without a new start. */
function withFixedPartsOf(held: JobSpec, newest: JobSpec): JobSpec {
  const { secretEnv: _, resources, ...rest } = newest;
  const { image, command, env, secretEnv, latency, ports } = held;
  const { memoryBytes, gpu } = held.resources;
  return {
    ...rest,
    // Where its response time is read goes with the program.
    ...{ image, command, env, latency, ports },
    ...(secretEnv === undefined ? {} : { secretEnv }),
    resources: {
      cpu: resources.cpu,
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(gpu === undefined ? {} : { gpu }),
    },
  };
}
