import type { LoadByShare } from './calibrate.js';
import type { TestCluster } from './cluster.js';
import { jobFiles, type Load } from './loads.js';

const SAMPLES = 6;
const BETWEEN_MS = 1000;
/** A target within this part of the one it has stays. */
const SAME_RATIO = 0.05;

/**
 * Keeps jobs at the CPU that each is to take, whatever requests cost by now: with nine others
 * beside it, or a few minutes later, a request takes up to two fifths more than when it was
 * measured. What a test is about, who fits where, is a matter of these shares.
 */
export class Aims {
  readonly #cluster: TestCluster;
  readonly #shares: ReadonlyMap<string, number>;
  readonly #more: string;
  readonly #targets = new Map<string, Load>();

  /** `more`: lines that each job file has besides. */
  constructor(cluster: TestCluster, shares: readonly LoadByShare[], more = '') {
    this.#cluster = cluster;
    this.#shares = new Map(shares.map(({ name, cores }) => [name, cores]));
    this.#more = more;
  }

  /** The jobs with the targets that they have now. */
  get loads(): readonly Load[] {
    return [...this.#targets.values()];
  }

  /** Takes what was submitted, or is to be submitted next. */
  add(loads: readonly Load[]): void {
    for (const load of loads) this.#targets.set(load.name, load);
  }

  /**
   * Gives each job that runs the target at which it takes its share now, by what its requests cost
   * in the last seconds.
   */
  async again(): Promise<void> {
    const seen = new Map<string, number[]>();
    for (let at = 0; at < SAMPLES; at += 1) {
      for (const { job, latencyMs, container } of await this.#cluster.allocations()) {
        const cores = container?.cpu?.usageCores;
        // One client asks, and asks again: the CPU time of a request is its time by the CPU used.
        if (latencyMs === null || cores === undefined) continue;
        seen.set(job, [...(seen.get(job) ?? []), latencyMs * cores]);
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
    const changed = [...this.#targets.values()].flatMap((load) => {
      const targetMs = this.#targetFor(load, seen.get(load.name) ?? []);
      const isSame = Math.abs(targetMs / load.targetMs - 1) <= SAME_RATIO;
      return isSame ? [] : [{ ...load, targetMs }];
    });
    if (changed.length === 0) return;
    const { code, err } = await this.#cluster.submit(jobFiles(changed, this.#more));
    if (code !== 0) throw new Error(err);
    this.add(changed);
  }

  #targetFor({ name, targetMs }: Load, cpuMs: readonly number[]): number {
    const share = this.#shares.get(name);
    const median = [...cpuMs].sort((a, b) => a - b)[Math.floor(cpuMs.length / 2)];
    return share === undefined || median === undefined ? targetMs : Math.round(median / share);
  }
}
