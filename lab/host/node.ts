import type { CpuLimit } from '../../shared/command.js';
import { coresForContainers, DEFAULT_GROUP_SHARES } from './competition.js';
import type { Container, LoadFactors } from './container.js';
import { waterLevel } from './share.js';

/**
 * One simulated host whose containers share its cores. Event-driven: between two events every rate
 * is constant, so there are no ticks and no discretisation error. When the containers want more
 * cores than there are, the cores are shared by weight. Beside other programs it is the weight of
 * the cgroup that holds all containers that counts, and inside of it theirs.
 */
export class HostNode {
  readonly #members: Container[] = [];
  // One entry per container, rewritten at every sharing, which happens thousands of times per
  // simulated second.
  #wants = new Float64Array(0);
  #weights = new Float64Array(0);
  #capacityCores: number;
  #speed = 1;
  #nowMs: number;
  #offeredMs = 0;
  #offeredAtMs: number;
  #goneUsageMs = 0;
  #groupShares = DEFAULT_GROUP_SHARES;
  #otherThreads = 0;
  #freshThreads = 0;
  #otherCores = 0;
  #otherUsedMs = 0;
  #otherAtMs: number;

  constructor(capacityCores: number, nowMs: number) {
    this.#capacityCores = capacityCores;
    this.#nowMs = nowMs;
    this.#offeredAtMs = nowMs;
    this.#otherAtMs = nowMs;
  }

  /** Unused CPU since the start, core-ms; stolen CPU counts as used. */
  get idleMs(): number {
    let usedMs = this.#goneUsageMs;
    for (const { usageMs } of this.#members) usedMs += usageMs;
    return this.offeredMs - usedMs - this.othersUsedMs;
  }

  /** CPU that other programs used since the start, core-ms. */
  get othersUsedMs(): number {
    return this.#otherUsedMs + this.#otherCores * (this.#nowMs - this.#otherAtMs);
  }

  /** CPU that was not stolen since the start, core-ms. */
  get offeredMs(): number {
    this.#offer();
    return this.#offeredMs;
  }

  /** Weight of the cgroup that holds all containers, shares. */
  get groupShares(): number {
    return this.#groupShares;
  }

  get containers(): readonly Container[] {
    return this.#members;
  }

  /** What its containers could use now, cores. */
  get wantedCores(): number {
    let cores = 0;
    for (const { wantCores } of this.#members) cores += wantCores;
    return cores;
  }

  /** Runs to `toMs`; all containers are settled there. */
  advance(toMs: number): void {
    for (;;) {
      const next = this.#nextMs();
      if (next > toMs) break;
      this.#nowMs = Math.max(this.#nowMs, next);
      this.#happen();
    }
    this.#nowMs = toMs;
    for (const container of this.#members) container.settle(toMs);
  }

  /** Starts a container on this host. */
  add(container: Container): void {
    this.#members.push(container);
    container.setSpeed(this.#speed);
    this.#resize();
    this.#shareOut();
  }

  /** Ends a container of this host; its usage still counts. */
  remove(container: Container): void {
    const at = this.#members.indexOf(container);
    if (at >= 0) this.#members.splice(at, 1);
    if (at >= 0) this.#goneUsageMs += container.usageMs;
    this.#resize();
    this.#shareOut();
  }

  /** Changes the limit of a container now. */
  setLimit(container: Container, limit: CpuLimit): void {
    container.setLimit(limit);
    container.give(Math.min(container.givenCores, container.wantCores));
    this.#shareOut();
  }

  /** Changes what the surroundings do to a container now. */
  setLoad(container: Container, load: LoadFactors): void {
    container.setLoad(load);
    container.give(container.givenCores);
  }

  /** Computes the next event of a container again, after a change from outside. */
  replan(container: Container): void {
    container.give(container.givenCores);
  }

  /** Changes the cores that the containers share now. */
  setCapacity(capacityCores: number): void {
    this.#offer();
    this.#capacityCores = capacityCores;
    this.#shareOut();
  }

  /** Changes the threads of other programs that want a core each now; `fresh` have just woken. */
  setOtherThreads(threads: number, fresh: number): void {
    if (threads === this.#otherThreads && fresh === this.#freshThreads) return;
    this.#otherThreads = threads;
    this.#freshThreads = fresh;
    this.#shareOut();
  }

  /** Changes the weight of the cgroup that holds all containers now, shares. */
  setGroupShares(shares: number): void {
    if (shares === this.#groupShares) return;
    this.#groupShares = shares;
    this.#shareOut();
  }

  /** Changes the work that all containers do in a unit of CPU time now. */
  setSpeed(speed: number): void {
    this.#speed = speed;
    for (const container of this.#members) {
      container.setSpeed(speed);
      container.give(container.givenCores);
    }
  }

  #resize(): void {
    this.#wants = new Float64Array(this.#members.length);
    this.#weights = new Float64Array(this.#members.length);
  }

  #offer(): void {
    this.#offeredMs += this.#capacityCores * (this.#nowMs - this.#offeredAtMs);
    this.#offeredAtMs = this.#nowMs;
  }

  #nextMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { nextMs } of this.#members) if (nextMs < next) next = nextMs;
    return next;
  }

  #happen(): void {
    for (const container of this.#members) {
      if (container.nextMs > this.#nowMs) continue;
      container.settle(this.#nowMs);
      container.step();
      container.give(Math.min(container.givenCores, container.wantCores));
    }
    this.#shareOut();
  }

  #shareOut(): void {
    const members = this.#members;
    const wants = this.#wants;
    const weights = this.#weights;
    let wanted = 0;
    for (let i = 0; i < members.length; i += 1) {
      const container = members[i];
      if (container === undefined) continue;
      wants[i] = container.wantCores;
      wanted += container.wantCores;
      weights[i] = container.weight;
    }
    const cores = coresForContainers({
      hostCores: this.#capacityCores,
      groupShares: this.#groupShares,
      otherThreads: this.#otherThreads,
      freshThreads: this.#freshThreads,
    });
    this.#giveOthers(this.#capacityCores - Math.min(wanted, cores));
    const level = waterLevel(wants, weights, cores);
    for (let i = 0; i < members.length; i += 1) {
      const container = members[i];
      const want = wants[i] ?? 0;
      // 0 × Infinity is not a number.
      if (container !== undefined)
        this.#give(container, want === 0 ? 0 : Math.min(want, level * (weights[i] ?? 0)));
    }
  }

  #giveOthers(leftCores: number): void {
    this.#otherUsedMs = this.othersUsedMs;
    this.#otherAtMs = this.#nowMs;
    this.#otherCores = Math.min(this.#otherThreads, leftCores);
  }

  #give(container: Container, cores: number): void {
    if (container.givenCores === cores) return;
    container.settle(this.#nowMs);
    // What was left of its quota may be used up by now.
    container.give(Math.min(cores, container.wantCores));
  }
}
