import { InvalidArgumentError } from 'commander';
import { type JobName, type NodeId, parseJobName, parseNodeId } from '../../shared/ids.js';
import { type Fault, ok, type Result } from '../../shared/result.js';
import { jobStatus } from './job-lookup.js';
import type { Session } from './session.js';

/** The names of which something is looked for. */
export interface LookedFor {
  readonly job?: JobName | undefined;
  readonly node?: NodeId | undefined;
}

/**
 * The faults of names that the cluster does not know, each with the one that may be meant. Empty
 * where it knows them, and where no coordinator says so. To be asked where nothing was found: what
 * has ended may have left something all the same.
 */
export async function unknownNames(
  session: Session,
  { job, node }: LookedFor,
): Promise<readonly Fault[]> {
  const answers: readonly Result<unknown>[] = [
    job === undefined ? ok(undefined) : await jobStatus(session, job),
    node === undefined ? ok(undefined) : await session.call('node-status', { id: node }),
  ];
  return answers
    .flatMap((answer) => (answer.ok ? [] : answer.error))
    .filter(({ code }) => code === 'service.not-found');
}

/** Parses an option that is the name of a job: nothing is found by what none may have. */
export const jobNameText = (text: string): JobName => checkedName(parseJobName(text));
/** Parses an option that is the name of a node. */
export const nodeNameText = (text: string): NodeId => checkedName(parseNodeId(text));

function checkedName<T>(name: Result<T, string>): T {
  if (name.ok) return name.value;
  throw new InvalidArgumentError(name.error);
}
