import type { TargetTrade } from '../../proto/schemas/capacity.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Steps } from '../../shared/steps.js';
import { withJobs } from './forecast.js';
import { type ReservedCpu, reservedSteps } from './job-kinds.js';
import type { SearchBudget } from './search-budget.js';
import { type Base, elsewhereSteps, missedBeyond } from './what-if.js';

/** Jobs whose targets are tried, those with the most CPU first. */
const CANDIDATES = 8;
/** A target is not made slower than by this. */
const MAX_RATIO = 1.25;
/** Where nobody waits for CPU. */
const USUAL_RATIO = 1.1;
/** Between no change and the largest. */
const MIDPOINTS = 4;
/** Less is not worth a word, cores. */
const LEAST_CORES = 0.005;

/**
 * Which target, made slower by how little, would free the most: first those with which others would
 * meet theirs, the smallest change first; then by the CPU that is freed.
 */
export function* tradeSteps(
  base: Base,
  reserved: ReadonlyMap<JobName, ReservedCpu>,
  budget: SearchBudget,
): Steps<readonly TargetTrade[]> {
  const found: TargetTrade[] = [];
  for (const spec of candidatesIn(base, reserved)) {
    const trade = yield* bestOf(base, spec, { reserved, budget });
    if (trade !== undefined) found.push(trade);
    if (budget.isSpent) break;
  }
  return found.sort(
    (a, b) => b.gains.length - a.gains.length || ratioOf(a) - ratioOf(b) || freed(b) - freed(a),
  );
}

const freed = ({ freesCores }: TargetTrade): number => freesCores;
const ratioOf = ({ fromMs, toMs }: TargetTrade): number => toMs / fromMs;

/** Jobs that have CPU and miss nothing. */
function candidatesIn(
  { input, misses }: Base,
  reserved: ReadonlyMap<JobName, ReservedCpu>,
): readonly JobSpec[] {
  const missing = new Set([...misses.values()].map(({ job }) => job));
  return [...reserved]
    .flatMap(([name, { cores }]) => {
      const spec = input.state.jobs.get(name)?.spec;
      const counts = spec !== undefined && cores !== null && !missing.has(name);
      return counts ? [{ spec, cores }] : [];
    })
    .sort((a, b) => b.cores - a.cores || (a.spec.name < b.spec.name ? -1 : 1))
    .slice(0, CANDIDATES)
    .map(({ spec }) => spec);
}

interface TradeContext {
  readonly reserved: ReadonlyMap<JobName, ReservedCpu>;
  readonly budget: SearchBudget;
}

function* bestOf(
  base: Base,
  spec: JobSpec,
  { reserved, budget }: TradeContext,
): Steps<TargetTrade | undefined> {
  const at = (ratio: number): Steps<TargetTrade | null | undefined> =>
    budget.within(slowerSteps(base, spec, { ratio, before: reserved.get(spec.name) }));
  if (base.misses.size === 0) return (yield* at(USUAL_RATIO)) ?? undefined;
  const most = yield* at(MAX_RATIO);
  if (most === undefined || most === null) return undefined;
  if (most.gains.length === 0) return (yield* at(USUAL_RATIO)) ?? undefined;
  let [low, best] = [1, most];
  for (let i = 0; i < MIDPOINTS; i += 1) {
    const ratio = Math.sqrt(low * ratioOf(best));
    const trade = yield* at(ratio);
    if (trade === undefined) break;
    if (trade !== null && trade.gains.length > 0) best = trade;
    else low = ratio;
  }
  return best;
}

interface Slower {
  readonly ratio: number;
  readonly before: ReservedCpu | undefined;
}

/** Null = others would then miss, or nothing is freed. */
function* slowerSteps(
  base: Base,
  spec: JobSpec,
  { ratio, before }: Slower,
): Steps<TargetTrade | null> {
  const { state, nowMs } = base.input;
  const fromMs = spec.target.latencyMs;
  const toMs = rounded(fromMs * ratio);
  const job = { ...spec, target: { ...spec.target, latencyMs: toMs } };
  const after = yield* elsewhereSteps(base, withJobs({ state, nowMs, jobs: [job] }));
  if (missedBeyond(after.misses, base.misses).length > 0) return null;
  const its = (yield* reservedSteps(after.settled.state)).get(spec.name);
  const freesCores = Math.max(0, (before?.cores ?? 0) - (its?.cores ?? 0));
  const gains = missedBeyond(base.misses, after.misses);
  if (freesCores < LEAST_CORES && gains.length === 0) return null;
  return { job: spec.name, fromMs, toMs, freesCores, gains };
}

/** Two digits where that is fine enough: people write targets so. */
const rounded = (ms: number): number => Number(ms.toPrecision(3));
