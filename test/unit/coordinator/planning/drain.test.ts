import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { drainPlan } from '../../../../coordinator/planning/drain.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import type { JobSpec } from '../../../../shared/job.js';
import { nodeId, PARAMS } from '../build.js';
import { like, ToyCluster } from '../schedule/toy-cluster.js';

// A request of a word takes 0.05 CPU-s, of a face 0.1, on hosts of two cores.
function cluster(nodes: readonly string[], ...specs: readonly JobSpec[]): ToyCluster {
  const made = new ToyCluster([...nodes], (name) => (name.startsWith('face') ? 0.1 : 0.05));
  made.submit(...specs);
  made.run(40);
  return made;
}
const planned = ({ state, memory, nowMs }: ToyCluster, node: string) =>
  drainPlan({
    ...{ state, memory, nowMs, node: nodeId(node) },
    params: PARAMS,
    policy: POLICIES.adaptive,
  });
const idsOn = ({ placed }: ToyCluster, node: string): readonly string[] =>
  Object.keys(placed).filter((id) => placed[id]?.startsWith(`${node} `) === true);

describe('the dry run of a drain', () => {
  it('says what moves where, and is what the drain then does', () => {
    const toy = cluster(['h1', 'h2'], like('word1', 100), like('word2', 100));
    const [full] = ['h1', 'h2'].filter((node) => idsOn(toy, node).length > 0);
    assert.ok(full !== undefined);
    const there = idsOn(toy, full);
    const before = toy.state;
    const plan = planned(toy, full);
    assert.equal(toy.state, before, 'nothing was changed');
    assert.deepEqual(plan.moves.map(({ allocation }) => allocation).sort(), [...there].sort());
    for (const { to } of plan.moves) {
      assert.notEqual(to.node, full);
      assert.equal(to.verdict, 'met');
      assert.match(to.reason, new RegExp(`moves from ${full}: ${full} is draining`));
    }
    assert.deepEqual([plan.stays, plan.effects], [[], []]);
    toy.apply({
      ...{ kind: 'node-scheduling', atMs: toy.nowMs },
      ...{ node: nodeId(full), scheduling: 'draining' },
    });
    toy.run(60);
    assert.deepEqual(idsOn(toy, full), []);
    for (const { to } of plan.moves) assert.ok(toy.placed[to.id]?.startsWith(`${to.node} `));
  });

  it('follows every replica of a job, of which one moves at a time', () => {
    const toy = cluster(['h1', 'h2', 'h3'], like('word1', 200, { replicas: 4 }));
    const node = ['h1', 'h2', 'h3'].find((each) => idsOn(toy, each).length > 1);
    assert.ok(node !== undefined, JSON.stringify(toy.placed));
    const plan = planned(toy, node);
    assert.equal(plan.moves.length, idsOn(toy, node).length);
    assert.equal(new Set(plan.moves.map(({ to }) => to.id)).size, plan.moves.length);
  });

  it('of more replicas than it follows says so, and not that no host takes them', () => {
    const toy = cluster(['h1'], like('word1', 2000, { replicas: 20 }));
    toy.nodes.push('h2');
    toy.run(3);
    assert.equal(idsOn(toy, 'h1').length, 20);
    const { moves, stays } = planned(toy, 'h1');
    assert.equal(moves.length + stays.length, 20);
    assert.ok(stays.length > 0);
    for (const { reason } of stays) assert.match(reason, /one container at a time/);
  });

  it('says what stays, and why', () => {
    const toy = cluster(['h1'], like('word1', 100), like('face1', 300, { moves: 'never' }));
    const { moves, stays } = planned(toy, 'h1');
    assert.deepEqual(moves, []);
    const why = Object.fromEntries(stays.map(({ job, reason }) => [job, reason]));
    assert.match(why.face1 ?? '', /moves: never/);
    assert.match(why.word1 ?? '', /no other host takes it/);
  });

  it('names the hosts that do not take a job, with their numbers', () => {
    const resources = { cpu: { minCores: 1.2 } };
    const toy = cluster(
      ['h1', 'h2'],
      like('face1', 90, { resources }),
      like('face2', 90, { resources }),
    );
    assert.equal(idsOn(toy, 'h1').length, 1);
    const { moves, stays } = planned(toy, 'h1');
    assert.deepEqual(moves, []);
    assert.equal(stays.length, 1);
    assert.match(stays[0]?.reason ?? '', /h2/);
    assert.doesNotMatch(stays[0]?.reason ?? '', /h1/);
  });

  it('says who else would be hurt', () => {
    const toy = cluster(['h1', 'h2'], like('face1', 90), like('face2', 90));
    assert.equal(idsOn(toy, 'h1').length, 1);
    const { moves, effects } = planned(toy, 'h1');
    // Two such faces take more than two cores: somebody loses where both are on one host.
    const isBad =
      moves.some(({ to }) => to.verdict === 'unmet') ||
      effects.some(({ effect }) => effect === 'loses-target');
    assert.ok(moves.length === 0 || isBad, JSON.stringify({ moves, effects }));
  });
});
