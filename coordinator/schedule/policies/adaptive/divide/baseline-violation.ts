import { sum } from '../../../limits/fit.js';
import { Field } from '../../../model/allocation-model.js';
import { clientsOf } from '../../../model/fitted-law.js';
import { type LatencyLaw, latencySeconds } from '../../../model/latency-law.js';
import { pooledSeconds } from '../../../model/pool.js';
import type { Member } from '../member.js';
import { offeredLoadCores } from './cpu-claims.js';
import { forecastViolation } from './slo-violation.js';

interface Want {
  readonly member: Member;
  /** λ·W, cores; 0 = a closed loop. */
  readonly useCores: number;
  /** Maximum CPU it would take, cores; 0 = nothing is known of it. */
  readonly wantCores: number;
}

/**
 * Forecast of the violations under plain Docker: everybody has the same share, and what one does
 * not use goes to the others (max-min fairness, as CFS with equal weights). As in `violationOf`;
 * null = nothing is known. Same order.
 */
export function baselineViolations(
  members: readonly Member[],
  capacityCores: number,
): readonly (number | null)[] {
  const wants = members.map(wantOf);
  const shareCores = fairShare(wants, capacityCores);
  const useCores = sum(wants.map((want) => want.useCores));
  const isFull = sum(wants.map(({ wantCores }) => wantCores)) > capacityCores;
  return wants.map(({ member, useCores: own, wantCores }) => {
    const { goal } = member;
    if (goal === null || wantCores === 0) return null;
    const cores = Math.min(shareCores, Math.max(1, wantCores));
    const seconds =
      own > 0 && !isFull
        ? pooledSeconds({ law: goal.law }, useCores, capacityCores)
        : latencySeconds(withoutSaving(goal.law), cores);
    return forecastViolation(seconds, goal.slowSeconds);
  });
}

/** What is seen of members, in their order. */
export interface SeenViolations {
  /** Whether one counts: it has answered lately, or works without an answer. */
  readonly areAsked: readonly boolean[];
  /** null = nothing was measured. */
  readonly seen: readonly (number | null)[];
  /** What was measured under plain Docker, by allocation. */
  readonly measured: Readonly<Record<string, number>>;
}

/** Violations under plain Docker of those that count: as measured, else as forecast. */
export function baselinesOf(
  members: readonly Member[],
  capacityCores: number,
  { areAsked, seen, measured }: SeenViolations,
): readonly number[] {
  const forecast = baselineViolations(members, capacityCores);
  return members.map(({ allocation: { id } }, i) =>
    areAsked[i] === true ? (measured[id] ?? forecast[i] ?? seen[i] ?? 0) : 0,
  );
}

const withoutSaving = (law: LatencyLaw): LatencyLaw =>
  law.savedSeconds === 0 ? law : { ...law, savedSeconds: 0 };

function wantOf(member: Member): Want {
  const { goal, model, maxCores } = member;
  if (goal === null) return { member, useCores: 0, wantCores: 0 };
  const useCores = offeredLoadCores({ member, goal });
  if (useCores > 0) return { member, useCores, wantCores: Math.min(maxCores, useCores) };
  const usable = model[Field.freeCores] > 0 ? model[Field.freeCores] : 1;
  return {
    member,
    useCores: 0,
    wantCores: Math.min(maxCores, Math.max(usable, clientsOf(model) > 1 ? 1 : 0)),
  };
}

// The level at which Σ min(want, level) fills the capacity (water-filling); Infinity where all fit.
function fairShare(wants: readonly Want[], capacityCores: number): number {
  const rising = wants.map(({ wantCores }) => wantCores).sort((a, b) => a - b);
  let left = capacityCores;
  for (const [i, want] of rising.entries()) {
    const level = left / (rising.length - i);
    if (want >= level) return level;
    left -= want;
  }
  return Number.POSITIVE_INFINITY;
}
