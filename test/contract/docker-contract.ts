import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ownLabels, specHashOf } from '../../agent/containers/host-config.js';
import { weightHolds } from '../../agent/containers/weight.js';
import type { CgroupHandle, CgroupReader, KernelWeight } from '../../agent/ports/cgroup.js';
import type {
  ContainerEngine,
  EngineContainer,
  EngineCpuSettings,
  RunRequest,
} from '../../agent/ports/engine.js';
import type { CpuLimit } from '../../shared/command.js';
import type { AllocationId, ContainerId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { until } from '../lib/until.js';

/** The engine under test, and a way round it: what a person at the same machine can do. */
export interface EngineWorld {
  readonly engine: ContainerEngine;
  /** The cgroup files of its containers. */
  readonly cgroups: CgroupReader;
  readonly hostCores: number;
  /** Unique beginning of names in this world. */
  readonly prefix: string;
  create(options: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly cpu?: Partial<EngineCpuSettings>;
    readonly run?: boolean;
  }): Promise<ContainerId>;
  remove(id: ContainerId): Promise<void>;
  /** Ends and starts the same container: a new life. */
  restart(id: ContainerId): Promise<void>;
  /** What the cgroup says. */
  kernelCpu(container: EngineContainer): Promise<KernelSays>;
  /** Makes the container write a line to its log. */
  write(id: ContainerId, line: string): Promise<void>;
  close(): Promise<void>;
}

export interface KernelSays {
  readonly limit: CpuLimit;
  readonly weight: KernelWeight | null;
}

/** Reads both and closes the handle. */
export async function kernelSays(handle: CgroupHandle): Promise<KernelSays> {
  const [limit, weight] = [await handle.readLimit(), await handle.readWeight()];
  await handle.close();
  if (!limit.ok) throw new Error(limit.error);
  if (!weight.ok) throw new Error(weight.error);
  return { limit: limit.value, weight: weight.value };
}

const NONE: EngineCpuSettings = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
const OPT_IN = { 'dqoes.enable': 'true' };

