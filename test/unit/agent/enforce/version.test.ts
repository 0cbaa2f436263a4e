import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { judgeVersion, type VersionContext } from '../../../../agent/enforce/version.js';

const version = (epoch: number, revision: number, incarnation = 'a') => ({
  incarnation,
  epoch,
  revision,
});
const context = (overrides: Partial<VersionContext> = {}): VersionContext => ({
  holds: version(2, 5),
  idle: false,
  silentMs: 0,
  incarnationHoldMs: 1000,
  ...overrides,
});

describe('judgeVersion', () => {
  it('accepts anything when nothing is held', () => {
    assert.equal(judgeVersion(version(0, 0), context({ holds: null })), 'accept');
    assert.equal(judgeVersion(version(2 ** 32, 2 ** 40), context({ holds: null })), 'accept');
  });
  it('accepts a later revision and a later epoch with any revision', () => {
    assert.equal(judgeVersion(version(2, 6), context()), 'accept');
    assert.equal(judgeVersion(version(3, 1), context()), 'accept');
  });
  it('acknowledges the same again', () => {
    assert.equal(judgeVersion(version(2, 5), context()), 'already');
  });
  it('refuses an older revision, and an older epoch whatever its revision', () => {
    assert.equal(judgeVersion(version(2, 4), context()), 'stale');
    assert.equal(judgeVersion(version(1, 99), context()), 'stale');
  });
  it('holds still before another incarnation', () => {
    assert.equal(judgeVersion(version(9, 9, 'b'), context()), 'other-incarnation');
    assert.equal(judgeVersion(version(9, 9, 'b'), context({ silentMs: 999 })), 'other-incarnation');
  });
  it('obeys another incarnation after long silence, when trusted, or with nothing at stake', () => {
    assert.equal(judgeVersion(version(1, 1, 'b'), context({ silentMs: 1000 })), 'accept');
    assert.equal(judgeVersion(version(1, 1, 'b'), context({ trustedIncarnation: 'b' })), 'accept');
    assert.equal(judgeVersion(version(1, 1, 'b'), context({ idle: true })), 'accept');
    assert.equal(
      judgeVersion(version(1, 1, 'b'), context({ trustedIncarnation: 'c' })),
      'other-incarnation',
    );
  });
  it('obeys another incarnation at once where the one held is of another cluster', () => {
    const held = { formerIncarnation: 'a' };
    assert.equal(judgeVersion(version(1, 1, 'b'), context(held)), 'accept');
    assert.equal(judgeVersion(version(2 ** 52, 0, 'b'), context(held)), 'out-of-reach');
    const later = { ...held, holds: version(1, 1, 'b') };
    assert.equal(judgeVersion(version(9, 9, 'c'), context(later)), 'other-incarnation');
    assert.equal(judgeVersion(version(9, 9, 'a'), context(later)), 'other-incarnation');
  });

  const FAR = 2 ** 32;
  for (const [name, asked, change, expected] of [
    ['the longest step of epochs', version(2 + FAR, 1), {}, 'accept'],
    ['a longer one', version(3 + FAR, 1), {}, 'out-of-reach'],
    ['the greatest epoch there is', version(2 ** 53 - 1, 1), {}, 'out-of-reach'],
    ['the longest step of revisions', version(2, 5 + FAR), {}, 'accept'],
    ['a longer one of revisions', version(2, 6 + FAR), {}, 'out-of-reach'],
    ['a later epoch with the last revision', version(3, 2 ** 52), {}, 'out-of-reach'],
    ['a first epoch far away', version(2 ** 32 + 1, 0), { holds: null }, 'out-of-reach'],
    [
      'the last epoch of a store that is trusted',
      version(2 ** 52, 0, 'b'),
      { trustedIncarnation: 'b' },
      'out-of-reach',
    ],
  ] as const)
    it(`${name}: ${expected}`, () => {
      assert.equal(judgeVersion(asked, context(change)), expected);
    });

  it('leaves the real leader in force after any number of forged epochs in one step', () => {
    let holds = version(2, 5);
    const forged = version(2 ** 53 - 1, 1);
    for (let epoch = 3; epoch < 100; epoch += 1) {
      assert.equal(judgeVersion(forged, context({ holds })), 'out-of-reach');
      assert.equal(judgeVersion(version(epoch, 1), context({ holds })), 'accept');
      holds = version(epoch, 1);
    }
  });
});
