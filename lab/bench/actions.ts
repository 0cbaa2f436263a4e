import { momentsOf, NO_LOAD, type ScenarioConditions } from '../sim/conditions.js';
import type { Scenario, ScenarioJob } from '../types.js';

/** One thing to do to the real world, at a time from the start of the run. */
export type BenchAction = { readonly atMs: number } & (
  | { readonly kind: 'stop'; readonly job: string }
  /** Jobs that arrive, or whose target is now another. */
  | { readonly kind: 'submit'; readonly jobs: readonly SubmittedJob[] }
  /** So much CPU is taken from now on, all burners together. */
  | { readonly kind: 'burn'; readonly cores: number }
);

export interface SubmittedJob {
  readonly id: string;
  /** Target from now on ÷ the job's first one. */
  readonly targetFactor: number;
}

/**
 * A scenario as a list of things to do, in the order of time; at the same moment stops come first,
 * then all submissions in one, then stolen CPU. Changes of work and rate are not here: the
 * containers know them from the start.
 */
export function actionsOf(scenario: Scenario): readonly BenchAction[] {
  const moments = momentsOf(scenario);
  return moments.flatMap(({ atMs, conditions }, index) => {
    const before = moments[index - 1]?.conditions;
    const jobs = submitted(conditions, before);
    const cores = stolenCores(conditions);
    return [
      ...stopped(conditions, before).map((job): BenchAction => ({ kind: 'stop', atMs, job })),
      ...(jobs.length === 0 ? [] : [{ kind: 'submit' as const, atMs, jobs }]),
      ...(cores === stolenCores(before) ? [] : [{ kind: 'burn' as const, atMs, cores }]),
    ];
  });
}

const stopped = (
  now: ScenarioConditions,
  before: ScenarioConditions | undefined,
): readonly string[] =>
  (before?.jobs ?? []).map(({ id }) => id).filter((id) => !now.jobs.some((job) => job.id === id));

const submitted = (
  now: ScenarioConditions,
  before: ScenarioConditions | undefined,
): readonly SubmittedJob[] =>
  now.jobs
    .filter(
      (job) => !wasThere(job, before) || before?.targetMs.get(job.id) !== now.targetMs.get(job.id),
    )
    .map((job) => ({ id: job.id, targetFactor: targetFactor(now, job) }));

const wasThere = ({ id }: ScenarioJob, before: ScenarioConditions | undefined): boolean =>
  before?.jobs.some((job) => job.id === id) === true;

/** Target of the file in force ÷ the one the job has in its file. */
export const targetFactor = ({ targetMs }: ScenarioConditions, job: ScenarioJob): number =>
  (targetMs.get(job.id) ?? job.targetMs) / job.targetMs;

/** CPU taken from the jobs by others, cores. */
export function stolenCores(conditions: ScenarioConditions | undefined): number {
  let cores = 0;
  for (const taken of conditions?.stolenCores.values() ?? []) cores += taken;
  return cores;
}

/**
 * From when on a container does more or less than it was started with: factors of its first batch
 * and of its first rate.
 */
export interface LoadChange {
  readonly atMs: number;
  readonly work: number;
  readonly rate: number;
}

/**
 * Every moment at which the work or the rate of a job changes, with the factors that hold from then
 * on; in the order of time, from the scenario's start.
 */
export function loadChangesOf(scenario: Scenario, job: string): readonly LoadChange[] {
  const loads = momentsOf(scenario).map(({ atMs, conditions }): LoadChange => {
    const { workFactor, rateFactor } = conditions.load.get(job) ?? NO_LOAD;
    return { atMs, work: workFactor, rate: rateFactor };
  });
  return loads.filter(({ work, rate }, index) => {
    const before = loads[index - 1] ?? { work: 1, rate: 1 };
    return work !== before.work || rate !== before.rate;
  });
}
