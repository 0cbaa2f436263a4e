import { UNLIMITED } from '../limits/fit.js';
import type { Policy } from '../types.js';

/** Plain Docker: dqoes sets no limits, and the kernel shares the CPU fairly. */
export const defaultPolicy: Policy<null> = {
  name: 'default',
  start: null,
  decide: ({ node }, memory) => ({
    limits: node.allocations.map(({ id }) => ({
      allocation: id,
      limit: UNLIMITED,
      reason: 'policy default: no limit, fair share',
    })),
    memory,
  }),
};
