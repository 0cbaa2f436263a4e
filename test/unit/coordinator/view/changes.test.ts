import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type CurrentNode,
  changesOf,
  type PublishedNode,
  withNewFigures,
} from '../../../../coordinator/view/changes.js';
import type { AllocationStatus, NodeStatus } from '../../../../proto/schemas/status.js';
import type { NodeViewChange } from '../../../../proto/schemas/view.js';
import { decodeView, encodeView } from '../../../../proto/view.js';
import { ViewMirror } from '../../../../proto/view-mirror.js';
import type { ContainerDrift, ContainerReport } from '../../../../shared/report.js';
import { allocationId, container, jobName, latency, nodeId, report, target } from '../build.js';

const LEADER = { incarnation: 'i', epoch: 3 };
const node = nodeId('h1');
const status = (ageMs = 0): NodeStatus => ({
  id: node,
  liveness: 'ready',
  ageMs,
  host: report('h1').host,
  labels: {},
  agentVersion: '0.1.0',
  desired: null,
  holds: { incarnation: '', epoch: 0, revision: 0 },
  limitedCpuCores: 1,
  containers: 1,
  warnings: [],
});

/** An allocation as it is after that number of requests. */
const allocation = (
  id: string,
  requests: number,
  change: Partial<AllocationStatus> = {},
): AllocationStatus => ({
  id: allocationId(id),
  job: jobName('a'),
  node,
  target: target(100),
  latencyMs: 100 + requests,
  qoeClass: 'within',
  desired: { cpuCores: 1, periodUs: 100_000 },
  reason: 'at target',
  container: container(id, {
    applied: { cpuCores: 1, periodUs: 100_000 },
    latency: latency(100 + requests, { totalCount: requests }),
    cpu: { usageCores: 0.5, usageTotalSeconds: requests, throttledRatio: 0, pressureRatio: null },
  }),
  ageMs: 0,
  ...change,
});

/** Publishes states of one node one after the other, as they come off the wire. */
class Publisher {
  before: PublishedNode | undefined;
  send(current: CurrentNode): NodeViewChange {
    const { change, published } = changesOf(this.before, current, { atMs: 1000, floor: 0 });
    this.before = published;
    const sent = decodeView(encodeView({ schema: 1, ...LEADER, node, ...change }));
    assert.ok(sent.ok, JSON.stringify(sent));
    return sent.value;
  }
}

