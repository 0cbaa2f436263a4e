import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runChange } from '../../../../coordinator/api/change-outcome.js';
import { ChangeQueue } from '../../../../coordinator/api/change-queue.js';
import { ok } from '../../../../shared/result.js';
import { settle } from '../../../lib/manual-clock.js';
import { jobName } from '../build.js';

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

  it('keeps what a call had changed before it broke', async () => {
    const broken = await runChange(new ChangeQueue(() => true), async (changes) => {
      changes.push({ job: jobName('a'), after: 'stopped' });
      throw new Error('planned');
    });
    const { result, changes, cause } = broken;
    assert.deepEqual([result.ok, changes.length, String(cause)], [false, 1, 'Error: planned']);
  });
});
