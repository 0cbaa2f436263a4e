import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../../coordinator/schedule/schedule.js';
import type { SnapshotJob, SnapshotNode } from '../../../../../coordinator/schedule/types.js';
import {
  allocation,
  container,
  job,
  limit,
  node,
  nodeId,
  PARAMS,
  snapshot,
  wantedJob,
} from '../../build.js';

const PORTS = [{ containerPort: 80, hostPort: 8080 }];
const web = (name: string, change: object = {}) => job(name, { ports: PORTS, ...change });
const planOf = (nodes: readonly SnapshotNode[], jobs: readonly SnapshotJob[]) => {
  const input = { snapshot: snapshot(nodes, jobs), nowMs: 0, params: PARAMS };
  const { decisions, pending, preempted } = schedule(
    { ...input, policy: POLICIES.adaptive },
    NO_MEMORY,
  ).plan;
  return {
    placed: decisions.flatMap((each) =>
      each.kind === 'place' ? [`${each.allocation}@${each.node}`] : [],
    ),
    waiting: pending.map(({ allocation: id, refusals }) => [
      id,
      ...refusals.map(({ resource, message }) => `${resource}: ${message}`),
    ]),
    preempted: preempted.map(({ allocation: id }) => id),
  };
};

describe('place: ports of the host', () => {
  const taken = (id: string): string =>
    `port: node ${id}: its port 8080 is taken by another container: ask for another host port, ` +
    'or for none, and the node picks one';

  it('go to one container of a node each', () => {
    const jobs = [wantedJob(web('a')), wantedJob(web('b')), wantedJob(web('c'))];
    const { placed, waiting } = planOf([node('h1'), node('h2')], jobs);
    assert.deepEqual(placed, ['a-1@h1', 'b-1@h2']);
    assert.deepEqual(waiting, [['c-1', taken('h1'), taken('h2')]]);
  });

  it('do so for the replicas of one job, and for none that the node picks', () => {
    const two = planOf([node('h1'), node('h2')], [wantedJob(web('a', { replicas: 2 }))]);
    assert.deepEqual(two.placed, ['a-1@h1', 'a-2@h2']);
    const picked = { ports: [{ containerPort: 80 }], replicas: 3 };
    assert.equal(planOf([node('h1')], [wantedJob(job('a', picked))]).placed.length, 3);
  });

  it('are taken by what runs, whoever started it', () => {
    const ours = allocation('b-1', { limit: limit(0.5) });
    const report = container('adopted-1', { origin: 'label', ports: { '80': 8080 } });
    const foreign = allocation('adopted-1', { origin: 'label', report, node: nodeId('h2') });
    const nodes = [
      node('h1', { allocations: [ours] }),
      node('h2', { allocations: [foreign] }),
      node('h3'),
    ];
    const jobs = [wantedJob(web('a')), wantedJob(web('b'), ['b-1', 'h1'])];
    assert.deepEqual(planOf(nodes, jobs).placed, ['a-1@h3']);
  });

  it('of a lighter job are given to a heavier one', () => {
    const nodes = [node('h1', { allocations: [allocation('b-1', { limit: limit(0.5) })] })];
    const heavy = wantedJob(web('a', { weight: 5 }));
    const plan = planOf(nodes, [heavy, wantedJob(web('b'), ['b-1', 'h1'])]);
    assert.deepEqual([plan.placed, plan.preempted], [['a-1@h1'], ['b-1']]);
  });
});
