import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import {
  INTEREST_MS,
  VIEW_INTERVAL_MS,
  ViewPublisher,
  viewIntervalMs,
} from '../../../../coordinator/dispatch/view-publisher.js';
import { paceOf } from '../../../../coordinator/pacing/pace.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import type { Bus } from '../../../../proto/bus.js';
import { createMemoryHub, type MemoryHub } from '../../../../proto/memory/bus.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { decodeView } from '../../../../proto/view.js';
import { ViewMirror } from '../../../../proto/view-mirror.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { container, jobName, latency, nodeId, report } from '../build.js';
import { desiredOn, fold, reported, START, stored } from '../state/state-build.js';

const NODES = ['h1', 'h2', 'h3'];
const subjects = subjectsOf('test');

const known = (node: string): StateEvent => {
  const { host } = report(node);
  const registration = { host, labels: {}, agentVersion: '1', intervalMs: 1000 };
  return { kind: 'node-known', atMs: 0, node: nodeId(node), registration };
};
/** Three nodes that have reported `times` times. */
const stateOf = (times: number) =>
  fold(
    START,
    ...NODES.map(known),
    ...Array.from({ length: times }, (_, at) =>
      NODES.map((node) =>
        reported(1000 * (at + 1), node, {
          sequence: at + 1,
          containers: [container(`${node}-1`, { latency: latency(100 + at) })],
        }),
      ),
    ).flat(),
  );

describe('views of nodes', () => {
  let clock: ManualClock;
  let hub: MemoryHub;
  let publisher: ViewPublisher;
  let sent: string[];
  let reports: number;

  beforeEach(() => {
    clock = new ManualClock();
    hub = createMemoryHub({ clock, log: silentLog });
    sent = [];
    reports = 0;
    const bus = hub.connect();
    const counted = {
      state: 'connected',
      publish: (...given) => {
        sent.push('told');
        bus.publish(...given);
      },
      request: (...given) => {
        sent.push('asked');
        return bus.request(...given);
      },
    } as Partial<Bus> as Bus;
    publisher = new ViewPublisher({
      ...{ bus: counted, subjects, clock, pace: paceOf(clock) },
      lease: { incarnation: 'inc', epoch: 1 },
      leads: () => true,
    });
  });

  /** A pass once a second, each with new reports. */
  async function pass(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      reports += 1;
      await publisher.publish(stateOf(reports));
      await clock.advance(1000);
    }
  }
  function follow(mirror = new ViewMirror()) {
    const taken: string[] = [];
    const subscription = hub.connect().subscribe(subjects.allViews, ({ data }) => {
      const change = decodeView(data);
      assert.ok(change.ok, JSON.stringify(change));
      taken.push(mirror.take(change.value));
    });
    return { mirror, taken, subscription };
  }

  it('are made less often in large clusters, of each node', () => {
    assert.deepEqual(
      [3, 500, 1000, 2000].map((nodes) => viewIntervalMs(nodes, false)),
      [5000, 5000, 9000, 18_000],
    );
    assert.deepEqual(
      [3, 500, 1000, 2000].map((nodes) => viewIntervalMs(nodes, true)),
      [2000, 2000, 4000, 8000],
    );
  });

  it('are not made while nobody follows, but for one that asks', async () => {
    await pass(1);
    assert.deepEqual(sent, ['asked', 'told', 'told'], 'at first somebody may');
    await pass((3 * INTEREST_MS) / 1000);
    assert.deepEqual(sent.slice(3), ['asked', 'asked', 'asked']);
  });

  it('come to one who reads and then follows, at once and without a gap', async () => {
    await pass(20);
    const { mirror, taken } = follow();
    const { nodes, incarnation, epoch } = publisher.read({});
    assert.deepEqual(
      nodes.map(({ node, allocations }) => [node, allocations[0]?.latencyMs]),
      NODES.map((node) => [node, 119]),
    );
    for (const view of nodes) mirror.read({ incarnation, epoch }, view);
    await pass((3 * VIEW_INTERVAL_MS) / 1000);
    assert.ok(taken.length >= 3 * NODES.length, `${taken.length} messages`);
    assert.ok(!taken.includes('missed'), taken.join());
  });

  it('come by pages to one who reads by pages', async () => {
    await pass(20);
    const first = publisher.read({ limit: 1 });
    assert.deepEqual([first.nodes[0]?.node, first.next], ['h1', 'h1']);
    const rest = publisher.read({ after: 'h1' as never });
    assert.deepEqual(
      rest.nodes.map(({ node }) => node),
      ['h2', 'h3'],
    );
  });

  it('come to one who only listens within ten seconds, each node whole', async () => {
    await pass(15);
    const { mirror, taken } = follow();
    await pass(INTEREST_MS / 1000 + 2);
    assert.deepEqual([...mirror.nodes.keys()].sort(), NODES);
    assert.ok(!taken.includes('missed'), taken.join());
  });

  it('go on above their sequences after nobody followed for a while', async () => {
    const { mirror, taken, subscription } = follow();
    await pass(12);
    subscription.unsubscribe();
    await pass(25);
    taken.splice(0);
    const again = follow(mirror);
    await pass(INTEREST_MS / 1000 + 2);
    assert.ok(again.taken.length >= NODES.length);
    assert.deepEqual([...new Set(again.taken)], ['taken']);
  });

  it('say of a silent node what became of its jobs meanwhile', async () => {
    const { mirror } = follow();
    const stopped: StateEvent = { kind: 'job-removed', atMs: 0, name: jobName('a') };
    const asks = stored('a', { resources: { cpu: { minCores: 3 } } });
    const silent = fold(START, asks, reported(0, 'h1'), desiredOn('h1', 1, ['a-1', 1]));
    const warnings = () => mirror.nodes.get('h1' as never)?.status?.warnings;
    await publisher.publish(silent);
    assert.match(warnings()?.join() ?? '', /its jobs ask for 3 of 2 CPU/);
    await clock.advance(VIEW_INTERVAL_MS);
    await publisher.publish(fold(silent, stored('elsewhere')));
    const before = sent.length;
    await publisher.publish(fold(silent, stopped));
    assert.deepEqual([warnings(), sent.length - before], [[], 1]);
  });
});
