import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { weightHolds } from '../../agent/containers/weight.js';
import { restoreHost } from '../../agent/restore.js';
import { encodeCommand } from '../../proto/command.js';
import { fixedPartsHashOf } from '../../shared/fixed-parts-hash.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { specOf } from '../contract/run-requests.js';
import { docker } from '../lib/docker-command.js';
import { imageWith } from '../lib/docker-image.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { AgentWorld } from './agent-world.js';

describe('agent on real NATS, Docker and cgroups', function () {
  this.timeout(30_000);
  let world: AgentWorld;
  beforeEach(async () => {
    world = await AgentWorld.open();
  });
  afterEach(async () => {
    await world.close();
  });

  it('changes the cgroup, acknowledges what it read back, and reports it', async () => {
    const id = await world.adopt();
    await world.start();
    const ack = await world.desire([world.want(id, 0.4)]);
    assert.equal(ack.outcome, 'applied');
    assert.equal(ack.allocations[0]?.observedCpuCores, 0.4);
    assert.equal(await world.kernelCores(id), 0.4);
    await until(
      () => world.reports.at(-1)?.containers[0]?.observed?.cpuCores === 0.4,
      'a report with the limit',
    );
    const report = world.reports.at(-1);
    assert.equal(report?.holds.revision, 1);
    assert.deepEqual(report?.containers[0]?.applied, { cpuCores: 0.4, periodUs: 100_000 });
  });

  it('leaves a container alone that only its image opts in, whoever asks for a limit', async () => {
    const { name } = world;
    const labels = {
      [`${name}.enable`]: 'true',
      [`${name}.target`]: '1ms',
      [`${name}.weight`]: '1000',
    };
    const image = await imageWith(labels, `test/${name}`);
    try {
      const run = async (...flags: readonly string[]): Promise<ContainerId> =>
        (await docker(
          'run',
          '-d',
          '--label',
          `test.world=${name}`,
          ...flags,
          image,
        )) as ContainerId;
      const unaware = await run();
      const willing = await run(
        '--label',
        `${name}.image-labels=count`,
        '--label',
        `${name}.weight=2`,
      );
      await world.start();
      const ack = await world.desire(
        [world.want(unaware, 0.3), world.want(willing, 0.3)],
        ({ allocations }) => allocations.some(({ ok }) => ok),
      );
      assert.deepEqual(
        ack.allocations.map(({ ok }) => ok),
        [false, true],
        JSON.stringify(ack),
      );
      assert.equal(await world.kernelCores(unaware), null);
      assert.equal(await world.kernelCores(willing), 0.3);
      const reported = new Map(
        world.reports.at(-1)?.containers.map((each) => [each.containerId, each]),
      );
      const alone = reported.get(unaware);
      assert.deepEqual([alone?.control, alone?.weight, alone?.target], ['none', 1, null]);
      assert.match(alone?.reason ?? '', /only the person who starts a container opts it in/);
      assert.deepEqual(
        [reported.get(willing)?.control, reported.get(willing)?.weight],
        ['enforce', 2],
      );
      await docker('rm', '-f', unaware, willing);
    } finally {
      await docker('rmi', '-f', image);
    }
  });

  it('obeys what was stored before it started, without a nudge', async () => {
    const id = await world.adopt();
    await world.desired.put(
      world.config.node,
      encodeCommand(world.state([world.want(id, 0.3)], 1)),
    );
    await world.start();
    await until(async () => (await world.kernelCores(id)) === 0.3, 'the stored limit');
  });

  it('puts the originals back on stop, in their own style', async () => {
    const [plain, nano, quota] = [
      await world.adopt(),
      await world.adopt('--cpus', '1.5'),
      await world.adopt('--cpu-quota', '60000'),
    ];
    await world.start();
    const ack = await world.desire([
      world.want(plain, 0.3),
      world.want(nano, 0.3),
      world.want(quota, 0.3),
    ]);
    assert.equal(ack.outcome, 'applied', JSON.stringify(ack));
    for (const id of [plain, nano, quota]) assert.equal(await world.kernelCores(id), 0.3);
    await world.agent.stop({ restore: true, stopJobs: false });
    assert.equal(await world.kernelCores(plain), null);
    assert.equal(await world.kernelCores(nano), 1.5);
    assert.equal(await world.kernelCores(quota), 0.6);
  });

  it('applies another period and a weight in proportion, and puts both back', async () => {
    const [plain, weighted] = [await world.adopt(), await world.adopt('--cpu-shares', '700')];
    const before = [await world.kernelCpu(plain), await world.kernelCpu(weighted)];
    await world.start();
    await world.desire([world.want(plain, 0.5), world.want(weighted, 0.25)]);
    for (const periodUs of [10_000, 5000]) {
      const ack = await world.desire([
        world.want(plain, 0.5, periodUs),
        world.want(weighted, 0.25, periodUs),
      ]);
      assert.equal(ack.outcome, 'applied', JSON.stringify(ack));
      const kernel = [await world.kernelCpu(plain), await world.kernelCpu(weighted)];
      assert.deepEqual(
        kernel.map(({ limit }) => limit),
        [
          { cpuCores: 0.5, periodUs },
          { cpuCores: 0.25, periodUs },
        ],
      );
      for (const [i, shares] of [5120, 2560].entries()) {
        const weight = kernel[i]?.weight;
        assert.ok(weight != null && weightHolds(shares, weight), JSON.stringify(weight));
      }
      await until(
        () => world.reports.at(-1)?.containers[0]?.observed?.periodUs === periodUs,
        'a report with the period',
      );
    }
    await world.agent.stop({ restore: false, stopJobs: false });
    const restored = await restoreHost(world.config, { clock: systemClock, log: silentLog });
    assert.ok(restored.ok);
    assert.deepEqual([await world.kernelCpu(plain), await world.kernelCpu(weighted)], before);
  });

  it('applies cores in NanoCpus style with any period, and then rests', async () => {
    const id = await world.adopt('--cpus', '1.5');
    const { weight } = await world.kernelCpu(id);
    await world.start();
    const ack = await world.desire([world.want(id, 0.3, 10_000)]);
    assert.deepEqual([ack.outcome, ack.allocations[0]?.observedCpuCores], ['applied', 0.3]);
    assert.deepEqual(await world.kernelCpu(id), {
      limit: { cpuCores: 0.3, periodUs: 100_000 },
      weight,
    });
    const [acks, reports] = [world.acks.length, world.reports.length];
    await until(() => world.reports.length > reports + 5, 'more reports');
    assert.equal(world.acks.length, acks);
    assert.deepEqual(world.reports.at(-1)?.warnings, []);
  });

  it('starts a job, finds it again after a restart, serves its log and stops it', async () => {
    const spec = specOf('web', {
      command: ['sh', '-c', 'echo hello; trap "exit 0" TERM; sleep 1000 & wait'],
    });
    const id = 'web-0' as AllocationId;
    const limit = { cpuCores: 0.3, periodUs: 100_000 };
    const allocation = { id, job: spec.name, spec, limit, reason: 'test' };
    await world.start();
    const ack = await world.desire([allocation]);
    assert.equal(ack.outcome, 'applied');
    const [container] = await world.ownContainers();
    assert.ok(container);
    assert.equal(await world.kernelCores(container), 0.3);
    const saysVersion = (): boolean =>
      world.reports.at(-1)?.specHashes?.[id] === fixedPartsHashOf(spec);
    await until(saysVersion, 'what it was made from in a report');

    const request = Buffer.from(JSON.stringify({ allocation: id, tail: 5 }));
    await until(async () => {
      const logs = await world.client.bus.request(world.subjects.logs(world.config.node), request, {
        timeoutMs: 3000,
      });
      return logs.ok && Buffer.from(logs.value.data).toString() === '{"lines":["hello"]}';
    }, 'its log');

    await world.agent.stop({ restore: false, stopJobs: false });
    await world.start();
    await until(
      () => world.reports.at(-1)?.containers[0]?.state === 'running',
      'the job in a report',
    );
    await world.desire([{ ...allocation, limit: { ...limit, cpuCores: 0.5 } }]);
    assert.deepEqual(await world.ownContainers(), [container]);
    assert.equal(await world.kernelCores(container), 0.5);
    world.reports.length = 0;
    await until(saysVersion, 'the same after the restart');

    await world.desire([]);
    await until(async () => (await world.ownContainers()).length === 0, 'no container of ours');
  });
});
