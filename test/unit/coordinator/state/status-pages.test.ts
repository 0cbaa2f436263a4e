import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  allocationPage,
  allocationStatuses,
} from '../../../../coordinator/state/allocation-status.js';
import { jobPage, jobStatus, jobStatuses } from '../../../../coordinator/state/job-status.js';
import { nodePage, nodeStatuses } from '../../../../coordinator/state/node-status.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';
import { everyPage } from '../../../lib/every-page.js';
import { container, job } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './state-build.js';

describe('statuses by pages', () => {
  const state = fold(
    START,
    stored('face', { replicas: 3 }),
    stored('ocr'),
    reported(0, 'h1', {
      containers: [
        container('face-1'),
        container('face-2'),
        container('adopted-1', { origin: 'label', job: job('album').name, name: 'album' }),
      ],
    }),
    // Back after it was lost: it still has what was started elsewhere.
    reported(0, 'h2', { containers: [container('face-1')] }),
    desiredOn('h1', 1, ['face-1', 1], ['face-2', 1]),
  );

  it('are those of the whole list', () => {
    for (const limit of [1, 2, 3, 100]) {
      const jobs = everyPage<unknown, JobName>((asked) => {
        const { jobs: rows, stopping: _, ...more } = jobPage(state, 9, asked);
        return { rows, ...more };
      }, limit);
      assert.deepEqual(jobs.rows, jobStatuses(state, 9));
      const allocations = everyPage<unknown, AllocationId>(
        (asked) => allocationPage(state, 9, asked),
        limit,
      );
      assert.deepEqual(allocations.rows, allocationStatuses(state, 9));
      const nodes = everyPage<unknown, NodeId>((asked) => nodePage(state, 9, asked), limit);
      assert.deepEqual(nodes.rows, nodeStatuses(state, 9));
    }
    assert.deepEqual(
      jobStatuses(state, 9).map(({ spec }) => spec.name),
      ['album', 'face', 'ocr'],
    );
  });

  it('are the same for one job alone', () => {
    for (const each of jobStatuses(state, 9))
      assert.deepEqual(jobStatus(state, each.spec.name, 9), each);
    assert.equal(jobStatus(state, job('nobody').name, 9), null);
  });
});
