import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { LastingNodes } from '../../../../coordinator/workers/lasting-nodes.js';
import type { LastingNode, SaidByWorker } from '../../../../coordinator/workers/worker-link.js';
import { nodeId } from '../build.js';

const [H1, H2] = [nodeId('h1'), nodeId('h2')];
const known = (node: typeof H1) =>
  ({ kind: 'node-known', atMs: 0, node, registration: null, isApproved: true }) as const;
const START = [known(H1), known(H2)].reduce(
  reduce,
  emptyState({ incarnation: 'inc', epoch: 1, policy: 'dqoes' }),
);

const lasting = (id: typeof H1, change: Partial<LastingNode> = {}): LastingNode => ({
  id,
  registration: null,
  scheduling: 'open',
  isApproved: true,
  capacity: null,
  refusals: new Map(),
  sealingKey: null,
  auditedAct: 0,
  ...change,
});
const said = (change: Partial<SaidByWorker>, ...names: readonly string[]): SaidByWorker => ({
  nodes: names.map((id) => ({ id: nodeId(id), revision: 0, figures: new Float64Array(0) })),
  ...{ gone: [], reports: 0, obeyed: { asked: 0, later: [] }, lasting: [] },
  ...change,
});

describe('what is stored of the nodes of workers', () => {
  it('is what was loaded, without nodes that were forgotten before anything was said', () => {
    const nodes = new LastingNodes(START);
    assert.deepEqual([...nodes.cluster.nodes.keys()], [H1, H2]);
    nodes.hear([said({}, 'h2'), said({})]);
    assert.deepEqual([...nodes.cluster.nodes.keys()], [H2]);
  });

  it('is as workers say it, and gone with them', () => {
    const nodes = new LastingNodes(START);
    nodes.hear([said({ lasting: [lasting(H1, { auditedAct: 7 })] }, 'h1', 'h2')]);
    assert.equal(nodes.cluster.nodes.get(H1)?.auditedAct, 7);
    nodes.hear([said({ gone: [H1] })]);
    assert.deepEqual([...nodes.cluster.nodes.keys()], [H2]);
  });

  it('has our own changes at once, and is the same object where they are said again', () => {
    const nodes = new LastingNodes(START);
    const scheduling = 'cordoned';
    nodes.apply({ kind: 'node-scheduling', atMs: 1, node: H1, scheduling });
    const changed = nodes.cluster.nodes.get(H1);
    assert.equal(changed?.scheduling, 'cordoned');
    nodes.hear([said({ lasting: [lasting(H1, { scheduling })] }, 'h1', 'h2')]);
    assert.equal(nodes.cluster.nodes.get(H1), changed);
    const refusal = { specHash: 'hash', bootId: 'boot', reason: 'no' };
    const refusals = new Map([['a', refusal]]) as unknown as LastingNode['refusals'];
    nodes.hear([said({ lasting: [lasting(H1, { scheduling, refusals })] })]);
    assert.equal(nodes.cluster.nodes.get(H1)?.refusals.size, 1, 'a refusal was overlooked');
  });

  it('forgets a node that was removed', () => {
    const nodes = new LastingNodes(START);
    nodes.apply({ kind: 'node-removed', atMs: 1, node: H2 });
    assert.deepEqual([...nodes.cluster.nodes.keys()], [H1]);
  });
});
