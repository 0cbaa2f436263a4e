import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  checkpointKeys,
  MAX_CHECKPOINTS,
} from '../../../../coordinator/dispatch/stored-checkpoints.js';
import { CountedCluster, NODES, PER_SECOND, type Term } from './open-minutes.js';

const aTerm = (end: fc.Arbitrary<Term['end']>): fc.Arbitrary<Term> =>
  fc.record({
    workers: fc.constantFrom(0, 1, 2, 3, 5),
    seconds: fc.integer({ min: 1, max: 80 }),
    end,
    gap: fc.integer({ min: 1, max: 12 }),
  });
/** All that was begun before is over, and recorded. */
const LAST: Term = { workers: 0, seconds: 130, end: 'stopped', gap: 0 };

/** Every minute of a node has at most one record; requests in all records of each node. */
function countedIn(cluster: CountedCluster): ReadonlyMap<string, number> {
  const counted = new Map<string, number>();
  const seen = new Set<string>();
  for (const { of: node, minute, allocations } of cluster.records) {
    assert.ok(!seen.has(`${node} ${minute}`), `two records of ${node} in minute ${minute}`);
    seen.add(`${node} ${minute}`);
    const requests = allocations.reduce((sum, each) => sum + each.requests, 0);
    counted.set(node, (counted.get(node) ?? 0) + requests);
  }
  return counted;
}

/** Of a node in all minutes that are over, but for those before its first report. */
const answered = (cluster: CountedCluster): number =>
  (Math.floor(cluster.seconds / 60) * 60 - 2) * PER_SECOND;

async function run(terms: readonly Term[], isOld = false): Promise<CountedCluster> {
  const cluster = await CountedCluster.make();
  for (const [i, term] of [...terms, LAST].entries()) {
    await cluster.run(term);
    if (isOld && i === 0) await cluster.makeOld();
  }
  return cluster;
}

describe('open minutes that one leader leaves to the next', () => {
  it('count once for each node, however many workers there are', async function () {
    this.timeout(60_000);
    const terms = fc.array(aTerm(fc.constant('stopped')), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(terms, fc.boolean(), async (all, isOld) => {
        // An earlier version has no workers.
        const [first, ...others] = all;
        const cluster = await run(
          isOld && first ? [{ ...first, workers: 0 }, ...others] : all,
          isOld,
        );
        const counted = countedIn(cluster);
        for (const node of NODES) assert.equal(counted.get(node), answered(cluster), node);
      }),
      { numRuns: 25 },
    );
  });

  it('never count twice, whoever is killed', async function () {
    this.timeout(60_000);
    const ends = fc.constantFrom('stopped', 'killed', 'killed' as const);
    const terms = fc.array(aTerm(ends), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(terms, async (all) => {
        const cluster = await run(all);
        const counted = countedIn(cluster);
        for (const node of NODES) {
          const requests = counted.get(node) ?? 0;
          assert.ok(requests <= answered(cluster), `${node}: ${requests}`);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('have keys of their own for each worker, and no more in all than one leader has', () => {
    for (let of = 1; of <= MAX_CHECKPOINTS; of += 1) {
      const keys = Array.from({ length: of }, (_, index) => checkpointKeys({ index, of })).flat();
      assert.equal(new Set(keys).size, keys.length);
      assert.ok(keys.length <= MAX_CHECKPOINTS, `${keys.length} of ${of}`);
      const numbers = keys.map((key) => Number(key.replace('minutes.', '')));
      assert.ok(Math.max(...numbers) < MAX_CHECKPOINTS, 'none is looked for beyond');
    }
  });
});
