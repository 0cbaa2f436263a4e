import type { AllocationStatus } from '../../proto/schemas/status.js';
import { allAllocations } from '../../proto/service-lists.js';
import { err, ok, type Result } from '../../shared/result.js';
import { jobStatus } from '../shell/job-lookup.js';
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

/** The job as it is now; one that was stopped is found while hosts have containers of it. */
export async function findJob(session: Session, name: string): Promise<Result<LoggedJob>> {
  const status = await jobStatus(session, name);
  if (status.ok) {
    const { spec, allocations } = status.value;
    return ok({ name: spec.name, replicas: spec.replicas, allocations });
  }
  const fault = status.error.find(({ code }) => code === 'service.not-found');
  if (fault === undefined) return status;
  const listed = await allAllocations(session);
  const left = listed.ok ? listed.value.filter((each) => isLeftOf(each, name)) : [];
  if (left.length === 0) return status;
  return ok({ name, replicas: 0, allocations: left, stopping: fault.message });
}

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
