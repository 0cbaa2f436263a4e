import { capacity } from '../../../../coordinator/planning/capacity.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import type { Policy } from '../../../../coordinator/schedule/types.js';
import type { CapacityRequest } from '../../../../proto/schemas/capacity.js';
import type { JobSpec } from '../../../../shared/job.js';
import { PARAMS } from '../build.js';
import { ToyCluster } from '../schedule/toy-cluster.js';

/** More than any search here takes. */
export const MANY_STEPS = { maxSteps: 1e6 };

/** A request of a word takes 0.05 CPU-s, of a face 0.1, on hosts of two cores. */
export const clusterOf = (hosts: string[], ...jobs: readonly JobSpec[]): ToyCluster => {
  const cluster = new ToyCluster(hosts, (name) => (name.startsWith('face') ? 0.1 : 0.05));
  cluster.submit(...jobs);
  cluster.run(30);
  return cluster;
};

/** What a scheduler decides with there. */
export const contextOf = (
  { state, memory, nowMs }: ToyCluster,
  policy: Policy = POLICIES.adaptive,
) => ({
  ...{ state, memory, nowMs, policy },
  params: PARAMS,
});

/** The answer of that cluster. */
export const ask = (cluster: ToyCluster, request: CapacityRequest, limit = MANY_STEPS) =>
  capacity({ ...contextOf(cluster), request, limit });
