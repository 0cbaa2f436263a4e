import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_MEMORY } from '../../../coordinator/schedule/schedule.js';
import { asked, hostOf, running, says, stallsIn, untilAsked, web } from './stall-hosts.js';

const STALLED = /nothing has changed/;

describe('a change that comes no further', () => {
  it('is said to stand still after 20 min, once in an event, and goes on by itself', () => {
    const made = running();
    made.lingerSeconds = Number.POSITIVE_INFINITY;
    made.submit(web('2'));
    assert.deepEqual(stallsIn(made, 1190), []);
    assert.doesNotMatch(made.reasons.join(), STALLED);
    const [event, ...more] = stallsIn(made, 400);
    assert.deepEqual(more, []);
    assert.match(
      event ?? '',
      /^web-1: nothing has changed for 20 min: 2 of 3 .*says that it is done; look at the log of/,
    );
    says(made, /^web runs on as it was: nothing has changed for 20 min: 2 of 3 containers wait /m);
    says(made, /: web-1 on h\d is not started again yet, and its agent \(.*\) says that it is do/);
    says(made, /; look at the log of the agent of h\d, and upgrade it .*\[schedule\.stalled\]$/m);
    assert.deepEqual([made.fewest, asked(made)], [3, 1]);
    made.lingerSeconds = 0;
    assert.deepEqual(stallsIn(made, 60), []);
    assert.deepEqual([made.fewest, asked(made), made.reasons], [2, 3, []]);
  });

  it('is so of the only container of a job, and of the last of several', () => {
    const alone = running({ replicas: 1 });
    alone.lingerSeconds = Number.POSITIVE_INFINITY;
    alone.submit(web('2', { replicas: 1 }));
    const last = running();
    last.submit(web('2'));
    untilAsked(last, 3);
    last.lingerSeconds = Number.POSITIVE_INFINITY;
    for (const made of [alone, last]) {
      assert.equal(stallsIn(made, 1300).length, 1);
      says(made, /20 min: web-\d on h\d is not started again yet, and its agent .*stalled\]$/m);
    }
  });

  it('counts the time again after each container, and under another leader', () => {
    const made = running();
    made.lingerSeconds = 700;
    made.submit(web('2'));
    assert.deepEqual(stallsIn(made, 2200), []);
    assert.equal(asked(made), 3);
    const other = running();
    other.lingerSeconds = Number.POSITIVE_INFINITY;
    other.submit(web('2'));
    other.run(1000);
    other.memory = NO_MEMORY;
    assert.deepEqual(stallsIn(other, 1000), []);
    assert.equal(stallsIn(other, 300).length, 1);
  });

  it('names what the agent says, at once', () => {
    const made = running();
    made.hindrance = 'the engine did not answer in time: stop [docker.timeout]';
    made.submit(web('2'));
    made.run(3);
    says(made, /^web-1: the engine did not answer in time: .*timeout\]$/m);
    made.run(1300);
    says(made, /20 min: .* yet: the engine did not answer in time: .*; mend what is named, or/m);
  });

  it('names the host that is silent, and what to do about it', () => {
    const made = running({ onLoss: 'keep' });
    made.cut.add('h3');
    made.run(6);
    made.submit(web('2', { onLoss: 'keep' }));
    assert.equal(stallsIn(made, 1400).length, 1);
    assert.equal(asked(made), 2);
    says(made, /20 min: 1 of 3 .*: h3 cannot be told; start h3 .*dqoes node remove h3 \[sched/m);
  });
});

describe('a host that goes down in the middle of a change', () => {
  it('is not waited for where the newest version has answered there and two others run', () => {
    const made = running({ onLoss: 'keep' });
    // Longer than it takes until a silent host is down.
    made.starts.set('v1', { seconds: 25, silentSeconds: 1 });
    made.run(40);
    made.watch();
    made.submit(web('2', { onLoss: 'keep' }));
    untilAsked(made, 2);
    made.cut.add(hostOf(made, 'web-1'));
    made.run(300);
    assert.deepEqual([made.fewest, asked(made)], [2, 3]);
  });

  it('is waited for where that is not so, and the status names it', () => {
    const made = running({ onLoss: 'keep' });
    made.starts.set('v1', { seconds: 2, silentSeconds: Number.POSITIVE_INFINITY });
    made.submit(web('2', { onLoss: 'keep' }));
    untilAsked(made, 1);
    made.run(30);
    made.cut.add(hostOf(made, 'web-1'));
    made.run(1400);
    assert.equal(asked(made), 1);
    says(made, /20 min: 2 of 3 .*: web-1 on h\d is not heard; start h\d .*\[schedule\.stalled\]/m);
  });
});
