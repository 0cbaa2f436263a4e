import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { capacitySteps } from '../../../../coordinator/planning/capacity.js';
import type { CapacityRequest } from '../../../../proto/schemas/capacity.js';
import { like } from '../schedule/toy-cluster.js';
import { ask, clusterOf, contextOf } from './capacity-build.js';

describe('capacity: its limit', () => {
  it('answers with the best found until then, and says so', () => {
    const jobs = ['a1', 'a2', 'a3', 'a4'].map((name) => like(name, 80));
    const cluster = clusterOf(['h1', 'h2', 'h3', 'h4'], ...jobs);
    const request: CapacityRequest = { parts: ['room', 'trades', 'pack'] };
    const none = ask(cluster, request, { maxSteps: 0 });
    assert.equal(none.complete, false);
    assert.equal(none.hosts.length, 4);
    assert.deepEqual([none.room, none.packed?.empty], [[], []]);
    let emptied = 0;
    for (const maxSteps of [100, 300, 1000, 3000, 1e6]) {
      const { packed, complete } = ask(cluster, request, { maxSteps });
      assert.ok((packed?.empty.length ?? 0) >= emptied, String(maxSteps));
      emptied = packed?.empty.length ?? 0;
      if (maxSteps === 100 || maxSteps === 1e6) assert.equal(complete, maxSteps === 1e6);
    }
    assert.equal(emptied, 2);
  });

  it('has a trade that was found, although there was no time for a smaller change', () => {
    const jobs = [like('face1', 125), like('face2', 125), like('word1', 80)];
    const cluster = clusterOf(['h1'], ...jobs);
    const ratioFound = (maxSteps: number): number | undefined => {
      const { trades } = ask(cluster, { parts: ['trades'] }, { maxSteps });
      const trade = trades.find(({ gains }) => gains.length > 0);
      return trade && trade.toMs / trade.fromMs;
    };
    let first: number | undefined;
    for (let maxSteps = 0; first === undefined && maxSteps < 3000; maxSteps += 2)
      first = ratioFound(maxSteps);
    assert.ok(first !== undefined && first > 1.24, String(first));
    assert.ok((ratioFound(1e6) ?? 2) < 1.22, String(ratioFound(1e6)));
  });

  it('takes no more steps than it may, beside those of the state as it is', () => {
    const cluster = clusterOf(['h1', 'h2', 'h3'], like('a1', 100), like('face1', 100));
    const stepsOf = (request: CapacityRequest, maxSteps: number): number => {
      const limit = { maxSteps };
      const steps = capacitySteps({ ...contextOf(cluster), request, limit });
      let taken = 0;
      while (steps.next().done !== true) taken += 1;
      return taken;
    };
    const always = stepsOf({}, 0);
    const request: CapacityRequest = { parts: ['room', 'trades', 'pack'] };
    for (const maxSteps of [10, 200, 500])
      assert.ok(stepsOf(request, maxSteps) <= always + maxSteps);
  });
});
