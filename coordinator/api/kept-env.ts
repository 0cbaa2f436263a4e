import type { Requester } from '../../proto/requester.js';
import type { JobName } from '../../shared/ids.js';
import { HIDDEN, type JobSpec } from '../../shared/job.js';
import { deepEqual } from '../state/deep-equal.js';
import type { JobRecord } from '../state/model.js';
import { isOwner } from './ownership.js';

type StoredJob = Pick<JobRecord, 'spec' | 'owner'>;

/**
 * The jobs with the stored value of each variable that is written as answers show it, `(hidden)`:
 * a job that was read can be changed and submitted again by somebody who does not know its values.
 * Beside another image, command or environment, which could tell them, only its owner keeps them.
 * What keeps nothing stays `(hidden)`, which `jobFaults` refuses.
 */
export const withKeptEnv = (
  jobs: readonly JobSpec[],
  known: ReadonlyMap<JobName, StoredJob>,
  by: Requester,
): readonly JobSpec[] => jobs.map((job) => keeping(job, known.get(job.name), by));

function keeping(job: JobSpec, stored: StoredJob | undefined, by: Requester): JobSpec {
  if (stored === undefined || !Object.values(job.env).includes(HIDDEN)) return job;
  const { env } = stored.spec;
  const all = Object.entries(job.env).map(([name, value]): [string, string] => [
    name,
    value === HIDDEN && Object.hasOwn(env, name) ? (env[name] ?? value) : value,
  ]);
  const kept = { ...job, env: Object.fromEntries(all) };
  return isOwner(stored, by) || isSameProgram(kept, stored.spec) ? kept : job;
}

const isSameProgram = (a: JobSpec, b: JobSpec): boolean => deepEqual(programOf(a), programOf(b));
const programOf = ({ image, command, env, secretEnv = {} }: JobSpec) => [
  image,
  command,
  env,
  secretEnv,
];
