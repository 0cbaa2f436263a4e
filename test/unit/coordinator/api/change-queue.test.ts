import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ChangeQueue } from '../../../../coordinator/api/change-queue.js';
import { ok } from '../../../../shared/result.js';
import { settle } from '../../../lib/manual-clock.js';

describe('the queue of changes', () => {
  it('begins none before the audit has room for its lines, and keeps their order', async () => {
    let makeRoom: () => void = () => {};
    const asked: number[] = [];
    const queue = new ChangeQueue(
      () => true,
      (lines) => {
        asked.push(lines);
        return new Promise((resolve) => {
          makeRoom = resolve;
        });
      },
    );
    const begun: string[] = [];
    const change = (name: string) => async () => {
      begun.push(name);
      return ok(undefined);
    };
    void queue.run(change('first'), 3);
    void queue.run(change('second'));
    await settle();
    assert.deepEqual([asked, begun], [[3], []]);
    makeRoom();
    await settle();
    assert.deepEqual([asked, begun], [[3, 1], ['first']]);
    makeRoom();
    await settle();
    assert.deepEqual(begun, ['first', 'second']);
  });
});
