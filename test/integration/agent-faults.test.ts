import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startAgent } from '../../agent/agent.js';
import { weightHolds } from '../../agent/containers/weight.js';
import { type RestoredHost, restoreHost } from '../../agent/restore.js';
import type { AllocationId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { specOf } from '../contract/run-requests.js';
import { docker } from '../lib/docker-command.js';
import { connectForTest } from '../lib/nats-client.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { AgentWorld } from './agent-world.js';

const outcomesOf = ({ containers }: RestoredHost) => containers.map(({ outcome }) => outcome);

describe('agent on real NATS, Docker and cgroups: faults', function () {
  this.timeout(30_000);
  let world: AgentWorld;
  beforeEach(async () => {
    world = await AgentWorld.open();
  });
  afterEach(async () => {
    await world.close();
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
