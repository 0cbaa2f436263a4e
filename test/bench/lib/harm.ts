import type { Policy } from '../../../coordinator/schedule/types.js';
import { type Shares, sharesUnder } from './ceiling-shares.js';
import { type CeilingKind, ceilingScenario } from './random-ceilings.js';
import { EVEN_WORLD, type SimWorld } from './sim-world.js';

/** The policies that no other may be worse than. */
export const PLAIN = 'default';
/** A share that is less by more than this is harm. */
const HARM = 0.02;

interface Played {
  readonly seed: number;
  readonly policy: string;
  /** Mean over the jobs with a ceiling of the share of their requests within it. */
  readonly within: number;
  readonly worstJob: number;
  readonly bands: readonly boolean[];
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

function playedOf(seed: number, policy: string, { within, bands }: Shares): Played {
  const shares = [...within.values()];
  return {
    seed,
    policy,
    within: mean(shares),
    worstJob: Math.min(...shares),
    bands: [...bands.values()],
  };
}

/**
 * One row for each policy, `default` among them: shares within the ceilings, and the seeds on which
 * it does harm.
 */
export function harmRows(
  kind: CeilingKind,
  seeds: readonly number[],
  policies: readonly Policy[],
  { beside, conditions }: SimWorld = EVEN_WORLD,
) {
  const played = seeds.flatMap((seed) => {
    const scenario = beside(ceilingScenario(kind, seed));
    return policies.map((policy) =>
      playedOf(seed, policy.name, sharesUnder(scenario, policy, conditions)),
    );
  });
  const plain = new Map(
    played.filter(({ policy }) => policy === PLAIN).map((each) => [each.seed, each.within]),
  );
  return policies.map(({ name }) => {
    const its = played.filter(({ policy }) => policy === name);
    const harmed = its.filter(({ seed, within }) => within < (plain.get(seed) ?? 0) - HARM);
    const worst = its.reduce((a, b) => (b.within < a.within ? b : a));
    const bands = its.flatMap((each) => each.bands);
    return {
      kind,
      policy: name,
      n: its.length,
      within: mean(its.map(({ within }) => within)).toFixed(3),
      worstJob: mean(its.map(({ worstJob }) => worstJob)).toFixed(3),
      worst: `${worst.within.toFixed(2)} (seed ${worst.seed})`,
      ...(bands.length === 0 ? {} : { bandsHeld: mean(bands.map(Number)).toFixed(3) }),
      harm: harmed.length,
      harmSeeds: harmed.map(({ seed }) => seed),
    };
  });
}
