import { momentsOf, NO_LOAD, type ScenarioConditions } from '../sim/conditions.js';
import type { Scenario, ScenarioJob } from '../types.js';

/** One action on the real system, with its time from the start of the run. */
export type BenchAction = { readonly atMs: number } & (
  | { readonly kind: 'stop'; readonly job: string }
  /** Jobs that arrive, or whose target changes. */
  | { readonly kind: 'submit'; readonly jobs: readonly SubmittedJob[] }
  /** All burners together use this much CPU from now on, cores. */
  | { readonly kind: 'burn'; readonly cores: number }
);

/** A job to submit, and its target relative to the first one. */
export interface SubmittedJob {
  readonly id: string;
  /** New target ÷ the first target of the job. */
  readonly targetFactor: number;
}

/**
 * The actions of a scenario in order of time. At the same moment stops come first, then one
 * submission of all jobs, then the change of stolen CPU. Changes of work and rate are not here: the
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

/** The target in force ÷ the first target of the job. */
export const targetFactor = ({ targetMs }: ScenarioConditions, job: ScenarioJob): number =>
  (targetMs.get(job.id) ?? job.targetMs) / job.targetMs;

/** CPU that is stolen from the jobs on all nodes, cores. */
export function stolenCores(conditions: ScenarioConditions | undefined): number {
  let cores = 0;
  for (const taken of conditions?.stolenCores.values() ?? []) cores += taken;
  return cores;
}

/**
 * From `atMs` on, the work and the rate of a container are these multiples of its first batch and
 * first rate.
 */
export interface LoadChange {
  readonly atMs: number;
  readonly work: number;
  readonly rate: number;
}

/** Every change of work or rate of a job, in order of time from the start of the scenario. */
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
