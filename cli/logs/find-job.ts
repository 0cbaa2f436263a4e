import type { AllocationStatus } from '../../proto/schemas/status.js';
import { nameMeant, nearestOf } from '../../shared/nearest.js';
import { err, ok, type Result } from '../../shared/result.js';
import { allocationName } from '../output/format.js';
import { lookUpJob } from '../shell/job-lookup.js';
import type { Session } from '../shell/session.js';
import { noContainer } from './targets.js';

/** A job whose logs are asked for. */
export interface LoggedJob {
  readonly name: string;
  readonly replicas: number;
  readonly allocations: readonly AllocationStatus[];
  /** That it was stopped, and where it still is, and why; absent = it was not stopped. */
  readonly stopping?: string;
}

/**
 * The job as it is now; one that was stopped is found while hosts have containers of it. Where the
 * name, or one near it, is that of a container, the fault says of which job that is.
 */
export async function findJob(session: Session, name: string): Promise<Result<LoggedJob>> {
  const { status, allocations = [] } = await lookUpJob(session, name);
  if (status.ok) {
    const { spec, allocations: own } = status.value;
    return ok({ name: spec.name, replicas: spec.replicas, allocations: own });
  }
  const fault = status.error.find(({ code }) => code === 'service.not-found');
  if (fault === undefined) return status;
  const left = allocations.filter((each) => isLeftOf(each, name));
  if (left.length > 0) return ok({ name, replicas: 0, allocations: left, stopping: fault.message });
  const meant = containerMeant(name, allocations);
  return meant === '' ? status : err([{ ...fault, message: `there is no job ${name}${meant}` }]);
}

/** That a container is called so, or nearly, and the job to ask for; '' = none is. */
function containerMeant(name: string, allocations: readonly AllocationStatus[]): string {
  const jobs = new Map(allocations.flatMap((each) => namesOf(each).map((its) => [its, each.job])));
  const exact = jobs.get(name);
  if (exact !== undefined) return `: it is a container of the job ${exact}, ask for that`;
  // The coordinator has named a job that is near.
  if (nameMeant(name, new Set(jobs.values())) !== '') return '';
  const near = nearestOf(name, jobs.keys());
  return near === undefined
    ? ''
    : ` (did you mean the container ${near}?): ask for its job, ${jobs.get(near)}`;
}

/** As `dqoes ps` and events call it. */
const namesOf = (status: AllocationStatus): readonly string[] => [
  status.id,
  allocationName(status),
];

/** The same where something is read at once: it is said of a job that it was stopped. */
export async function findJobToRead(
  session: Session,
  { name, tell }: { readonly name: string; readonly tell: (text: string) => void },
): Promise<Result<LoggedJob>> {
  const job = await findJob(session, name);
  if (!job.ok) return job;
  if (!job.value.allocations.some(hasContainer)) return err([noContainer(name)]);
  if (job.value.stopping !== undefined) tell(job.value.stopping);
  return job;
}

/** Whether there is something to read. */
export const hasContainer = ({ node, container }: AllocationStatus): boolean =>
  node !== null && container?.containerId != null;

const isLeftOf = ({ job, isStopping }: AllocationStatus, name: string): boolean =>
  job === name && isStopping === true;
