import { POLICIES } from '../../coordinator/schedule/policies/index.js';
import type { Policy } from '../../coordinator/schedule/types.js';
import { burstPolicy } from './burst.js';
import { captainPolicy } from './captain.js';
import { partiesPolicy } from './parties.js';
import { piFixedPolicy, piPolicy } from './pi.js';
import { spread } from './spread.js';
import { staticPolicy } from './static.js';
import { weightsEqualPolicy, weightsPolicy } from './weights.js';

// The memory of a policy is opaque: it only gets back what it returned, or its own `start`.
const opaque = <Memory>(policy: Policy<Memory>): Policy => policy as unknown as Policy;

/** A policy that the lab can run. Its memory is opaque to the caller. */
export type LabPolicy = Policy;

/**
 * Every policy that the lab can compare, by name: those of the coordinator and the baselines of
 * this folder.
 */
export const LAB_POLICIES: Readonly<Record<string, Policy>> = {
  ...POLICIES,
  // Plain Docker on several hosts is Swarm.
  default: { ...POLICIES.default, place: spread },
  static: opaque(staticPolicy),
  pi: opaque(piPolicy),
  'pi-fixed': opaque(piFixedPolicy),
  parties: opaque(partiesPolicy),
  captain: opaque(captainPolicy),
  weights: opaque(weightsPolicy),
  'weights-equal': opaque(weightsEqualPolicy),
  burst: opaque(burstPolicy),
  // Shows what GPU clocks are worth: the same policy with GPUs at their highest clock.
  'max-clock': { ...POLICIES.adaptive, name: 'max-clock', steersGpus: false },
};
