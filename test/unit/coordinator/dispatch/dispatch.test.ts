import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nextDesired } from '../../../../coordinator/dispatch/next-desired.js';
import { type LastNudge, nudgeDueMs, QuietNodes } from '../../../../coordinator/dispatch/nudge.js';
import { UpToDate } from '../../../../coordinator/dispatch/up-to-date.js';
import type { Plan } from '../../../../coordinator/schedule/types.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import {
  type ClusterState,
  emptyState,
  type NodeRecord,
} from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import type { Ack, DesiredState } from '../../../../shared/command.js';
import {
  allocationId,
  container,
  containerIdOf,
  job,
  jobName,
  limit,
  nodeId,
  report,
} from '../build.js';

const EMPTY: Plan = { decisions: [], pending: [], preempted: [], unreachable: [] };
const START = emptyState({ incarnation: 'inc', epoch: 2, policy: 'equal' });
const fold = (state: ClusterState, ...events: StateEvent[]) => events.reduce(reduce, state);
const known = (...args: Parameters<typeof report>): StateEvent => ({
  kind: 'reports',
  atMs: 0,
  reports: [{ atMs: 0, report: report(...args) }],
});
const stored = (name: string, change: object = {}): StateEvent => ({
  kind: 'jobs-stored',
  atMs: 0,
  jobs: [{ spec: job(name, change), revision: 1 }],
});
const store = (state: ClusterState, states: readonly DesiredState[]) =>
  fold(state, { kind: 'desired-stored', atMs: 0, states });
const at = {
  allocation: allocationId('a-1'),
  job: jobName('a'),
  node: nodeId('h1'),
  reason: 'why',
};
const PLACE: Plan = {
  decisions: [
    { kind: 'place', ...at },
    { kind: 'limit', ...at, from: null, to: limit(1) },
  ],
  pending: [],
  preempted: [],
  unreachable: [],
};
const limited = (cores: number): Plan => ({
  decisions: [{ kind: 'limit', ...at, from: limit(1), to: limit(cores) }],
  pending: [],
  preempted: [],
  unreachable: [],
});

