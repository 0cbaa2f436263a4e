import type { Policy } from '../../../coordinator/schedule/types.js';
import { Judge } from '../../../lab/sim/judge.js';
import type { RunConditions } from '../../../lab/sim/run-scenario.js';
import { simulate } from '../../../lab/sim/simulate.js';
import type { Scenario, ScenarioJob } from '../../../lab/types.js';
import { BACKGROUND } from './random-ceilings.js';

/** What clients saw in the last half of a simulated run. */
export interface Shares {
  /** Of the jobs with a ceiling: share of the requests that were answered within it, by id. */
  readonly within: ReadonlyMap<string, number>;
  /** Of the bands: whether the mean was inside; by id. */
  readonly bands: ReadonlyMap<string, boolean>;
}

// The long-run values are not asked for here, and are most of the work of a simulation.
class NoJudge extends Judge {
  override onNodeMs(members: readonly unknown[]): readonly number[] {
    return members.map(() => Number.NaN);
  }
}

interface Count {
  within: number;
  all: number;
  sumMs: number;
}

/**
 * Simulates a scenario under one policy. Requests count by the time they came; those still waiting
 * longer than their target at the end are late.
 */
export function sharesUnder(
  scenario: Scenario,
  policy: Policy,
  conditions: RunConditions = {},
): Shares {
  const { durationMs, jobs } = scenario;
  const fromMs = durationMs / 2;
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const counts = new Map(
    jobs.map(({ id }): [string, Count] => [id, { within: 0, all: 0, sumMs: 0 }]),
  );
  const count = (id: string, sinceMs: number, latencyMs: number): void => {
    const [found, job] = [counts.get(id), byId.get(id)];
    if (found === undefined || job === undefined || sinceMs < fromMs) return;
    found.all += 1;
    found.sumMs += latencyMs;
    if (latencyMs <= job.targetMs) found.within += 1;
  };
  simulate({
    scenario,
    policy,
    judge: new NoJudge(),
    ...conditions,
    onSample: (id, { latencyMs, endedAtMs }) => count(id, endedAtMs - latencyMs, latencyMs),
    onWaiting: (id, since) => {
      for (const sinceMs of since) {
        const waitedMs = durationMs - sinceMs;
        // Who came before the last half and still waits is failed in it, too.
        if (waitedMs > (byId.get(id)?.targetMs ?? 0))
          count(id, Math.max(sinceMs, fromMs), waitedMs);
      }
    },
  });
  return sharesOf(jobs, counts);
}

function sharesOf(jobs: readonly ScenarioJob[], counts: ReadonlyMap<string, Count>): Shares {
  const within = new Map<string, number>();
  const bands = new Map<string, boolean>();
  for (const { id, mode, targetMs, toleranceRatio } of jobs) {
    const { within: good = 0, all = 0, sumMs = 0 } = counts.get(id) ?? {};
    if (mode === 'band')
      bands.set(id, all > 0 && Math.abs(sumMs / all / targetMs - 1) <= toleranceRatio);
    // One that was asked nothing was not failed.
    else if (id !== BACKGROUND) within.set(id, all > 0 ? good / all : 1);
  }
  return { within, bands };
}
