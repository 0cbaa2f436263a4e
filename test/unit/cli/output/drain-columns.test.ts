import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DRAIN_COLUMNS, hurtsNobody } from '../../../../cli/output/drain-columns.js';
import { tableLines } from '../../../../cli/output/table.js';
import type { DrainPlan } from '../../../../proto/schemas/drain.js';
import { allocationId, jobName, nodeId } from '../../coordinator/build.js';

const move = (verdict: 'met' | 'unmet' | 'unknown'): DrainPlan['moves'][number] => ({
  allocation: allocationId('a-1'),
  job: jobName('a'),
  to: {
    ...{ id: allocationId('a-2'), node: nodeId('h2'), verdict, limitCores: 0.3, expectedMs: 84 },
    ...{ reachableMs: null, neededCores: null, reason: 'moves from h1: h1 is draining' },
  },
});
const plan = (change: Partial<DrainPlan>): DrainPlan => ({
  ...{ node: nodeId('h1'), moves: [], stays: [], effects: [] },
  ...change,
});

describe('cli: the dry run of a drain', () => {
  it('is a line for each allocation that moves', () => {
    const [head, line] = tableLines(DRAIN_COLUMNS, [move('met')], { wide: true, colour: false });
    assert.match(head ?? '', /^JOB +ALLOCATION +MOVES TO +VERDICT +EXPECTED +LIMIT +REASON/);
    assert.match(line ?? '', /^a +a-1 +h2 +met +84ms +0.30 +moves from h1: h1 is draining/);
  });

  it('hurts nobody where all of ours leave and keep their targets', () => {
    const stay = { allocation: allocationId('b-1'), job: jobName('b'), reason: 'no room' };
    const effect = {
      ...{ allocation: allocationId('c-1'), job: jobName('c'), node: nodeId('h2'), reason: 'less' },
      effect: 'loses-target' as const,
    };
    assert.ok(hurtsNobody(plan({ moves: [move('met'), move('unknown')] })));
    assert.ok(hurtsNobody(plan({ stays: [{ ...stay, container: 'db' }] })), 'not ours: it stays');
    assert.ok(hurtsNobody(plan({ effects: [{ ...effect, effect: 'gains-target' }] })));
    assert.ok(!hurtsNobody(plan({ moves: [move('unmet')] })));
    assert.ok(!hurtsNobody(plan({ stays: [stay] })));
    assert.ok(!hurtsNobody(plan({ effects: [effect] })));
  });
});
