import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ownerOf } from '../../../../coordinator/workers/owner-of.js';
import { nodeId } from '../build.js';

const NODES = 4000;

describe('the owner of a node', () => {
  it('is the same in every version: open minutes and reports are divided by it', () => {
    const owners = ['h1', 'h2', 'gpu-7', 'node-00042'].map((name) => ownerOf(nodeId(name), 4));
    assert.deepEqual(owners, [0, 0, 1, 2]);
  });

  it('is the only one there is, where there is one', () => {
    assert.equal(ownerOf(nodeId('h1'), 1), 0);
  });

  for (const [kind, nameOf] of [
    ['numbered', (i: number) => `node-${String(i).padStart(5, '0')}`],
    ['numbered in twos', (i: number) => `node-${String(2 * i).padStart(5, '0')}`],
    ['addressed', (i: number) => `ip-10-0-${i >> 8}-${i & 255}`],
  ] as const)
    for (const of of [2, 3, 4, 16, 64])
      it(`has about as many nodes as each of ${of}, if they are ${kind}`, () => {
        const counts = new Array<number>(of).fill(0);
        for (let i = 0; i < NODES; i += 1) {
          const owner = ownerOf(nodeId(nameOf(i)), of);
          counts[owner] = (counts[owner] ?? 0) + 1;
        }
        const fair = NODES / of;
        // Four standard deviations of a fair draw.
        const most = 4 * Math.sqrt(fair);
        for (const count of counts)
          assert.ok(Math.abs(count - fair) <= most, `${count} of about ${fair}`);
      });
});
