import fc from 'fast-check';
import type { LatencyLaw } from '../../../../../../coordinator/schedule/model/latency-law.js';
import { law } from '../../../../../unit/coordinator/schedule/policies/adaptive/build.js';

export const EPSILON = 1e-9;
export const sum = (values: readonly number[]): number =>
  values.reduce((total, each) => total + each, 0);
export const between = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true });
/** Evenly over orders of magnitude. */
export const magnitude = (min: number, max: number): fc.Arbitrary<number> =>
  between(Math.log(min), Math.log(max)).map(Math.exp);

/** `DQOES_SEED=n` tries others; fast-check prints the seed and the path of a failure. */
const SEED = Number(process.env.DQOES_SEED ?? 1);

/** A property with a seed that stays, so that a failure is the code's. */
export const lawHolds = <Values>(property: fc.IProperty<Values>, numRuns = 200): void => {
  fc.assert(property, { seed: SEED, numRuns });
};

/** With and without overhead, a least latency, a tail. */
export const closedLaw: fc.Arbitrary<LatencyLaw> = fc
  .record({
    workSeconds: magnitude(1e-3, 10),
    overhead: between(0, 2),
    most: between(0.1, 8),
    tailRatio: between(0.8, 3),
  })
  .chain(({ workSeconds, overhead, most, tailRatio }) =>
    fc.constantFrom(
      law({ workSeconds }),
      law({ workSeconds, overheadSeconds: overhead * workSeconds }),
      law({ workSeconds, minSeconds: workSeconds / most }),
      law({ workSeconds, overheadSeconds: overhead * workSeconds, quantile: 0.95, tailRatio }),
    ),
  );
/** A queue of any utilisation. */
export const openLaw = (quantiles: readonly number[]): fc.Arbitrary<LatencyLaw> =>
  fc
    .record({
      workSeconds: magnitude(1e-3, 10),
      utilisation: between(0.01, 3),
      quantile: fc.constantFrom(...quantiles),
      tailRatio: between(0.9, 1.5),
      saved: fc.oneof(fc.constant(0), between(0, 0.5)),
    })
    .map(({ workSeconds, utilisation, quantile, tailRatio, saved }) =>
      law({
        workSeconds,
        savedSeconds: saved * workSeconds,
        ratePerSecond: utilisation / workSeconds,
        quantile,
        tailRatio: quantile === 0 ? 1 : tailRatio,
      }),
    );
