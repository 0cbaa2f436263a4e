import { limitOf } from '../limits/fit.js';
import { formatCores } from '../limits/format.js';
import type { Policy } from '../types.js';
import { equalShares } from './shares.js';

/** Every controlled container gets allocatable ÷ n, within its own bounds. */
export const equalPolicy: Policy<null> = {
  name: 'equal',
  start: null,
  decide: ({ node }, memory) => {
    const shares = equalShares(node);
    const capacity = formatCores(node.allocatableCpuCores);
    const reason = `equal share: ${capacity} CPU / ${node.allocations.length}`;
    return {
      limits: node.allocations.map(({ id }, i) => ({
        allocation: id,
        limit: limitOf(shares[i] ?? 0),
        reason,
      })),
      memory,
    };
  },
};
