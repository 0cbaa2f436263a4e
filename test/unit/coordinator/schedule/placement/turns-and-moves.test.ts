import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  IDLE_TAKEOVER_MS,
  LEAVE_DEADLINE_MS,
} from '../../../../../coordinator/schedule/placement/end-moves.js';
import type {
  Placed,
  SnapshotAllocation,
  SnapshotNode,
} from '../../../../../coordinator/schedule/types.js';
import type { JobSpec } from '../../../../../shared/job.js';
import { PROBE_FAILED } from '../../../../../shared/report.js';
import {
  allocation,
  allocationId,
  container,
  containerIdOf,
  job,
  latency,
  limit,
  node,
  nodeId,
  wantedJob,
} from '../../build.js';
import { Plans } from '../plans.js';

type Change = Partial<SnapshotAllocation>;
const OLD = { isOutdated: true } as const;
const silent = (n: number): Change => ({ report: container(`a-${n}`, { latency: null }) });
/** It has answered before, and nobody asks it now. */
const idle = (n: number): Change => ({
  report: container(`a-${n}`, { latency: latency(100, { newestAgeMs: 2 * IDLE_TAKEOVER_MS }) }),
});
const AGAIN: Change = { containerId: containerIdOf('another') };
/** It has answered its probe before, and does not now. */
const hung = (n: number): Change => ({
  report: container(`a-${n}`, { latency: latency(100), reason: `${PROBE_FAILED}no answer` }),
});
const PENDING: Change = {
  state: 'pending',
  containerId: null,
  report: container('a-1', { state: 'pending', containerId: null, latency: null }),
};

/** Allocations `a-N` on hosts `hN`; h2 is to be left where it is drained. */
class Changing {
  readonly plans = new Plans();
  nowMs = 0;
  readonly places = new Map<number, Placed>();
  readonly held = new Map<number, SnapshotAllocation>();
  isDraining = false;
  /** Number of the host that is not heard. */
  silentHost = 0;
  replicas = 2;
  change: Partial<JobSpec> = {};
  reasons = '';

  put(n: number, place: Partial<Placed> = {}, change: Change = {}): void {
    const at = nodeId(`h${n}`);
    this.places.set(n, { id: allocationId(`a-${n}`), node: at, ...place });
    const report = container(`a-${n}`, { latency: latency(100) });
    this.held.set(n, allocation(`a-${n}`, { node: at, limit: limit(0.5), report, ...change }));
  }

  /** Whose turn it is, and what is removed. */
  plan(afterMs = 1000): readonly string[] {
    this.nowMs += afterMs;
    const nodes = [1, 2, 3, 4].map((n): SnapshotNode => {
      const its = this.held.get(n);
      const drained = { isDraining: true, schedulable: false, unschedulableReason: 'cordoned' };
      const unheard = { schedulable: false, unschedulableReason: 'the node is down' };
      const heard = n === 2 && this.isDraining ? drained : {};
      const change = n === this.silentHost ? unheard : heard;
      return node(`h${n}`, { allocations: its === undefined ? [] : [its], ...change });
    });
    const spec = job('a', { replicas: this.replicas, ...this.change });
    const wanted = { ...wantedJob(spec), placed: [...this.places.values()] };
    const { plan, placing } = this.plans.next(nodes, [wanted], this.nowMs);
    this.reasons = (plan.rollouts ?? []).map(({ reason }) => reason).join('\n');
    const removed = placing.filter(({ kind }) => kind === 'remove');
    return [...(plan.turns ?? []), ...removed.map((each) => `remove ${each.allocation}`)];
  }
}

const MOVE = { replaces: allocationId('a-2') };

