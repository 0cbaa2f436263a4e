import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCgroupReader } from '../../../agent/drivers/cgroup-reader.js';
import type { CgroupHandle } from '../../../agent/ports/cgroup.js';
import type { ContainerId } from '../../../shared/ids.js';
import { classify, type Target } from '../../../shared/qoe.js';
import { type Inspected, inspect, runningIds } from '../engine-api.js';
import type { Look, SeenJob } from './judge.js';
import { LogTail } from './log-tail.js';

const LOOK_MS = 200;
/** Label of the containers that dqoes starts. */
const JOB_LABEL = 'dqoes.job';

/** What is kept open of one life of a container. */
interface OpenLife {
  readonly cgroup: CgroupHandle;
  readonly log: LogTail;
}

/**
 * Looks at the Engines, the cgroup files and the logs of some hosts five times a second, and asks
 * nothing of dqoes.
 */
export class UpgradeWatch {
  readonly #sockets: ReadonlyMap<string, string>;
  readonly #targets: Map<string, Target>;
  readonly #lives = new Map<string, OpenLife>();
  #looks: Look[] = [];
  #closing = false;
  #running: Promise<void> | undefined;
  #failure: unknown;

  /** `sockets`: of the Engine of each host; `targets`: of each job. */
  constructor(sockets: ReadonlyMap<string, string>, targets: ReadonlyMap<string, Target>) {
    this.#sockets = sockets;
    this.#targets = new Map(targets);
  }

  /** Resolves after the first look. */
  async start(): Promise<void> {
    this.#looks = [await this.#look()];
    this.#running ??= this.#watch();
  }

  async stop(): Promise<void> {
    this.#closing = true;
    await this.#running;
    for (const { cgroup } of this.#lives.values()) await cgroup.close();
    this.#lives.clear();
  }

  /** From now on a job is judged by another target. */
  aim(job: string, target: Target): void {
    this.#targets.set(job, target);
  }

  /** A job at the last look; undefined = it was not there. */
  seen(job: string): SeenJob | undefined {
    return this.#looks.at(-1)?.jobs.find((one) => one.job === job);
  }

  /** The looks since the last call, and before them the last one of then; throws what failed. */
  take(): readonly Look[] {
    if (this.#failure !== undefined)
      throw new Error('the observer could not look', { cause: this.#failure });
    const taken = this.#looks;
    this.#looks = taken.slice(-1);
    return taken;
  }

  async #watch(): Promise<void> {
    while (!this.#closing) {
      await sleep(LOOK_MS);
      try {
        this.#looks.push(await this.#look());
      } catch (cause) {
        this.#failure ??= cause;
      }
    }
  }

  async #look(): Promise<Look> {
    const found = await Promise.all(
      [...this.#sockets].map(([host, socket]) => this.#lookAt(host, socket)),
    );
    return { atMs: performance.now(), jobs: found.flat() };
  }

  async #lookAt(host: string, socket: string): Promise<readonly SeenJob[]> {
    const ids = await runningIds(socket);
    const found = await Promise.all(ids.map((id) => inspect(id, socket)));
    const seen = await Promise.all(
      found.map((one) => (one === null ? null : this.#jobOf(host, socket, one))),
    );
    return seen.filter((one) => one !== null);
  }

  /** Null = it is none of dqoes, or has just ended. */
  async #jobOf(host: string, socket: string, found: Inspected): Promise<SeenJob | null> {
    const job = found.Config.Labels?.[JOB_LABEL];
    if (job === undefined || found.State.Status !== 'running') return null;
    const life = `${found.Id} ${found.State.StartedAt}`;
    const open = await this.#openLife(life, socket, found);
    const limitCores = open === undefined ? undefined : await settledLimit(open.cgroup);
    if (open === undefined || limitCores === undefined) return null;
    const meanMs = open.log.meanMs(performance.now());
    const target = this.#targets.get(job);
    const isAtTarget =
      meanMs !== null && target !== undefined && classify(target, meanMs) === 'within';
    return { job, host, life, limitCores, isAtTarget };
  }

  async #openLife(
    life: string,
    socket: string,
    { Id, State }: Inspected,
  ): Promise<OpenLife | undefined> {
    const known = this.#lives.get(life);
    if (known !== undefined) return known;
    const cgroup = await createCgroupReader().open(State.Pid, Id as ContainerId);
    if (!cgroup.ok) return undefined;
    const log = join(dirname(socket), 'data/containers', Id, `${Id}-json.log`);
    const opened = { cgroup: cgroup.value, log: new LogTail(log) };
    this.#lives.set(life, opened);
    return opened;
  }
}

/** Looks at a limit, at most, until two in a row agree. */
const MAX_READS = 5;

/**
 * The limit of a container, cores; null = none, undefined = it could not be read. Version 1 of
 * cgroups has a file for the quota and one for the period: a look between the two writes of a
 * change would see a limit that nobody set.
 */
async function settledLimit(cgroup: CgroupHandle): Promise<number | null | undefined> {
  let before: number | null | undefined;
  for (let read = 0; read < MAX_READS; read += 1) {
    const limit = await cgroup.readLimit();
    if (!limit.ok) return undefined;
    if (read > 0 && limit.value.cpuCores === before) break;
    before = limit.value.cpuCores;
  }
  return before;
}