export function specOf(name: string, overrides: Partial<JobSpec> = {}): JobSpec {
  return {
    name: name as JobName,
    image: 'dqoes/tiny:1',
    command: [],
    env: {},
    target: { latencyMs: 100, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    replicas: 1,
    resources: { cpu: { minCores: 0.05 }, memoryBytes: 64 * 1024 ** 2 },
    latency: { source: 'push' },
    constraints: { labels: {} },
    onLoss: 'keep',
    ports: [],
    ...overrides,
  };
}

export function runRequestOf(
  world: EngineWorld,
  spec: JobSpec,
  cpuCores: number | null,
): RunRequest {
  const allocation = `${world.prefix}-${spec.name}-0` as AllocationId;
  const owner = { node: 'here' as NodeId, cluster: world.prefix };
  const labels = ownLabels(owner, { allocation, spec, specHash: specHashOf(spec) });
  return { name: `dqoes-${allocation}`, spec, labels, limit: { cpuCores, periodUs: 100_000 } };
}

/**
 * What every container engine driver promises; the refusals are those measured on a real engine.
 */
export function describeEngine(title: string, open: () => Promise<EngineWorld>): void {
  describe(`container engine: ${title}`, function () {
    this.timeout(20_000);
    let world: EngineWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(async () => {
      await world.close();
    });
    const find = async (id: ContainerId): Promise<EngineContainer> => {
      const listed = await world.engine.list();
      assert.ok(listed.ok);
      const found = listed.value.find((container) => container.id === id);
      assert.ok(found, 'the container is listed');
      return found;
    };
    const optedIn = (name: string, cpu: Partial<EngineCpuSettings> = {}): Promise<ContainerId> =>
      world.create({ name: `${world.prefix}-${name}`, labels: OPT_IN, cpu });
    const kernelCores = async (container: EngineContainer): Promise<number | null> =>
      (await world.kernelCpu(container)).limit.cpuCores;
    const hasShares = async (id: ContainerId, shares: number): Promise<boolean> => {
      const { weight } = await world.kernelCpu(await find(id));
      return weight !== null && weightHolds(shares, weight);
    };
    const update = (id: ContainerId, settings: Partial<EngineCpuSettings>) =>
      world.engine.updateCpu(id, { ...NONE, ...settings });

    describe('list', () => {
      it('shows containers with our labels and no other', async () => {
        const ours = await optedIn('ours', { nanoCpus: 500_000_000 });
        const foreign = await world.create({ name: `${world.prefix}-foreign`, labels: {} });
        const listed = await world.engine.list();
        assert.ok(listed.ok);
        assert.equal(
          listed.value.some((container) => container.id === foreign),
          false,
        );
        const shown = await find(ours);
        assert.equal(shown.name, `${world.prefix}-ours`);
        assert.equal(shown.running, true);
        assert.equal(shown.exitCode, null);
        assert.ok(shown.pid > 0);
        assert.equal(shown.cpu.nanoCpus, 500_000_000);
      });

      it('sees a new life of the same container', async () => {
        const id = await optedIn('lives');
        const before = await find(id);
        await world.restart(id);
        await until(
          async () => (await find(id)).startedAt !== before.startedAt,
          'another StartedAt',
        );
        const after = await find(id);
        assert.notEqual(after.pid, before.pid);
        assert.equal(after.running, true);
      });

      it('shows a container that was never started as not running', async () => {
        const id = await world.create({
          name: `${world.prefix}-never`,
          labels: OPT_IN,
          run: false,
        });
        const shown = await find(id);
        assert.equal(shown.running, false);
        assert.equal(shown.pid, 0);
        assert.match(shown.startedAt, /^0001-/);
      });

      it('finds any container by id, as it is now, and says gone for one that is not there', async () => {
        const id = await world.create({ name: `${world.prefix}-found`, labels: {}, cpu: {} });
        const found = await world.engine.find(id);
        assert.ok(found.ok);
        assert.deepEqual([found.value.name, found.value.cpu.quotaUs], [`${world.prefix}-found`, 0]);
        await world.remove(id);
        const gone = await world.engine.find(id);
        assert.equal(!gone.ok && gone.error.kind, 'gone');
      });

      it('forgets a container that was removed', async () => {
        const id = await optedIn('removed');
        await find(id);
        await world.remove(id);
        const listed = await world.engine.list();
        assert.ok(listed.ok);
        assert.equal(
          listed.value.some((container) => container.id === id),
          false,
        );
      });
    });

    describe('updateCpu', () => {
      it('writes quota and period, which the cgroup then holds', async () => {
        const id = await optedIn('quota');
        const written = await update(id, { quotaUs: 10_000, periodUs: 20_000 });
        assert.deepEqual(written, { ok: true, value: [] });
        assert.equal(await kernelCores(await find(id)), 0.5);
        assert.equal((await find(id)).cpu.quotaUs, 10_000);
      });

      it('writes a quota alone, leaving no period behind', async () => {
        const id = await optedIn('quota-alone');
        assert.ok((await update(id, { quotaUs: 30_000 })).ok);
        const shown = await find(id);
        assert.equal(await kernelCores(shown), 0.3);
        assert.equal(shown.cpu.periodUs, 0);
        assert.ok((await update(id, { quotaUs: -1 })).ok);
        assert.equal(await kernelCores(await find(id)), null);
        assert.ok((await update(id, { nanoCpus: 400_000_000 })).ok, 'NanoCpus are still possible');
      });

      it('changes nothing with 0', async () => {
        const id = await optedIn('zero');
        assert.ok((await update(id, { quotaUs: 25_000 })).ok);
        assert.ok((await update(id, {})).ok);
        assert.equal(await kernelCores(await find(id)), 0.25);
      });

      it('lifts the limit with -1 and keeps the period', async () => {
        const id = await optedIn('lift');
        assert.ok((await update(id, { quotaUs: 10_000, periodUs: 50_000 })).ok);
        assert.ok((await update(id, { quotaUs: -1 })).ok);
        const shown = await find(id);
        assert.equal(await kernelCores(shown), null);
        assert.equal(shown.cpu.periodUs, 50_000);
      });

      it('writes short periods', async () => {
        const id = await optedIn('short');
        for (const [quotaUs, periodUs] of [
          [5000, 10_000],
          [1000, 5000],
          [25_000, 50_000],
        ] as const) {
          assert.deepEqual(await update(id, { quotaUs, periodUs }), { ok: true, value: [] });
          const { limit } = await world.kernelCpu(await find(id));
          assert.deepEqual(limit, { cpuCores: quotaUs / periodUs, periodUs });
        }
      });

      it('writes the weight along, and alone', async () => {
        const id = await optedIn('weight');
        assert.ok(await hasShares(id, 1024));
        assert.ok((await update(id, { quotaUs: 5000, periodUs: 10_000, shares: 512 })).ok);
        assert.ok(await hasShares(id, 512));
        assert.equal((await find(id)).cpu.shares, 512);
        assert.ok((await update(id, { shares: 1024 })).ok);
        assert.ok(await hasShares(id, 1024));
        assert.equal(await kernelCores(await find(id)), 0.5);
      });

      it('writes the weight alone in either style, and leaves the limit', async () => {
        const nano = await optedIn('nano-weight', { nanoCpus: 500_000_000 });
        const quota = await optedIn('quota-weight', { quotaUs: 50_000, periodUs: 100_000 });
        for (const [id, limit] of [
          [nano, { nanoCpus: 500_000_000 }],
          [quota, { quotaUs: 50_000, periodUs: 100_000 }],
        ] as const) {
          assert.deepEqual(await update(id, { shares: 3072 }), { ok: true, value: [] });
          assert.ok(await hasShares(id, 3072));
          assert.equal(await kernelCores(await find(id)), 0.5);
          assert.deepEqual(await update(id, { ...limit, shares: 512 }), { ok: true, value: [] });
          assert.ok(await hasShares(id, 512));
          const shown = await find(id);
          assert.deepEqual(shown.cpu, { ...NONE, ...limit, shares: 512 });
          assert.equal(await kernelCores(shown), 0.5);
        }
      });

      it('is refused below 1 ms', async () => {
        const id = await optedIn('least');
        const answer = await update(id, { quotaUs: 999 });
        assert.ok(!answer.ok);
        assert.equal(answer.error.kind, 'refused');
        assert.match(answer.error.message, /can not be less than 1ms/);
      });

      it('is refused for what is not a number', async () => {
        const id = await optedIn('nan');
        const answer = await update(id, { quotaUs: Number.NaN });
        assert.ok(!answer.ok);
        assert.equal(answer.error.kind, 'refused');
      });

      it('keeps the two styles apart', async () => {
        const nano = await optedIn('nano', { nanoCpus: 500_000_000 });
        const quota = await optedIn('quota-style', { quotaUs: 50_000, periodUs: 100_000 });
        for (const answer of [
          await update(nano, { quotaUs: 20_000 }),
          await update(quota, { nanoCpus: 200_000_000 }),
        ]) {
          assert.ok(!answer.ok);
          assert.equal(answer.error.kind, 'refused');
          assert.match(answer.error.message, /Conflicting options/);
        }
        assert.ok((await update(nano, { nanoCpus: 250_000_000 })).ok);
        assert.equal(await kernelCores(await find(nano)), 0.25);
      });

      it('is refused for more NanoCpus than the host has', async () => {
        const id = await optedIn('too-many', { nanoCpus: 500_000_000 });
        const answer = await update(id, { nanoCpus: (world.hostCores + 1) * 1e9 });
        assert.ok(!answer.ok);
        assert.match(answer.error.message, /range of CPUs/i);
      });

      it('takes a quota above the host', async () => {
        const id = await optedIn('above');
        assert.ok((await update(id, { quotaUs: (world.hostCores + 8) * 100_000 })).ok);
      });

      it('stores for a container that does not run', async () => {
        const id = await world.create({
          name: `${world.prefix}-stored`,
          labels: OPT_IN,
          run: false,
        });
        assert.ok((await update(id, { quotaUs: 20_000 })).ok);
        assert.equal((await find(id)).cpu.quotaUs, 20_000);
      });

      it('says gone for a removed container', async () => {
        const id = await optedIn('vanishes');
        await world.remove(id);
        const answer = await update(id, { quotaUs: 20_000 });
        assert.ok(!answer.ok);
        assert.equal(answer.error.kind, 'gone');
      });
    });

    describe('run', () => {
      it('creates and starts with the limit and the labels', async () => {
        const request = runRequestOf(world, specOf('fresh'), 0.25);
        const started = await world.engine.run(request);
        assert.ok(started.ok, JSON.stringify(started));
        const shown = await find(started.value);
        assert.equal(shown.running, true);
        assert.equal(shown.name, request.name);
        assert.deepEqual({ ...shown.labels, ...request.labels }, shown.labels);
        assert.equal(await kernelCores(shown), 0.25);
        assert.ok(await hasShares(started.value, 2560));
      });

      it('creates with a weight alone', async () => {
        const request = runRequestOf(world, specOf('weighs'), null);
        const limit = { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.3 };
        const started = await world.engine.run({ ...request, limit });
        assert.ok(started.ok, JSON.stringify(started));
        assert.equal(await kernelCores(await find(started.value)), null);
        assert.ok(await hasShares(started.value, 3072));
      });

      it('runs without a limit', async () => {
        const started = await world.engine.run(runRequestOf(world, specOf('free'), null));
        assert.ok(started.ok, JSON.stringify(started));
        assert.equal(await kernelCores(await find(started.value)), null);
      });

      it('adopts the container that it started before', async () => {
        const request = runRequestOf(world, specOf('twice'), 0.25);
        const first = await world.engine.run(request);
        assert.ok(first.ok, JSON.stringify(first));
        assert.deepEqual(await world.engine.run(request), first);
      });

      it('starts one that was created only', async () => {
        const request = runRequestOf(world, specOf('half'), 0.25);
        const id = await world.create({ name: request.name, labels: request.labels, run: false });
        assert.deepEqual(await world.engine.run(request), { ok: true, value: id });
        assert.equal((await find(id)).running, true);
        assert.equal(await kernelCores(await find(id)), 0.25);
      });

      it('starts one that was created with another limit with the one asked for now', async () => {
        const request = runRequestOf(world, specOf('other-limit'), 0.25);
        const cpu = { quotaUs: 50_000, periodUs: 100_000 };
        const id = await world.create({
          name: request.name,
          labels: request.labels,
          run: false,
          cpu,
        });
        assert.deepEqual(await world.engine.run(request), { ok: true, value: id });
        assert.equal(await kernelCores(await find(id)), 0.25);
      });

      it('refuses a name that another container has', async () => {
        const request = runRequestOf(world, specOf('taken'), 0.25);
        await world.create({ name: request.name, labels: {} });
        const answer = await world.engine.run(request);
        assert.ok(!answer.ok);
        assert.equal(answer.error.kind, 'refused');
        assert.match(answer.error.message, /is taken by a container/);
      });

      it('names a missing image', async () => {
        const answer = await world.engine.run(
          runRequestOf(world, specOf('no-image', { image: '127.0.0.1:1/none:9' }), null),
        );
        assert.ok(!answer.ok);
        assert.equal(answer.error.kind, 'no-image');
        assert.match(answer.error.message, /127\.0\.0\.1:1\/none:9/);
        assert.match(answer.error.message, /could not be pulled/);
      });
    });

    describe('stop', () => {
      it('stops and removes', async () => {
        const started = await world.engine.run(runRequestOf(world, specOf('ends'), 0.25));
        assert.ok(started.ok, JSON.stringify(started));
        assert.ok((await world.engine.stop(started.value, 1000)).ok);
        const listed = await world.engine.list();
        assert.ok(listed.ok);
        assert.equal(
          listed.value.some((container) => container.id === started.value),
          false,
        );
      });

      it('is a success for a container that is gone', async () => {
        const id = await optedIn('gone-already');
        await world.remove(id);
        assert.ok((await world.engine.stop(id, 1000)).ok);
      });
    });

    describe('logs', () => {
      it('hands on new lines only, until aborted', async () => {
        const id = await optedIn('talks');
        await world.write(id, 'before');
        const seen: string[] = [];
        const controller = new AbortController();
        world.engine.followLogs(id, (line) => seen.push(line), controller.signal);
        let round = 0;
        await until(async () => {
          round += 1;
          await world.write(id, `round ${round}`);
          return seen.length > 0;
        }, 'a line');
        controller.abort();
        assert.match(seen[0] ?? '', /^round \d+$/);
        assert.equal(seen.includes('before'), false);
      });

      it('gives the last lines', async () => {
        const id = await optedIn('talked');
        for (const line of ['one', 'two', 'three']) await world.write(id, line);
        await until(async () => {
          const tail = await world.engine.tailLogs(id, 2);
          return tail.ok && tail.value.join() === 'two,three';
        }, 'the last two lines');
      });

      it('says gone for a removed container', async () => {
        const id = await optedIn('silent');
        await world.remove(id);
        const tail = await world.engine.tailLogs(id, 2);
        assert.ok(!tail.ok);
        assert.equal(tail.error.kind, 'gone');
      });
    });

    it('tells events until aborted', async () => {
      const id = await optedIn('events');
      const seen: string[] = [];
      const controller = new AbortController();
      world.engine.events(
        (event) => event.containerId === id && seen.push(event.action),
        controller.signal,
      );
      let quotaUs = 20_000;
      await until(async () => {
        quotaUs += 1000;
        await update(id, { quotaUs });
        return seen.includes('update');
      }, 'an update event');
      await world.remove(id);
      await until(() => seen.includes('destroy'), 'a destroy event');
      controller.abort();
    });

    it('answers a ping with its version', async () => {
      const answer = await world.engine.ping();
      assert.ok(answer.ok);
      assert.notEqual(answer.value.version, '');
    });
  });
}
