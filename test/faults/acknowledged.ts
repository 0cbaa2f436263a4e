import type { FaultCluster } from './cluster.js';
import { sayingJob, targetOf } from './jobs.js';

/** A version that a job may have; 0 = it is stopped. */
type Version = number;

const nameIn = (cluster: FaultCluster): string => `${cluster.name}-changes`;
/** Whether the job is the one that is updated and stopped. */
export const isChanging = (cluster: FaultCluster, job: string): boolean => job === nameIn(cluster);

/**
 * One job that is updated and stopped while faults are played, and what it may be now: what was
 * acknowledged last, or what was asked after it and had no answer.
 */
export class ChangingJob {
  readonly name: string;
  readonly #cluster: FaultCluster;
  #possible: readonly Version[] = [0];
  #next: Version = 1;

  constructor(cluster: FaultCluster) {
    this.#cluster = cluster;
    this.name = nameIn(cluster);
  }

  get possible(): readonly Version[] {
    return this.#possible;
  }
  get hasOneVersion(): boolean {
    return this.#possible.length === 1;
  }

  /** Asks for another version, or for its stop; true = it was acknowledged. */
  async change(isStop: boolean): Promise<boolean> {
    const spec = sayingJob(this.name, this.#next);
    const isThere = this.#possible.some((version) => version !== 0);
    const asked = isStop && isThere ? 0 : this.#next;
    this.#possible = [...this.#possible, asked];
    const answer =
      asked === 0
        ? await this.#cluster.ask('job-stop', { name: spec.name }, 2000)
        : await this.#cluster.ask('job-submit', { jobs: [spec] }, 2000);
    if (asked !== 0) this.#next += 1;
    if (answer !== undefined) this.#possible = [asked];
    return answer !== undefined;
  }

  /** Of the version that a coordinator knows; null = it knows of none. */
  isPossible(latencyMs: number | null): boolean {
    return this.#possible.some((version) =>
      version === 0 ? latencyMs === null : latencyMs === targetOf(version),
    );
  }
  /** The one that counts from now on. */
  settle(latencyMs: number | null): void {
    this.#possible = this.#possible.filter((version) =>
      version === 0 ? latencyMs === null : latencyMs === targetOf(version),
    );
  }
}
