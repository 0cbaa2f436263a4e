import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NONE_AT_REST } from '../../../../coordinator/schedule/node-limits.js';
import { NO_STEADY_NODES } from '../../../../coordinator/schedule/placement/steady-nodes.js';
import { NO_MEMORY, schedule } from '../../../../coordinator/schedule/schedule.js';
import type { LimitDecision, Policy } from '../../../../coordinator/schedule/types.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { allocation, job, limit, node, PARAMS, snapshot, target, wantedJob } from '../build.js';
import { ToyCluster } from './toy-cluster.js';

/** Decides the same in each plan; counts how often it is asked. */
function counting(waitsForNews?: Policy['waitsForNews'], limits: readonly LimitDecision[] = []) {
  const asked: string[] = [];
  const decide: Policy['decide'] = ({ node: its }, memory) => {
    asked.push(its.id);
    return {
      limits,
      memory: memory ?? 'met',
      conditions: [{ kind: 'overloaded', reason: 'r' }],
    };
  };
  const waits = waitsForNews === undefined ? {} : { waitsForNews };
  const policy: Policy = { name: 'counting', start: null, decide, ...waits };
  return { policy, asked };
}

describe('a node at rest', () => {
  const resting = node('h1', { allocations: [allocation('a-1', { limit: limit(0.5) })] });
  const its = snapshot([resting], [wantedJob(job('a'), ['a-1', 'h1'])]);
  const decide = (policy: Policy, memory = NO_MEMORY, seen = its) =>
    schedule({ snapshot: seen, nowMs: 0, params: PARAMS, policy }, memory);
  const inFourPlans = (policy: Policy): void => {
    let { memory } = decide(policy);
    for (let i = 0; i < 3; i += 1) memory = decide(policy, memory).memory;
  };

  it('is asked about once by a policy that waits for news, and keeps its conditions', () => {
    const { policy, asked } = counting((_, memory) => memory === 'met');
    const first = decide(policy);
    const second = decide(policy, first.memory);
    const third = decide(policy, second.memory);
    assert.deepEqual(asked, ['h1']);
    assert.deepEqual(third.memory.nodes, { ids: ['h1'], values: ['met'] });
    assert.deepEqual(third.plan.conditions, first.plan.conditions);
    decide(policy, third.memory, { ...its, nodes: [{ ...resting }] });
    assert.equal(asked.length, 2);
  });

  it('is asked about in every plan by a policy that has a clock, or does not wait', () => {
    for (const waits of [undefined, () => false]) {
      const { policy, asked } = counting(waits);
      inFourPlans(policy);
      assert.equal(asked.length, 4);
    }
  });

  it('is asked about until it has the limits that were decided', () => {
    const to = { allocation: 'a-1' as AllocationId, limit: limit(0.7), reason: 'r' };
    const { policy, asked } = counting(() => true, [to]);
    inFourPlans(policy);
    assert.equal(asked.length, 4);
  });
});

describe('what is remembered of nodes at rest', () => {
  it('changes no plan', () => {
    const cluster = new ToyCluster(['h1', 'h2', 'h3'], () => 0.05);
    const forgetful = new ToyCluster(['h1', 'h2', 'h3'], () => 0.05);
    const specs = ['a', 'b', 'c', 'd'].map((name) => job(name, { target: target(150) }));
    for (const each of [cluster, forgetful]) each.submit(...specs);
    for (let second = 0; second < 90; second += 1) {
      cluster.run(1);
      const { memory } = forgetful;
      forgetful.memory = { ...memory, atRest: NONE_AT_REST, steady: NO_STEADY_NODES };
      forgetful.run(1);
      if (second === 40) for (const each of [cluster, forgetful]) each.cut.add('h2');
      if (second === 60)
        for (const each of [cluster, forgetful]) each.submit(job('e', { target: target(90) }));
      assert.deepEqual(cluster.placed, forgetful.placed, `second ${second}`);
      assert.deepEqual(cluster.events, forgetful.events);
    }
    assert.ok(Object.keys(cluster.placed).length >= 5);
  });
});
