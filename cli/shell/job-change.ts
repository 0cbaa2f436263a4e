import type { AllocationStatus, JobStatus } from '../../proto/schemas/status.js';
import { saysRunsOn } from '../../shared/command.js';
import { ERROR_CODES, type ErrorCode } from '../../shared/errors.js';
import { hasSettingsOf, isImageOf } from '../../shared/has-settings.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';

/** How long a job may show what became of its containers before the change, ms. */
const BEFORE_MS = 15_000;

/**
 * Whether a change of the job is not in force everywhere: something that is there is not what the
 * job asks for now, or there is more of it than it asks for. Coordinators of 0.1.0 do not say so of
 * an allocation; there the image, the target, the weight and the CPU bounds are compared, and other
 * changes are not seen.
 */
export const isChanging = (job: JobStatus): boolean =>
  job.origin !== 'label' &&
  (job.reasons.some(saysRunsOn) ||
    job.allocations.some((each) => isOutdated(each, job.spec)) ||
    lastingOf(job).length > job.spec.replicas);

/** Whether what is there of an allocation is not what its job asks for now. */
function isOutdated({ isOutdated: isSaid, container, desired }: AllocationStatus, spec: JobSpec) {
  if (isSaid === true) return true;
  if (container?.state !== 'running' || desired === null) return false;
  return isOtherImage(container.image, spec) || !hasSettingsOf(container, spec);
}

/** The engine names an image by its hash once its name is that of another one. */
const HASH = /^(?:sha256:)?[0-9a-f]{12,64}$/;
const isOtherImage = (image: string, spec: JobSpec): boolean =>
  !isImageOf(image, spec) && !HASH.test(image);

/** Without what takes the place of another one in a move. */
function lastingOf({ allocations }: JobStatus): readonly AllocationStatus[] {
  const there = new Set(allocations.map(({ id }) => id));
  return allocations.filter(({ replaces }) => replaces === undefined || !there.has(replaces));
}

/** Why the change of a job is not in force, for people; empty = it is. */
export function whyChanging(job: JobStatus): readonly string[] {
  const old = job.allocations.filter((each) => isOutdated(each, job.spec));
  const isFault = (reason: string): boolean =>
    codeIn(reason) !== undefined && old.some(({ id }) => reason.startsWith(`${id}: `));
  const said = job.reasons.filter(
    (reason) => saysRunsOn(reason) || WAITS.test(reason) || isFault(reason),
  );
  if (said.length > 0) return said;
  if (old.length > 0)
    return old.map(({ id, node }) => `${id} on ${node} is still as it was before the change`);
  const count = lastingOf(job).length;
  const { replicas } = job.spec;
  return count > replicas ? [`${count} containers are there, ${replicas} are asked for`] : [];
}

/** What of a change in turns still waits. */
const WAITS = /\b(?:waits?) to be started again: |runs on until another has its place: /;

/** The error code at the end of a reason; agents append the code of the fault. */
export const codeIn = (reason: string): ErrorCode | undefined => {
  const named = /\[([a-z]+\.[a-z-]+)\]/.exec(reason)?.[1];
  return named !== undefined && named in ERROR_CODES ? (named as ErrorCode) : undefined;
};

/**
 * Which jobs have failed as they are asked for now. That the container of a changed job had failed
 * before, or ends in its turn, says nothing of the new one, and neither does why an earlier change
 * could not be carried out: it counts once the job was seen otherwise, or after 15 s.
 */
export class Failures {
  /** Changed jobs that were not seen otherwise than failed. */
  readonly #before: Set<JobName>;
  /** Since when each job shows what may be of before, ms. */
  readonly #sinceMs = new Map<JobName, number>();
  /** What the jobs said at the first look. */
  #first: ReadonlyMap<JobName, readonly string[]> | undefined;

  /** `changed`: jobs that ran, or failed, in another version. */
  constructor(changed: readonly JobName[]) {
    this.#before = new Set(changed);
  }

  /** Those of the jobs that have failed. To be asked at every look. */
  among(jobs: readonly JobStatus[], nowMs: number): readonly JobStatus[] {
    this.#first ??= new Map(jobs.map(({ spec, reasons }) => [spec.name, reasons]));
    return jobs.filter((job) => this.#hasFailed(job, nowMs));
  }

  #hasFailed(job: JobStatus, nowMs: number): boolean {
    const { name } = job.spec;
    const held = job.reasons.filter((each) => saysRunsOn(each) && codeIn(each) !== undefined);
    const isFailed = job.state === 'failed';
    if (!isFailed && held.length === 0) {
      this.#before.delete(name);
      this.#sinceMs.delete(name);
      return false;
    }
    const mayBeOld = isFailed
      ? this.#before.has(name) || job.allocations.some((each) => each.isOutdated === true)
      : held.every((each) => this.#first?.get(name)?.includes(each) === true);
    const sinceMs = this.#sinceMs.get(name) ?? nowMs;
    this.#sinceMs.set(name, sinceMs);
    return !mayBeOld || nowMs - sinceMs > BEFORE_MS;
  }
}
