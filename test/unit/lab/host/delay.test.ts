import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type AgentDelay, meanDelayMs, NO_DELAY } from '../../../../lab/host/delay.js';
import { UnreadAnswers } from '../../../../lab/host/unread-answers.js';
import { assertNear } from '../sim/build.js';

const DELAY: AgentDelay = { fullMs: 2, besideMs: 80 };
const wanted = (containerCores: number, otherCores: number, hostCores = 2) => ({
  hostCores,
  containerCores,
  otherCores,
});

describe('the mean delay of an agent', () => {
  it('is nothing while a core is free for it', () => {
    assert.equal(meanDelayMs(DELAY, wanted(0, 0)), 0);
    assert.equal(meanDelayMs(DELAY, wanted(1, 0)), 0);
    assert.equal(meanDelayMs(DELAY, wanted(0.5, 0.5)), 0);
    assert.equal(meanDelayMs(DELAY, wanted(3, 4, 8)), 0);
  });

  it('is short beside containers, however many cores they want', () => {
    assert.equal(meanDelayMs(DELAY, wanted(2, 0)), 2);
    assert.equal(meanDelayMs(DELAY, wanted(20, 0)), 2);
  });

  it('grows with the share of the host that other programs want', () => {
    assertNear(meanDelayMs(DELAY, wanted(2, 0.1)), 2 + 80 * 0.05, 1e-9);
    assertNear(meanDelayMs(DELAY, wanted(1, 1)), 2 + 80 * 0.5, 1e-9);
    assertNear(meanDelayMs(DELAY, wanted(8, 1, 8)), 2 + 80 * 0.125, 1e-9);
    assert.equal(meanDelayMs(DELAY, wanted(2, 5)), 82);
  });

  it('is never anything on an even machine', () => {
    assert.equal(meanDelayMs(NO_DELAY, wanted(20, 2)), 0);
  });
});

describe('answers that an agent has not read yet', () => {
  it('are read late, with the response time that they had', () => {
    const unread = new UnreadAnswers();
    unread.add({ latencyMs: 300, endedAtMs: 1000 }, 40);
    assert.deepEqual(unread.take(1039), []);
    assert.deepEqual(unread.take(1040), [{ latencyMs: 300, endedAtMs: 1040 }]);
    assert.deepEqual(unread.take(2000), []);
  });

  it('are read in order: none before one that ended earlier', () => {
    const unread = new UnreadAnswers();
    unread.add({ latencyMs: 1, endedAtMs: 100 }, 50);
    unread.add({ latencyMs: 2, endedAtMs: 120 }, 0);
    unread.add({ latencyMs: 3, endedAtMs: 160 }, 5);
    assert.deepEqual(unread.take(149), []);
    assert.deepEqual(unread.take(150), [
      { latencyMs: 1, endedAtMs: 150 },
      { latencyMs: 2, endedAtMs: 150 },
    ]);
    assert.deepEqual(unread.take(170), [{ latencyMs: 3, endedAtMs: 165 }]);
  });

  it('are not read while the agent does something else', () => {
    const unread = new UnreadAnswers();
    unread.add({ latencyMs: 1, endedAtMs: 100 }, 0);
    unread.add({ latencyMs: 2, endedAtMs: 200 }, 500);
    unread.holdUp(300);
    unread.add({ latencyMs: 3, endedAtMs: 250 }, 0);
    assert.deepEqual(unread.take(299), []);
    assert.deepEqual(
      unread.take(1000).map(({ endedAtMs }) => endedAtMs),
      [300, 700, 700],
    );
  });

  it('are read at their end where nothing holds the agent up', () => {
    const unread = new UnreadAnswers();
    const answers = [100.25, 200.5, 200.5].map((endedAtMs) => ({ latencyMs: 7, endedAtMs }));
    for (const answer of answers) unread.add(answer, 0);
    assert.deepEqual(unread.take(200.5), answers);
  });
});
