import type { AllocationStatus, JobStatus } from '../../proto/schemas/status.js';
import { allAllocations, allJobs } from '../../proto/service-lists.js';
import { type JobName, parseJobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { allocationName, allocationReason } from '../output/format.js';
import type { Session } from './session.js';

/** The submitted jobs as they are now, by name, with hidden values of variables. */
export async function presentJobs(
  session: Session,
): Promise<Result<ReadonlyMap<JobName, JobSpec>>> {
  const listed = await allJobs(session);
  if (!listed.ok) return listed;
  const own = listed.value.filter(({ origin }) => origin === 'dqoes');
  return ok(new Map(own.map(({ spec }) => [spec.name, spec])));
}

/** The status of a job. For a container whose labels are bad, the faults are those labels. */
export async function jobStatus(session: Session, text: string): Promise<Result<JobStatus>> {
  return (await lookUpJob(session, text)).status;
}

/** What became of looking for a job. */
export interface JobLookup {
  readonly status: Result<JobStatus>;
  /** Where there is no such job, every allocation; absent = they were not asked for, or not had. */
  readonly allocations?: readonly AllocationStatus[];
}

/** The status of a job; where there is none, the allocations in which something else is found. */
export async function lookUpJob(session: Session, text: string): Promise<JobLookup> {
  const name = parseJobName(text);
  if (!name.ok) return { status: err([{ code: 'cli.usage', field: 'name', message: name.error }]) };
  const answer = await session.call('job-status', { name: name.value });
  if (answer.ok) return { status: ok(answer.value.job) };
  if (!answer.error.some(({ code }) => code === 'service.not-found')) return { status: answer };
  const listed = await allAllocations(session);
  if (!listed.ok) return { status: answer };
  const faults = uncontrolledFaults(listed.value, name.value);
  return { status: faults.length > 0 ? err(faults) : answer, allocations: listed.value };
}

/**
 * A container with bad labels has no target, so its job has no status; but its faults are known.
 */
const uncontrolledFaults = (
  allocations: readonly AllocationStatus[],
  job: JobName,
): readonly Fault[] =>
  allocations
    .filter((each) => each.job === job && each.container?.origin === 'label')
    .map((each) => ({
      code: 'label.bad-value',
      field: 'name',
      message: `container ${allocationName(each)} on ${each.node}: ${allocationReason(each)}`,
    }));
