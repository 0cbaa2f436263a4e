import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { capacityFaults } from '../../../../coordinator/api/validate-capacity.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { job, jobName, nodeId, report } from '../build.js';

const state = (...nodes: readonly string[]) => {
  const empty = emptyState({ incarnation: 'i', epoch: 1, policy: 'adaptive' });
  const stored = reduce(empty, {
    kind: 'jobs-stored',
    atMs: 0,
    jobs: [{ spec: job('face'), revision: 1 }],
  });
  const reports = nodes.map((node) => ({ atMs: 0, report: report(node) }));
  return reduce(stored, { kind: 'reports', atMs: 0, reports });
};

describe('questions about the capacity', () => {
  it('are about hosts and jobs that there are', () => {
    const known = state('h1', 'h2');
    const good = { without: [nodeId('h1')], like: [jobName('face')], add: { hosts: 1 } };
    assert.deepEqual(capacityFaults(good, known), []);
    const bad = { without: [nodeId('h1'), nodeId('h9')], like: [jobName('none')] };
    const faults = capacityFaults(bad, known);
    assert.ok(faults.every(({ code }) => code === 'service.not-found'));
    assert.deepEqual(
      faults.map(({ field, message }) => [field, message]),
      [
        ['without', 'there is no node h9: list them with "dqoes node ls"'],
        ['like', 'there is no job none: list them with "dqoes job ls"'],
      ],
    );
  });

  it('leave a host that reports', () => {
    const [fault] = capacityFaults({ without: [nodeId('h1'), nodeId('h2')] }, state('h1', 'h2'));
    assert.deepEqual([fault?.code, fault?.field], ['schedule.no-node', 'without']);
    assert.match(fault?.message ?? '', /none is left that reports: name fewer/);
  });

  it('need a host where they are about other ones; what is free can always be asked', () => {
    const [fault] = capacityFaults({ add: { hosts: 1 } }, state());
    assert.match(fault?.message ?? '', /no host reports: start dqoes agent/);
    assert.deepEqual(capacityFaults({}, state()), []);
  });
});
