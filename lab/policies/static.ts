import { clamp, limitOf, sum } from '../../coordinator/schedule/limits/fit.js';
import { formatCores } from '../../coordinator/schedule/limits/format.js';
import type { LimitDecision, Policy } from '../../coordinator/schedule/types.js';

/**
 * Containers that a person expects on a node when writing a request; the experiments of the paper
 * run ten.
 */
const EXPECTED_PER_NODE = 10;

/**
 * Requests fixed at submission, the practice without a controller. A container gets the upper bound
 * of its owner, else a tenth of the node (for a person who expects ten containers), and keeps it.
 * Where less is free it gets what is free, at least its `minCores`; other containers never shrink.
 * A limit that a container already has is kept.
 */
export const staticPolicy: Policy<null> = {
  name: 'static',
  start: null,
  decide: ({ node }, memory) => {
    const capacityCores = node.allocatableCpuCores;
    let freeCores = capacityCores - sum(node.allocations.map(({ limit }) => limit?.cpuCores ?? 0));
    const limits = node.allocations.flatMap((allocation): readonly LimitDecision[] => {
      if (allocation.limit !== null && allocation.limit.cpuCores !== null) return [];
      const isBounded = allocation.maxCores < capacityCores;
      const request = isBounded ? allocation.maxCores : capacityCores / EXPECTED_PER_NODE;
      const floor = Math.min(allocation.minCores, allocation.maxCores);
      const cores = clamp(Math.min(request, freeCores), floor, allocation.maxCores);
      freeCores -= cores;
      const why = isBounded
        ? 'the bound of its owner'
        : `${formatCores(capacityCores)} CPU / ${EXPECTED_PER_NODE}`;
      return [
        {
          allocation: allocation.id,
          limit: limitOf(cores),
          reason:
            `fixed at submit: ${formatCores(request)} CPU (${why}), ${formatCores(cores)} was ` +
            'free',
        },
      ];
    });
    return { limits, memory };
  },
};
