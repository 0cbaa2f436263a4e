import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  IDLE_TAKEOVER_MS,
  LEAVE_DEADLINE_MS,
  MOVE_DEADLINE_MS,
  UNASKED_TAKEOVER_MS,
} from '../../../../../coordinator/schedule/placement/end-moves.js';
import {
  diffReplicas,
  NO_SETTLED_JOBS,
} from '../../../../../coordinator/schedule/placement/replica-diff.js';
import type {
  Placed,
  SnapshotAllocation,
  SnapshotJob,
} from '../../../../../coordinator/schedule/types.js';
import { PROBE_FAILED, PROBE_REFUSED } from '../../../../../shared/report.js';
import {
  allocation,
  allocationId,
  container,
  job,
  latency,
  limit,
  node,
  nodeId,
  snapshot,
} from '../../build.js';

const placed = (id: string, at: string, replaces?: string): Placed => ({
  id: allocationId(id),
  node: nodeId(at),
  ...(replaces === undefined ? {} : { replaces: allocationId(replaces) }),
});
const jobOf = (replicas: number, ...its: readonly Placed[]): SnapshotJob => ({
  spec: job('a', { replicas }),
  workload: 'w',
  placed: its,
});
const runs = (
  id: string,
  at: string,
  change: Partial<SnapshotAllocation> = {},
): SnapshotAllocation => allocation(id, { node: nodeId(at), limit: limit(0.5), ...change });
const answering = (id: string, at: string) =>
  runs(id, at, { report: container(id, { latency: latency(100) }) });
/** It runs and has answered nobody. */
const running = (id: string, at: string) =>
  runs(id, at, { report: container(id, { latency: null }) });
const see = (wanted: SnapshotJob, ...allocations: readonly SnapshotAllocation[]) => {
  const nodes = ['h1', 'h2'].map((id) =>
    node(id, { allocations: allocations.filter((each) => each.node === id) }),
  );
  return snapshot(nodes, [wanted]);
};
const drained = (seen: ReturnType<typeof see>): ReturnType<typeof see> => ({
  ...seen,
  nodes: seen.nodes.map((each) =>
    each.id === 'h1'
      ? { ...each, isDraining: true, schedulable: false, unschedulableReason: 'cordoned' }
      : each,
  ),
});
const shown = (
  seen: ReturnType<typeof see>,
  before: ReadonlyMap<string, number> = new Map(),
  nowMs = 0,
  startingAtMs: ReadonlyMap<string, number> = new Map(),
) => {
  const diff = diffReplicas(seen, {
    moving: { movingSinceMs: before as never, startingAtMs: startingAtMs as never },
    settled: NO_SETTLED_JOBS,
    nowMs,
  });
  return {
    keep: [...diff.settled.homes, ...diff.keep].map(([id, at]) => `${id}@${at}`),
    dropped: Object.fromEntries(diff.dropped),
    missing: diff.missing.flatMap(({ ids }) => ids),
    moving: Object.fromEntries(diff.moving.movingSinceMs),
    starting: Object.fromEntries(diff.moving.startingAtMs),
  };
};

describe('keepers: a job’s allocations', () => {
  it('are kept, dropped or missing as its replicas ask', () => {
    const two = [placed('a-1', 'h1'), placed('a-2', 'h2')];
    const both = [runs('a-1', 'h1'), runs('a-2', 'h2')];
    assert.deepEqual(shown(see(jobOf(2, ...two), ...both)).keep, ['a-1@h1', 'a-2@h2']);
    assert.deepEqual(shown(see(jobOf(1, ...two), ...both)).dropped, {
      'a-2': 'no job asks for this allocation any more',
    });
    assert.deepEqual(shown(see(jobOf(4, ...two), ...both)).missing, ['a-3', 'a-4']);
  });

  it('get the lowest free names, whatever names they had before', () => {
    assert.deepEqual(shown(see(jobOf(2, placed('a-2', 'h1')), runs('a-2', 'h1'))).missing, ['a-1']);
  });

  it('stay where they are desired, then where they run, then the older ones', () => {
    const three = [placed('a-1', 'h1'), placed('a-2', 'h1'), placed('a-3', 'h2')];
    const seen = see(
      jobOf(1, ...three),
      runs('a-1', 'h1', { limit: null }),
      runs('a-2', 'h1', { state: 'pending' }),
      runs('a-3', 'h2'),
    );
    assert.deepEqual(shown(seen).keep, ['a-3@h2']);
  });

  it('stay where they are heard, and where no host is to be emptied or refuses them', () => {
    const both = [runs('a-1', 'h1'), runs('a-2', 'h2')];
    const two = jobOf(1, placed('a-1', 'h1'), placed('a-2', 'h2'));
    const seen = see(two, ...both);
    for (const unschedulableReason of ['the node is suspect', 'the node is down']) {
      const nodes = seen.nodes.map((each) =>
        each.id === 'h1' ? { ...each, schedulable: false, unschedulableReason } : each,
      );
      assert.deepEqual(shown({ ...seen, nodes }).keep, ['a-2@h2'], unschedulableReason);
    }
    assert.deepEqual(shown(drained(seen)).keep, ['a-2@h2']);
    const refused = { ...two, refusedBy: new Map([[nodeId('h1'), 'its rules']]) };
    assert.deepEqual(shown(see(refused, ...both)).keep, ['a-2@h2']);
    const unheard = jobOf(1, placed('a-1', 'h9'), placed('a-2', 'h2'));
    assert.deepEqual(shown(see(unheard, ...both)).keep, ['a-2@h2']);
  });
});

