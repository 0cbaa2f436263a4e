import type { Policy } from '../types.js';
import { adaptivePolicy } from './adaptive/adaptive.js';
import { defaultPolicy } from './default.js';
import { dqoesPolicy } from './dqoes/dqoes.js';
import { equalPolicy } from './equal.js';

// Other code cannot look into a policy's memory: the policy only ever gets back what it returned,
// or its own `start`.
const opaque = <Memory>(policy: Policy<Memory>): Policy => policy as unknown as Policy;

/** Every policy by name; the lab and the coordinator choose from this list. */
export const POLICIES = {
  default: opaque(defaultPolicy),
  equal: opaque(equalPolicy),
  dqoes: opaque(dqoesPolicy),
  adaptive: opaque(adaptivePolicy),
} as const;
