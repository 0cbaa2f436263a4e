import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { deriveEvents } from '../../../../coordinator/state/derive.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { judgeLiveness } from '../../../../coordinator/state/liveness.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { same } from '../../../../coordinator/state/same.js';
import {
  allocationStatuses,
  jobStatuses,
  nodeStatuses,
} from '../../../../coordinator/state/status.js';
import { viewOf } from '../../../../coordinator/state/view.js';
import type { DesiredState } from '../../../../shared/command.js';
import {
  allocationId,
  container,
  job,
  jobName,
  latency,
  limit,
  nodeId,
  report,
  target,
} from '../build.js';

const START = emptyState({ incarnation: 'inc', epoch: 3, policy: 'dqoes' });
const fold = (state: ClusterState, ...events: StateEvent[]) => events.reduce(reduce, state);
const stored = (name: string, change: object = {}, revision = 1): StateEvent => ({
  kind: 'jobs-stored',
  atMs: 0,
  jobs: [{ spec: job(name, change), revision }],
});
const reported = (atMs: number, ...args: Parameters<typeof report>): StateEvent => ({
  kind: 'reports',
  atMs,
  reports: [{ atMs, report: report(...args) }],
});
const desiredOn = (
  node: string,
  revision: number,
  ...limits: readonly (readonly [string, number])[]
): StateEvent => {
  const desired: DesiredState = {
    incarnation: 'inc',
    epoch: 3,
    revision,
    node: nodeId(node),
    validForMs: 1000,
    allocations: limits.map(([id, cores]) => {
      const spec = job(id.replace(/-\d+$/, ''));
      return { id: allocationId(id), job: spec.name, spec, limit: limit(cores), reason: 'test' };
    }),
  };
  return { kind: 'desired-stored', atMs: 0, states: [desired] };
};
const typesOf = (before: ClusterState, after: ClusterState) =>
  deriveEvents(before, after, { nowMs: 0, wallMs: 0, source: '/test' }).map(({ type }) =>
    type.replace('dqoes.', ''),
  );

describe('liveness', () => {
  it('does not take reports from before a new submission for the new container', () => {
    const running = reported(1, 'h1', { containers: [container('a-1')] });
    const first = fold(
      START,
      stored('a'),
      reported(0, 'h1'),
      desiredOn('h1', 1, ['a-1', 1]),
      running,
    );
    assert.equal(jobStatuses(first, 2)[0]?.state, 'running');
    const submitted = fold(first, desiredOn('h1', 2), running, stored('a'));
    assert.equal(jobStatuses(submitted, 2)[0]?.state, 'pending');
    const again = fold(submitted, desiredOn('h1', 3, ['a-1', 1]));
    assert.equal(jobStatuses(again, 2)[0]?.state, 'pending');
    assert.equal(jobStatuses(fold(again, running), 2)[0]?.state, 'running');
  });

  const at = (ageMs: number, hasReported = true, intervalMs = 5000) =>
    judgeLiveness({ ageMs, intervalMs, hasReported });
  it('is ready up to three intervals and down after eight', () => {
    assert.deepEqual(
      [0, 15_000, 15_001, 40_000, 40_001].map((age) => at(age)),
      ['ready', 'ready', 'suspect', 'suspect', 'down'],
    );
  });
  it('is never ready before the first report, and not at once down', () => {
    assert.deepEqual(
      [0, 40_000, 40_001].map((age) => at(age, false)),
      ['suspect', 'suspect', 'down'],
    );
  });
  it('does not believe in absurd intervals', () => {
    assert.equal(at(6000, true, 1), 'ready');
    assert.equal(at(480_001, true, 1e12), 'down');
  });
});

describe('same', () => {
  it('compares plain data whatever the order of keys', () => {
    assert.ok(same({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1, d: undefined }));
    for (const [a, b] of [
      [{ a: 1 }, { a: 2 }],
      [[1], { 0: 1 }],
      [null, {}],
      [{ a: 1 }, {}],
      [
        [1, 2],
        [2, 1],
      ],
    ])
      assert.ok(!same(a, b));
  });
});

