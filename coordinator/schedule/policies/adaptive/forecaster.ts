import type { AllocationId } from '../../../../shared/ids.js';
import type { Ask, Foresight } from '../../forecast.js';
import { latencySeconds } from '../../model/latency-law.js';
import { goalOf } from './latency-goal.js';
import { type Memory, NO_CPU } from './members.js';
import { needOf, profileOf } from './workload-profile.js';

const asked = (cores: number | undefined): number | null =>
  cores === undefined || cores === 0 ? null : cores >= NO_CPU ? Number.POSITIVE_INFINITY : cores;

const NOBODY: readonly AllocationId[] = [];

/** What `adaptive` can say beyond limits. */
export const foresight: Foresight<Memory> = {
  outlook: ({ ids, aimCores, edgeCores, capacityCores, unreachable }) => {
    const unmet = new Set<string>(unreachable.map(({ allocation }) => allocation));
    const asks = ids.map(
      (id, i): Ask => ({
        allocation: id as AllocationId,
        aimCores: asked(aimCores[i]),
        edgeCores: asked(edgeCores[i]),
        isMet: !unmet.has(id),
      }),
    );
    return { capacityCores, asks };
  },
  unmet: ({ unreachable }) =>
    unreachable.length === 0 ? NOBODY : unreachable.map(({ allocation }) => allocation),
  profiles: ({ ids, known, wanted }) =>
    ids.flatMap((id, i) => {
      const its = known[i];
      const profile = its === undefined ? null : profileOf(its, wanted[i]?.statistic ?? 'mean');
      return profile === null ? [] : [{ allocation: id as AllocationId, profile }];
    }),
  need: needOf,
  expectedMs: ({ ids, known, wanted, desired, expectedMs }, allocation) => {
    const i = ids.indexOf(allocation);
    const ceilingMs = expectedMs[i] ?? null;
    if (ceilingMs !== null) return ceilingMs < NO_CPU ? ceilingMs : null;
    const [its, limit] = [known[i], desired[i]];
    const goal = its === undefined ? null : goalOf(its, wanted[i] ?? null, limit ?? null);
    if (goal === null || limit?.cpuCores == null) return null;
    const ms = latencySeconds(goal.law, limit.cpuCores) * 1000;
    return Number.isFinite(ms) ? ms : null;
  },
};
