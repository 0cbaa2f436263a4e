import { clamp } from '../../coordinator/schedule/limits/fit.js';
import { formatCores, formatMs } from '../../coordinator/schedule/limits/format.js';
import type { Policy } from '../../coordinator/schedule/types.js';
import {
  type ControlledContainer,
  type ControlRule,
  measuredOf,
  policyFromRule,
  type RuleDecision,
  type RuleMemory,
} from './rule-policy.js';
import { learnWork, NO_WORK, type Work } from './work.js';

/** Proportional and integral gain, cores per (1/s) and per core-second of work. */
const GAIN_P = 0.21;
const GAIN_I = 0.17;

/** State of one container; JSON-serialisable. */
export interface PiState {
  /** Integral part, cores; null = not started. */
  readonly integralCores: number | null;
  /**
   * Proportional part of the last step, cores: the part of the granted CPU that is not integral.
   */
  readonly proportionalCores: number;
  readonly work: Work;
}

interface PiOptions {
  readonly name: string;
  /** Multiply the gains by the work of a request. */
  readonly isScaled: boolean;
}

/**
 * A PI controller per container on the inverse of the response time, e = 1/o − 1/p, as in COCOS
 * (Baresi, Quattrocchi, *COCOS: A Scalable Architecture for Containerized Heterogeneous Systems*,
 * ICSA 2020) and ROMA (Baresi, Quattrocchi, Rasi, *Resource Management for TensorFlow Inference*,
 * ICSOC 2021): c = I + k_P·e with I ← I + k_I·e. Wants beyond the node are scaled down in
 * proportion. Anti-windup: I is set to what was granted − k_P·e.
 *
 * `pi` scales both gains by W, the CPU-seconds per request learnt from the counters: as 1/p ≈ c/W,
 * its loop gain is the same for short and long requests. `pi-fixed` uses the same gains for all
 * requests; it overshoots where W is far below 0.2 s and is slow where W is above 1 s.
 */
function piRule({ name, isScaled }: PiOptions): ControlRule<PiState> {
  return {
    name,
    initial: { integralCores: null, proportionalCores: 0, work: NO_WORK },
    act: (containers) => containers.map((container) => move(container, isScaled)),
    granted: (state, cores) => ({ ...state, integralCores: cores - state.proportionalCores }),
  };
}

function move(container: ControlledContainer<PiState>, isScaled: boolean): RuleDecision<PiState> {
  const { allocation, cores, state } = container;
  const work = learnWork(allocation, state.work);
  const measured = measuredOf(container);
  const scale = isScaled ? work.seconds : 1;
  if (measured === null || scale === null || !container.hasNews) {
    const reason = `nothing new measured: keeps ${formatCores(cores)} CPU`;
    return { wantCores: cores, state: { ...state, proportionalCores: 0, work }, reason };
  }
  const error = 1000 / measured.targetMs - 1000 / measured.latencyMs;
  const proportionalCores = GAIN_P * scale * error;
  const integralCores = (state.integralCores ?? cores) + GAIN_I * scale * error;
  const wantCores = clamp(
    integralCores + proportionalCores,
    allocation.minCores,
    allocation.maxCores,
  );
  const reason =
    `${formatMs(measured.latencyMs)} against ${formatMs(measured.targetMs)}: 1/o - 1/p = ` +
    `${error.toFixed(3)}/s, ` +
    `${formatCores(integralCores)} + ${formatCores(proportionalCores)} CPU`;
  return { wantCores, state: { integralCores, proportionalCores, work }, reason };
}

/** The variant that is compared as `pi`: gains scaled by the work of a request. */
export const piPolicy: Policy<RuleMemory<PiState>> = policyFromRule(
  piRule({ name: 'pi', isScaled: true }),
);

/** The variant with the same gains for all requests. */
export const piFixedPolicy: Policy<RuleMemory<PiState>> = policyFromRule(
  piRule({ name: 'pi-fixed', isScaled: false }),
);