describe('what is known of jobs', () => {
  const gone = (revision?: number): StateEvent => ({
    kind: 'job-removed',
    atMs: 0,
    name: jobName('a'),
    ...(revision === undefined ? {} : { revision }),
  });
  const revisionAfter = (...events: StateEvent[]) =>
    fold(START, ...events).jobs.get(jobName('a'))?.revision;

  it('does not go back to an older revision that was read before', () => {
    assert.equal(revisionAfter(stored('a', {}, 6), stored('a', { weight: 2 }, 5)), 6);
    assert.equal(revisionAfter(stored('a', {}, 6), stored('a', { weight: 2 }, 7)), 7);
  });

  it('is forgotten only at the revision that was found gone', () => {
    assert.equal(revisionAfter(stored('a', {}, 6), gone(5)), 6);
    assert.equal(revisionAfter(stored('a', {}, 6), gone(6)), undefined);
    assert.equal(revisionAfter(stored('a', {}, 6), gone()), undefined);
  });
});

describe('viewOf', () => {
  it('is frozen, in id order, and the same whatever the order of arrival', () => {
    const events = [
      stored('b'),
      stored('a'),
      reported(1, 'h2'),
      reported(1, 'h1'),
      desiredOn('h1', 1, ['b-1', 1], ['a-1', 1]),
    ];
    const one = viewOf(fold(START, ...events));
    assert.deepEqual(one, viewOf(fold(START, ...events.toReversed())));
    assert.deepEqual(
      one.nodes.map(({ id }) => id),
      ['h1', 'h2'],
    );
    assert.deepEqual(
      one.nodes[0]?.allocations.map(({ id }) => id),
      ['a-1', 'b-1'],
    );
    assert.ok(Object.isFrozen(one) && Object.isFrozen(one.nodes[0]?.allocations[0]));
  });

  it('takes the target of our own jobs from the job, of adopted containers from the report', () => {
    const containers = [
      container('a-1', { latency: latency(120) }),
      container('adopted-9', { origin: 'label', target: target(300), latency: latency(250) }),
    ];
    const state = fold(
      START,
      stored('a', { target: target(100) }),
      desiredOn('h1', 1, ['a-1', 1]),
      reported(5, 'h1', { containers }),
    );
    const [own, adopted] = viewOf(state).nodes[0]?.allocations ?? [];
    assert.deepEqual(
      [own?.target?.latencyMs, own?.latencyMs, own?.limit?.cpuCores, own?.observedAtMs],
      [100, 120, 1, 5],
    );
    assert.deepEqual(
      [adopted?.target?.latencyMs, adopted?.latencyMs, adopted?.limit],
      [300, 250, null],
    );
  });

  it('counts what is desired on a silent node as placed, and decides nothing there', () => {
    const view = viewOf(fold(START, stored('a'), desiredOn('h9', 4, ['a-1', 1])));
    assert.deepEqual(view.nodes, []);
    assert.deepEqual(view.jobs[0]?.placed, [{ id: 'a-1', node: 'h9' }]);
  });

  it('takes no container for placed that its agent is about to remove', () => {
    const containers = [container('a-1')];
    const view = viewOf(
      fold(START, stored('a'), desiredOn('h1', 1, ['b-1', 1]), reported(1, 'h1', { containers })),
    );
    assert.deepEqual(view.jobs[0]?.placed, []);
    assert.deepEqual(
      view.nodes[0]?.allocations.map(({ id }) => id),
      ['b-1'],
    );
  });

  it('counts a container that runs undesired as placed, but not a second one', () => {
    const containers = [container('a-1')];
    const view = viewOf(
      fold(
        START,
        stored('a'),
        reported(1, 'h2', { containers }),
        reported(1, 'h1', { containers }),
      ),
    );
    assert.deepEqual(view.jobs[0]?.placed, [{ id: 'a-1', node: 'h1' }]);
    assert.deepEqual(
      view.nodes.map(({ allocations }) => allocations.length),
      [1, 0],
    );
  });

  it('says why a node takes nothing new', () => {
    const why = (...events: StateEvent[]) =>
      viewOf(fold(START, ...events)).nodes[0]?.unschedulableReason;
    assert.equal(why(reported(0, 'h1')), '');
    assert.equal(
      why(reported(0, 'h1'), {
        kind: 'node-scheduling',
        atMs: 0,
        node: nodeId('h1'),
        scheduling: 'cordoned',
      }),
      'cordoned',
    );
    assert.equal(why(reported(0, 'h1'), { kind: 'tick', atMs: 7000 }), 'the node is suspect');
    const foreign = { holds: { incarnation: 'other', epoch: 9, revision: 1 } };
    assert.match(why(reported(0, 'h1', foreign)) ?? '', /another store/);
  });

  it('trusts that our own containers can be limited until the agent says it only observes', () => {
    const controlOf = (control: 'none' | 'observe') => {
      const containers = [container('a-1', { control })];
      return viewOf(
        fold(START, stored('a'), desiredOn('h1', 1, ['a-1', 1]), reported(1, 'h1', { containers })),
      ).nodes[0]?.allocations[0]?.control;
    };
    assert.deepEqual([controlOf('none'), controlOf('observe')], ['enforce', 'observe']);
  });
});

