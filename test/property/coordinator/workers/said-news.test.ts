import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { factsOf } from '../../../../coordinator/schedule/summary-facts.js';
import type { SnapshotNode } from '../../../../coordinator/schedule/types.js';
import { deepEqual } from '../../../../coordinator/state/deep-equal.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { placesOf } from '../../../../coordinator/state/node-places.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { snapshotOf } from '../../../../coordinator/state/snapshot.js';
import type { NodeNews, SaidFacts } from '../../../../coordinator/workers/messages.js';
import { type NodeNow, SaidNews } from '../../../../coordinator/workers/said-news.js';
import { anyEvent, START } from '../state/any-event.js';

const STANDING = { liveness: 'ready', isAdmitted: true, isMissed: false } as const;

/** What there is to say of the nodes of a state. */
function nodesOf(
  { nodes, jobs, registration }: ClusterState,
  views: readonly SnapshotNode[],
): readonly NodeNow[] {
  return [...nodes.values()].map((record) => ({
    record,
    cluster: { jobs, registration },
    standing: STANDING,
    view: views.find(({ id }) => id === record.id),
    forecast: () => undefined,
    unmet: [],
  }));
}

type Heard = Pick<SaidFacts, 'places' | 'facts'>;

/** What was heard of nodes, and how often something was said again in vain, or was not. */
class Listener {
  readonly #heard = new Map<string, Heard>();
  repeated = 0;
  kept = 0;

  hear({ id, ...said }: NodeNews): void {
    const before = this.#heard.get(id);
    for (const what of ['places', 'facts'] as const)
      if (said[what] === undefined) this.kept += 1;
      else if (before !== undefined && deepEqual(before[what], said[what])) this.repeated += 1;
    // All is said the first time.
    this.#heard.set(id, { ...before, ...said } as Heard);
  }

  /** Holds what was heard of a node to what there is to say of it. */
  check({ record, cluster, view }: NodeNow): void {
    const heard = this.#heard.get(record.id);
    assert.ok(deepEqual(heard?.places, placesOf(cluster, record)));
    assert.ok(deepEqual(heard?.facts, view === undefined ? null : factsOf(view)));
  }
}

const saysFacts = ({ standing, places, facts, unmet }: NodeNews): boolean =>
  [standing, places, facts, unmet].some((said) => said !== undefined);

interface Announced {
  readonly isNew: boolean;
  readonly said: ReturnType<SaidNews['next']>;
}

/** Facts are announced where a node or the jobs are others, and never in vain. */
function checkAnnounced(
  before: ClusterState,
  after: ClusterState,
  { isNew, said: { nodes, gone } }: Announced,
): void {
  const facts = nodes.filter(saysFacts);
  const areOther = facts.filter(({ id }) => before.nodes.get(id) !== after.nodes.get(id));
  const mustSay = gone.length > 0 || areOther.length > 0;
  const maySay = gone.length > 0 || facts.length > 0;
  assert.ok(isNew ? maySay : !mustSay, JSON.stringify({ isNew, facts, gone }));
}

describe('what was said of nodes', () => {
  it('is what there is to say of them, and is announced, whatever happens', () => {
    let [repeated, kept] = [0, 0];
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        let state = START;
        const news = new SaidNews(0);
        const listener = new Listener();
        for (const event of events) {
          const before = state;
          state = reduce(before, event);
          const all = nodesOf(state, snapshotOf(state).nodes);
          const isNew = news.hasNewFacts(all);
          const said = news.next(all, 0);
          checkAnnounced(before, state, { isNew, said });
          for (const each of said.nodes) listener.hear(each);
          for (const node of all) listener.check(node);
        }
        repeated += listener.repeated;
        kept += listener.kept;
      }),
      { numRuns: 300 },
    );
    assert.ok(kept > repeated, `${kept} were not said again, ${repeated} were in vain`);
  });
});