describe('keepers: a move', () => {
  const pair = [placed('a-1', 'h1'), placed('a-2', 'h2', 'a-1')];

  it('keeps both until the new one answers, and counts once', () => {
    const { keep, dropped, missing, moving } = shown(
      see(jobOf(1, ...pair), runs('a-1', 'h1'), runs('a-2', 'h2')),
      new Map(),
      7,
    );
    assert.deepEqual(
      [keep, dropped, missing, moving],
      [['a-1@h1', 'a-2@h2'], {}, [], { 'a-2': 7 }],
    );
  });

  it('ends with the old one when the new one answers', () => {
    const { keep, dropped } = shown(
      see(jobOf(1, ...pair), runs('a-1', 'h1'), answering('a-2', 'h2')),
    );
    assert.deepEqual([keep, dropped], [['a-2@h2'], { 'a-1': 'moved to h2: a-2 answers there' }]);
  });

  it('is given up when the new one fails, or does not answer in two minutes', () => {
    const failed = see(
      jobOf(1, ...pair),
      runs('a-1', 'h1'),
      runs('a-2', 'h2', { state: 'failed' }),
    );
    assert.deepEqual(shown(failed).keep, ['a-1@h1']);
    const silent = see(jobOf(1, ...pair), runs('a-1', 'h1'), runs('a-2', 'h2'));
    const begun = new Map([['a-2', 1000]]);
    assert.deepEqual(shown(silent, begun, 1000 + MOVE_DEADLINE_MS - 1).keep, ['a-1@h1', 'a-2@h2']);
    const late = shown(silent, begun, 1000 + MOVE_DEADLINE_MS);
    assert.deepEqual(
      [late.keep, late.dropped['a-2']],
      [['a-1@h1'], 'move cancelled: no answer on h2 in 120 s'],
    );
  });

  it('off a drained node ends when the new one runs and nobody asks it', () => {
    const begun = new Map([['a-2', 1000]]);
    const leaving = (old: SnapshotAllocation, newcomer = running('a-2', 'h2')) =>
      drained(see(jobOf(1, ...pair), old, newcomer));
    const at = (seen: ReturnType<typeof see>, elapsedMs: number) =>
      shown(seen, begun, 1000 + elapsedMs).dropped;
    const idle = leaving(running('a-1', 'h1'));
    assert.deepEqual(at(idle, IDLE_TAKEOVER_MS - 1), {});
    assert.deepEqual(at(idle, IDLE_TAKEOVER_MS), {
      'a-1': 'moved to h2: a-2 runs there, and nobody asked it for 60 s',
    });
    const asked = leaving(answering('a-1', 'h1'));
    assert.deepEqual(at(asked, UNASKED_TAKEOVER_MS - 1), {});
    assert.match(at(asked, UNASKED_TAKEOVER_MS)['a-1'] ?? '', /nobody asked it for 300 s/);
    const reason = 'restarting: exit code 1';
    const crashing = leaving(
      running('a-1', 'h1'),
      runs('a-2', 'h2', { report: container('a-2', { latency: null, reason }) }),
    );
    assert.deepEqual(at(crashing, UNASKED_TAKEOVER_MS), {});
  });

  it('off a drained node is no success where the new one is probed in vain', () => {
    const begun = new Map([['a-2', 1000]]);
    const hung = (reason: string, old: SnapshotAllocation) => {
      const report = container('a-2', { latency: null, reason });
      return drained(see(jobOf(1, ...pair), old, runs('a-2', 'h2', { report })));
    };
    const at = (seen: ReturnType<typeof see>, elapsedMs: number) =>
      shown(seen, begun, 1000 + elapsedMs).dropped;
    for (const reason of [`${PROBE_FAILED}timed out`, `${PROBE_REFUSED}503`]) {
      const works = hung(reason, answering('a-1', 'h1'));
      assert.deepEqual(at(works, LEAVE_DEADLINE_MS - 1), {});
      assert.match(at(works, LEAVE_DEADLINE_MS)['a-2'] ?? '', /^move cancelled: no answer on h2/);
      const neither = container('a-1', { latency: latency(100), reason });
      const old = runs('a-1', 'h1', { report: neither });
      assert.match(at(hung(reason, old), UNASKED_TAKEOVER_MS)['a-1'] ?? '', /^moved to h2/);
    }
  });

  it('off a drained node waits for one that loads while the old one is asked', () => {
    const begun = new Map([['a-2', 1000]]);
    const cpu = { usageTotalSeconds: 1, pressureRatio: null };
    const loads = (usageCores: number, throttledRatio = 0) => {
      const its = { ...cpu, usageCores, throttledRatio };
      const report = container('a-2', { latency: null, cpu: its });
      const newcomer = runs('a-2', 'h2', { report });
      return drained(see(jobOf(1, ...pair), answering('a-1', 'h1'), newcomer));
    };
    const at = (seen: ReturnType<typeof see>, elapsedMs: number, startingMs?: number) => {
      const before = startingMs === undefined ? [] : [['a-2', 1000 + startingMs] as const];
      return shown(seen, begun, 1000 + elapsedMs, new Map<string, number>(before));
    };
    const startedLast = { 'a-2': 1000 + UNASKED_TAKEOVER_MS };
    for (const busy of [loads(0.05), loads(0.01, 0.5)]) {
      const waits = at(busy, UNASKED_TAKEOVER_MS);
      assert.deepEqual([waits.dropped, waits.starting], [{}, startedLast]);
      assert.deepEqual(at(busy, LEAVE_DEADLINE_MS - 1).dropped, {});
      assert.match(at(busy, LEAVE_DEADLINE_MS).dropped['a-1'] ?? '', /nobody asked it for 900 s/);
    }
    const calm = loads(0.049, 0.49);
    const [lately, later] = [UNASKED_TAKEOVER_MS + 100, UNASKED_TAKEOVER_MS + IDLE_TAKEOVER_MS];
    const pauses = at(calm, lately, UNASKED_TAKEOVER_MS);
    assert.deepEqual([pauses.dropped, pauses.starting], [{}, startedLast]);
    assert.match(at(calm, later, UNASKED_TAKEOVER_MS).dropped['a-1'] ?? '', /for 300 s/);
    assert.match(at(calm, UNASKED_TAKEOVER_MS).dropped['a-1'] ?? '', /for 300 s/);
  });

  it('for a target needs an answer, however long the new one runs', () => {
    const seen = see(jobOf(1, ...pair), running('a-1', 'h1'), running('a-2', 'h2'));
    const begun = new Map([['a-2', 1000]]);
    assert.deepEqual(shown(seen, begun, 1000 + IDLE_TAKEOVER_MS).dropped, {});
    assert.match(shown(seen, begun, 1000 + MOVE_DEADLINE_MS).dropped['a-2'] ?? '', /cancelled/);
  });

  it('off a drained node waits long for one that starts, if its node is heard', () => {
    const begun = new Map([['a-2', 1000]]);
    const pending = runs('a-2', 'h2', { state: 'pending' });
    const seen = drained(see(jobOf(1, ...pair), answering('a-1', 'h1'), pending));
    const at = (which: ReturnType<typeof see>, elapsedMs: number) =>
      shown(which, begun, 1000 + elapsedMs).dropped;
    assert.deepEqual(at(seen, LEAVE_DEADLINE_MS - 1), {});
    assert.deepEqual(at(seen, LEAVE_DEADLINE_MS), {
      'a-2': 'move cancelled: no answer on h2 in 900 s',
    });
    const silent = { schedulable: false, unschedulableReason: 'the node is suspect' };
    const nodes = seen.nodes.map((each) => (each.id === 'h2' ? { ...each, ...silent } : each));
    assert.deepEqual(at({ ...seen, nodes }, MOVE_DEADLINE_MS), {
      'a-2': 'move cancelled: no answer on h2 in 120 s',
    });
  });

  it('leaves one of a job whose replicas shrink meanwhile, and none of one that is over', () => {
    const three = [placed('a-1', 'h1'), placed('a-2', 'h1'), placed('a-3', 'h2', 'a-2')];
    const seen = see(jobOf(1, ...three), runs('a-1', 'h1'), runs('a-2', 'h1'), runs('a-3', 'h2'));
    assert.deepEqual(shown(seen).keep, ['a-1@h1']);
  });

  it('is none where what it replaces is not there any more', () => {
    const { keep, moving } = shown(see(jobOf(1, placed('a-2', 'h2', 'a-1')), runs('a-2', 'h2')));
    assert.deepEqual([keep, moving], [['a-2@h2'], {}]);
  });
});
