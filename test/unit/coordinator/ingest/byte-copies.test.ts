import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ByteCopies, MAX_FREE_BYTES } from '../../../../coordinator/ingest/byte-copies.js';

const bytesOf = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

describe('ByteCopies', () => {
  it('copies bytes of any length, and what is received later does not change them', () => {
    const copies = new ByteCopies();
    for (const length of [0, 1, 4096, 4097, 100_000]) {
      const received = bytesOf(length, 7);
      const copy = copies.copy(received);
      received.fill(0);
      assert.deepEqual([...new Set(copy)], length === 0 ? [] : [7], `${length}`);
      assert.equal(copy.length, length);
    }
  });

  it('uses the memory again that was released, and no other', () => {
    const copies = new ByteCopies();
    const [first, second] = [copies.copy(bytesOf(5000, 1)), copies.copy(bytesOf(5000, 2))];
    copies.release(first);
    const third = copies.copy(bytesOf(6000, 3));
    assert.equal(third.buffer, first.buffer);
    assert.notEqual(copies.copy(bytesOf(6000, 4)).buffer, second.buffer);
    assert.deepEqual([...new Set(second)], [2]);
    assert.deepEqual([...new Set(third)], [3]);
  });

  it('hands out memory of a fitting size only', () => {
    const copies = new ByteCopies();
    const small = copies.copy(bytesOf(100, 1));
    copies.release(small);
    const large = copies.copy(bytesOf(9000, 2));
    assert.notEqual(large.buffer, small.buffer);
    assert.equal(large.length, 9000);
    assert.equal(copies.copy(bytesOf(200, 3)).buffer, small.buffer);
  });

  it('keeps four MiB at most for later', () => {
    const copies = new ByteCopies();
    const taken = Array.from({ length: 40 }, () => copies.copy(bytesOf(256 * 1024, 1)));
    assert.equal(copies.freeBytes, 0);
    for (const copy of taken) copies.release(copy);
    assert.equal(copies.freeBytes, MAX_FREE_BYTES);
    copies.copy(bytesOf(256 * 1024, 2));
    assert.equal(copies.freeBytes, MAX_FREE_BYTES - 256 * 1024);
  });

  it('gives up free memory of other sizes, the largest first, when it is full', () => {
    const copies = new ByteCopies();
    const [large, middle] = [1024 * 1024, 512 * 1024];
    const taken = [large, large, large, middle, middle].map((size) =>
      copies.copy(bytesOf(size, 1)),
    );
    for (const copy of taken) copies.release(copy);
    assert.equal(copies.freeBytes, MAX_FREE_BYTES);
    const small = copies.copy(bytesOf(4096, 2));
    copies.release(small);
    assert.equal(copies.freeBytes, MAX_FREE_BYTES - large + 4096);
    assert.equal(copies.copy(bytesOf(4096, 3)).buffer, small.buffer);
    const { buffer } = copies.copy(bytesOf(middle, 4));
    assert.equal(buffer, taken.at(-1)?.buffer);
  });

  it('gives up nothing for what is larger than all that may be free', () => {
    const copies = new ByteCopies();
    const small = copies.copy(bytesOf(4096, 1));
    copies.release(small);
    copies.release(copies.copy(bytesOf(MAX_FREE_BYTES + 1, 2)));
    assert.equal(copies.freeBytes, 4096);
    assert.equal(copies.copy(bytesOf(4096, 3)).buffer, small.buffer);
  });
});
