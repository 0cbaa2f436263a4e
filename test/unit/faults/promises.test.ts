import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { heldInBoth, type Limited, overshootOf } from '../../faults/promises.js';

const one = (id: string, limitCores: number | null, change: Partial<Limited> = {}): Limited => ({
  id,
  name: id,
  job: id,
  state: 'running',
  cpu: `${limitCores}`,
  limitCores,
  ...change,
});
const none = new Map<string, string>();

describe('limits between two looks', () => {
  it('count the lower one: a limit is lowered before another is raised', () => {
    const held = heldInBoth([one('a', 1), one('b', 0.5)], [one('a', 0.5), one('b', 1)], none);
    assert.equal(overshootOf(held, 1), '');
  });

  it('that are in force at both looks are told when they exceed what there is', () => {
    const held = heldInBoth([one('a', 1), one('b', 0.5)], [one('a', 1), one('b', 0.5)], none);
    assert.match(overshootOf(held, 1.4), /^1\.500 of 1\.400 cores: a 1\.000, b 0\.500$/);
  });

  it('are no promise of dqoes where a container is as it came, or has ended', () => {
    const own = one('web', 1.5, { job: '', cpu: 'as it came' });
    const ended = one('b', 1, { state: 'exited' });
    const looks = [own, ended, one('c', null)];
    assert.deepEqual(heldInBoth(looks, looks, new Map([['web', 'as it came']])), []);
    const [limited] = heldInBoth([own], [own], none);
    assert.deepEqual(limited, { name: 'web', cores: 1.5 });
  });
});
