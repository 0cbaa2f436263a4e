import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationReason, jobStateCell } from '../../../../cli/output/format.js';
import type { JobStatus } from '../../../../proto/schemas/status.js';
import { job } from '../../coordinator/build.js';
import { allocationStatus, containerReport } from '../builders.js';

const WAITS = 'runs on as it was: no image web:2';
const changed: JobStatus = {
  spec: job('a'),
  origin: 'dqoes',
  state: 'running',
  reasons: [`a-0: ${WAITS}`],
  allocations: [allocationStatus({ reason: WAITS })],
};

describe('a job whose change waits', () => {
  it('is outdated where all of it runs', () => {
    assert.deepEqual(jobStateCell(changed), { text: 'outdated', tone: 'warn' });
    assert.equal(jobStateCell({ ...changed, state: 'partial' }).text, 'partial');
    assert.equal(jobStateCell({ ...changed, reasons: [] }).text, 'running');
  });

  it('says so of its container, before all but that it is started again and again', () => {
    const said = (reason: string): string =>
      allocationReason(allocationStatus({ reason: WAITS, container: containerReport({ reason }) }));
    assert.equal(said(''), WAITS);
    assert.equal(said('no line of its log had a time'), WAITS);
    const loop = 'restarting: it ended 3 times; docker logs web says why';
    assert.equal(said(loop), loop);
  });
});
