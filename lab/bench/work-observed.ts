import type { Scenario } from '../types.js';
import { isReal } from './bound.js';
import type { JobObservation, RunObservations } from './run-observations.js';
import { workKeyOf } from './sample.js';

/** Minimum number of requests for a reliable mean. */
const MIN_REQUESTS = 10;

/**
 * CPU-seconds of a request during a run, by `workKeyOf`. Each job counts from its first look with
 * an answer, so that loading the model is left out, to its last on the same node. Jobs whose work
 * the scenario changes are left out, and so are kinds of work with fewer than ten requests.
 */
export function workObserved(
  scenario: Scenario,
  { looks }: Pick<RunObservations, 'looks'>,
): ReadonlyMap<string, number> {
  const changed = new Set(
    scenario.disturbances.flatMap((each) => (each.kind === 'workFactor' ? [each.job] : [])),
  );
  const spent = new Map<string, { requests: number; cpuSeconds: number }>();
  for (const job of scenario.jobs.filter(isReal)) {
    if (changed.has(job.id)) continue;
    const all = looks.flatMap((look) => look.get(job.id) ?? []).filter(hasAnswered);
    const last = all.at(-1);
    const first = all.find(({ node }) => node === last?.node);
    if (first === undefined || last === undefined || last.requests < first.requests) continue;
    const key = workKeyOf(job.workload);
    const sum = spent.get(key) ?? { requests: 0, cpuSeconds: 0 };
    spent.set(key, {
      requests: sum.requests + last.requests - first.requests,
      cpuSeconds: sum.cpuSeconds + last.cpuSeconds - first.cpuSeconds,
    });
  }
  const known = [...spent].filter(([, { requests }]) => requests >= MIN_REQUESTS);
  return new Map(known.map(([key, { requests, cpuSeconds }]) => [key, cpuSeconds / requests]));
}

type AnsweredJob = JobObservation & { readonly cpuSeconds: number };
const hasAnswered = (seen: JobObservation): seen is AnsweredJob =>
  seen.requests > 0 && seen.cpuSeconds !== null;
