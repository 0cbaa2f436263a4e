import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PS_COLUMNS } from '../../../../cli/output/columns.js';
import { allocationReason, atTargetText } from '../../../../cli/output/format.js';
import { clusterData } from '../../../../cli/top/model/rows.js';
import type { AllocationId, JobName } from '../../../../shared/ids.js';
import { job, latency, nodeId } from '../../coordinator/build.js';
import { allocationStatus, containerReport } from '../builders.js';
import { nodeStatus } from '../top/build.js';

const answered = { latency: latency(790, { newestAgeMs: 300_000 }) };
const silent = allocationStatus({
  id: 'a-1' as AllocationId,
  ...{ latencyMs: null, qoeClass: null, ageMs: 5000, reason: 'idle' },
  container: containerReport(answered),
});
const good = allocationStatus();

describe('a container that has answered nothing for long', () => {
  it('has neither response time nor class, and REASON says since when', () => {
    const shown = PS_COLUMNS.filter(({ title }) => ['NOW', 'CLASS', 'REASON'].includes(title));
    const cells = shown.map(({ cell }) => cell(silent)).map((each) => textOf(each));
    assert.deepEqual(cells, ['-', '-', 'no answer for 5m5s: idle']);
  });

  it('that has never answered, has ended or answers now is not said to be silent', () => {
    const never = { ...silent, container: containerReport() };
    const ended = { ...silent, container: containerReport({ ...answered, state: 'exited' }) };
    for (const each of [never, ended, { ...silent, latencyMs: 790 }])
      assert.doesNotMatch(allocationReason(each), /no answer/);
  });

  it('is not counted against its job', () => {
    const of = (...allocations: (typeof silent)[]) =>
      atTargetText({ spec: job('a'), origin: 'dqoes', state: 'running', reasons: [], allocations });
    assert.deepEqual([of(silent), of(silent, good), of(good)], ['-', '1/1', '1/1']);
    const totalsOf = (...allocations: (typeof silent)[]) => {
      const { totals } = clusterData([{ status: nodeStatus('h1'), allocations }], [], 0);
      return [totals.jobs, totals.atTarget, totals.notSlower];
    };
    assert.deepEqual(totalsOf(silent, good), [1, 1, 1]);
    assert.deepEqual(totalsOf(silent), [0, 0, 0]);
    const other = { ...good, job: 'b' as JobName, node: nodeId('h1') };
    assert.deepEqual(totalsOf(silent, other), [1, 1, 1]);
  });
});

const textOf = (cell: string | { readonly text: string }): string =>
  typeof cell === 'string' ? cell : cell.text;
