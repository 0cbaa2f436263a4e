import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { JOB_COLUMNS } from '../../../../cli/output/columns.js';
import type { JobStatus } from '../../../../proto/schemas/status.js';
import { job } from '../../coordinator/build.js';
import { allocationStatus } from '../builders.js';

const source = JOB_COLUMNS.find(({ title }) => title === 'SOURCE');
const statusOf = (origin: JobStatus['origin']): JobStatus => ({
  ...{ spec: job('a'), origin, state: 'running', reasons: [] },
  allocations: [allocationStatus()],
});

describe('the source of a job', () => {
  it('is that of its job file', () => {
    assert.equal(source?.cell(statusOf('dqoes')), job('a').latency.source);
  });

  it('is not known of containers that their labels made a job', () => {
    assert.equal(source?.cell(statusOf('label')), '-');
  });
});
