import { err, ok, type Result } from '../../shared/result.js';
import { formatBytes } from '../../shared/units.js';
import type { Managed } from '../containers/managed.js';
import type { PolicyBounds } from './policy-bounds.js';
import type { StartStep } from './types.js';

/** What the containers of jobs take now. */
export interface JobsNow {
  readonly managed: readonly Managed[];
  /** Starts that are in progress, or whose container no list shows yet. */
  readonly starting: readonly StartStep[];
}

type Asked = Pick<StartStep, 'allocation' | 'spec'>;

/**
 * Whether one more container of a job fits what the host allows all of them together; the error
 * names the setting and what is taken. It is asked again in each pass: room comes back.
 */
export function roomForJob(step: Asked, jobs: JobsNow, bounds: PolicyBounds): Result<void, string> {
  const { maxContainers, maxTotalMemoryBytes } = bounds;
  const taken = memoryByJob(step, jobs, bounds);
  if (taken.length + 1 > maxContainers)
    return err(
      `it must wait: ${taken.length} of the ${maxContainers} containers of jobs that this host ` +
        'allows exist already (containers.max in policy.yaml)',
    );
  const asked = memoryOf(step, bounds);
  const used = taken.reduce((sum, bytes) => sum + bytes, 0);
  if (used + asked <= maxTotalMemoryBytes) return ok(undefined);
  return err(
    `memory ${formatBytes(asked)} must wait: jobs have ${formatBytes(used)} of the ` +
      `${formatBytes(maxTotalMemoryBytes)} that this host allows (memory.total in policy.yaml)`,
  );
}

/** Bytes of each other container of a job that runs or is about to. */
function memoryByJob(
  { allocation }: Asked,
  { managed, starting }: JobsNow,
  bounds: PolicyBounds,
): readonly number[] {
  const bytes = new Map(starting.map((step) => [step.allocation, memoryOf(step, bounds)]));
  for (const one of managed)
    if (one.origin === 'dqoes' && one.state === 'running')
      bytes.set(one.allocation, one.memoryBytes ?? 0);
  bytes.delete(allocation);
  return [...bytes.values()];
}

const memoryOf = ({ spec }: Asked, { defaultMemoryBytes }: PolicyBounds): number =>
  spec.resources.memoryBytes ?? defaultMemoryBytes;
