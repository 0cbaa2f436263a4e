import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  beginNotice,
  changesOf,
  keyOf,
  type LogTarget,
  targetsOf,
} from '../../../../cli/logs/targets.js';
import type { JobStatus } from '../../../../proto/schemas/status.js';
import type { AllocationId, NodeId } from '../../../../shared/ids.js';
import { allocationStatus, containerReport } from '../builders.js';

const target = (allocation: string, node: string, more: Partial<LogTarget> = {}): LogTarget => ({
  allocation: allocation as AllocationId,
  name: allocation,
  node: node as NodeId,
  container: 'c1',
  life: 'c1@1',
  ...more,
});
const known = (...targets: readonly LogTarget[]): ReadonlyMap<string, LogTarget> =>
  new Map(targets.map((each) => [keyOf(each), each]));

describe('which logs are followed', () => {
  it('are those of containers that there are', () => {
    const waiting = allocationStatus({ node: null, container: null });
    const named = containerReport({ origin: 'label', name: 'mine' });
    const status = {
      allocations: [allocationStatus(), waiting, allocationStatus({ container: named })],
    } as unknown as JobStatus;
    assert.deepEqual(
      targetsOf(status).map(({ name, node }) => `${name} ${node}`),
      ['a-0 h1', 'mine h1'],
    );
  });

  it('change with a move, another container and a further one', () => {
    const before = known(target('a-1', 'h1'), target('a-2', 'h1'));
    const now = [target('a-1', 'h1'), target('a-3', 'h2', { replaces: 'a-2' as AllocationId })];
    const { begin, leave } = changesOf(before, now);
    assert.deepEqual([begin.map(({ name }) => name), leave], [['a-3'], ['a-2 h1 c1']]);
  });

  it('are announced by what happened', () => {
    const before = [target('a-1', 'h1')];
    const said = (allocation: string, node: string, more: Partial<LogTarget> = {}): string =>
      beginNotice(target(allocation, node, more), before);
    const replaces = 'a-1' as AllocationId;
    assert.equal(said('a-2', 'h2', { replaces }), 'a-1 moves from h1 to h2, as a-2');
    assert.match(said('a-1', 'h1', { container: 'c2' }), /^a-1 on h1 has another container/);
    assert.equal(said('a-1', 'h2'), 'a-1 runs on h2 now, before on h1');
    assert.equal(said('a-9', 'h2'), 'a-9 on h2: its log is followed, too');
  });
});
