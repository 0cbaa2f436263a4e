import type { AllocationAck, DesiredAllocation, DesiredState } from '../../shared/command.js';
import type { AllocationId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Log } from '../../shared/log.js';
import type { StartStep, StepResult, StopStep } from './types.js';

const NOT_KNOWN = 'not known';

/**
 * Says in the log of the agent what became of jobs on this host, at whose word and why, as far as
 * desired states say it, so that the owner of the host sees it without the cluster. Limits, which
 * no person sets, are not part of it. What is tried or started again for the same reason is said
 * once. Values of environment variables are never in it.
 */
export class ActLog {
  readonly #log: Log;
  #desired: DesiredState | null = null;
  /** What was said last of allocations that are desired. */
  readonly #said = new Map<AllocationId, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** A desired state takes the place of the one before: jobs that changed are said. */
  accepted(desired: DesiredState): void {
    const before = new Map(this.#desired?.allocations.map((each) => [each.id, each]));
    this.#desired = desired;
    for (const now of desired.allocations) this.#changed(before.get(now.id), now);
    const wanted = new Set(desired.allocations.map(({ id }) => id));
    for (const id of [...this.#said.keys()]) if (!wanted.has(id)) this.#said.delete(id);
  }

  #changed(
    before: DesiredAllocation | undefined,
    { id, job, spec, requestedBy }: DesiredAllocation,
  ): void {
    if (before?.spec === undefined || spec === undefined) return;
    const fields = changedFields(before.spec, spec);
    if (fields.length === 0) return;
    const what = { allocation: id, job, changed: fields.join(',') };
    this.#log.info('audit: a job was changed', { ...what, requestedBy: requestedBy ?? NOT_KNOWN });
  }

  /** A start or a stop has ended. */
  done(step: StartStep | StopStep, { ok, reason, isLeft }: StepResult): void {
    if (isLeft === true) return;
    if (step.kind === 'stop') {
      if (ok && step.onlyIfEnded !== true) this.#stopped(step);
      return;
    }
    const { allocation, spec, specHash } = step;
    if (this.#isSaid(allocation, ok ? `started ${specHash}` : `failed: ${reason}`)) return;
    const what = { ...this.#about(allocation), image: spec.image, reason };
    if (ok) this.#log.info('audit: a container was started', what);
    else this.#log.warn('audit: a container could not be started', what);
  }

  #stopped({ allocation, reason }: StopStep): void {
    const message = 'audit: a container was stopped and removed';
    const ended = this.#desired?.ended?.find(({ id }) => id === allocation);
    const wanted = this.#about(allocation);
    if ('job' in wanted || ended === undefined) this.#log.info(message, { ...wanted, reason });
    else
      this.#log.info(message, {
        ...{ allocation, requestedBy: ended.requestedBy ?? NOT_KNOWN },
        reason: ended.reason === '' ? reason : ended.reason,
      });
  }

  /** What became of allocations: jobs that the rules of this host forbid are said. */
  refused(acks: readonly AllocationAck[]): void {
    for (const { id, reason, refused } of acks)
      if (refused === true && !this.#isSaid(id, `refused: ${reason}`))
        this.#log.warn('audit: a job was refused by the rules of this host', {
          ...this.#about(id),
          reason,
        });
  }

  #isSaid(allocation: AllocationId, text: string): boolean {
    const before = this.#said.get(allocation);
    this.#said.set(allocation, text);
    return before === text;
  }

  #about(allocation: AllocationId) {
    const wanted = this.#desired?.allocations.find(({ id }) => id === allocation);
    const who = { requestedBy: wanted?.requestedBy ?? NOT_KNOWN };
    return wanted === undefined ? { allocation, ...who } : { allocation, job: wanted.job, ...who };
  }
}

function changedFields(before: JobSpec, after: JobSpec): readonly string[] {
  if (isSame(before, after)) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof JobSpec>;
  return [...names].filter((name) => !isSame(before[name], after[name])).sort();
}

/** Both were read from the wire, which has one order of fields. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
