import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { unheard } from '../../../../coordinator/state/fold-node.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { SeenReports } from '../../../../coordinator/view/seen-reports.js';
import type { NodeReport } from '../../../../shared/report.js';
import { report } from '../build.js';

const state = emptyState({ incarnation: 'inc', epoch: 1, policy: 'adaptive' });
const heard = (...reports: readonly NodeReport[]): ClusterState => ({
  ...state,
  nodes: new Map(reports.map((each) => [each.node, { ...unheard(each.node, 0), report: each }])),
});
const [a, b, c] = [report('a'), report('b'), report('c')];

describe('seen reports', () => {
  it('are new once, wherever their nodes stand', () => {
    const seen = new SeenReports();
    assert.deepEqual(seen.newIn(heard(a, b, c)), [a, b, c]);
    assert.deepEqual(seen.newIn(heard(a, b, c)), []);
    assert.deepEqual(seen.newIn(heard(b, c)), []);
    const next = report('c', { sequence: 9 });
    assert.deepEqual(seen.newIn(heard(b, next)), [next]);
    assert.deepEqual(seen.newIn(heard(b, next)), []);
  });

  it('of a node that went and came again are new again', () => {
    const seen = new SeenReports();
    seen.newIn(heard(a, b));
    seen.newIn(heard(b));
    assert.deepEqual(seen.newIn(heard(b, a)), [a]);
  });

  it('are none of a node that waits to be approved', () => {
    const seen = new SeenReports();
    const waiting: ClusterState = { ...heard(a), registration: 'approved' };
    assert.deepEqual(seen.newIn(waiting), []);
    assert.deepEqual(seen.newIn(heard(a)), [a]);
  });
});
