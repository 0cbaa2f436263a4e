import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { freeOf } from '../../../../../coordinator/schedule/moves/node-capacity.js';
import { BudgetTable } from '../../../../../coordinator/schedule/placement/budget-table.js';
import { chooseNode } from '../../../../../coordinator/schedule/placement/choose-node.js';
import type {
  NodeBudget,
  PlacementRequest,
} from '../../../../../coordinator/schedule/placement/node-budget.js';
import { planPreemption } from '../../../../../coordinator/schedule/placement/preempt.js';
import { isFeasible, refusalsOf } from '../../../../../coordinator/schedule/placement/refusals.js';
import { allocation, job, node, nodeId } from '../../build.js';
import { budgetWith, forecastOf, placementRequestOf } from '../../cluster-build.js';

const on = (id: string, demands: Readonly<Record<string, number | null>>, change: object = {}) => {
  const allocations = Object.keys(demands).map((each) => allocation(each, { node: nodeId(id) }));
  return budgetWith(node(id, { allocations, ...change }), forecastOf(2, demands));
};
const placeOf = (request: PlacementRequest, budgets: readonly NodeBudget[]): string => {
  const choice = chooseNode(request, new BudgetTable(budgets, () => 1));
  return choice.budget === null ? 'nowhere' : `${choice.budget.node.id}: ${choice.reason}`;
};

describe('place: a newcomer whose need is known', () => {
  it('goes where it fits best, so that room for larger ones stays elsewhere', () => {
    const budgets = [on('h1', { 'a-1': 0.5 }), on('h2', { 'b-1': 1.2 }), on('h3', { 'c-1': 1.7 })];
    assert.match(
      placeOf(placementRequestOf(job('x'), 0.6), budgets),
      /^h2: best fit: 1s takes 0.600 CPU, 0.140 of 2.000 CPU stay free/,
    );
    assert.match(placeOf(placementRequestOf(job('x'), 1.2), budgets), /^h1: /);
    assert.match(placeOf(placementRequestOf(job('x'), 0.2), budgets), /^h3: /);
  });

  it('counts a host that has just become faster as it was before', () => {
    const slowerRatio = 1.1;
    const quick = (demands: Readonly<Record<string, number>>) => {
      const { node: at } = on('h1', demands);
      return budgetWith(at, { ...forecastOf(2, demands), slowerRatio });
    };
    const budgets = [quick({ 'a-1': 1.2 }), on('h2', { 'b-1': 0.5 })];
    const at = (cores: number | null, among = budgets): string =>
      placeOf(placementRequestOf(job('x'), cores), among);
    assert.match(at(0.6), /^h2: best fit/);
    assert.match(at(0.5), /^h1: best fit: 1s takes 0.500 CPU, 0.064 of 2.000 CPU stay free/);
    assert.match(at(null, [quick({ 'a-1': 0.4 }), on('h2', { 'b-1': 0.5 })]), /^h2: most free CPU/);
    // Neither has room: on h1 the newcomer or a-1 would wait, on h2 all can be eased.
    const full = [quick({ 'a-1': 1.2 }), on('h2', { 'b-1': 1.2 })];
    assert.match(at(0.95, full), /^h2: no node has/);
    assert.ok(Math.abs(freeOf(quick({ 'a-1': 1 })) - (1.94 / slowerRatio - 1)) < 1e-9);
  });

  it('breaks ties by id', () => {
    assert.match(placeOf(placementRequestOf(job('x'), 0.6), [on('h2', {}), on('h1', {})]), /^h1: /);
  });

  it('goes where most targets are met with it when it fits nowhere', () => {
    // On h2 everybody can be eased to the edge of its band; on h1 somebody would lose its target.
    const budgets = [
      on('h1', { 'a-1': 0.5, 'b-1': 0.5, 'c-1': 0.5, 'd-1': 0.5 }),
      on('h2', { 'e-1': 1.2 }),
    ];
    assert.match(
      placeOf(placementRequestOf(job('x'), 0.9), budgets),
      /^h2: no node has the 0.900 CPU free that 1s takes/,
    );
    const heavy = [
      on('h1', { 'a-1': 0.5, 'b-1': 0.5, 'c-1': 0.5, 'd-1': 0.5 }),
      budgetWith(
        node('h2', { allocations: [allocation('e-1', { node: nodeId('h2'), weight: 9 })] }),
        forecastOf(2, { 'e-1': 2 }),
      ),
    ];
    assert.match(placeOf(placementRequestOf(job('x', { weight: 2 }), 0.9), heavy), /^h1: /);
  });

  it('counts who has shown nothing yet with an equal share', () => {
    const budgets = [on('h1', { 'a-1': null, 'b-1': 0.2 }), on('h2', { 'c-1': 0.7 })];
    assert.match(placeOf(placementRequestOf(job('x'), 0.7), budgets), /^h1: /);
    assert.match(placeOf(placementRequestOf(job('x'), 0.9), budgets), /^h2: /);
  });
});

