import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { NodeAgent } from '../../../agent/node-agent.js';
import type { HostReader } from '../../../agent/ports/host.js';
import { wireNode } from '../../../agent/wiring/node.js';
import { AgentWorld, agentSettings, host } from './world.js';

describe('NodeAgent, each of its loops', () => {
  let stop: () => Promise<void> = async () => undefined;
  afterEach(() => stop());

  it('observes and reports without writing anything: only the enforcing loop acts', async () => {
    const world = new AgentWorld();
    const container = world.adopt();
    const parts = wireNode(agentSettings, await world.deps());
    parts.discovery.start();
    parts.inbox.start();
    await world.clock.advance(100);
    await world.desire(container, 0.5);
    await world.clock.advance(100);
    const written = world.writes.length;
    container.kernel = { quotaUs: 100_000, periodUs: 100_000 };
    parts.reporter.start();
    for (let second = 0; second < 4; second += 1) await world.clock.advance(1000);
    assert.ok(world.reports.length >= 4);
    assert.equal(world.reports.at(-1)?.containers[0]?.observed?.cpuCores, 1);
    assert.equal(world.writes.length, written);
    parts.enforceLoop.start();
    await world.clock.advance(1100);
    assert.equal(world.engine.kernelCores(container.id), 0.5);
    stop = async () => {
      await parts.reporter.stop();
      await parts.enforceLoop.stop();
      await parts.inbox.stop();
      await parts.discovery.stop();
    };
  });

  it('enforces by its own steady tick while observing hangs', async () => {
    const world = new AgentWorld();
    const container = world.adopt();
    const deps = await world.deps();
    let isHanging = false;
    const hanging: HostReader = {
      ...host,
      usage: () => (isHanging ? new Promise(() => {}) : host.usage()),
    };
    const agent = new NodeAgent(agentSettings, { ...deps, host: hanging });
    stop = () => agent.stop({ restore: false, stopJobs: false });
    const started = agent.start();
    await world.clock.advance(1000);
    await started;
    await world.desire(container, 0.5);
    await world.clock.advance(1000);
    isHanging = true;
    await world.clock.advance(3000);
    container.kernel = { quotaUs: 100_000, periodUs: 100_000 };
    await world.clock.advance(4100);
    assert.equal(world.engine.kernelCores(container.id), 0.5);
  });
});
