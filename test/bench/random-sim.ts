/**
 * `npm run sim:random -- [--seeds N] [--policy NAME,NAME] [--kinds NAME,NAME] [--json FILE]
 * [--machine even|real] [--foreign idle|light|rough]`: policies on random scenarios. Most have
 * services with ceilings and open arrivals: share of the requests within them in the last half, and
 * on how many seeds it is worse than plain Docker's by more than 0.02. Ten older kinds are held
 * against the most that anybody could satisfy who knew everything, in the last third of each run.
 */
import { writeFileSync } from 'node:fs';
import type { Policy } from '../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../lab/policies/index.js';
import { Judge } from '../../lab/sim/judge.js';
import { runScenario } from '../../lab/sim/run-scenario.js';
import type { RunScore } from '../../lab/types.js';
import { harmRows, PLAIN } from './lib/harm.js';
import { jsonFileFrom, optionFrom } from './lib/process-cost.js';
import { CEILING_KINDS } from './lib/random-ceilings.js';
import { PLAIN_KINDS, type PlainKind, randomScenario } from './lib/random-scenario.js';
import { simWorldFrom } from './lib/sim-world.js';

const option = (name: string): string | undefined => optionFrom(process.argv, name);
/**
 * Of each kind; where no kinds are named, that many times as many of those with ceilings: they are
 * what most people run.
 */
const seeds = Number(option('--seeds') ?? 12);
const CEILINGS_TIMES = 4;
const named = option('--kinds')?.split(',');
const world = simWorldFrom(process.argv);
const { beside, conditions } = world;

function policiesOf(names: readonly string[]): readonly Policy[] {
  return names.map((name): Policy => {
    const policy = LAB_POLICIES[name];
    if (policy !== undefined) return policy;
    throw new Error(
      `--policy: there is no policy ${name}: take some of ${Object.keys(LAB_POLICIES)}`,
    );
  });
}

interface Played {
  readonly policy: string;
  readonly seed: number;
  /** Satisfied, and not slower, ÷ oracle. */
  readonly satisfied: number;
  readonly notSlower: number;
  readonly updates: number;
  /** Satisfied ÷ attainable, one interval before and at once; null = not known. */
  readonly before: number | null;
  readonly atOnce: number | null;
}

const seedsUpTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => i + 1);

function play(kind: PlainKind, policies: readonly Policy[]): readonly Played[] {
  const judge = new Judge();
  return seedsUpTo(seeds).flatMap((seed) =>
    [...runScenario(beside(randomScenario(kind, seed)), policies, judge, conditions)].map(
      ({ score }) => playedOf(score),
    ),
  );
}

function playedOf({ policy, seed, oracle, summary }: RunScore): Played {
  return {
    policy,
    seed,
    satisfied: summary.ratioToOracle,
    notSlower: oracle === 0 ? 1 : summary.notSlowerLastThird / oracle,
    updates: summary.updatesPerContainerMinuteLastThird,
    before: summary.ratioToAttainableBefore ?? null,
    atOnce: summary.ratioToAttainableAtOnce ?? null,
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function rowsOf(kind: PlainKind, policies: readonly Policy[]) {
  const played = play(kind, policies);
  return policies.map(({ name }) => {
    const its = played.filter(({ policy }) => policy === name);
    const worst = its.reduce((a, b) => (b.satisfied < a.satisfied ? b : a));
    return {
      kind,
      policy: name,
      n: its.length,
      satisfied: mean(its.map(({ satisfied }) => satisfied)).toFixed(3),
      worst: `${worst.satisfied.toFixed(2)} (seed ${worst.seed})`,
      notSlower: mean(its.map(({ notSlower }) => notSlower)).toFixed(3),
      ...attainableColumns(its),
      updatesPerContainerMinute: mean(its.map(({ updates }) => updates)).toFixed(2),
    };
  });
}

function attainableColumns(its: readonly Played[]) {
  const [before, atOnce] = [its.map((each) => each.before), its.map((each) => each.atOnce)].map(
    (values) => values.filter((value) => value !== null),
  );
  if (before === undefined || atOnce === undefined || before.length === 0) return {};
  return { toBefore: mean(before).toFixed(3), toAtOnce: mean(atOnce).toFixed(3) };
}

const allKinds: readonly string[] = [...CEILING_KINDS, ...PLAIN_KINDS];
const unknown = named?.find((name) => !allKinds.includes(name));
if (unknown !== undefined)
  throw new Error(`--kinds: there is no kind ${unknown}: take some of ${allKinds}`);
const isAsked = (kind: string): boolean => named?.includes(kind) ?? true;
const given = option('--policy')?.split(',');
const withPlain = [PLAIN, ...(given ?? ['weights', 'adaptive']).filter((name) => name !== PLAIN)];

const ceilings = CEILING_KINDS.filter(isAsked).flatMap((kind) => {
  const count = named === undefined ? CEILINGS_TIMES * seeds : seeds;
  const found = harmRows(kind, seedsUpTo(count), policiesOf(withPlain), world);
  console.table(found.map(({ harmSeeds: _, ...row }) => row));
  for (const { policy, harmSeeds } of found)
    if (harmSeeds.length > 0)
      console.log(`${kind}, ${policy}: worse than ${PLAIN} on seeds ${harmSeeds.join(' ')}`);
  return found;
});
const rows = PLAIN_KINDS.filter(isAsked).flatMap((kind) =>
  rowsOf(kind, policiesOf(given ?? ['default', 'dqoes', 'adaptive'])),
);
if (rows.length > 0) console.table(rows);
const file = jsonFileFrom(process.argv);
if (file !== undefined)
  writeFileSync(file, `${JSON.stringify({ seeds, ceilings, rows }, null, 2)}\n`);
