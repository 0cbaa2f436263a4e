import type { CpuLimit } from '../../../../shared/command.js';
import type { Target } from '../../../../shared/qoe.js';
import type { AllocationModel } from '../../model/allocation-model.js';
import type { NodeCondition, Unreachable } from '../../types.js';
import { type Admission, NO_ADMISSION } from './admission.js';
import { type CommonNoise, NO_COMMON_NOISE } from './common-noise.js';
import { type CommonWork, NO_COMMON_WORK } from './common-work.js';
import { type FallBackState, NO_FALL_BACK } from './fall-back.js';
import { type ForecastErrors, NO_FORECAST_ERRORS } from './forecast-errors.js';
import { NO_OTHERS, type Others } from './others.js';
import { NO_SHORTAGE, type Shortage } from './shortage.js';
import { NO_WORST, type WorstLately } from './worst-lately.js';

/** What is remembered of a host apart from its containers. */
export interface HostKnowledge {
  readonly others: Others;
  readonly shortage: Shortage;
  readonly commonNoise: CommonNoise;
  readonly commonWork: CommonWork;
  readonly worstLately: WorstLately;
  readonly forecastErrors: ForecastErrors;
}

/** What is remembered of a node: parallel lists in id order. */
export interface Memory extends HostKnowledge {
  readonly ids: readonly string[];
  readonly lives: readonly string[];
  readonly models: readonly AllocationModel[];
  /** Limits as decided, and targets they were decided for. */
  readonly desired: readonly (CpuLimit | null)[];
  readonly wanted: readonly (Target | null)[];
  readonly unreachable: readonly Unreachable[];
  /**
   * CPU that each target takes, cores: at the target, and at the slow edge of its band. `NO_CPU` =
   * no CPU meets it, 0 = not known.
   */
  readonly aimCores: readonly number[];
  readonly edgeCores: readonly number[];
  /**
   * Expected statistic of each ceiling, ms: `NO_CPU` = its queue grows without bound; null = not a
   * ceiling, or not known.
   */
  readonly expectedMs: readonly (number | null)[];
  /** A limit stopped short of where it goes: it goes on with the next report. */
  readonly isUnderWay: boolean;
  readonly allocatableCpuCores: number;
  /** CPU that the node could really deliver last time, cores; 0 = not known. */
  readonly capacityCores: number;
  readonly fallBack: FallBackState;
  readonly conditions: readonly NodeCondition[];
  /** Other programs take so much of the CPU that weights matter (contention.ts). */
  readonly isContested: boolean;
  readonly admission: Admission;
}

/** Stands for Infinity, which JSON does not keep. */
export const NO_CPU = Number.MAX_VALUE;

/** Memory of a node before its first evaluation. */
export const NO_MEMORY: Memory = {
  ids: [],
  lives: [],
  models: [],
  desired: [],
  wanted: [],
  unreachable: [],
  aimCores: [],
  edgeCores: [],
  expectedMs: [],
  isUnderWay: false,
  allocatableCpuCores: 0,
  capacityCores: 0,
  fallBack: NO_FALL_BACK,
  conditions: [],
  isContested: false,
  admission: NO_ADMISSION,
  others: NO_OTHERS,
  shortage: NO_SHORTAGE,
  commonNoise: NO_COMMON_NOISE,
  commonWork: NO_COMMON_WORK,
  worstLately: NO_WORST,
  forecastErrors: NO_FORECAST_ERRORS,
};

/** Whether a target asks for the same as another one. */
export const sameTarget = (a: Target | null, b: Target | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.latencyMs === b.latencyMs &&
    a.statistic === b.statistic &&
    a.toleranceRatio === b.toleranceRatio &&
    a.mode === b.mode);