describe('deriveEvents', () => {
  it('tells the story of a job', () => {
    const s1 = fold(START, stored('a'));
    assert.deepEqual(typesOf(START, s1), ['job.submitted']);
    const s2 = fold(s1, reported(0, 'h1'));
    assert.deepEqual(typesOf(s1, s2), ['node.joined']);
    const s3 = fold(s2, desiredOn('h1', 1, ['a-1', 2]));
    assert.deepEqual(typesOf(s2, s3), ['job.placed', 'allocation.limit-changed']);
    const slow = { sequence: 2, containers: [container('a-1', { latency: latency(5000) })] };
    const s4 = fold(s3, reported(1000, 'h1', slow));
    assert.deepEqual(typesOf(s3, s4), ['job.started', 'job.class-changed']);
    const s5 = fold(s4, reported(2000, 'h1', { ...slow, sequence: 3 }));
    assert.deepEqual(typesOf(s4, s5), []);
    const ended = {
      sequence: 4,
      containers: [container('a-1', { state: 'exited', reason: 'exit code 1' })],
    };
    assert.deepEqual(typesOf(s5, fold(s5, reported(3000, 'h1', ended))), ['job.lost']);
    assert.deepEqual(typesOf(s5, fold(s5, reported(3000, 'h1', { sequence: 4 }))), ['job.lost']);
    const s6 = fold(s5, { kind: 'job-removed', atMs: 0, name: job('a').name });
    assert.deepEqual(typesOf(s5, s6), ['job.stopped']);
    const s7 = fold(s6, desiredOn('h1', 2));
    assert.deepEqual(typesOf(s7, fold(s7, reported(4000, 'h1', { sequence: 5 }))), []);
  });

  it('tells when a node goes quiet, with what is lost, and when it comes back', () => {
    const up = fold(START, stored('a'), reported(0, 'h1'), desiredOn('h1', 1, ['a-1', 1]));
    const suspect = fold(up, { kind: 'tick', atMs: 7000 });
    const down = fold(suspect, { kind: 'tick', atMs: 17_000 });
    assert.deepEqual(typesOf(up, suspect), ['node.suspect']);
    assert.deepEqual(typesOf(suspect, down), ['node.down', 'job.lost']);
    assert.deepEqual(typesOf(down, fold(down, { kind: 'tick', atMs: 18_000 })), []);
    assert.deepEqual(typesOf(down, fold(down, reported(19_000, 'h1', { sequence: 2 }))), [
      'node.joined',
    ]);
  });

  it('keeps quiet about what it already knew before a restart', () => {
    const registration = {
      host: report('h1').host,
      labels: {},
      agentVersion: '0.1.0',
      intervalMs: 1000,
    };
    const known = fold(
      START,
      { kind: 'node-known', atMs: 0, node: nodeId('h1'), registration },
      stored('a'),
      desiredOn('h1', 7, ['a-1', 1]),
    );
    const containers = [container('a-1', { latency: latency(5000) })];
    assert.deepEqual(typesOf(known, fold(known, reported(10, 'h1', { containers }))), []);
  });

  it('gives the same happening the same id', () => {
    const ids = () => {
      const before = fold(START, reported(0, 'h1'));
      const after = fold(before, desiredOn('h1', 1, ['a-1', 2]));
      return deriveEvents(before, after, { nowMs: 1, wallMs: Math.random(), source: '/test' }).map(
        ({ id }) => id,
      );
    };
    assert.deepEqual(ids(), ['job-placed.a-1.h1.3.1', 'limit-changed.a-1.h1.3.1']);
    assert.deepEqual(ids(), ids());
  });

  it('reports an update by its revision, and a pending allocation once', () => {
    const s1 = fold(START, stored('a'));
    assert.deepEqual(typesOf(s1, fold(s1, stored('a', { image: 'x' }, 2))), ['job.submitted']);
    const pending: StateEvent = {
      kind: 'planned',
      unreachable: [],
      preempted: [],
      atMs: 0,
      pending: [{ job: job('a').name, allocation: allocationId('a-1'), refusals: [] }],
    };
    const s2 = fold(s1, pending);
    assert.deepEqual(typesOf(s1, s2), ['job.infeasible']);
    assert.deepEqual(typesOf(s2, fold(s2, pending)), []);
  });
});

