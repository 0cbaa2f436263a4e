import assert from 'node:assert/strict';
import { MinuteWriter } from '../../../../coordinator/dispatch/minute-writer.js';
import { paceOf } from '../../../../coordinator/pacing/pace.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { minuteAt } from '../../../../coordinator/view/minutes.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { decodeMinute } from '../../../../proto/view.js';
import type { JobSpec } from '../../../../shared/job.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { container, job, latency, report, target } from '../../coordinator/build.js';
import { EUR } from './build.js';

const CLUSTER = 'main';
/** Hosts report so often, s. */
export const STEP = 5;
/** A second of the hour. */
export const at = (minute: number, second = 0): number => minute * 60 + second;

/** A host, what runs there, and when: seconds of the hour, ends excluded. */
export interface SimulatedHost {
  readonly node: string;
  readonly silent?: readonly [from: number, to: number];
  readonly runs: readonly SimulatedRun[];
}

/** An allocation, when it runs, and when it answers in twice its target. */
export interface SimulatedRun {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly slow?: readonly [from: number, to: number];
}

/**
 * Hosts of two cores that report every 5 s, and leaders that write minutes of it. Each allocation
 * answers two requests a second in 100 ms, its target, and uses half of the core it is promised.
 */
export class RecordedHour {
  readonly #clock = new ManualClock();
  readonly #stores = new MemoryStores({ clock: this.#clock });
  readonly #hosts: readonly SimulatedHost[];
  readonly #jobs: readonly JobSpec[];
  #second = 0;
  #leader: MinuteWriter | undefined;
  /** Minute in which it begins, since 1970. */
  begin = 0;

  private constructor(hosts: readonly SimulatedHost[], jobs: readonly JobSpec[]) {
    this.#hosts = hosts;
    this.#jobs = jobs;
  }

  /** `jobs`: as they are stored; of others only what hosts report is known. */
  static async make(
    hosts: readonly SimulatedHost[],
    jobs: readonly JobSpec[] = [],
  ): Promise<RecordedHour> {
    const hour = new RecordedHour(hosts, jobs);
    await hour.#stores.install(CLUSTER, { replicas: 1 });
    await hour.#clock.advance(60_000 - (hour.#clock.wall() % 60_000));
    hour.begin = minuteAt(hour.#clock.wall());
    return hour;
  }

  /** A leader leads from now on; the one before may have ended, or been killed. */
  async lead(epoch: number): Promise<void> {
    const history = await this.#stores.openHistory(CLUSTER);
    const store = await this.#stores.open(CLUSTER, 'profiles');
    assert.ok(history.ok && store.ok);
    this.#leader = new MinuteWriter({
      ...{ history: history.value, store: store.value, subjects: subjectsOf(CLUSTER) },
      ...{ clock: this.#clock, pace: paceOf(this.#clock), log: silentLog },
      ...{ epoch, leads: () => true, prices: EUR },
    });
    await this.#leader.start();
  }

  /** The leader ends as it should. */
  async end(): Promise<void> {
    await this.#leader?.stop();
    this.#leader = undefined;
  }

  /** The leader is gone, with all that it has not written. */
  kill(): void {
    this.#leader = undefined;
  }

  /** The bucket in which leaders store what is open is empty. */
  async loseBucket(): Promise<void> {
    const store = await this.#stores.open(CLUSTER, 'profiles');
    assert.ok(store.ok);
    const listed = await store.value.list();
    assert.ok(listed.ok && listed.value.length > 0, 'nothing was stored that could be lost');
    for (const { key } of listed.value) await store.value.delete(key);
  }

  /** Time passes until this second of the hour, which is the last that counts. */
  async until(second: number): Promise<void> {
    while (this.#second < second) {
      this.#leader?.observe(this.#state());
      await this.#clock.advance(STEP * 1000);
      this.#second += STEP;
    }
  }

