import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { ClusterState } from './model.js';

type Jobs = ClusterState['jobs'];

/**
 * The specifications of jobs by the places in which a list names them. Reports of a node name the
 * same jobs in the same places, and to look each of them up among all jobs costs more than what is
 * then done with it.
 */
export class SpecsByPlace {
  readonly jobs: Jobs;
  readonly #names: JobName[] = [];
  readonly #specs: (JobSpec | undefined)[] = [];

  constructor(jobs: Jobs) {
    this.jobs = jobs;
  }

  /** undefined = the job is not known. */
  at(place: number, job: JobName): JobSpec | undefined {
    if (this.#names[place] === job) return this.#specs[place];
    const spec = this.jobs.get(job)?.spec;
    this.#names[place] = job;
    this.#specs[place] = spec;
    return spec;
  }
}

/** Such specifications beside what they were found for, for as long as that and the jobs stay. */
export class KeptSpecs<Owner extends object> {
  readonly #known = new WeakMap<Owner, SpecsByPlace>();

  of(owner: Owner, jobs: Jobs): SpecsByPlace {
    const known = this.#known.get(owner);
    if (known?.jobs === jobs) return known;
    const made = new SpecsByPlace(jobs);
    this.#known.set(owner, made);
    return made;
  }
}
