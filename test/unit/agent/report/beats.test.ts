import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EnforceLoop } from '../../../../agent/enforce/enforce-loop.js';
import type { ReportBody } from '../../../../agent/report/report-body.js';
import { Reporter } from '../../../../agent/report/reporter.js';
import { wireNode } from '../../../../agent/wiring/node.js';
import type { NodeId } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { aSpec, wantOwn } from '../enforce/build.js';
import { AgentWorld, agentSettings } from '../world.js';

describe('the passes of an agent, for a watchdog', () => {
  it('come with each report, also where measuring hangs', async () => {
    const clock = new ManualClock();
    let beats = 0;
    const reporter = new Reporter({
      ...{ clock, log: silentLog, node: 'n1' as NodeId, bootId: 'b' },
      ...{ intervalMs: 1000, validForMs: 3000, collectDeadlineMs: 400 },
      collect: () => new Promise<ReportBody>(() => {}),
      send: () => true,
      onBeat: () => {
        beats += 1;
      },
    });
    reporter.start();
    await clock.advance(5000);
    assert.ok(beats >= 5, `${beats}`);
    await reporter.stop();
  });

  it('come with each pass of enforcing, but not while one of the enforcer hangs', async () => {
    const clock = new ManualClock();
    let [passes, isPassing] = [0, false];
    const loop = new EnforceLoop({
      ...{ clock, log: silentLog, intervalMs: 1000, tickGpus: () => {} },
      enforcer: {
        tick: () => {},
        get isPassing() {
          return isPassing;
        },
      },
      onPass: () => {
        passes += 1;
      },
    });
    loop.start();
    await clock.advance(10_000);
    assert.ok(passes > 2, `${passes}`);
    isPassing = true;
    const before = passes;
    await clock.advance(60_000);
    assert.equal(passes, before);
    isPassing = false;
    await clock.advance(10_000);
    assert.ok(passes > before);
    await loop.stop();
  });
});

describe('the passes of an agent that can do nothing of what is desired', () => {
  /** How often the enforcing loop says within a minute that it has passed. */
  const passesOf = async (world: AgentWorld, desire: () => Promise<void>): Promise<number> => {
    let passes = 0;
    const onPass = (loop: string): void => {
      if (loop === 'enforce') passes += 1;
    };
    const parts = wireNode(agentSettings, { ...(await world.deps()), onPass });
    const loops = [parts.discovery, parts.inbox, parts.enforceLoop, parts.reporter];
    for (const loop of loops) loop.start();
    await world.clock.advance(2000);
    await desire();
    await world.clock.advance(5000);
    const before = passes;
    await world.clock.advance(60_000);
    const counted = passes - before;
    const stopping = Promise.all(loops.map((loop) => loop.stop())).then(() => true);
    while (!(await Promise.race([stopping, world.clock.advance(1000).then(() => false)])));
    return counted;
  };

  it('come while the disk is full', async () => {
    const world = new AgentWorld();
    const web = world.adopt();
    const passes = await passesOf(world, () => {
      world.files.broken = true;
      return world.desire(web, 0.5);
    });
    assert.equal(world.engine.kernelCores(web.id), null);
    assert.ok(passes >= 20, `${passes}`);
  });

  it('come while a job waits for room', async () => {
    const world = new AgentWorld();
    const passes = await passesOf(world, () =>
      world.send([wantOwn(aSpec('runs'), 1.5), wantOwn(aSpec('waits'), 1)]),
    );
    assert.equal(world.engine.containers.size, 1);
    assert.ok(passes >= 20, `${passes}`);
  });
});
