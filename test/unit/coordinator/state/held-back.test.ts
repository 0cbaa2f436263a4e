import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationStatuses } from '../../../../coordinator/state/allocation-status.js';
import { jobStatuses } from '../../../../coordinator/state/job-status.js';
import type { Ack, AllocationAck } from '../../../../shared/command.js';
import { allocationId, container, nodeId } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './state-build.js';

const WHY = 'runs on as it was: the journal cannot be written: ENOSPC';
const VERSION = { incarnation: 'i', epoch: 1, revision: 1 };
const ACK = { node: nodeId('h1'), bootId: 'boot', asked: VERSION, holds: VERSION, reason: '' };
const heldBack = (reason: string): AllocationAck => ({
  id: allocationId('a-1'),
  ok: false,
  reason,
});

describe('a job whose change waits', () => {
  it('says so of what runs, and why, in the words of its agent', () => {
    const said = (outcome: Ack['outcome'], why: string, reason = '') =>
      fold(
        START,
        stored('a'),
        reported(0, 'h1', { containers: [container('a-1', { reason })] }),
        desiredOn('h1', 1, ['a-1', 1.5]),
        { kind: 'acks', atMs: 0, acks: [{ ...ACK, outcome, allocations: [heldBack(why)] }] },
      );
    const held = said('refused', WHY);
    const [only] = allocationStatuses(held, 100);
    assert.deepEqual([only?.reason, only?.container?.reason], [WHY, '']);
    const [job] = jobStatuses(held, 100);
    assert.deepEqual([job?.state, job?.reasons], ['running', [`a-1: ${WHY}`]]);
    const quiet = said('partial', WHY, 'no line of its log had a time');
    assert.deepEqual(jobStatuses(quiet, 100)[0]?.reasons, [
      `a-1: ${WHY}`,
      'a-1: no line of its log had a time',
    ]);
    const other = allocationStatuses(said('partial', 'pulling web:2'), 100);
    assert.doesNotMatch(other[0]?.reason ?? '', /pulling/, 'its limit is explained meanwhile');
  });
});
