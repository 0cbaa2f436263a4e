import assert from 'node:assert/strict';
import { callService } from '../../../proto/service-client.js';
import type { JobSpec } from '../../../shared/job.js';
import type { ContainerReport } from '../../../shared/report.js';
import { container, containerIdOf, job, latency, target } from './build.js';
import { FakeAgent } from './fake-agent.js';
import type { World } from './world.js';

/** Jobs that run at a time; one of five has two containers. */
export const JOBS = 30;
const MS_PER_CORE = 5;

/** A host whose containers answer ten requests a second; a changed image makes another one. */
class Host {
  readonly #agent: FakeAgent;
  #startedAtMs: ReadonlyMap<string, number> = new Map();

  constructor(agent: FakeAgent) {
    this.#agent = agent;
  }

  report(nowMs: number): void {
    const started = new Map<string, number>();
    const containers = (this.#agent.desired?.allocations ?? []).flatMap(
      ({ id, job: name, spec, limit }): readonly ContainerReport[] => {
        if (spec === undefined) return [];
        const key = `${id}:${spec.image}`;
        const sinceMs = this.#startedAtMs.get(key) ?? nowMs;
        started.set(key, sinceMs);
        const totalCount = (nowMs - sinceMs) / 100;
        const ms = MS_PER_CORE / (limit.cpuCores ?? 1);
        const totalMs = ms * totalCount;
        const containerId = containerIdOf(key);
        const used = { usageTotalSeconds: (totalCount * MS_PER_CORE) / 1000, usageCores: 0.05 };
        return [
          container(id, {
            ...{ job: name, image: spec.image, containerId, lifeId: `${containerId}@1` },
            ...{ target: spec.target, applied: limit, observed: limit },
            cpu: { ...used, throttledRatio: 0, pressureRatio: null },
            latency: totalCount === 0 ? null : latency(ms, { totalCount, totalMs }),
          }),
        ];
      },
    );
    this.#startedAtMs = started;
    this.#agent.commands.length = 0;
    this.#agent.report({ sentAtMs: nowMs, containers });
  }
}

/** Jobs that come and go on two hosts. */
export class Churn {
  readonly #world: World;
  readonly #hosts: readonly Host[];

  constructor(world: World) {
    this.#world = world;
    const other = new FakeAgent(world.hub.connect(), world.subjects, 'h2');
    this.#hosts = [world.agent, other].map((agent) => new Host(agent));
  }

  async live(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      for (const host of this.#hosts) host.report(this.#world.clock.now());
      await this.#world.clock.advance(1000);
    }
  }

  /** Jobs of names of their own start, are changed, and are stopped. `look`: while they run. */
  async round(number: number, look: () => void): Promise<void> {
    const specs = Array.from({ length: JOBS }, (_, i) => specOf(`j${number * JOBS + i}`, i));
    await this.#world.call('job-submit', { jobs: specs });
    await this.live(3);
    await this.#world.call('job-submit', { jobs: specs.map(changed) });
    await this.live(3);
    look();
    const { bus, subjects, clock } = this.#world;
    const service = { bus, subjects, timeoutMs: 60_000 };
    const stopped = specs.map(({ name }) => callService(service, 'job-stop', { name }));
    await clock.advance(100);
    for (const answer of await Promise.all(stopped)) assert.ok(answer.ok, JSON.stringify(answer));
    await this.live(1);
  }
}

const specOf = (name: string, i: number): JobSpec =>
  job(name, { image: 'v1', target: target(60), replicas: i % 5 === 0 ? 2 : 1 });
const changed = (spec: JobSpec, i: number): JobSpec =>
  i % 5 === 0 ? { ...spec, image: 'v2' } : { ...spec, target: target(80) };