describe('place: a newcomer nobody knows', () => {
  it('goes where most CPU is free for it', () => {
    const budgets = [on('h1', { 'a-1': 1.8 }), on('h2', { 'b-1': 0.3, 'c-1': 0.3 })];
    assert.match(
      placeOf(placementRequestOf(job('x'), null), budgets),
      /^h2: most free CPU: 1.400 of 2.000/,
    );
  });
});

describe('place: feasible', () => {
  it('is what nobody refuses, in whatever respect', () => {
    const specs = [
      job('x'),
      job('x', { constraints: { labels: { zone: 'a' } } }),
      job('x', { resources: { cpu: { minCores: 1.5 }, memoryBytes: 2 ** 40 } }),
      job('x', { resources: { cpu: { minCores: 1.5 } } }),
      job('x', { env: { BLOB: 'x'.repeat(200_000) } }),
      job('x', { ports: [{ containerPort: 80, hostPort: 8080 }] }),
    ];
    const budgets = [
      on('h1', {}),
      on('h2', {}, { labels: { zone: 'a' } }),
      on('h3', {}, { labels: { zone: 'b' }, allocatableCpuCores: 1 }),
      on('h4', {}, { schedulable: false, unschedulableReason: 'cordoned' }),
      on('h5', {}, { allocatableMemoryBytes: 2 ** 41 }),
      { ...on('h6', {}), hostPorts: new Set([8080]) },
    ];
    let feasible = 0;
    for (const spec of specs)
      for (const budget of budgets) {
        const request = placementRequestOf(spec, null);
        assert.equal(
          isFeasible(request, budget),
          refusalsOf(request, budget).length === 0,
          `${JSON.stringify(spec)} ${budget.node.id}`,
        );
        feasible += isFeasible(request, budget) ? 1 : 0;
      }
    assert.ok(feasible > 5 && feasible < 28);
  });
});

describe('place: making way', () => {
  const full = (
    id: string,
    ...jobs: readonly (readonly [id: string, weight: number, minCores: number])[]
  ) =>
    budgetWith(
      node(id, {
        allocations: jobs.map(([each, weight, minCores]) =>
          allocation(each, { node: nodeId(id), weight, minCores }),
        ),
      }),
    );
  const heavy = (weight: number, minCores: number, change: object = {}) =>
    placementRequestOf(job('x', { weight, resources: { cpu: { minCores } }, ...change }), null);
  const victims = (...args: Parameters<typeof planPreemption>) =>
    planPreemption(...args)?.preempted.map(({ allocation: id, node: at }) => `${id}@${at}`);

  it('takes the place of the lightest, on the node where the least weight has to go', () => {
    const budgets = [full('h1', ['a-1', 2, 1.5]), full('h2', ['b-1', 1, 1], ['c-1', 3, 0.9])];
    assert.deepEqual(victims(heavy(5, 1), budgets), ['b-1@h2']);
    assert.match(
      planPreemption(heavy(5, 1), budgets)?.preempted[0]?.reason ?? '',
      /preempted by x \(weight 5, own weight 1\)/,
    );
  });

  it('never of its like or heavier', () => {
    assert.equal(victims(heavy(1, 1), [full('h1', ['a-1', 1, 1.5])]), undefined);
    assert.equal(victims(heavy(1, 1), [full('h1', ['a-1', 2, 1.5])]), undefined);
  });

  it('spares whom it does not need', () => {
    assert.deepEqual(victims(heavy(9, 1), [full('h1', ['a-1', 1, 0.2], ['b-1', 2, 1.6])]), [
      'b-1@h1',
    ]);
  });

  it('does not take places where no place would help, nor of containers that are not ours', () => {
    const labelled = heavy(9, 1, { constraints: { labels: { zone: 'a' } } });
    assert.equal(victims(labelled, [full('h1', ['a-1', 1, 1.5])]), undefined);
    const adopted = allocation('adopted-1', { origin: 'label', weight: 0.5, minCores: 1.5 });
    assert.equal(
      victims(heavy(9, 1), [budgetWith(node('h1', { allocations: [adopted] }))]),
      undefined,
    );
  });
});
