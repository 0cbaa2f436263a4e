import type { Statistic } from '../../shared/qoe.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { Scenario } from '../types.js';
import { isReal, type MachineMeasurements, type RealJob } from './bound.js';
import { totalCores } from './capacity.js';
import { coresOf, loadKeyOf, workKeyOf } from './sample.js';
import { targetMsOf } from './target.js';

/** Statistic ÷ mean of a closed loop under load, by `workKeyOf`. */
export type LoadedRatios = ReadonlyMap<string, Readonly<Record<Statistic, number>>>;

/**
 * First target of each job, ms: from its demand on this machine as just measured, or as the file
 * says. Returns all faults.
 */
export function startTargetsMs(
  scenario: Scenario,
  measured: MachineMeasurements,
  ratios: LoadedRatios,
): Result<ReadonlyMap<string, number>> {
  const targets = new Map<string, number>();
  const faults: Fault[] = [];
  for (const job of scenario.jobs.filter(isReal)) {
    const target = targetOfJob(job, measured, ratios);
    if (target.ok) targets.set(job.id, target.value);
    else
      faults.push({
        code: 'scenario.bad-value',
        field: `jobs.${job.id}`,
        message: `${scenario.name}: job ${job.id}: ${target.error}`,
      });
  }
  return faults.length > 0 ? err(faults) : ok(targets);
}

function targetOfJob(
  job: RealJob,
  measured: MachineMeasurements,
  ratios: LoadedRatios,
): Result<number, string> {
  const { workload, demandRatio } = job;
  if (demandRatio === null) return ok(job.targetMs);
  const workSeconds = measured.workSeconds.get(workKeyOf(workload));
  if (workSeconds === undefined) return err('answered no request while its work was measured');
  return targetMsOf({
    workSeconds,
    demandRatio,
    allocatableCores: totalCores(measured.nodeCores),
    threads: coresOf(workload),
    arrivals: workload.arrivals,
    statisticRatio: ratioOf(job, measured, ratios),
    ...(workload.waitMs === undefined ? {} : { waitMs: workload.waitMs }),
  });
}

// The spread of a closed loop comes from the loaded machine; that of open arrivals comes from the
// queue, which depends on the limit.
function ratioOf(
  { workload, statistic, demandRatio }: RealJob,
  measured: MachineMeasurements,
  ratios: LoadedRatios,
): number {
  if (statistic === 'mean') return 1;
  if (workload.arrivals.kind === 'closed') return ratios.get(workKeyOf(workload))?.[statistic] ?? 1;
  const cores = (demandRatio ?? 1) * totalCores(measured.nodeCores);
  const points = measured.profiles.get(loadKeyOf(workload))?.points ?? [];
  const nearest = [...points].sort(
    (a, b) => Math.abs(a.cores - cores) - Math.abs(b.cores - cores),
  )[0];
  return nearest?.ratios[statistic] ?? 1;
}