  get records(): readonly MinuteRecord[] {
    return this.#stores.minutesOf(CLUSTER).map((bytes) => {
      const record = decodeMinute(bytes);
      assert.ok(record.ok, JSON.stringify(record));
      return record.value;
    });
  }

  #state() {
    const start = emptyState({ incarnation: 'i', epoch: 1, policy: 'equal' });
    const atMs = this.#clock.now();
    const reports = this.#hosts.flatMap((host) => {
      const [from, to] = host.silent ?? [0, 0];
      const isSilent = this.#second >= from && this.#second < to;
      return isSilent ? [] : [{ atMs, report: this.#reportOf(host) }];
    });
    const stored = this.#jobs.map((spec) => ({ spec, revision: 1 }));
    const known = reduce(start, { kind: 'jobs-stored', atMs, jobs: stored });
    return reduce(known, { kind: 'reports', atMs, reports });
  }

  #reportOf({ node, runs }: SimulatedHost) {
    const second = this.#second;
    const here = runs.filter(({ from, to }) => second >= from && second < to);
    return report(node, {
      sequence: second + 1,
      sentAtMs: second * 1000,
      intervalMs: STEP * 1000,
      containers: here.map(({ id, from, slow = [0, 0] }) =>
        container(id, {
          target: target(100),
          applied: { cpuCores: 1, periodUs: 100_000 },
          latency: latency(second >= slow[0] && second < slow[1] ? 200 : 100, {
            totalCount: (second - from) * 2,
            totalMs: (second - from) * 200,
          }),
          cpu: {
            usageCores: 0.5,
            usageTotalSeconds: (second - from) / 2,
            throttledRatio: 0,
            pressureRatio: null,
          },
        }),
      ),
    });
  }
}

/**
 * The story: c1 ends in minute 20 and c2 follows 15 s later; c2 is killed at 35:10, and the bucket
 * with what it had open is lost; c3 follows at 38:05. h3 is silent from 45:00 to 55:00. sign-1
 * leaves at 50:00.
 */
export async function recordedHour(): Promise<RecordedHour> {
  const hour = await RecordedHour.make([
    { node: 'h1', runs: [{ id: 'face-1', from: 0, to: at(70) }] },
    {
      node: 'h2',
      runs: [
        { id: 'face-2', from: 0, to: at(70) },
        { id: 'sign-1', from: 0, to: at(50) },
      ],
    },
    { node: 'h3', silent: [at(45), at(55)], runs: [{ id: 'album-1', from: 0, to: at(70) }] },
  ]);
  await hour.lead(1);
  await hour.until(at(20, 30));
  await hour.end();
  await hour.until(at(20, 45));
  await hour.lead(2);
  await hour.until(at(35, 10));
  hour.kill();
  await hour.loseBucket();
  await hour.until(at(38, 5));
  await hour.lead(3);
  await hour.until(at(62));
  await hour.end();
  return hour;
}

/**
 * The story with credits: a asks for a tenth below 99 % and is slow on one of its two hosts for two
 * minutes, b for a quarter below 95 % and is as slow, c for none and is as slow too. The leader is
 * killed at 30:10, and nobody leads until 34:05; in that time a is slow all the time.
 */
export async function hourWithCredits(): Promise<RecordedHour> {
  const hosts: readonly SimulatedHost[] = [
    {
      node: 'h1',
      runs: [
        { id: 'a-1', from: 0, to: at(70), slow: [at(10), at(12)] },
        { id: 'b-1', from: 0, to: at(70), slow: [at(10), at(12)] },
      ],
    },
    {
      node: 'h2',
      runs: [
        { id: 'a-2', from: 0, to: at(70), slow: [at(30, 30), at(34)] },
        { id: 'c-1', from: 0, to: at(70), slow: [at(10), at(12)] },
      ],
    },
  ];
  const asking = (name: string, costRatio: number, belowRatio: number): JobSpec =>
    job(name, { target: target(100), credit: { costRatio, belowRatio } });
  const jobs = [asking('a', 0.1, 0.99), asking('b', 0.25, 0.95), job('c', { target: target(100) })];
  const hour = await RecordedHour.make(hosts, jobs);
  await hour.lead(1);
  await hour.until(at(30, 10));
  hour.kill();
  await hour.loseBucket();
  await hour.until(at(34, 5));
  await hour.lead(2);
  await hour.until(at(62));
  await hour.end();
  return hour;
}