describe('what changed on a node', () => {
  it('the first message is whole, later ones hold figures only where nothing else changed', () => {
    const publisher = new Publisher();
    const first = publisher.send({ status: status(), allocations: [allocation('a-1', 1)] });
    assert.equal(first.full, true);
    assert.equal(first.facts.length, 1);
    const second = publisher.send({ status: status(), allocations: [allocation('a-1', 2)] });
    assert.deepEqual(
      [second.full, second.facts.length, second.figures.map(({ latencyMs }) => latencyMs)],
      [false, 0, [102]],
    );
  });

  for (const [what, change] of [
    ['reason', { reason: 'too slow' }],
    ['limit', { desired: { cpuCores: 2, periodUs: 100_000 } }],
    ['target', { target: target(50) }],
    ['no container any more', { container: null, latencyMs: null, qoeClass: null }],
  ] as const)
    it(`a changed ${what} is told whole`, () => {
      const publisher = new Publisher();
      publisher.send({ status: status(), allocations: [allocation('a-1', 1)] });
      const changed = allocation('a-1', 1, change);
      const sent = publisher.send({ status: status(), allocations: [changed] });
      assert.deepEqual(sent.facts, [changed]);
    });

  it('a limit that others changed is told whole, once', () => {
    const publisher = new Publisher();
    const before = allocation('a-1', 1);
    assert.ok(before.container);
    publisher.send({ status: status(), allocations: [before] });
    const drift: ContainerDrift = {
      ...{ count: 1, setting: 'limit', from: '1 core', to: 'no limit' },
      ...{ foundAtMs: 1_700_000_000_000, rewrittenAtMs: null },
    };
    const changed = { ...before, container: { ...before.container, drift } };
    const first = publisher.send({ status: status(), allocations: [changed] });
    assert.deepEqual(first.facts, [changed]);
    const same = { ...changed, container: { ...changed.container, drift: { ...drift } } };
    assert.deepEqual(publisher.send({ status: status(), allocations: [same] }).facts, []);
    const back = { ...drift, rewrittenAtMs: 1_700_000_000_300 };
    const mended = { ...changed, container: { ...changed.container, drift: back } };
    const last = publisher.send({ status: status(), allocations: [mended] });
    assert.deepEqual(last.facts[0]?.container?.drift, back);
  });

  it('a mirror that takes every message is what was published, whatever changed', () => {
    const publisher = new Publisher();
    const mirror = new ViewMirror();
    const states: CurrentNode[] = [
      { status: status(), allocations: [allocation('a-1', 1)] },
      { status: status(), allocations: [allocation('a-1', 2), allocation('a-2', 1)] },
      { status: status(), allocations: [allocation('a-1', 3, { reason: 'x' })] },
      { status: status(), allocations: [] },
      { status: status(), allocations: [allocation('a-2', 7)] },
    ];
    for (const state of states) {
      assert.equal(mirror.take(publisher.send(state)), 'taken');
      const known = mirror.nodes.get(node);
      assert.deepEqual([...(known?.allocations.values() ?? [])], state.allocations);
      assert.deepEqual(known?.status, state.status);
    }
  });

  it('new figures are put into what is known; more than figures is not taken for it', () => {
    const { published } = changesOf(
      undefined,
      { status: status(), allocations: [allocation('a-1', 1), allocation('a-2', 1)] },
      { atMs: 1, floor: 0 },
    );
    const now = [allocation('a-1', 4), allocation('a-2', 9)];
    const newer = (change: Partial<ContainerReport> = {}, ids = ['a-1', 'a-2']) => ({
      containers: new Map(
        now
          .filter(({ id }) => ids.includes(id))
          .map((each) => [each.id, { ...(each.container as ContainerReport), ...change }]),
      ),
      ageMs: 0,
      isUnreachable: () => false,
      seeing: () => ({ windowMs: 5000, source: undefined }),
    });
    assert.deepEqual(
      withNewFigures(published, newer())?.map(({ latencyMs, container: its }) => [latencyMs, its]),
      now.map(({ latencyMs, container: its }) => [latencyMs, its]),
    );
    const old = newer({ latency: latency(109, { newestAgeMs: 60_001 }) });
    const [first] = withNewFigures(published, old) ?? [];
    assert.deepEqual([first?.latencyMs, first?.qoeClass], [null, null], 'nothing is known of now');
    for (const change of [
      { state: 'exited' },
      { reason: 'x' },
      { applied: null },
      { lifeId: 'y' },
      { target: target(1) },
    ] as const)
      assert.equal(withNewFigures(published, newer(change)), undefined, JSON.stringify(change));
    assert.equal(withNewFigures(published, newer({}, ['a-1'])), undefined, 'one is gone');
    assert.equal(withNewFigures(published, { ...newer(), isUnreachable: () => true }), undefined);
  });

  it('a mirror that missed one says so, and is whole after it read the node', () => {
    const publisher = new Publisher();
    const mirror = new ViewMirror();
    mirror.take(publisher.send({ status: status(), allocations: [allocation('a-1', 1)] }));
    publisher.send({ status: status(), allocations: [allocation('a-1', 2, { reason: 'x' })] });
    const third = publisher.send({
      status: status(),
      allocations: [allocation('a-1', 3, { reason: 'x' })],
    });
    assert.equal(mirror.take(third), 'missed');
    const { before } = publisher;
    assert.ok(before);
    mirror.read(LEADER, { node, ...before, allocations: [...before.allocations.values()] });
    assert.equal(mirror.nodes.get(node)?.allocations.get(allocationId('a-1'))?.reason, 'x');
    assert.equal(mirror.take(third), 'old');
    const next = publisher.send({ status: status(), allocations: [] });
    assert.equal(mirror.take(next), 'taken');
  });

  it('a later leader begins again, and an earlier one is not believed any more', () => {
    const mirror = new ViewMirror();
    const old = new Publisher();
    mirror.take(old.send({ status: status(), allocations: [allocation('a-1', 1)] }));
    const late = old.send({ status: status(), allocations: [] });
    const first = new Publisher().send({ status: status(), allocations: [allocation('a-2', 1)] });
    assert.equal(mirror.take({ ...first, epoch: 4 }), 'taken');
    assert.equal(mirror.take(late), 'old');
    assert.deepEqual([...(mirror.nodes.get(node)?.allocations.keys() ?? [])], ['a-2']);
  });
});
