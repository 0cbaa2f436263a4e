import type { DesiredState } from '../../shared/command.js';
import type { Steps } from '../../shared/steps.js';
import type { Plan, PolicyParams } from '../schedule/types.js';
import { type DesiredInput, nextDesiredSteps } from './next-desired.js';

const EMPTY_PLAN: Plan = { decisions: [], pending: [], preempted: [], unreachable: [] };

/**
 * How long a desired state is valid without a sign of life of the coordinator, ms. Agents keep
 * limits in any case.
 */
export const validForMsOf = ({ maxIntervalMs }: Pick<PolicyParams, 'maxIntervalMs'>): number =>
  Math.round(2 * maxIntervalMs);

/** Every desired state under the epoch of the state, with nothing else changed in it. */
export const raiseEpochSteps = (
  state: DesiredInput,
  params: PolicyParams,
): Steps<readonly DesiredState[]> => nextDesiredSteps(state, EMPTY_PLAN, validForMsOf(params));
