import { UNLIMITED } from '../limits/fit.js';
import type { Policy } from '../types.js';

/** Plain Docker: no limit of ours on anything (fair share by the kernel). */
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
