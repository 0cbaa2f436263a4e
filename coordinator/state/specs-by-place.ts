import type { Credit } from '../../shared/credit.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { gibOf, reservedOf } from '../../shared/prices.js';
import { classify, type QoeClass, STATISTICS, type Target } from '../../shared/qoe.js';
import type { ContainerReport } from '../../shared/report.js';
import type { ClusterState } from './model.js';
import { latencyOf, observedMs } from './targets.js';

type Jobs = ClusterState['jobs'];

/** What a job reserves beside CPU, and the credit that it asks for. */
export interface ReservedBesideCpu {
  readonly memoryGib: number;
  readonly gpus: number;
  readonly credit: Credit | undefined;
}

/** Of the place nothing was looked up yet; of its job nothing is known. */
const NOT_LOOKED_UP = 0xff;
const UNKNOWN_JOB = 0xfe;
/** Beside the place of the statistic among all statistics. */
const IS_CEILING = 0x80;

/**
 * What is asked of the jobs of a node with each report, by the places in which the report names
 * them: reports of a node name the same jobs in the same places. The edges of their bands stand
 * side by side, since with many nodes no job is in the caches of the processor, and to read a job,
 * its target and two numbers of that takes longer than what is then done with them.
 */
export class SpecsByPlace {
  /** A node that is silent must not keep the table of jobs as it was then. */
  readonly #jobs: WeakRef<Jobs>;
  readonly #names: JobName[];
  readonly #reserved: (ReservedBesideCpu | undefined)[];
  /** The place of the statistic, and the mode. */
  #targets: Uint8Array;
  /** The lower and the upper edge of each band, ms. */
  #edgesMs: Float64Array;

  /** `places`: how many there are likely to be. */
  constructor(jobs: Jobs, places: number) {
    this.#jobs = new WeakRef(jobs);
    this.#names = [];
    this.#reserved = [];
    this.#targets = new Uint8Array(places).fill(NOT_LOOKED_UP);
    this.#edgesMs = new Float64Array(2 * places);
  }

  /** Whether it was made for these jobs. Nothing else may be asked while they are not held. */
  isOf(jobs: Jobs): boolean {
    return this.#jobs.deref() === jobs;
  }

  /** undefined = the job of the container is not known. */
  reservedAt(place: number, { job }: ContainerReport): ReservedBesideCpu | undefined {
    this.#targetAt(place, job);
    return this.#reserved[place];
  }

  /**
   * The class of a container of ours by what it shows; null = it shows no response time, undefined
   * = it has no target.
   */
  classAt(place: number, container: ContainerReport): QoeClass | null | undefined {
    const found = this.#targetAt(place, container.job);
    if (found === UNKNOWN_JOB) return classOf(container.target, container);
    const statistic = STATISTICS[found & ~IS_CEILING];
    const latencyMs = statistic === undefined ? null : observedMs(statistic, container);
    if (latencyMs === null) return null;
    // As `classify`.
    if (latencyMs < (this.#edgesMs[2 * place] as number)) return 'faster';
    return latencyMs > (this.#edgesMs[2 * place + 1] as number) ? 'slower' : 'within';
  }

  /** Whether a job that is known asks for a ceiling. */
  isCeilingAt(place: number, { job, target }: ContainerReport): boolean {
    const found = this.#targetAt(place, job);
    return found === UNKNOWN_JOB ? target?.mode === 'ceiling' : (found & IS_CEILING) !== 0;
  }

  #targetAt(place: number, job: JobName): number {
    const known = this.#targets[place];
    if (known !== undefined && known !== NOT_LOOKED_UP && this.#names[place] === job) return known;
    return this.#lookUp(place, job);
  }

  #lookUp(place: number, job: JobName): number {
    if (place >= this.#targets.length) this.#grow(place + 1);
    const spec = this.#jobs.deref()?.get(job)?.spec;
    const found = spec === undefined ? UNKNOWN_JOB : this.#noteTarget(place, spec.target);
    this.#names[place] = spec?.name ?? job;
    this.#reserved[place] = spec === undefined ? undefined : reservedBesideCpu(spec);
    this.#targets[place] = found;
    return found;
  }

  #noteTarget(place: number, { latencyMs, toleranceRatio, statistic, mode }: Target): number {
    this.#edgesMs[2 * place] = latencyMs * (1 - toleranceRatio);
    this.#edgesMs[2 * place + 1] = latencyMs * (1 + toleranceRatio);
    return STATISTICS.indexOf(statistic) | (mode === 'ceiling' ? IS_CEILING : 0);
  }

  #grow(places: number): void {
    const [targets, edgesMs] = [this.#targets, this.#edgesMs];
    this.#targets = new Uint8Array(2 * places).fill(NOT_LOOKED_UP);
    this.#targets.set(targets);
    this.#edgesMs = new Float64Array(4 * places);
    this.#edgesMs.set(edgesMs);
  }
}

/** The class of a container by this target; null and undefined as of `classAt`. */
export function classOf(
  target: Target | null,
  container: ContainerReport,
): QoeClass | null | undefined {
  if (target === null) return undefined;
  const latencyMs = latencyOf(target, container);
  return latencyMs === null ? null : classify(target, latencyMs);
}

/** Jobs that share their resources, as those do that come together, share this as well. */
const withoutCredit = new WeakMap<JobSpec['resources'], ReservedBesideCpu>();

function reservedBesideCpu({ resources, credit }: JobSpec): ReservedBesideCpu {
  const known = credit === undefined ? withoutCredit.get(resources) : undefined;
  if (known !== undefined) return known;
  const { memoryBytes, gpus } = reservedOf(resources);
  const made = { memoryGib: gibOf(memoryBytes), gpus, credit };
  if (credit === undefined) withoutCredit.set(resources, made);
  return made;
}

/** Such specifications beside what they were found for, for as long as the jobs stay. */
export class KeptSpecs<Owner extends object> {
  readonly #known = new WeakMap<Owner, SpecsByPlace>();

  /** `places`: as of `SpecsByPlace`. */
  of(owner: Owner, jobs: Jobs, places: number): SpecsByPlace {
    const known = this.#known.get(owner);
    if (known?.isOf(jobs) === true) return known;
    const made = new SpecsByPlace(jobs, places);
    this.keep(owner, made);
    return made;
  }

  /** They stand beside another one, too, which takes the place of the one before. */
  keep(owner: Owner, found: SpecsByPlace): void {
    this.#known.set(owner, found);
  }
}
