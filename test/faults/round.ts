import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '../../shared/random.js';
import { ChangingJob } from './acknowledged.js';
import type { FaultCluster } from './cluster.js';
import { sayingJob } from './jobs.js';
import type { Fault, Play } from './kinds/fault.js';
import type { Observer } from './observer.js';
import { PROGRAMS, type ProgramName } from './programs.js';
import { notRecovered } from './recovered.js';

/** Longest that somebody may take to notice, and that all may take to recover, ms. */
const TOLD_MS = 15_000;
const RECOVERED_MS = 60_000;
const LOOK_MS = 100;
/** What was under way when the last coordinator ended is done by then, ms. */
const UNDER_WAY_MS = 1500;
/** Share of the changes asked that are stops. */
const STOPPED = 0.3;
const MAX_PAUSE_MS = 400;

/** One fault as it was played. */
export interface RoundOutcome {
  readonly fault: string;
  readonly family: string;
  readonly seed: number;
  /** Since the start of the run, s. */
  readonly atSeconds: number;
  readonly heldMs: number;
  /** From the fault until an event, a status or a log said so; null = nobody is to, or did. */
  readonly toldMs: number | null;
  /** Nobody said so, although somebody should. */
  readonly isUntold: boolean;
  /** From the fault's end until all was as before; null = not in time. */
  readonly recoveredMs: number | null;
  /** Part of it in which this program itself stood still: the times count for nothing, ms. */
  readonly stalledMs: number;
  readonly breaches: readonly { readonly promise: string; readonly what: string }[];
  /** Changes asked while the fault lasted, and how many of these were acknowledged. */
  readonly asked: number;
  readonly acknowledged: number;
  /** Of faults under which the leader is to keep its lease: longest time without a renewal. */
  readonly lease: { readonly kept: boolean; readonly longestGapMs: number } | null;
  /** Most memory of each program, MiB. */
  readonly rssMb: Readonly<Record<ProgramName, number>>;
  /** How often Docker and the kernel were looked at. */
  readonly looks: number;
}

type Endured = Pick<
  RoundOutcome,
  'atSeconds' | 'heldMs' | 'toldMs' | 'lease' | 'asked' | 'acknowledged'
>;

/** Plays faults on a cluster, one after another. */
export class Rounds {
  readonly changing: ChangingJob;
  readonly #cluster: FaultCluster;
  readonly #observer: Observer;
  readonly #startMs = performance.now();

  constructor(cluster: FaultCluster, observer: Observer) {
    this.#cluster = cluster;
    this.#observer = observer;
    this.changing = new ChangingJob(cluster);
  }

  /** Two jobs that stay and the one that changes, all running; the observer looks from then on. */
  async begin(): Promise<void> {
    const { name } = this.#cluster;
    const names = ['a', 'b'].map((each) => `${name}-${each}`);
    this.#observer.start();
    const jobs = names.map((each) => sayingJob(each, 1));
    if ((await this.#cluster.ask('job-submit', { jobs }, 10_000)) === undefined)
      throw new Error('the jobs were not taken');
    for (const each of names) this.#observer.stays.add(each);
    await this.changing.change(false);
    const why = await this.#untilRecovered(RECOVERED_MS);
    if (why !== '') throw new Error(`the cluster never worked: ${why}`);
    this.#observer.allocatableCores =
      (await this.#cluster.node())?.host.allocatableCpuCores ?? Number.NaN;
  }

  async play(fault: Fault, seed: number): Promise<RoundOutcome> {
    const observer = this.#observer;
    observer.during = `${fault.name} (seed ${seed})`;
    observer.takeRssMb();
    observer.resetLooks();
    observer.watchLease();
    const during = await this.#endure(fault, seededRandom(seed));
    const endMs = performance.now();
    const why = await this.#untilRecovered(RECOVERED_MS);
    const { stalledMs, looks } = observer;
    if (why !== '') observer.breach('everything recovers', `${why}\n${this.#logs()}`);
    if (during.lease?.kept === false && stalledMs === 0)
      observer.breach('the leader keeps its lease through floods', JSON.stringify(during.lease));
    return {
      fault: fault.name,
      family: fault.family,
      seed,
      ...during,
      isUntold: fault.told !== undefined && during.toldMs === null,
      recoveredMs: why === '' ? performance.now() - endMs : null,
      stalledMs,
      breaches: observer.breaches
        .filter((breach) => breach.during === observer.during)
        .map(({ promise, what }) => ({ promise, what })),
      rssMb: observer.takeRssMb(),
      looks,
    };
  }

  /** From just before the fault until it is over; something is asked before and during it. */
  async #endure(fault: Fault, random: Random): Promise<Endured> {
    const [cluster, observer] = [this.#cluster, this.#observer];
    const isFirst = await this.changing.change(random() < STOPPED);
    await sleep(random() * MAX_PAUSE_MS);
    const leader = (await cluster.leader()) ?? 'c1';
    const mark = cluster.markLogs();
    const fromMs = performance.now();
    const play: Play = { cluster, observer, random, fromMs, mark, leader };
    const standing = fault.isLeaderless
      ? setTimeout(() => observer.mustStandStill(), UNDER_WAY_MS)
      : undefined;
    const telling = this.#told(fault, play);
    await fault.begin(play);
    const isSecond = await this.changing.change(random() < STOPPED);
    const toldMs = await telling;
    await sleep(Math.max(0, fault.holdMs - (performance.now() - fromMs)));
    const lease = fault.keepsLease === undefined ? null : this.#lease();
    clearTimeout(standing);
    observer.mayMove();
    const heldMs = performance.now() - fromMs;
    await fault.end(play);
    const acknowledged = Number(isFirst) + Number(isSecond);
    const atSeconds = (fromMs - this.#startMs) / 1000;
    return { atSeconds, heldMs, toldMs, lease, asked: 2, acknowledged };
  }

  #logs(): string {
    return PROGRAMS.map((program) => this.#cluster.lastOf(program)).join('\n');
  }

  async #told({ told }: Fault, play: Play): Promise<number | null> {
    if (told === undefined) return null;
    while (performance.now() - play.fromMs < TOLD_MS) {
      if (await told(play)) return performance.now() - play.fromMs;
      await sleep(LOOK_MS / 2);
    }
    return null;
  }

  #lease(): NonNullable<RoundOutcome['lease']> {
    const { longestGapMs, epochs } = this.#observer.leaseSeen;
    return { kept: epochs.length <= 1, longestGapMs };
  }

  /** '' = all is as it should be; else what is still not after that time. */
  async #untilRecovered(patienceMs: number): Promise<string> {
    const fromMs = performance.now();
    let why = 'nobody looked';
    while (performance.now() - fromMs < patienceMs) {
      why = await notRecovered(this.#cluster, this.#observer, this.changing).catch(String);
      if (why === '') return '';
      await sleep(LOOK_MS);
    }
    return why;
  }
}
