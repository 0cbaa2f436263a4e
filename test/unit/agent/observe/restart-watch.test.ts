import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RestartWatch } from '../../../../agent/observe/restart-watch.js';
import type { EngineContainer } from '../../../../agent/ports/engine.js';
import type { JobName } from '../../../../shared/ids.js';

const container = (change: Partial<EngineContainer>): EngineContainer =>
  ({ id: 'c1', name: 'web', running: true, exitCode: null, ...change }) as EngineContainer;

describe('RestartWatch', () => {
  const watch = new RestartWatch();
  const said = (change: Partial<EngineContainer>, atMs: number): string => {
    watch.note([container(change)], atMs);
    return watch.reasonOf(container(change), { nowMs: atMs, job: null });
  };

  it('calls it a loop while the engine starts it again and again, also while it runs', () => {
    assert.equal(said({}, 0), '');
    assert.equal(
      said({ running: false, isRestarting: true, exitCode: 3, restartCount: 1 }, 1000),
      'restarting: it ended once, last with exit code 3; docker logs web says why',
    );
    assert.equal(said({ restartCount: 1 }, 1500), '');
    said({ running: false, isRestarting: true, exitCode: 3, restartCount: 2 }, 16_000);
    said({ running: false, isRestarting: true, exitCode: 4, restartCount: 3 }, 31_000);
    assert.equal(
      said({ restartCount: 3 }, 31_100),
      'restarting: it ended 3 times, last with exit code 4; docker logs web says why',
    );
  });

  it('calls it none once the engine has given up', () => {
    const another = new RestartWatch();
    const ended = (restartCount: number, change: Partial<EngineContainer> = {}) =>
      container({ running: false, exitCode: 3, restartCount, ...change });
    for (const count of [1, 2, 3])
      another.note([ended(count, { isRestarting: true })], count * 1000);
    const last = ended(3);
    another.note([last], 4000);
    assert.equal(another.reasonOf(last, { nowMs: 4000, job: null }), '');
  });

  it('names the command that reads the log of a job from anywhere', () => {
    const ours = container({ running: false, isRestarting: true, exitCode: 3, restartCount: 1 });
    const another = new RestartWatch();
    another.note([ours], 0);
    assert.equal(
      another.reasonOf(ours, { nowMs: 0, job: 'shop' as JobName }),
      'restarting: it ended once, last with exit code 3; dqoes job logs shop says why',
    );
  });

  it('forgets it once the container has run for a minute, and with the container', () => {
    assert.equal(said({ restartCount: 3 }, 92_000), '');
    watch.note([], 93_000);
    const again = container({ restartCount: 3 });
    assert.equal(watch.reasonOf(again, { nowMs: 93_000, job: null }), '');
  });
});
