import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { wireNode } from '../../../agent/wiring/node.js';
import type { DesiredAllocation } from '../../../shared/command.js';
import { adoptedAllocationId, type JobName } from '../../../shared/ids.js';
import type { FakeContainer } from '../../lib/fake-container.js';
import { aSpec, limitOf, wantOwn } from './enforce/build.js';
import { AgentWorld, agentSettings } from './world.js';

const ROUNDS = 30;
const ADOPTED = 70;
const JOBS = 10;

const wantOf = (container: FakeContainer): DesiredAllocation => ({
  id: adoptedAllocationId(container.id),
  job: container.name as JobName,
  containerId: container.id,
  limit: limitOf(0.01),
  reason: 'test',
});

describe('containers that come and go', function () {
  this.timeout(60_000);

  it('leave nothing behind in an agent', async () => {
    const world = new AgentWorld();
    const deps = await world.deps();
    const parts = wireNode(agentSettings, deps);
    parts.discovery.start();
    parts.inbox.start();
    parts.enforceLoop.start();
    parts.reporter.start();
    await world.clock.advance(100);
    for (let round = 0; round < ROUNDS; round += 1) {
      const adopted = Array.from({ length: ADOPTED }, (_, n) => world.adopt(`web-${n}`));
      // Half of the jobs never start: their image is nowhere.
      const jobs = Array.from({ length: JOBS }, (_, n) => {
        const image = n % 2 === 0 ? {} : { image: 'none:1' };
        return wantOwn(aSpec(`job-${round}-${n}`, image), 0.01);
      });
      await world.send([...adopted.map(wantOf), ...jobs]);
      await world.clock.advance(1500);
      assert.equal(parts.enforcer.applied().size, ADOPTED + JOBS / 2);
      for (const { id } of adopted) world.engine.remove(id);
      await world.send([]);
      await world.clock.advance(1500);
    }
    await world.clock.advance(60_000);
    assert.equal(world.engine.containers.size, 0);
    assert.deepEqual(parts.enforcer.applied().size, 0);
    assert.deepEqual(parts.enforcer.failures().size, 0);
    assert.deepEqual(parts.enforcer.limitChangedAtMs.size, 0);
    assert.deepEqual(parts.observer.knobs().size, 0);
    assert.deepEqual(deps.journal.ledger.entries, []);
    assert.deepEqual(world.files.files.size, 1, [...world.files.files.keys()].join());
    assert.equal(world.engine.openCgroups.size, 0);
    assert.deepEqual(world.reports.at(-1)?.containers, []);
    const stopping = Promise.all([
      parts.reporter.stop(),
      parts.enforceLoop.stop(),
      parts.inbox.stop(),
      parts.discovery.stop(),
    ]).then(() => true);
    while (!(await Promise.race([stopping, world.clock.advance(1000).then(() => false)])));
    assert.equal(world.engine.listening, 0);
    await parts.observer.close();
    await parts.kernel.close();
  });
});
