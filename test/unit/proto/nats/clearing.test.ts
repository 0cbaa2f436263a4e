import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  CLEARING_KEY,
  clearableSince,
  clearingIn,
  encodeClearing,
  isLive,
  planClearing,
} from '../../../../proto/nats/clearing.js';
import type { Newest, NewestByKey } from '../../../../proto/nats/listing.js';
import { bytes } from '../../../lib/utf8.js';

const newest = (key: string, revision: number, more: Partial<Newest> = {}): Newest => ({
  stored: { key, value: bytes('x'), revision },
  deleted: false,
  atMs: 1000 * revision,
  ...more,
});
const marker = (key: string, revision: number): Newest => newest(key, revision, { deleted: true });
const byKey = (...all: readonly Newest[]): NewestByKey =>
  new Map(all.map((each) => [each.stored.key, each]));
const note = (value: Uint8Array, revision: number): Newest => ({
  ...newest(CLEARING_KEY, revision),
  stored: { key: CLEARING_KEY, value, revision },
});
const NOTED = encodeClearing({ before: 10, live: new Set([2, 5]) }, 12);
const ALL = { beforeMs: Number.POSITIVE_INFINITY, spare: 0, max: 100 };

describe('what is known of cleared markers', () => {
  it('is read as it was written', () => {
    const read = clearingIn(note(NOTED, 13));
    assert.deepEqual(read, { before: 10, live: new Set([2, 5]), revision: 13 });
  });

  it('is not believed where it is absent, deleted, damaged or copied from another bucket', () => {
    assert.equal(clearingIn(undefined), undefined);
    assert.equal(clearingIn({ ...note(NOTED, 13), deleted: true }), undefined);
    for (const damaged of [
      '',
      '{',
      'null',
      '7',
      '{"before":1}',
      '{"before":-1,"last":1,"live":[]}',
    ])
      assert.equal(clearingIn(note(bytes(damaged), 13)), undefined, damaged);
    assert.equal(clearingIn(note(bytes('{"before":1,"last":1,"live":["a"]}'), 13)), undefined);
    assert.equal(clearingIn(note(NOTED, 12)), undefined);
  });

  it('tells a value that was never replaced from one that came back', () => {
    const known = clearingIn(note(NOTED, 13));
    assert.equal(isLive(newest('a', 5), known), true);
    assert.equal(isLive(newest('a', 6), known), false);
    assert.equal(isLive(newest('a', 10), known), true);
    assert.equal(isLive(marker('a', 11), known), false);
    assert.equal(isLive(newest('a', 6), undefined), true);
  });
});

describe('choosing what to clear', () => {
  it('takes the oldest, and knows which values were there before', () => {
    const found = byKey(newest('a', 1), marker('b', 2), marker('c', 4), newest('d', 3));
    const plan = planClearing(found, undefined, { ...ALL, max: 1 });
    assert.deepEqual(plan, { keys: ['b'], before: 3, live: new Set([1]) });
    const both = planClearing(found, undefined, ALL);
    assert.deepEqual(both, { keys: ['b', 'c'], before: 5, live: new Set([1, 3]) });
  });

  it('leaves alone what is young, and few', () => {
    const found = byKey(marker('a', 1), marker('b', 2));
    assert.equal(planClearing(found, undefined, { ...ALL, spare: 2 }), undefined);
    assert.deepEqual(planClearing(found, undefined, { ...ALL, beforeMs: 1500 })?.keys, ['a']);
    assert.equal(planClearing(found, undefined, { ...ALL, beforeMs: Number.NaN }), undefined);
  });

  it('takes what came back, and goes on to know what it knew', () => {
    const known = clearingIn(note(NOTED, 13));
    const found = byKey(newest('a', 5), newest('ghost', 4), note(NOTED, 13), newest('b', 11));
    const plan = planClearing(found, known, ALL);
    assert.deepEqual(plan, { keys: ['ghost'], before: 10, live: new Set([5]) });
  });

  it('knows from when on there will be enough of what is old', () => {
    const found = byKey(newest('a', 1), marker('b', 2), marker('c', 4), marker('d', 3));
    const since = (spare: number): number =>
      clearableSince(found, undefined, { spare, seenAtMs: 9000 });
    assert.deepEqual([0, 1, 2, 3].map(since), [2000, 3000, 4000, 9000]);
    for (const spare of [0, 1, 2]) {
      const planAt = (beforeMs: number) =>
        planClearing(found, undefined, { ...ALL, spare, beforeMs });
      assert.equal(planAt(since(spare)), undefined);
      assert.notEqual(planAt(since(spare) + 1), undefined);
    }
    assert.equal(clearableSince(byKey(), undefined, { spare: 0, seenAtMs: 9000 }), 9000);
  });
});
