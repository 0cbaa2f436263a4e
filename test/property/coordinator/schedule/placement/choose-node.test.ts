import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { bestNode } from '../../../../../coordinator/schedule/moves/node-capacity.js';
import type { NodeSummary } from '../../../../../coordinator/schedule/node-summary.js';
import { BudgetTable } from '../../../../../coordinator/schedule/placement/budget-table.js';
import {
  type Choice,
  chooseNode,
  chooseNodeByRule,
} from '../../../../../coordinator/schedule/placement/choose-node.js';
import {
  budgetAfter,
  gpuFor,
  type NodeBudget,
  type PlacementRequest,
} from '../../../../../coordinator/schedule/placement/node-budget.js';
import { spread } from '../../../../../lab/policies/spread.js';
import { lawHolds } from '../policies/adaptive/arbitraries.js';
import {
  type AnyCluster,
  type AnyRequest,
  anyCluster,
  anyRequest,
  requestIn,
} from './arbitraries.js';
import { bestNodeByAll, chooseByAll, chooseByRule, type Nodes } from './exhaustive-choice.js';

const RUNS = 400;

/** The same cluster twice: as a table, and as a plain list. Both are placed on alike. */
class Twice {
  readonly table: BudgetTable;
  readonly nodes: Nodes & { readonly budgets: NodeBudget[] };

  constructor({ budgets, speeds }: AnyCluster) {
    const speedOf: Nodes['speedOf'] = (id) => speeds.get(id) ?? 1;
    this.table = new BudgetTable(budgets, speedOf);
    this.nodes = { budgets: [...budgets], speedOf };
  }

  /** Without the nodes at these places. */
  without(excluded: ReadonlySet<number>): {
    readonly mayTake: (node: NodeSummary) => boolean;
    readonly others: Nodes;
  } {
    const { budgets, speedOf } = this.nodes;
    const others = budgets.filter((_, place) => !excluded.has(place));
    const ids = new Set(others.map(({ node }) => node.id));
    return { mayTake: ({ id }) => ids.has(id), others: { budgets: others, speedOf } };
  }

  place({ spec, resources }: PlacementRequest, choice: Choice): void {
    if (choice.budget === null) return;
    const { budget, plannedCores } = choice;
    const after = budgetAfter(budget, resources, plannedCores, gpuFor(spec, budget));
    const { budgets } = this.nodes;
    this.table.replace(after);
    budgets[budgets.indexOf(budget)] = after;
  }
}

// Far quicker to compare than budgets in depth: they are the same objects.
const shown = (choice: Choice): unknown =>
  choice.budget === null ? choice : { ...choice, budget: choice.budget.node.id };

const sameChoice = (found: Choice, expected: Choice): void => {
  assert.deepEqual(shown(found), shown(expected));
  assert.equal(found.budget, expected.budget);
};

const everyRequest = (
  seen: readonly [AnyCluster, readonly AnyRequest[]],
  check: (twice: Twice, request: PlacementRequest, excluded: ReadonlySet<number>) => Choice,
): void => {
  const [cluster, requests] = seen;
  const twice = new Twice(cluster);
  for (const each of requests) {
    const request = requestIn(cluster, each);
    twice.place(request, check(twice, request, each.excluded));
  }
};

const clusterAndRequests = fc.tuple(anyCluster, fc.array(anyRequest, { maxLength: 12 }));

describe('choice of a node', () => {
  it('is that of asking every node everything, one allocation after the other', () => {
    let [chosen, refused, crowded] = [0, 0, 0];
    lawHolds(
      fc.property(clusterAndRequests, (seen) =>
        everyRequest(seen, ({ table, nodes }, request) => {
          const choice = chooseNode(request, table);
          sameChoice(choice, chooseByAll(request, nodes));
          if (choice.budget === null) refused += 1;
          else if (choice.reason.startsWith('no node')) crowded += 1;
          else chosen += 1;
          return choice;
        }),
      ),
      RUNS,
    );
    // All three ways were gone.
    assert.ok(Math.min(chosen, refused, crowded) > RUNS / 10, `${[chosen, refused, crowded]}`);
  });

  it('leaves out the nodes that may not take it', () => {
    lawHolds(
      fc.property(clusterAndRequests, (seen) =>
        everyRequest(seen, (twice, request, excluded) => {
          const { mayTake, others } = twice.without(excluded);
          const choice = chooseNode(request, twice.table, mayTake);
          sameChoice(choice, chooseByAll(request, others));
          return choice;
        }),
      ),
      RUNS,
    );
  });

  it('by a rule is that of the rule', () => {
    const how = { rule: spread, ofJobOn: ({ count }: NodeBudget) => count % 2 };
    lawHolds(
      fc.property(clusterAndRequests, (seen) =>
        everyRequest(seen, ({ table, nodes }, request) => {
          const choice = chooseNodeByRule(how, request, table);
          sameChoice(choice, chooseByRule(how, request, nodes));
          return choice;
        }),
      ),
    );
  });

  it('for a move is the first of those with the least CPU left', () => {
    let found = 0;
    lawHolds(
      fc.property(clusterAndRequests, (seen) =>
        everyRequest(seen, (twice, request, excluded) => {
          const { mayTake } = twice.without(excluded);
          const demandOf = () => request.demand;
          const best = bestNode(twice.table, { request, demandOf, mayTake });
          const expected = bestNodeByAll(request, twice.nodes, mayTake);
          assert.equal(best?.to, expected?.to);
          assert.deepEqual(
            [best?.plannedCores, best?.freeCores],
            [expected?.plannedCores, expected?.freeCores],
          );
          if (best === undefined) return { budget: null, refusals: [] };
          found += 1;
          return { budget: best.to, plannedCores: best.plannedCores, reason: '' };
        }),
      ),
      RUNS,
    );
    assert.ok(found > RUNS / 10, `${found}`);
  });
});
