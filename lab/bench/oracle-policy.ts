import { limitOf, sum } from '../../coordinator/schedule/limits/fit.js';
import type { Policy, SnapshotAllocation } from '../../coordinator/schedule/types.js';
import { FLOOR_CORES, oracle } from '../oracle/oracle.js';

/**
 * Least CPU at which the statistic of the job is at most `latencyMs`, cores; Infinity = no amount.
 */
export type DemandOf = (job: string, latencyMs: number) => number;

const STEPS = 20;

/**
 * A policy that checks the bound: it sets the profiled limits and never changes them. Jobs that the
 * oracle satisfies get their demand, as near to the middle of their band as fits; the others share
 * the rest. It learns nothing and ignores disturbances.
 */
export function oraclePolicy(demandOf: DemandOf): Policy {
  return {
    name: 'oracle',
    start: null,
    decide: ({ node }, memory) => {
      const limits = limitsOf(node.allocations, node.allocatableCpuCores, demandOf);
      return {
        limits: node.allocations.map(({ id }, index) => {
          const { cores, reason } = limits[index] ?? { cores: FLOOR_CORES, reason: '' };
          return { allocation: id, limit: limitOf(cores), reason };
        }),
        memory,
      };
    },
  };
}

interface OracleLimit {
  readonly cores: number;
  readonly reason: string;
}

function limitsOf(
  allocations: readonly SnapshotAllocation[],
  capacityCores: number,
  demandOf: DemandOf,
): readonly OracleLimit[] {
  const demandAt = ({ job, target }: SnapshotAllocation, depth: number): number =>
    target === null
      ? Number.POSITIVE_INFINITY
      : demandOf(job, target.latencyMs * (1 + target.toleranceRatio * depth));
  const jobs = allocations.map((each) => ({
    id: each.id,
    weight: each.weight,
    demandCores: demandAt(each, 1),
  }));
  const chosen = new Set(oracle({ jobs, capacitiesCores: [capacityCores] }).bestIds);
  const others = allocations.length - chosen.size;
  const room = capacityCores - others * FLOOR_CORES;
  const satisfied = allocations.filter(({ id }) => chosen.has(id));
  // The tightest depth of the bands that fits: 0 = all jobs on target, 1 = all at the upper edge.
  const depths = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  const depth =
    depths.find((each) => sum(satisfied.map((job) => demandAt(job, each))) <= room) ?? 1;
  const held = sum(satisfied.map((job) => demandAt(job, depth)));
  const left = Math.max(FLOOR_CORES, (capacityCores - held) / Math.max(1, others));
  return allocations.map((each): OracleLimit => {
    if (!chosen.has(each.id))
      return { cores: left, reason: 'does not fit: shares what the others leave' };
    const cores = demandAt(each, depth);
    return { cores, reason: `profiled demand ${cores.toFixed(3)} CPU` };
  });
}
