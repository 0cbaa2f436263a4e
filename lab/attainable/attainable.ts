import { sum } from '../../coordinator/schedule/limits/fit.js';
import type { Target } from '../../shared/qoe.js';
import type { AttainableSeries } from '../types.js';
import { satisfiedChance } from './chance.js';
import { type Choice, chooseBest } from './choose.js';
import { costsOf, type JobCosts } from './costs.js';
import type { SeenInterval, SeenJob } from './types.js';

/** What a job keeps that is not served, cores; as in the oracle. */
const FLOOR_CORES = 0.01;
/** Number of depths of a band, or of a ceiling, that are tried for a job. */
const DEPTHS = 10;
/** The lowest aim under a ceiling ÷ the ceiling. */
const LOWEST_AIM = 0.7;

/**
 * What was attainable in a run, in hindsight: for each interval the largest sum, over all limits
 * that fit the CPU the jobs could have had, of the chances that a job is judged satisfied. Work,
 * CPU and the spread of requests come from the run's own counters; that a judge sees few requests
 * is in the chances. A job that did not run or had not answered yet counts as nothing.
 *
 * - `atOnce`: the limits suit the interval itself.
 * - `before`: they are chosen from the interval before, or from the mean of all before, with the
 *   margins that were best for the whole run; a job's first interval counts as nothing.
 */
export function attainableOf(
  intervals: readonly SeenInterval[],
  intervalMs: number,
): AttainableSeries {
  const costs = costsOf(intervals);
  const members = intervals.map(({ jobs }, k) => membersOf(jobs, costs, k));
  const atOnce = intervals.map(({ capacityCores }, k) => {
    const here = members[k] ?? [];
    const chosen = chooseBest(
      here.map((member) => choicesOf(member, intervalMs)),
      capacityCores,
      FLOOR_CORES,
    );
    return sum(chosen.map((choice) => choice?.chance ?? 0));
  });
  const rules = RULES.map((rule) =>
    intervals.map((_, k) => underRule(rule, { intervals, members, intervalMs, k })),
  );
  const best = rules.reduce((a, b) => (sum(b) > sum(a) ? b : a));
  return {
    before: best.map(rounded),
    // The choices of the rule fit this interval too; they may lie between the depths tried here.
    atOnce: atOnce.map((value, k) => rounded(Math.max(value, best[k] ?? 0))),
  };
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** A job that can be served in an interval, with what is known of it. */
interface Member {
  readonly job: SeenJob;
  readonly scale: number;
  readonly spread: number;
}

function membersOf(
  jobs: readonly SeenJob[],
  costs: ReadonlyMap<string, JobCosts>,
  k: number,
): readonly Member[] {
  return jobs.flatMap((job) => {
    const known = costs.get(job.id);
    const scale = known?.scales[k] ?? null;
    return known === undefined || scale === null ? [] : [{ job, scale, spread: known.spread }];
  });
}

/** Response times worth aiming at, the slowest first. */
function aimsOf({ latencyMs, toleranceRatio, mode }: Target): readonly number[] {
  const slowestMs = latencyMs * (1 + toleranceRatio);
  const deepestMs = mode === 'band' ? latencyMs : slowestMs * LOWEST_AIM;
  return Array.from(
    { length: DEPTHS + 1 },
    (_, i) => slowestMs - ((slowestMs - deepestMs) * i) / DEPTHS,
  );
}

/** `doubt`: relative standard deviation of what is known of the job beside the judge's samples. */
function choicesOf(
  { job, scale, spread }: Member,
  intervalMs: number,
  doubt = 0,
): readonly Choice[] {
  return aimsOf(job.target).flatMap((aimMs): Choice[] => {
    const cores = job.model.coresFor(aimMs, scale);
    if (!Number.isFinite(cores)) return [];
    const judged = spread / Math.sqrt(job.model.requestsIn(intervalMs, aimMs, job));
    return [{ cores, chance: satisfiedChance(job.target, aimMs, Math.hypot(judged, doubt)) }];
  });
}

/** How limits are chosen from what was seen before: which part of the CPU, and with what doubt. */
interface Rule {
  readonly from: 'last' | 'mean';
  readonly margin: number;
  readonly doubt: number;
}
const MARGINS = [
  { margin: 0, doubt: 0 },
  { margin: 0, doubt: 0.03 },
  { margin: 0.03, doubt: 0.03 },
  { margin: 0.06, doubt: 0.03 },
  { margin: 0.1, doubt: 0.05 },
  { margin: 0.15, doubt: 0.05 },
] as const;
const RULES: readonly Rule[] = (['last', 'mean'] as const).flatMap((from) =>
  MARGINS.map((each): Rule => ({ from, ...each })),
);

interface RuleContext {
  readonly intervals: readonly SeenInterval[];
  readonly members: readonly (readonly Member[])[];
  readonly intervalMs: number;
  readonly k: number;
}

/** The sum of chances in interval k with the limits that the rule chooses from before it. */
function underRule(rule: Rule, context: RuleContext): number {
  const { intervals, members, intervalMs, k } = context;
  const here = members[k] ?? [];
  const expected = here.flatMap((member) => {
    const scale = expectedScale(rule, member.job, context);
    return scale === null ? [] : [{ member, scale }];
  });
  const chosen = chooseBest(
    expected.map(({ member, scale }) => choicesOf({ ...member, scale }, intervalMs, rule.doubt)),
    expectedCores(rule, intervals, k) * (1 - rule.margin),
    FLOOR_CORES,
  );
  const wantedCores = sum(chosen.map((choice) => choice?.cores ?? FLOOR_CORES));
  const given = Math.min(1, (intervals[k]?.capacityCores ?? 0) / Math.max(1e-9, wantedCores));
  return sum(
    expected.map(({ member }, i) => {
      const choice = chosen[i];
      if (choice == null) return 0;
      const { job, scale, spread } = member;
      const latencyMs = job.model.latencyMs(choice.cores * given, scale);
      const requests = job.model.requestsIn(intervalMs, latencyMs, job);
      return satisfiedChance(job.target, latencyMs, spread / Math.sqrt(requests));
    }),
  );
}

/** What a job's scale should be in interval k, by those before it; null = it was not there. */
function expectedScale(
  { from }: Rule,
  { id, workFactor }: SeenJob,
  { members, k }: RuleContext,
): number | null {
  const before = members.slice(0, k).flatMap((each) => {
    const found = each.find(({ job }) => job.id === id);
    return found === undefined ? [] : [found];
  });
  const last = before.at(-1);
  if (last === undefined) return null;
  if (from === 'last') return last.scale;
  // What the scenario has changed since shows one interval later.
  const changed = before.findLastIndex(({ job }) => job.workFactor !== last.job.workFactor);
  const same = last.job.workFactor === workFactor ? before.slice(changed + 1) : [last];
  return Math.exp(sum(same.map(({ scale }) => Math.log(scale))) / same.length);
}

function expectedCores({ from }: Rule, intervals: readonly SeenInterval[], k: number): number {
  const before = intervals.slice(0, k).map(({ capacityCores }) => capacityCores);
  if (from === 'last' || before.length === 0) return before.at(-1) ?? 0;
  return sum(before) / before.length;
}
