import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startAgent } from '../../agent/agent.js';
import { weightHolds } from '../../agent/containers/weight.js';
import { type RestoredHost, restoreHost } from '../../agent/restore.js';
import { encodeCommand } from '../../proto/command.js';
import type { AllocationId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { specOf } from '../contract/docker-contract.js';
import { docker } from '../lib/docker-world.js';
import { connectForTest } from '../lib/nats-client.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { AgentWorld } from './agent-world.js';

const outcomesOf = ({ containers }: RestoredHost) => containers.map(({ outcome }) => outcome);

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

  it('writes a weight again that somebody changed', async () => {
    const id = await world.adopt();
    await world.start();
    await world.desire([world.want(id, 0.5)]);
    await docker('update', '--cpu-shares', '2000', id);
    await until(async () => {
      const { weight } = await world.kernelCpu(id);
      return weight !== null && weightHolds(5120, weight);
    }, 'the weight again');
    await until(
      () => world.reports.at(-1)?.warnings.some((text) => text.includes('CPU weight of')) === true,
      'a warning',
    );
  });

  it('is undone from the journal after a crash, with no agent and no NATS', async () => {
    const id = await world.adopt('--cpus', '1.5');
    await world.start();
    await world.desire([world.want(id, 0.3)]);
    // Nothing is put back, as after SIGKILL.
    await world.agent.stop({ restore: false, stopJobs: false });
    await world.server.kill();
    assert.equal(await world.kernelCores(id), 0.3);
    const restored = await restoreHost(world.config, { clock: systemClock, log: silentLog });
    assert.ok(restored.ok);
    assert.deepEqual(outcomesOf(restored.value), ['restored']);
    assert.equal(await world.kernelCores(id), 1.5);
    const again = await restoreHost(world.config, { clock: systemClock, log: silentLog });
    assert.ok(again.ok);
    assert.deepEqual(outcomesOf(again.value), []);
  });

  it('sets a torn journal aside and goes on', async () => {
    await writeFile(join(world.config['state-dir'], 'journal'), 'dqoes-journal 1 sha256:torn');
    const id = await world.adopt();
    await world.start();
    assert.equal((await world.desire([world.want(id, 0.4)])).outcome, 'applied');
    assert.ok(
      (await readdir(world.config['state-dir'])).some((name) => name.startsWith('journal.torn')),
    );
  });

  it('ignores malformed commands and counts them', async () => {
    const id = await world.adopt();
    await world.start();
    for (const bytes of [[], [0xff, 0xff, 0xff], [...Buffer.from('{"allocations":[]}')]])
      world.client.bus.publish(world.subjects.command(world.config.node), Uint8Array.from(bytes));
    await until(
      () =>
        world.reports
          .at(-1)
          ?.warnings.some((text) => /3 commands ignored|commands ignored: wire/.test(text)) ===
        true,
      'a warning',
    );
    assert.equal((await world.desire([world.want(id, 0.4)])).outcome, 'applied');
  });

  it('refuses an older revision and keeps its limit', async () => {
    const id = await world.adopt();
    await world.start();
    await world.put(world.state([world.want(id, 0.4)], 5));
    await until(
      () => world.acks.some((ack) => ack.asked.revision === 5 && ack.outcome === 'applied'),
      'revision 5',
    );
    await world.put(world.state([world.want(id, 1)], 4));
    await until(() => world.acks.some((ack) => ack.outcome === 'stale'), 'a refusal');
    assert.equal(world.acks.findLast((ack) => ack.outcome === 'stale')?.holds.revision, 5);
    assert.equal(await world.kernelCores(id), 0.4);
  });

  it('writes a limit again that somebody undid', async () => {
    const id = await world.adopt();
    await world.start();
    await world.desire([world.want(id, 0.4)]);
    await docker('update', '--cpu-quota', '-1', id);
    await until(async () => (await world.kernelCores(id)) === 0.4, 'the limit again');
    await until(
      () =>
        world.reports.at(-1)?.warnings.some((text) => text.includes('changed by others')) === true,
      'a warning',
    );
  });

  it('survives a container that vanishes and one that restarts', async () => {
    const [vanishes, restarts] = [await world.adopt(), await world.adopt()];
    await world.start();
    await world.desire([world.want(vanishes, 0.4), world.want(restarts, 0.4)]);
    await docker('rm', '-f', vanishes);
    await docker('restart', '-t', '1', restarts);
    await until(() => world.reports.at(-1)?.containers.length === 1, 'a report without it');
    const ack = await world.desire(
      [world.want(vanishes, 0.5), world.want(restarts, 0.5)],
      () => true,
    );
    assert.equal(ack.outcome, 'partial');
    await until(async () => (await world.kernelCores(restarts)) === 0.5, 'the other one');
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

    await world.desire([]);
    await until(async () => (await world.ownContainers()).length === 0, 'no container of ours');
  });

  it('names a missing image and goes on', async () => {
    const spec = specOf('web', { image: '127.0.0.1:1/none:9' });
    const allocation = {
      id: 'web-0' as AllocationId,
      job: spec.name,
      spec,
      limit: { cpuCores: 0.3, periodUs: 100_000 },
      reason: '',
    };
    await world.start();
    await world.desire([allocation], (ack) =>
      ack.allocations.some(({ reason }) => /could not be pulled/.test(reason)),
    );
    await until(
      () => /none:9/.test(world.reports.at(-1)?.containers[0]?.reason ?? ''),
      'the reason in a report',
    );
    assert.equal(world.reports.at(-1)?.containers[0]?.state, 'failed');
  });

  it('goes on when NATS restarts', async () => {
    const id = await world.adopt();
    await world.start();
    await world.desire([world.want(id, 0.4)]);
    await world.server.kill();
    await world.server.start();
    const before = world.reports.length;
    await until(() => world.reports.length > before, 'a report after the restart', 20_000);
    assert.equal(await world.kernelCores(id), 0.4);
  });

  it('says in one sentence what to do without a Docker Engine', async () => {
    const { bus, stores } = await connectForTest(world.server.url);
    const config = {
      ...world.config,
      'docker.socket': join(world.config['state-dir'], 'none.sock'),
    };
    const started = await startAgent(config, { bus, stores, clock: systemClock, log: silentLog });
    await bus.close();
    assert.ok(!started.ok);
    assert.equal(started.error[0]?.code, 'docker.unavailable');
    assert.match(started.error[0]?.message ?? '', /does not answer at .*none\.sock.*start it/);
  });
});
