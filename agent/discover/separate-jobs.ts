import type { JobName } from '../../shared/ids.js';

/** What is read of a workload to tell it from others. */
interface Named {
  readonly id: string;
  readonly job: JobName;
  readonly origin: 'dqoes' | 'label';
  readonly container: { readonly name: string } | null;
}

/** An adopted container must not join a submitted job of the same name: its spec is another. */
export function separateJobs<T extends Named>(
  workloads: readonly T[],
  warnings: string[],
): readonly T[] {
  const ours = new Set(
    workloads.filter((workload) => workload.origin === 'dqoes').map((workload) => workload.job),
  );
  return workloads.map((workload) => {
    if (workload.origin === 'dqoes' || !ours.has(workload.job)) return workload;
    const job = `${workload.job.slice(0, 50)}-${workload.id.slice(-12)}` as JobName;
    const name = workload.container?.name ?? workload.id;
    warnings.push(
      `container ${name} names the job ${workload.job}, which was submitted: shown as ` +
        `${job}, rename it`,
    );
    return { ...workload, job };
  });
}
