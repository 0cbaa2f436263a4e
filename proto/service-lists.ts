import type { AllocationId, JobName, NodeId } from '../shared/ids.js';
import { type Fault, ok, type Result } from '../shared/result.js';
import type { ServiceCalls } from './schemas/service.js';
import type { AllocationStatus, JobStatus, NodeStatus, StoppingJob } from './schemas/status.js';

/** Rows of a page at first. */
const PAGE_ROWS = 1000;

/** Calls one verb of the coordinator's service. */
export interface CallerOf<V extends keyof ServiceCalls> {
  call(verb: V, request: ServiceCalls[V]['request']): Promise<Result<ServiceCalls[V]['response']>>;
}

/** All jobs, page by page. */
export async function allJobs(caller: CallerOf<'job-list'>): Promise<Result<readonly JobStatus[]>> {
  const listed = await allJobsAndStopping(caller);
  return listed.ok ? ok(listed.value.jobs) : listed;
}

/** All jobs, and those that were stopped and still have containers. */
export interface ListedJobs {
  readonly jobs: readonly JobStatus[];
  /** Empty where a coordinator of 0.1.0 does not say it. */
  readonly stopping: readonly StoppingJob[];
}

/** Both, page by page. */
export async function allJobsAndStopping(
  caller: CallerOf<'job-list'>,
): Promise<Result<ListedJobs>> {
  const stopping: StoppingJob[] = [];
  const jobs = await allPages<JobStatus, JobName>(async (asked) => {
    const page = await caller.call('job-list', asked);
    if (!page.ok) return page;
    for (const each of page.value.stopping ?? []) stopping.push(each);
    return ok({ rows: page.value.jobs, next: page.value.next });
  });
  return jobs.ok ? ok({ jobs: jobs.value, stopping }) : jobs;
}

/** All nodes, page by page. */
export const allNodes = (caller: CallerOf<'node-list'>): Promise<Result<readonly NodeStatus[]>> =>
  allPages<NodeStatus, NodeId>(async (asked) => {
    const page = await caller.call('node-list', asked);
    return page.ok ? ok({ rows: page.value.nodes, next: page.value.next }) : page;
  });

/** All allocations, page by page. */
export const allAllocations = (
  caller: CallerOf<'allocation-list'>,
): Promise<Result<readonly AllocationStatus[]>> =>
  allPages<AllocationStatus, AllocationId>(async (asked) => {
    const page = await caller.call('allocation-list', asked);
    return page.ok ? ok({ rows: page.value.allocations, next: page.value.next }) : page;
  });

interface Asked<K extends string> {
  readonly after?: K;
  readonly limit: number;
}

interface Answered<T, K extends string> {
  readonly rows: readonly T[];
  readonly next: K | undefined;
}

/**
 * Every row, of as many pages as there are. A page that is too large for a message is asked for
 * again with fewer rows. A row that changes meanwhile is as it was when its page was made. The
 * faults are those of the first page that cannot be had. A coordinator of 0.1.0 answers with all
 * nodes, or all allocations, at once.
 */
async function allPages<T, K extends string>(
  readPage: (asked: Asked<K>) => Promise<Result<Answered<T, K>>>,
): Promise<Result<readonly T[]>> {
  const rows: T[] = [];
  let after: K | undefined;
  let limit = PAGE_ROWS;
  for (;;) {
    const page = await readPage(after === undefined ? { limit } : { after, limit });
    if (!page.ok && isTooLarge(page.error) && limit > 1) limit = Math.ceil(limit / 4);
    else if (!page.ok) return page;
    else {
      for (const row of page.value.rows) rows.push(row);
      const { next } = page.value;
      if (next === undefined || (after !== undefined && next <= after)) return ok(rows);
      after = next;
    }
  }
}

/** Whether an answer did not fit into a message. */
export const isTooLarge = (faults: readonly Fault[]): boolean =>
  faults.some(({ code }) => code === 'wire.too-large');
