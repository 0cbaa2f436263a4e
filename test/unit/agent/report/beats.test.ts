import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EnforceLoop } from '../../../../agent/enforce/enforce-loop.js';
import type { ReportBody } from '../../../../agent/report/report-body.js';
import { Reporter } from '../../../../agent/report/reporter.js';
import type { NodeId } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';

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
