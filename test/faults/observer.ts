import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JOURNAL_FILE } from '../../agent/enforce/journal.js';
import { parseLedger } from '../../agent/enforce/ledger.js';
import { compareVersions, type StateVersion } from '../../shared/command.js';
import type { ContainerId } from '../../shared/ids.js';
import { rssMbOf } from '../bench/lib/soak-samples.js';
import { inspect } from '../lib/engine-api.js';
import { cpuOf } from '../lib/hosts/kernel.js';
import { lookOf } from '../trust/containers.js';
import type { FaultCluster } from './cluster.js';
import { PROGRAMS, type ProgramName } from './programs.js';
import { heldInBoth, overshootOf, type PromiseName } from './promises.js';

const LOOK_MS = 200;
/** A pause between two looks that is longer than this was somebody else's: times do not count. */
const STALL_MS = 2000;

/** A container as Docker and the kernel show it. */
export interface Seen {
  readonly id: string;
  /** Name without a slash. */
  readonly name: string;
  /** Job that dqoes started it for; '' = it did not. */
  readonly job: string;
  readonly version: string;
  readonly state: string;
  /** Who it is and since when it runs: changes when it is restarted. */
  readonly life: string;
  /** Docker's and the kernel's CPU settings in one line. */
  readonly cpu: string;
  /** As the kernel holds it, cores; null = none. */
  readonly limitCores: number | null;
}

/** A promise that was seen broken. */
export interface Breach {
  readonly promise: PromiseName;
  readonly atMs: number;
  /** Fault that was being played. */
  readonly during: string;
  readonly what: string;
}

/** What the leader's lease was seen to do. */
export interface LeaseWatch {
  readonly longestGapMs: number;
  readonly epochs: readonly number[];
}

/**
 * Looks at Docker, the kernel, the journal on disk, the lease and the processes all the time, and
 * asks nothing of dqoes. Of each promise the first breach during a fault is told.
 */
export class Observer {
  readonly breaches: Breach[] = [];
  readonly #cluster: FaultCluster;
  readonly #lives = new Map<string, string>();
  readonly #rssMb = new Map<ProgramName, number>();
  /** Jobs whose containers run all the time, as they are. */
  readonly stays = new Set<string>();
  allocatableCores = Number.POSITIVE_INFINITY;
  /** What is being played, for breaches. */
  during = 'start';
  /** Since the last `resetLooks`: looks, and times of somebody else's making, ms. */
  looks = 0;
  stalledMs = 0;
  seen: readonly Seen[] = [];
  #held: StateVersion | null = null;
  #still: ReadonlyMap<string, string> | undefined;
  #lease: { revision: number; atMs: number } | undefined;
  #longestGapMs = 0;
  #epochs = new Set<number>();
  #closing = false;
  #running: Promise<void> | undefined;

  constructor(cluster: FaultCluster) {
    this.#cluster = cluster;
  }

  start(): void {
    this.#running ??= Promise.all([this.#watch(), this.#watchLease()]).then(() => {});
  }
  async stop(): Promise<void> {
    this.#closing = true;
    await this.#running;
  }

