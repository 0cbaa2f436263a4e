import type { AllocationId } from '../../../../shared/ids.js';
import type {
  AllocationDemand,
  Forecaster,
  NodeForecast,
  WorkloadProfile,
} from '../../forecast.js';
import { Field } from '../../model/allocation-model.js';
import { latencySeconds } from '../../model/latency-law.js';
import { latencyGoalOf } from './latency-goal.js';
import { againMemory, laterMemory } from './later.js';
import { type Memory, NO_CPU } from './memory.js';
import { provenCoresUnder } from './proven-cores.js';
import { reportSpreadOf } from './report-spread.js';
import { slowerLately } from './slower-lately.js';
import { demandOf, profileOf } from './workload-profile.js';

const restoredCores = (cores: number | undefined): number | null =>
  cores === undefined || cores === 0 ? null : cores >= NO_CPU ? Number.POSITIVE_INFINITY : cores;

const NO_ALLOCATIONS: readonly AllocationId[] = [];

/**
 * What was forecast from a memory, which never changes: the same again, so that what is made from
 * it can be kept, too.
 */
const forecasts = new WeakMap<Memory, NodeForecast>();

function forecastFrom(memory: Memory): NodeForecast {
  const { ids, models, aimCores, edgeCores, capacityCores, unreachable } = memory;
  const unmet = new Set<string>(unreachable.map(({ allocation }) => allocation));
  const demands = ids.map(
    (id, i): AllocationDemand => ({
      allocation: id as AllocationId,
      aimCores: restoredCores(aimCores[i]),
      edgeCores: restoredCores(edgeCores[i]),
      isMet: !unmet.has(id),
    }),
  );
  // Where nobody is served, a newcomer puts nobody at risk.
  const isHeld = models.some((its) => its[Field.isChosen] === 1);
  return { capacityCores, demands, slowerRatio: isHeld ? slowerLately(memory, capacityCores) : 1 };
}

/** What `adaptive` can say beyond limits. */
export const forecaster: Forecaster<Memory> = {
  forecast: (memory) => {
    const known = forecasts.get(memory);
    if (known !== undefined) return known;
    const made = forecastFrom(memory);
    forecasts.set(memory, made);
    return made;
  },
  unmet: ({ unreachable }) =>
    unreachable.length === 0 ? NO_ALLOCATIONS : unreachable.map(({ allocation }) => allocation),
  profiles: ({ ids, models, wanted }) => {
    const shown: { allocation: AllocationId; profile: WorkloadProfile }[] = [];
    models.forEach((its, i) => {
      const profile = profileOf(its, wanted[i]?.statistic ?? 'mean');
      if (profile !== null) shown.push({ allocation: ids[i] as AllocationId, profile });
    });
    return shown;
  },
  demand: demandOf,
  expectedMs: expectedMsOf,
  isUnderWay: ({ isUnderWay }) => isUnderWay,
  again: againMemory,
  later: laterMemory,
  reportSpread: (memory, allocation, intervalMs) => {
    const expectedMs = expectedMsOf(memory, allocation);
    return expectedMs === null
      ? null
      : reportSpreadOf(memory, { allocation, expectedMs, intervalMs });
  },
  provenCores: ({ ids, models, desired, aimCores }, allocation) => {
    const i = ids.indexOf(allocation);
    const model = models[i];
    if (model === undefined || model[Field.workCount] === 0) return null;
    return provenCoresUnder(model, desired[i] ?? null, aimCores[i] ?? 0);
  },
};

function expectedMsOf(
  { ids, models, wanted, desired, expectedMs }: Memory,
  allocation: AllocationId,
): number | null {
  const i = ids.indexOf(allocation);
  const ceilingMs = expectedMs[i] ?? null;
  if (ceilingMs !== null) return ceilingMs < NO_CPU ? ceilingMs : null;
  const [its, limit] = [models[i], desired[i]];
  const goal = its === undefined ? null : latencyGoalOf(its, wanted[i] ?? null, limit ?? null);
  if (goal === null || limit?.cpuCores == null) return null;
  const ms = latencySeconds(goal.law, limit.cpuCores) * 1000;
  return Number.isFinite(ms) ? ms : null;
}