describe('status', () => {
  it('shows what waits and why', () => {
    const state = fold(
      START,
      stored('a', { replicas: 2 }),
      reported(0, 'h1'),
      desiredOn('h1', 1, ['a-1', 1.5]),
    );
    const [first, second] = allocationStatuses(state, 100);
    assert.deepEqual(
      [first?.node, first?.desired?.cpuCores, first?.container, first?.latencyMs],
      ['h1', 1.5, null, null],
    );
    assert.deepEqual(
      [second?.id, second?.node, second?.reason],
      ['a-2', null, 'waits to be placed'],
    );
    assert.equal(jobStatuses(state, 100)[0]?.state, 'pending');
  });

  it('sums up a job from its allocations', () => {
    const stateOf = (...states: ('running' | 'failed')[]) => {
      const containers = states.map((state, i) => container(`a-${i + 1}`, { state }));
      const wanted = desiredOn(
        'h1',
        1,
        ...containers.map(({ allocation }) => [allocation, 1] as const),
      );
      const seen = reported(0, 'h1', { containers });
      return jobStatuses(fold(START, stored('a', { replicas: 2 }), seen, wanted, seen), 0)[0]
        ?.state;
    };
    assert.deepEqual(
      [stateOf('running', 'running'), stateOf('running', 'failed'), stateOf('failed'), stateOf()],
      ['running', 'partial', 'failed', 'pending'],
    );
  });

  it('groups adopted containers under their job', () => {
    const adopted = (id: string, change = {}) =>
      container(id, { origin: 'label', job: job('web').name, latency: latency(1000), ...change });
    const containers = [
      adopted('adopted-1'),
      adopted('adopted-2'),
      adopted('adopted-3', {
        job: job('bad').name,
        target: null,
        control: 'none',
        reason: 'label dqoes.target',
      }),
    ];
    const state = fold(START, reported(0, 'h1', { containers }));
    const [web, ...others] = jobStatuses(state, 0);
    assert.deepEqual(
      [web?.origin, web?.spec.replicas, web?.allocations.map(({ qoeClass }) => qoeClass)],
      ['label', 2, ['within', 'within']],
    );
    assert.deepEqual(others, []);
    assert.equal(allocationStatuses(state, 0)[2]?.reason, 'label dqoes.target');
  });

  it('tells what everything else on a host uses', () => {
    const cpu = { usageCores: 0.5, usageTotalSeconds: 1, throttledRatio: 0, pressureRatio: null };
    const containers = [container('a-1', { cpu }), container('b-1', { cpu: null })];
    const usedBy = (cpuUtilisationRatio: number | null) => {
      const host = { ...report('h1').host, capacityCpuCores: 2, cpuUtilisationRatio };
      const reports = [{ atMs: 0, report: report('h1', { host, containers }) }];
      return nodeStatuses(fold(START, { kind: 'reports', atMs: 0, reports }), 0)[0]?.othersCpuCores;
    };
    assert.deepEqual([usedBy(0.75), usedBy(0.1), usedBy(null)], [1, 0, undefined]);
  });

  it('shows unknown as unknown on a node that has not reported since a restart', () => {
    const host = { ...report('h1').host, cpuUtilisationRatio: null, memoryUsedBytes: null };
    const registration = { host, labels: { zone: 'a' }, agentVersion: '0.1.0', intervalMs: 1000 };
    const state = fold(
      START,
      { kind: 'node-known', atMs: 0, node: nodeId('h1'), registration },
      desiredOn('h1', 2, ['a-1', 1.5]),
    );
    const [node] = nodeStatuses(state, 50);
    assert.deepEqual(
      [
        node?.liveness,
        node?.host.cpuUtilisationRatio,
        node?.limitedCpuCores,
        node?.desired?.revision,
      ],
      ['suspect', null, 1.5, 2],
    );
  });
});
