import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RolloutHosts } from './rollout-hosts.js';
import { asked, hostOf, running, says, stallsIn, untilAsked, web } from './stall-hosts.js';

const STALLED = /nothing has changed/;

/** Hosts say that they are done, and replace nothing. */
function stuck(made: RolloutHosts): RolloutHosts {
  made.lingerSeconds = Number.POSITIVE_INFINITY;
  return made;
}

/** A change that no host hears of, and the leader that came 1000 s after it. */
function takenOverLate(): RolloutHosts {
  const made = running({ onLoss: 'keep' });
  for (const host of made.hosts) made.cut.add(host);
  made.run(6);
  made.submit(web('2', { onLoss: 'keep' }));
  made.run(1000);
  made.takeOver();
  return made;
}

describe('a change that comes no further, under another leader', () => {
  it('is said as soon as that leader has heard its nodes', () => {
    for (const replicas of [1, 3]) {
      const made = stuck(running({ replicas }));
      made.submit(web('2', { replicas }));
      assert.equal(stallsIn(made, 1300).length, 1);
      made.cut.add(hostOf(made, 'web-1'));
      made.run(6);
      made.takeOver();
      made.run(5);
      made.cut.clear();
      assert.deepEqual(stallsIn(made, 80), []);
      assert.doesNotMatch(made.reasons.join(), STALLED);
      assert.equal(stallsIn(made, 20).length, 1);
      says(made, /20 min: .*web-1 on h\d is not started again yet, and its agent .*stalled\]$/m);
    }
  });

  it('is counted on from the last turn that was stored', () => {
    const made = running();
    made.lingerSeconds = 500;
    made.submit(web('2'));
    const began = made.second;
    untilAsked(made, 1);
    made.run(505);
    untilAsked(made, 2);
    const turned = made.second;
    stuck(made).run(100);
    made.takeOver();
    assert.ok(turned > began + 500);
    assert.deepEqual(stallsIn(made, turned + 1195 - made.second), []);
    assert.equal(stallsIn(made, 30).length, 1);
  });

  it('is counted from its beginning where no container had its turn', () => {
    const made = takenOverLate();
    assert.deepEqual(stallsIn(made, 190), []);
    assert.equal(stallsIn(made, 30).length, 1);
    says(made, /20 min: 3 of 3 .* cannot be told; start h\d or its agent again/m);
  });

  it('is counted again where it is another version by then', () => {
    const made = takenOverLate();
    made.submit(web('3', { onLoss: 'keep' }));
    assert.deepEqual(stallsIn(made, 1190), []);
    assert.equal(stallsIn(made, 30).length, 1);
  });

  it('is counted again from a turn that the new leader gives', () => {
    const made = stuck(running());
    made.submit(web('2'));
    made.run(1300);
    made.takeOver();
    made.lingerSeconds = 0;
    untilAsked(made, 2);
    const turned = made.second;
    stuck(made);
    assert.deepEqual(stallsIn(made, turned + 1195 - made.second), []);
    assert.equal(stallsIn(made, 30).length, 1);
  });
});

describe('a change that comes no further, under one leader', () => {
  it('is counted again for another reason to wait', () => {
    const made = stuck(running({ onLoss: 'keep' }));
    made.submit(web('2', { onLoss: 'keep' }));
    made.run(1000);
    made.cut.add(hostOf(made, 'web-1'));
    assert.deepEqual(stallsIn(made, 1190), []);
    assert.equal(stallsIn(made, 60).length, 1);
    says(made, /20 min: 2 of 3 .*: web-1 on h\d is not heard; start h\d/m);
  });

  it('names the host of the only container where it is not heard', () => {
    const change = { replicas: 1, onLoss: 'keep' } as const;
    const made = stuck(running(change));
    made.submit(web('2', change));
    made.run(10);
    made.cut.add(hostOf(made, 'web-1'));
    assert.equal(stallsIn(made, 1300).length, 1);
    says(made, /20 min: web-1 on h\d is not heard; start h\d or its agent again; if it is gone/m);
  });

  it('names the turn that could not be stored, and goes on once it can', () => {
    for (const replicas of [1, 3]) {
      const made = running({ replicas });
      made.takes = () => false;
      made.submit(web('2', { replicas }));
      made.run(1000);
      made.submit(web('3', { replicas }));
      made.run(10);
      made.submit(web('2', { replicas }));
      assert.deepEqual(stallsIn(made, 1190), [], 'another version');
      const [event, ...more] = stallsIn(made, 300);
      assert.deepEqual([more, asked(made)], [[], 0]);
      assert.match(
        event ?? '',
        /^web-1: .* 20 min: web-1 on h\d has its turn, which could not be stored; the log of the /,
      );
      says(made, /^web runs on as it was: .* or ask for less in web \[schedule\.stalled\]$/m);
      made.takes = () => true;
      assert.deepEqual(stallsIn(made, 60), []);
      assert.deepEqual([asked(made), made.reasons], [replicas, []]);
    }
  });
});