  /** Those that opted in, and are not as they were before dqoes came. */
  notAsBefore(seen: readonly Seen[]): readonly string[] {
    return seen
      .filter(({ id, job, cpu }) => job === '' && cpu !== this.#cluster.before.get(id))
      .map(({ id, cpu }) => `${cpu} (before: ${this.#cluster.before.get(id)})`);
  }

  /** From now on no limit may change, until `mayMove`. */
  mustStandStill(): void {
    this.#still = new Map(this.seen.map(({ id, cpu }) => [id, cpu]));
  }
  mayMove(): void {
    this.#still = undefined;
  }

  /** Most memory a program had since the last time this was asked, MiB. */
  takeRssMb(): Readonly<Record<ProgramName, number>> {
    const taken = Object.fromEntries(
      PROGRAMS.map((program) => [program, this.#rssMb.get(program) ?? 0]),
    );
    this.#rssMb.clear();
    return taken as Readonly<Record<ProgramName, number>>;
  }
  resetLooks(): void {
    this.looks = 0;
    this.stalledMs = 0;
  }
  watchLease(): void {
    this.#lease = undefined;
    this.#longestGapMs = 0;
    this.#epochs = new Set();
  }
  get leaseSeen(): LeaseWatch {
    const sinceMs = this.#lease === undefined ? 0 : performance.now() - this.#lease.atMs;
    return { longestGapMs: Math.max(this.#longestGapMs, sinceMs), epochs: [...this.#epochs] };
  }

  breach(promise: PromiseName, what: string): void {
    const { during } = this;
    const isKnown = this.breaches.some((one) => one.during === during && one.promise === promise);
    if (!isKnown) this.breaches.push({ promise, atMs: performance.now(), during, what });
  }

  async look(): Promise<readonly Seen[]> {
    const ids = await this.#cluster.containerIds();
    const found = await Promise.all(ids.map((id) => this.#lookAt(id)));
    return found.filter((one) => one !== null);
  }

  async #lookAt(id: string): Promise<Seen | null> {
    const found = await inspect(id);
    // One that goes or comes meanwhile is seen at the next look.
    if (found === null) return null;
    const { Pid: pid, Status: state, StartedAt } = found.State;
    const name = found.Name.slice(1);
    const cpu = pid === 0 ? null : await lookOf(found, name).catch(() => null);
    const kernel = pid === 0 ? null : await cpuOf(pid, id as ContainerId).catch(() => null);
    if (state === 'running' && (cpu === null || kernel === null)) return null;
    const version = found.Config.Env?.find((each) => each.startsWith('VERSION='))?.slice(8) ?? '';
    return {
      id,
      name,
      job: found.Config.Labels?.['dqoes.job'] ?? '',
      version,
      state,
      life: `${id.slice(0, 12)} ${StartedAt}`,
      cpu: cpu ?? '',
      limitCores: kernel?.limitCores ?? null,
    };
  }

  async #watch(): Promise<void> {
    let lastMs = performance.now();
    while (!this.#closing) {
      const seen = await this.look().catch((cause: unknown) => {
        throw new Error('the observer cannot read Docker', { cause });
      });
      const nowMs = performance.now();
      if (nowMs - lastMs > STALL_MS) this.stalledMs += nowMs - lastMs;
      lastMs = nowMs;
      this.#check(seen);
      this.seen = seen;
      this.looks += 1;
      await sleep(LOOK_MS);
    }
  }

  #check(seen: readonly Seen[]): void {
    const { bystander } = this.#cluster;
    for (const { id, name, cpu, limitCores } of seen) {
      const isMine = id === bystander.id;
      if (isMine && cpu !== this.#cluster.before.get(id))
        this.breach('a container that did not opt in is never changed', cpu);
      const still = this.#still?.get(id);
      if (still !== undefined && still !== cpu)
        this.breach('limits stand still while nobody leads', `${cpu} (before: ${still})`);
      if (limitCores !== null && limitCores <= 0)
        this.breach('limits are limits', `${name}: ${cpu}`);
    }
    this.#checkLives(seen);
    const both = heldInBoth(this.seen, seen, this.#cluster.before);
    const over = overshootOf(both, this.allocatableCores);
    if (over !== '') this.breach('limits never sum above what is allocatable', over);
    this.#checkJournal();
    for (const program of this.#cluster.meant) {
      if (this.#cluster.hasEnded(program))
        this.breach('no process ends by itself', this.#cluster.lastOf(program));
      const rssMb = rssMbOf(this.#cluster.pidOf(program));
      this.#rssMb.set(program, Math.max(this.#rssMb.get(program) ?? 0, rssMb));
    }
  }

  /** Jobs that nobody stopped, and containers that opted in, run on and are never restarted. */
  #checkLives(seen: readonly Seen[]): void {
    const now = new Map(seen.map((one) => [one.job === '' ? one.name : one.job, one]));
    for (const [key, life] of this.#lives) {
      const one = now.get(key);
      if (one?.life !== life || one.state !== 'running')
        this.breach('jobs run on', `${key}: ${one?.life ?? 'gone'} ${one?.state} (was ${life})`);
    }
    for (const [key, { life, job, state }] of now)
      if (state === 'running' && (job === '' || this.stays.has(job)) && !this.#lives.has(key))
        this.#lives.set(key, life);
  }

  #checkJournal(): void {
    const text = readOrNull(join(this.#cluster.stateDir, JOURNAL_FILE));
    const ledger = text === null ? undefined : parseLedger(text);
    if (ledger?.ok !== true || ledger.value.holds === null) return;
    const { holds } = ledger.value;
    const before = this.#held;
    this.#held = holds;
    if (before === null || before.incarnation !== holds.incarnation) return;
    if (compareVersions(holds, before) < 0)
      this.breach('the later epoch wins', `${showVersion(holds)} after ${showVersion(before)}`);
  }

  async #watchLease(): Promise<void> {
    while (!this.#closing) {
      const lease = await this.#cluster.lease().catch(() => undefined);
      const nowMs = performance.now();
      if (lease !== undefined) {
        this.#epochs.add(lease.epoch);
        if (this.#lease?.revision !== lease.revision) {
          if (this.#lease !== undefined)
            this.#longestGapMs = Math.max(this.#longestGapMs, nowMs - this.#lease.atMs);
          this.#lease = { revision: lease.revision, atMs: nowMs };
        }
      }
      await sleep(LOOK_MS / 2);
    }
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

const showVersion = ({ epoch, revision }: StateVersion): string => `${epoch}.${revision}`;