describe('nextDesired', () => {
  const placed = () => {
    const state = fold(START, known('h1'), stored('a'));
    return store(state, nextDesired(state, PLACE, 1000));
  };

  it('makes the first revision of a node, complete with spec and limit', () => {
    const [desired, ...others] = nextDesired(
      fold(START, known('h1'), known('h2'), stored('a')),
      PLACE,
      1000,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(desired, {
      incarnation: 'inc',
      epoch: 2,
      revision: 1,
      node: 'h1',
      validForMs: 1000,
      allocations: [{ id: 'a-1', job: 'a', spec: job('a'), limit: limit(1), reason: 'why' }],
    });
  });

  it('writes nothing when nothing but a reason changed', () => {
    assert.deepEqual(nextDesired(placed(), EMPTY, 1000), []);
    assert.deepEqual(nextDesired(placed(), limited(1), 1000), []);
  });

  it('counts revisions up by one', () => {
    const [desired] = nextDesired(placed(), limited(0.5), 1000);
    assert.deepEqual([desired?.revision, desired?.allocations[0]?.limit.cpuCores], [2, 0.5]);
  });

  it('carries a changed job to its node in its turn', () => {
    const changed = fold(placed(), stored('a', { image: 'dqoes/tiny:2' }));
    assert.deepEqual(nextDesired(changed, EMPTY, 1000), []);
    const [desired] = nextDesired(changed, { ...EMPTY, turns: [allocationId('a-1')] }, 1000);
    assert.deepEqual(
      [desired?.revision, desired?.allocations[0]?.spec?.image],
      [2, 'dqoes/tiny:2'],
    );
  });

  it('looks again at a node that needed nothing when a job changes, or another leads', () => {
    const upToDate = new UpToDate();
    const [state, image] = [placed(), 'dqoes/tiny:2'];
    const turns = { ...EMPTY, turns: [allocationId('a-1')] };
    for (let pass = 0; pass < 2; pass += 1)
      assert.deepEqual(nextDesired(state, EMPTY, 1000, { upToDate }), []);
    const changed = fold(state, stored('a', { image }));
    const [desired] = nextDesired(changed, turns, 1000, { upToDate });
    assert.equal(desired?.allocations[0]?.spec?.image, image);
    assert.deepEqual(nextDesired(state, EMPTY, 1000, { upToDate }), []);
    const [raised] = nextDesired({ ...state, epoch: 3 }, EMPTY, 1000, { upToDate });
    assert.equal(raised?.epoch, 3);
    assert.equal(nextDesired(state, limited(0.5), 1000, { upToDate }).length, 1);
  });

  it('takes over from an earlier leader: higher epoch, same revision and content', () => {
    const later = { ...placed(), epoch: 3 };
    const [sealed] = nextDesired(later, EMPTY, 1000);
    assert.deepEqual([sealed?.epoch, sealed?.revision], [3, 1]);
    assert.deepEqual(sealed?.allocations, later.nodes.get(nodeId('h1'))?.desired?.allocations);
  });

  it('raises the epoch before any limit: other decisions come with the next pass', () => {
    const later = { ...placed(), epoch: 3 };
    const [sealed] = nextDesired(later, limited(1.5), 1000);
    assert.deepEqual(
      [sealed?.epoch, sealed?.revision, sealed?.allocations[0]?.limit.cpuCores],
      [3, 1, 1],
    );
    const [grown] = nextDesired(
      store(later, sealed === undefined ? [] : [sealed]),
      limited(1.5),
      1000,
    );
    assert.deepEqual(
      [grown?.epoch, grown?.revision, grown?.allocations[0]?.limit.cpuCores],
      [3, 2, 1.5],
    );
  });

  it('writes to a node of another store, but not where containers and no job exist', () => {
    const holds = { incarnation: 'old', epoch: 4, revision: 9 };
    const strays = [container('a-1')];
    const told = (...events: StateEvent[]) =>
      nextDesired(fold(START, ...events), EMPTY, 1000).map(({ revision }) => revision);
    assert.deepEqual(told(known('h1')), []);
    assert.deepEqual(told(known('h1', { holds })), [1]);
    assert.deepEqual(told(known('h1', { holds, containers: strays })), []);
    assert.deepEqual(told(known('h1', { holds, containers: strays }), stored('b')), [1]);
  });

  it('keeps the limit of a running container until the policy sets another', () => {
    const running = container('a-1', { applied: limit(0.7) });
    const state = fold(START, known('h1', { containers: [running] }), stored('a'));
    const place: Plan = { ...EMPTY, decisions: [{ kind: 'place', ...at }] };
    assert.equal(nextDesired(state, place, 1000)[0]?.allocations[0]?.limit.cpuCores, 0.7);
  });

  it('reuses no revision that the agent has obeyed, though the store has lost it', () => {
    const holds = { incarnation: 'inc', epoch: 2, revision: 7 };
    const [desired] = nextDesired(fold(placed(), known('h1', { holds })), limited(0.5), 1000);
    assert.equal(desired?.revision, 8);
  });

  it('desires an adopted container by its id, and releases it by leaving it out', () => {
    const adopted = container('adopted-1', { origin: 'label' });
    const state = fold(START, known('h1', { containers: [adopted] }));
    const here = {
      allocation: adopted.allocation,
      job: adopted.job,
      node: nodeId('h1'),
      reason: 'why',
    };
    const [desired] = nextDesired(
      state,
      {
        decisions: [{ kind: 'limit', ...here, from: null, to: limit(1) }],
        pending: [],
        preempted: [],
        unreachable: [],
      },
      1000,
    );
    assert.equal(desired?.allocations[0]?.containerId, containerIdOf('adopted-1'));
    const after = store(state, desired === undefined ? [] : [desired]);
    assert.deepEqual(
      nextDesired(
        after,
        { decisions: [{ kind: 'remove', ...here }], pending: [], preempted: [], unreachable: [] },
        1000,
      )[0]?.allocations,
      [],
    );
  });
});

describe('when nodes are told again', () => {
  const version = { incarnation: 'inc', epoch: 2, revision: 5 };
  const older = { ...version, revision: 4 };
  const desired: DesiredState = { ...version, node: nodeId('h1'), validForMs: 1, allocations: [] };
  const record = (change: Partial<NodeRecord> = {}, holds = older): NodeRecord => ({
    id: nodeId('h1'),
    scheduling: 'open',
    registration: { host: report('h1').host, labels: {}, agentVersion: '', intervalMs: 1000 },
    report: report('h1', { holds }),
    heardAtMs: 0,
    sent: null,
    liveness: 'ready',
    desired,
    ack: null,
    isApproved: true,
    capacity: null,
    sealingKey: null,
    auditedAct: 0,
    twin: null,
    refusals: new Map(),
    classes: new Map(),
    awaitedGpus: null,
    replaced: new Map(),
    startFailures: new Map(),
    ...change,
  });
  const acknowledged: Ack = {
    node: nodeId('h1'),
    bootId: 'b',
    outcome: 'applied',
    asked: version,
    holds: version,
    allocations: [],
    reason: '',
  };
  const nudged = { version, atMs: 1000 };
  const needsNudge = (node: NodeRecord, last: LastNudge | undefined, nowMs: number): boolean =>
    nowMs >= nudgeDueMs(node, last);

  it('nudges what was never published', () => {
    assert.ok(needsNudge(record(), undefined, 0));
    assert.ok(needsNudge(record(), { version: older, atMs: 0 }, 0));
  });
  it('waits two report intervals for an ack', () => {
    assert.ok(!needsNudge(record(), nudged, 2999));
    assert.ok(needsNudge(record(), nudged, 3000));
    assert.ok(!needsNudge(record({ ack: acknowledged }), nudged, 15_000));
  });
  it('gives a sign of life every 15 s, whatever is known', () => {
    assert.ok(
      !needsNudge(record({ heardAtMs: 15_500, ack: acknowledged }, version), nudged, 15_999),
    );
    assert.ok(
      needsNudge(record({ heardAtMs: 15_500, ack: acknowledged }, version), nudged, 16_000),
    );
  });
  it('nudges again when a later report still holds something older, acknowledged or not', () => {
    assert.ok(!needsNudge(record({ heardAtMs: 1500, ack: acknowledged }), nudged, 1500));
    assert.ok(needsNudge(record({ heardAtMs: 2001, ack: acknowledged }), nudged, 2001));
  });
  it('needs none once the report holds it, nor on nodes that are down', () => {
    assert.ok(!needsNudge(record({ heardAtMs: 9000 }, version), nudged, 9000));
    assert.ok(!needsNudge(record({ liveness: 'down' }), nudged, 9000));
  });
  it('passes over a node that is the same object, until it is due', () => {
    const quiet = new QuietNodes();
    const node = record();
    assert.ok(!quiet.has(0, node, 0));
    quiet.note(0, node, 3000);
    assert.ok(quiet.has(0, node, 2999));
    assert.ok(!quiet.has(0, node, 3000));
    assert.ok(!quiet.has(0, { ...node }, 0));
    assert.ok(!quiet.has(1, node, 0));
    quiet.cut(0);
    assert.ok(!quiet.has(0, node, 0));
  });
});