describe('a job that is changed while it moves', () => {
  it('gives no turn to what runs until the move is over', () => {
    const made = new Changing();
    made.put(1, OLD);
    made.put(2, OLD);
    made.put(3, { ...OLD, ...MOVE }, silent(3));
    assert.deepEqual([made.plan(), made.plan()], [[], []]);
    assert.match(made.reasons, /^3 of 3 .*: a-2 moves to h3 first$/);
    made.put(3, { ...OLD, ...MOVE });
    assert.deepEqual(made.plan(), ['remove a-2'], 'not in the pass that ends it, either');
    made.places.delete(2);
    made.held.delete(2);
    made.put(3, OLD);
    assert.deepEqual(made.plan(), ['a-1']);
  });

  it('gives the new container of a move that does not run its turn at once', () => {
    for (const replicas of [1, 2]) {
      const made = new Changing();
      made.replicas = replicas;
      if (replicas === 2) made.put(1, OLD);
      made.put(2, OLD);
      made.put(3, { ...OLD, ...MOVE }, PENDING);
      assert.deepEqual(made.plan(), ['a-3']);
      made.put(3, MOVE, PENDING);
      assert.deepEqual(made.plan(), []);
      made.put(3, MOVE);
      assert.deepEqual(made.plan(), ['remove a-2']);
    }
  });

  it('is changed on the way where its only container leaves a host that is drained', () => {
    const made = new Changing();
    made.isDraining = true;
    made.replicas = 1;
    made.put(2, OLD);
    assert.deepEqual([made.plan(), made.plan()], [[], []]);
    assert.equal(made.reasons, 'a-2 waits to be started again: it moves off h2 first');
    made.put(3, MOVE, PENDING);
    assert.deepEqual(made.plan(), []);
    made.put(3, MOVE);
    assert.deepEqual(made.plan(), ['remove a-2']);
  });

  it('is changed where it is when it does not run, or cannot leave', () => {
    const turns = (change: Partial<JobSpec>, its: Change = {}): readonly string[] => {
      const made = new Changing();
      Object.assign(made, { isDraining: true, replicas: 1, change });
      made.put(2, OLD, its);
      return made.plan();
    };
    assert.deepEqual(turns({ moves: 'never' }), ['a-2']);
    assert.deepEqual(turns({ constraints: { labels: { zone: 'none' } } }), ['a-2']);
    assert.deepEqual(turns({}, PENDING), ['a-2']);
  });

  it('ends no move without an answer while another container is away', () => {
    const made = new Changing();
    made.isDraining = true;
    made.put(1, OLD);
    made.put(2, OLD, idle(2));
    assert.deepEqual(made.plan(), ['a-1']);
    made.put(1, {}, PENDING);
    made.put(3, MOVE, silent(3));
    assert.deepEqual(made.plan(), []);
    assert.deepEqual(made.plan(IDLE_TAKEOVER_MS), [], 'nobody asks, but a-1 is away');
    made.put(1, {}, AGAIN);
    assert.deepEqual(made.plan(), []);
    assert.deepEqual(made.plan(), ['remove a-2']);
  });

  it('nor while the last container of a change starts, for as long as that may take', () => {
    const made = new Changing();
    made.isDraining = true;
    made.put(1);
    made.put(2, {}, idle(2));
    made.plan();
    made.put(1, OLD);
    assert.deepEqual(made.plan(LEAVE_DEADLINE_MS), ['a-1']);
    made.put(1, {}, PENDING);
    made.plan(2000);
    made.put(3, MOVE, silent(3));
    made.plan(0);
    assert.deepEqual(made.plan(IDLE_TAKEOVER_MS), []);
    assert.deepEqual(made.plan(LEAVE_DEADLINE_MS - IDLE_TAKEOVER_MS - 2000), []);
    assert.deepEqual(made.plan(1000), ['remove a-2']);
  });

  it('nor while the last container of a change is probed in vain, for as long', () => {
    const made = new Changing();
    made.isDraining = true;
    made.put(1);
    made.put(2, {}, idle(2));
    made.plan();
    made.put(1, OLD);
    assert.deepEqual(made.plan(LEAVE_DEADLINE_MS), ['a-1']);
    const reason = `${PROBE_FAILED}no answer`;
    made.put(1, {}, { ...AGAIN, report: container('a-1', { latency: null, reason }) });
    made.put(3, MOVE, silent(3));
    assert.deepEqual([made.plan(), made.plan(2 * IDLE_TAKEOVER_MS), made.plan()], [[], [], []]);
    assert.deepEqual(made.plan(LEAVE_DEADLINE_MS - 2 * IDLE_TAKEOVER_MS - 3000), []);
    assert.deepEqual([made.plan(), made.plan()], [[], ['remove a-2']]);
  });

  it('nor while one waits to be started again, as for memory, however long it does', () => {
    const made = new Changing();
    made.isDraining = true;
    made.put(1);
    made.put(2, {}, idle(2));
    made.plan();
    made.put(1, OLD);
    assert.deepEqual(made.plan(LEAVE_DEADLINE_MS), ['a-1']);
    made.put(1, { isHeldBack: true });
    for (const _ of [1, 2, 3]) assert.deepEqual(made.plan(LEAVE_DEADLINE_MS / 2), []);
    made.put(3, MOVE, silent(3));
    made.plan();
    assert.deepEqual(made.plan(IDLE_TAKEOVER_MS), [], 'a-1 may stop at any moment');
    made.put(1, {}, PENDING);
    assert.deepEqual(made.plan(), [], 'it has memory, and is started again');
    made.put(1, {}, AGAIN);
    assert.deepEqual(made.plan(), []);
    assert.deepEqual(made.plan(), ['remove a-2']);
  });

  it('but ends one where the host of that one fell silent', () => {
    const made = new Changing();
    made.isDraining = true;
    made.put(1);
    made.put(2, {}, idle(2));
    made.plan();
    made.put(1, OLD);
    assert.deepEqual(made.plan(LEAVE_DEADLINE_MS), ['a-1']);
    made.put(1, { isHeldBack: true });
    made.plan(LEAVE_DEADLINE_MS);
    made.silentHost = 1;
    made.plan(LEAVE_DEADLINE_MS);
    made.put(3, MOVE, silent(3));
    made.plan();
    assert.deepEqual(made.plan(IDLE_TAKEOVER_MS), ['remove a-2']);
  });

  it('forgets the turn of a container that nobody wants any more', () => {
    const made = new Changing();
    made.put(1, OLD);
    made.put(2, OLD);
    assert.deepEqual(made.plan(), ['a-1']);
    made.places.clear();
    made.held.clear();
    made.plan();
    const { turns, away } = made.plans.memory.rollouts;
    assert.deepEqual([turns.size, away.size], [0, 0]);
  });

  it('ends one where another container fell silent after its turn', () => {
    const made = new Changing();
    made.isDraining = true;
    made.put(1, OLD);
    made.put(2, OLD, idle(2));
    assert.deepEqual(made.plan(), ['a-1']);
    made.put(1, {}, AGAIN);
    made.put(3, MOVE, silent(3));
    assert.deepEqual(made.plan(), []);
    made.silentHost = 1;
    assert.deepEqual(made.plan(), []);
    assert.match(made.reasons, /a-1 on h1 is not heard/);
    assert.deepEqual(made.plan(IDLE_TAKEOVER_MS), ['remove a-2']);
  });

  it('waits for one that fell silent in its turn for as long as that may take', () => {
    const made = new Changing();
    made.isDraining = true;
    made.put(1, OLD);
    made.put(2, OLD, idle(2));
    assert.deepEqual(made.plan(), ['a-1']);
    made.put(1);
    made.put(3, MOVE, silent(3));
    made.silentHost = 1;
    assert.deepEqual([made.plan(), made.plan(IDLE_TAKEOVER_MS)], [[], []]);
    assert.deepEqual(made.plan(LEAVE_DEADLINE_MS - IDLE_TAKEOVER_MS - 1000), []);
    assert.deepEqual(made.plan(500), ['remove a-2']);
  });

  it('takes no container that answers its probe while the changed one does not', () => {
    const made = new Changing();
    made.put(1, OLD, hung(1));
    made.put(2, OLD);
    made.plan();
    made.put(1, {}, { ...hung(1), ...AGAIN });
    assert.deepEqual(made.plan(LEAVE_DEADLINE_MS), []);
    assert.match(made.reasons, /: a-1 on h1 does not answer its probe \(the probe failed: /);
    made.put(2, OLD, hung(2));
    assert.deepEqual(made.plan(), ['a-2'], 'neither does');
  });

  it('starts again first what does not answer, and last what leaves its host anyway', () => {
    const made = new Changing();
    made.isDraining = true;
    made.replicas = 3;
    made.put(1, OLD);
    made.put(2, OLD);
    made.put(3, OLD, silent(3));
    assert.deepEqual(made.plan(), ['a-3']);
    made.put(3, {}, AGAIN);
    assert.deepEqual(made.plan(), ['a-1']);
  });

  it('counts one that is probed in vain as one that does not answer', () => {
    const made = new Changing();
    made.put(1, OLD);
    made.put(2, OLD, hung(2));
    assert.deepEqual(made.plan(), ['a-2']);
  });
});
