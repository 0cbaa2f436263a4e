/**
 * `npm run sim:random -- [--seeds N] [--policy NAME,NAME] [--kinds NAME,NAME] [--json FILE]`: policies on random scenarios of ten kinds, against the most that anybody could satisfy who knew everything. Figures are of the last third of each run.
 */
import { writeFileSync } from 'node:fs';
import type { Policy } from '../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../lab/policies/index.js';
import { Judge } from '../../lab/sim/judge.js';
import { runScenario } from '../../lab/sim/run.js';
import { jsonFileFrom, optionFrom } from './lib/process-cost.js';
import { KINDS, type Kind, randomScenario } from './lib/random-scenario.js';

const option = (name: string): string | undefined => optionFrom(process.argv, name);
const seeds = Number(option('--seeds') ?? 12);
const policies = (option('--policy') ?? 'default,dqoes,adaptive').split(',').map((name): Policy => {
  const policy = LAB_POLICIES[name];
  if (policy === undefined)
    throw new Error(`--policy: there is no policy ${name}: take some of ${Object.keys(LAB_POLICIES)}`);
  return policy;
});

interface Played {
  readonly policy: string;
  readonly seed: number;
  /** Satisfied, and not slower, ÷ oracle. */
  readonly satisfied: number;
  readonly notSlower: number;
  readonly updates: number;
}

function play(kind: Kind): readonly Played[] {
  const judge = new Judge();
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
    [...runScenario(randomScenario(kind, seed), policies, judge)].map(({ score }): Played => {
      const { ratioToOracle, notSlowerLastThird, updatesPerContainerMinuteLastThird: updates } = score.summary;
      const notSlower = score.oracle === 0 ? 1 : notSlowerLastThird / score.oracle;
      return { policy: score.policy, seed, satisfied: ratioToOracle, notSlower, updates };
    }),
  );
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const kinds = (option('--kinds')?.split(',') ?? KINDS).map((name): Kind => {
  const kind = KINDS.find((each) => each === name);
  if (kind === undefined) throw new Error(`--kinds: there is no kind ${name}: take some of ${KINDS}`);
  return kind;
});
const rows = kinds.flatMap((kind) => {
  const played = play(kind);
  return policies.map(({ name }) => {
    const its = played.filter(({ policy }) => policy === name);
    const worst = its.reduce((a, b) => (b.satisfied < a.satisfied ? b : a));
    return {
      ...{ kind, policy: name, n: its.length },
      satisfied: mean(its.map(({ satisfied }) => satisfied)).toFixed(3),
      worst: `${worst.satisfied.toFixed(2)} (seed ${worst.seed})`,
      notSlower: mean(its.map(({ notSlower }) => notSlower)).toFixed(3),
      updatesPerContainerMinute: mean(its.map(({ updates }) => updates)).toFixed(2),
    };
  });
});
console.table(rows);
const file = jsonFileFrom(process.argv);
if (file !== undefined) writeFileSync(file, `${JSON.stringify({ seeds, rows }, null, 2)}\n`);
