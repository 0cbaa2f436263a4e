import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Cluster } from '../../../../console/cluster/cluster.js';
import type { Bus } from '../../../../proto/bus.js';
import { createMemoryHub } from '../../../../proto/memory/bus.js';
import type { NodeView, NodeViewChange } from '../../../../proto/schemas/view.js';
import { encodeReply, formatOf, headersOf } from '../../../../proto/service-codec.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { encodeView } from '../../../../proto/view.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId } from '../../coordinator/build.js';
import { nodeStatus } from '../page/build.js';

const SUBJECTS = subjectsOf('test');
const LEADER = { incarnation: 'i', epoch: 1 };

describe('a cluster that changes while it is read', () => {
  let clock: ManualClock;
  let leader: Bus;
  let seen: Cluster;
  /** What the leader answers with, and what happens between that and its arrival. */
  let there: NodeView[];
  let meanwhile: () => void;
  let reads: number;
  /** By the clock of the leader. */
  let wallMs: number;

  const view = (id: string, sequence: number): NodeView => ({
    ...{ node: nodeId(id), sequence, atMs: wallMs },
    ...{ status: nodeStatus(id, { containers: sequence }), allocations: [] },
  });
  const publish = (id: string, sequence: number, full: boolean): void => {
    const { allocations: _, ...rest } = view(id, sequence);
    const parts = { schema: 1, full, figures: [], facts: [], gone: [] };
    const change: NodeViewChange = { ...LEADER, ...rest, ...parts };
    leader.publish(SUBJECTS.view(nodeId(id)), encodeView(change));
  };

  beforeEach(async () => {
    clock = new ManualClock();
    wallMs = clock.wall();
    const hub = createMemoryHub({ clock, log: silentLog });
    leader = hub.connect();
    reads = 0;
    meanwhile = () => {};
    there = [view('h1', 3)];
    await leader.serve({
      ...{ name: 'leader', version: '1.0.0', description: 'views' },
      endpoints: [
        {
          name: 'view-get',
          subject: SUBJECTS.service('view-get'),
          handle: (request) => {
            const format = formatOf(request.headers);
            const value = { ...LEADER, nodes: there };
            const reply = encodeReply('view-get', { ok: true, value }, format);
            reads += 1;
            meanwhile();
            meanwhile = () => {};
            request.respond(reply, headersOf(format));
          },
        },
      ],
    });
    seen = new Cluster({ bus: hub.connect(), cluster: 'test', clock, log: silentLog });
  });
  afterEach(async () => {
    const stopped = seen.stop();
    await clock.advance(10_000);
    await stopped;
  });
  const known = () => seen.nodes().map(({ id, status }) => [id, status.containers]);

  it('keeps a node that joined after its page was made', async () => {
    meanwhile = () => publish('h2', 1, true);
    seen.start();
    await clock.advance(20);
    assert.deepEqual(known(), [
      ['h1', 3],
      ['h2', 1],
    ]);
    assert.equal(seen.summary().isWhole, true);
  });

  it('ages are told by the clock of the leader, which may not be ours', async () => {
    seen.start();
    await clock.advance(20);
    for (const [turn, behindMs] of [60_000, -60_000].entries()) {
      wallMs = clock.wall() - behindMs;
      publish('h1', 4 + turn, true);
      await clock.advance(20);
      assert.equal(seen.nodes()[0]?.status.ageMs, 1020, `${behindMs} ms behind`);
    }
  });

  it('is not whole where something was missed meanwhile, and asks again at once', async () => {
    meanwhile = () => {
      publish('h1', 5, false);
      there = [view('h1', 5)];
    };
    seen.start();
    await clock.advance(20);
    assert.equal(seen.summary().isWhole, false);
    await clock.advance(200);
    assert.deepEqual([known(), reads], [[['h1', 5]], 2]);
    assert.equal(seen.summary().isWhole, true);
  });
});
