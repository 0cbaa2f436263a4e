import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startAgent } from '../../agent/agent.js';
import { encodeCommand } from '../../proto/command.js';
import type { ContainerId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { SmallDisk } from '../faults/small-disk.js';
import { docker } from '../lib/docker-command.js';
import { connectForTest } from '../lib/nats-client.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { AgentWorld } from './agent-world.js';

/** A state folder takes a page a file. */
const BYTES = 64 * 1024;

describe('state folder of an agent on real NATS, Docker and cgroups', function () {
  this.timeout(30_000);
  let world: AgentWorld;
  beforeEach(async () => {
    world = await AgentWorld.open();
  });
  afterEach(async () => {
    await world.close();
  });
  const untilCores = (id: ContainerId, cores: number | null): Promise<void> =>
    until(async () => (await world.kernelCores(id)) === cores, `${cores ?? 'no'} cores`);

  it('takes no second agent, though it would share no container', async () => {
    const id = await world.adopt();
    await world.start();
    await world.desire([world.want(id, 0.4)]);
    const { bus, stores } = await connectForTest(world.server.url);
    const other = { node: `${world.name}-b`, 'label-prefix': `${world.name}b.` };
    const deps = { bus, stores, clock: systemClock, log: silentLog };
    const second = await startAgent({ ...world.config, ...other } as typeof world.config, deps);
    if (second.ok) await second.value.stop({ restore: false, stopJobs: false });
    await bus.close();
    assert.ok(!second.ok, 'it started');
    assert.equal(second.error[0]?.code, 'engine.held');
    assert.match(second.error[0]?.message ?? '', /uses the state folder .* a state-dir of its own/);
    assert.equal(await world.kernelCores(id), 0.4);
  });

  it('obeys another cluster at once, also after a kill before that desired anything', async () => {
    const id = await world.adopt();
    await world.start();
    await world.desire([world.want(id, 0.4)]);
    const cluster = `${world.name}-b`;
    const installed = await world.client.stores.install(cluster, { replicas: 1 });
    const desired = await world.client.stores.open(cluster, 'desired');
    assert.ok(installed.ok && desired.ok);
    const killed = { restore: false, stopJobs: false };
    // Its reports go to the other cluster, where nobody of this test listens.
    const startThere = async (): Promise<void> => {
      await world.agent.stop(killed);
      const { bus, stores } = await connectForTest(world.server.url);
      const config = { ...world.config, cluster };
      const deps = { bus, stores, clock: systemClock, log: silentLog };
      const started = await startAgent(config, deps);
      assert.ok(started.ok, JSON.stringify(started));
      world.agent = started.value;
    };
    await startThere();
    await startThere();
    const state = { ...world.state([world.want(id, 0.7)], 1), incarnation: cluster };
    assert.ok((await desired.value.put(state.node, encodeCommand(state))).ok);
    // Settled by a restart, which reads what is stored; the limit is obeyed, or not for 10 min.
    await startThere();
    await untilCores(id, 0.7);
  });

  it('is full: quotas go all the same, and are set again when there is room', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const disk = new SmallDisk(world.config['state-dir'], BYTES);
    try {
      const [id, own] = [await world.adopt(), await world.adopt('--cpus', '1.5')];
      await world.start();
      await world.desire([world.want(id, 0.4), world.want(own, 0.3)]);
      disk.fill();
      const ack = await world.desire(
        [world.want(id, null), world.want(own, null)],
        ({ outcome }) => outcome === 'refused',
      );
      assert.match(ack.reason, /nothing is changed but quotas that are to go: ENOSPC/);
      await untilCores(id, null);
      await untilCores(own, 1.5);
      disk.empty();
      await world.desire([world.want(id, 0.6), world.want(own, 0.3)]);
      assert.deepEqual([await world.kernelCores(id), await world.kernelCores(own)], [0.6, 0.3]);
      await world.agent.stop({ restore: true, stopJobs: false });
      assert.deepEqual([await world.kernelCores(id), await world.kernelCores(own)], [null, 1.5]);
    } finally {
      await world.agent?.stop({ restore: true, stopJobs: false });
      disk.remove();
    }
  });

  it('goes with a container that is paused, renamed, or killed and started by Docker', async () => {
    const id = await world.adopt('--restart', 'always');
    await world.start();
    await world.desire([world.want(id, 0.4)]);
    await docker('pause', id);
    await world.desire([world.want(id, 0.5)]);
    assert.equal(await world.kernelCores(id), 0.5);
    await docker('unpause', id);
    await docker('rename', id, `${world.name}-renamed`);
    await world.desire([world.want(id, 0.6)]);
    assert.equal(await world.kernelCores(id), 0.6);
    const pid = Number(await docker('inspect', '-f', '{{.State.Pid}}', id));
    process.kill(pid, 'SIGKILL');
    await world.desire([world.want(id, 0.7)], () => true);
    const holds = async (): Promise<boolean> =>
      (await world.kernelCores(id).catch(() => null)) === 0.7;
    await until(holds, 'the limit in its next life', 20_000);
  });
});
