import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allocationStatuses } from '../../../../coordinator/state/allocation-status.js';
import { jobStatuses } from '../../../../coordinator/state/job-status.js';
import { nodeStatuses } from '../../../../coordinator/state/node-status.js';
import type { Ack } from '../../../../shared/command.js';
import type { AllocationId } from '../../../../shared/ids.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { container, job, latency, nodeId, report, target } from '../build.js';
import { desiredOn, fold, reported, START, stored } from './state-build.js';

const VERSION = { incarnation: 'i', epoch: 1, revision: 1 };
const refusing = (node: string, id: string, reason: string): Ack => ({
  node: nodeId(node),
  bootId: 'boot',
  outcome: 'partial',
  asked: VERSION,
  holds: VERSION,
  allocations: [{ id: id as AllocationId, ok: false, reason }],
  reason: '',
});

describe('status', () => {
  it('shows which allocations wait and why', () => {
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
      ['a-2', null, 'waiting to be placed'],
    );
    assert.equal(jobStatuses(state, 100)[0]?.state, 'pending');
  });

  it('says nothing of now by what was answered long ago, but keeps it', () => {
    const PROBED = { source: 'probe' } as const;
    const seen = (newestAgeMs: number, { windowMs = 5000, spec = {} } = {}) => {
      const said = { latency: latency(1000, { newestAgeMs }) };
      const state = fold(
        START,
        stored('a', spec),
        reported(0, 'h1', { windowMs, containers: [container('a-1', said)] }),
        desiredOn('h1', 1, ['a-1', 1.5]),
      );
      const [found] = allocationStatuses(state, 100);
      assert.equal(found?.container?.latency?.newestAgeMs, newestAgeMs);
      return [found?.latencyMs, found?.qoeClass === null];
    };
    assert.deepEqual(seen(60_000), [1000, false]);
    assert.deepEqual(seen(60_001), [null, true]);
    assert.deepEqual(seen(299_000, { windowMs: 300_000 }), [1000, false], 'it is in the window');
    assert.deepEqual(seen(300_001, { windowMs: 300_000 }), [null, true]);
    assert.deepEqual(
      seen(149_000, { spec: { latency: PROBED } }),
      [1000, false],
      'as rare as that',
    );
    assert.deepEqual(seen(150_001, { spec: { latency: PROBED } }), [null, true]);
  });

  it('waits for the next probe of an adopted container, too: probes count no traffic', () => {
    const seen = (totalCount: number): number | null | undefined => {
      const origin = 'label' as const;
      const said = { origin, latency: latency(1000, { newestAgeMs: 99_000, totalCount }) };
      const state = fold(START, reported(0, 'h1', { containers: [container('a-1', said)] }));
      return allocationStatuses(state, 100)[0]?.latencyMs;
    };
    assert.deepEqual([seen(0), seen(5)], [1000, null]);
  });

  it('says why a host did not start an allocation, in the words of its agent', () => {
    const why = 'memory 8GiB is above the 2GiB this host allows';
    const said = (state: 'pending' | 'running') =>
      fold(
        START,
        stored('a'),
        reported(0, 'h1', { containers: [container('a-1', { state, reason: 'not there yet' })] }),
        desiredOn('h1', 1, ['a-1', 1.5]),
        { kind: 'acks', atMs: 0, acks: [refusing('h1', 'a-1', why)] },
      );
    const [pending] = allocationStatuses(said('pending'), 100);
    assert.equal(pending?.reason, `not started: ${why}`);
    assert.equal(pending?.container?.reason, pending?.reason, 'as ps and explain show it');
    assert.match(jobStatuses(said('pending'), 100)[0]?.reasons.join() ?? '', /above the 2GiB/);
    const [running] = allocationStatuses(said('running'), 100);
    assert.doesNotMatch(running?.reason ?? '', /not started/);
  });

  it('says why a replica waits whose container is still reported by the host that was lost', () => {
    const message = 'node h2 has 2 CPU, 1.98 allocated, 0.05 requested';
    const [requested, used, capacity] = [0.05, 1.98, 2];
    const refusal = { node: nodeId('h2'), resource: 'cpu' as const, requested, used, capacity };
    const pending = {
      job: job('a').name,
      allocation: 'a-1' as AllocationId,
      refusals: [{ ...refusal, message }],
    };
    const state = fold(
      START,
      stored('a'),
      reported(0, 'h1', { containers: [container('a-1')] }),
      desiredOn('h1', 1, ['a-1', 1.5]),
      desiredOn('h1', 2),
      { kind: 'planned', atMs: 0, pending: [pending], preempted: [], unreachable: [] },
    );
    const [known] = jobStatuses(state, 100);
    assert.deepEqual([known?.state, known?.reasons], ['pending', [`a-1: ${message}`]]);
    assert.deepEqual(
      known?.allocations.map(({ id, node }) => [id, node]),
      [['a-1', null]],
    );
    assert.deepEqual(
      allocationStatuses(state, 100).map(({ id, node }) => [id, node]),
      [
        ['a-1', 'h1'],
        ['a-1', null],
      ],
    );
  });

  it('says in a job that its container is started again and again, also while it runs', () => {
    const loop = 'restarting: it ended 3 times, last with exit code 1; docker logs web says why';
    const state = fold(
      START,
      stored('a'),
      reported(0, 'h1', { containers: [container('a-1', { state: 'running', reason: loop })] }),
      desiredOn('h1', 1, ['a-1', 1.5]),
    );
    const [known] = jobStatuses(
      fold(
        state,
        reported(1, 'h1', { containers: [container('a-1', { state: 'running', reason: loop })] }),
      ),
      100,
    );
    assert.deepEqual(known?.reasons, [`a-1: ${loop}`]);
  });

  it('says in a job why no response time is known of what runs', () => {
    const probed = 'the probe failed: connect ECONNREFUSED 172.17.0.4:8080';
    const reasonsOf = (...said: readonly Partial<ContainerReport>[]): readonly string[] => {
      const containers = said.map((each, at) => container(`a-${at + 1}`, each));
      const wanted = said.map((_, at) => [`a-${at + 1}`, 1] as const);
      const jobs = stored('a', { replicas: said.length });
      const state = fold(START, jobs, reported(0, 'h1', { containers }));
      return jobStatuses(fold(state, desiredOn('h1', 1, ...wanted)), 100)[0]?.reasons ?? [];
    };
    assert.deepEqual(reasonsOf({ reason: probed }, {}), [`a-1: ${probed}`]);
    const unread = 'the metrics cannot be read: 404';
    assert.deepEqual(reasonsOf({}, { reason: unread }), [`a-2: ${unread}`]);
    // What is only observed may be probed in vain, too; that it is only observed is no trouble.
    const observed = { control: 'observe' } as const;
    assert.deepEqual(reasonsOf({ ...observed, reason: 'this agent only observes' }), []);
    assert.deepEqual(reasonsOf({ ...observed, reason: probed }), [`a-1: ${probed}`]);
    const paused = 'paused: it answers nothing until docker unpause web; this agent only observes';
    assert.deepEqual(reasonsOf({ ...observed, reason: paused }), [`a-1: ${paused}`]);
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

  it('says where adopted containers of one job ask for different targets', () => {
    const adopted = (id: string, latencyMs: number) =>
      container(id, { origin: 'label', job: job('web').name, target: target(latencyMs) });
    const reasonsOf = (...containers: readonly ReturnType<typeof adopted>[]) =>
      jobStatuses(fold(START, reported(0, 'h1', { containers })), 0)[0]?.reasons;
    assert.deepEqual(reasonsOf(adopted('a', 200), adopted('b', 200)), []);
    const [first, second] = [adopted('a', 200), adopted('b', 400)];
    assert.deepEqual(reasonsOf(first, second), [
      `labels of its containers ask for different targets: ${first.name} 200ms mean, ` +
        `${second.name} 400ms mean`,
    ]);
  });

  it('names adopted containers that have the name of a submitted job', () => {
    const labelled = (id: string) =>
      container(id, { origin: 'label', job: job('a').name, name: `web-${id}` });
    const others = Array.from({ length: 7 }, (_, index) => labelled(`adopted-${index}`));
    const listed = (...containers: ReturnType<typeof container>[]) =>
      jobStatuses(
        fold(
          START,
          stored('a'),
          desiredOn('h1', 1, ['a-1', 1]),
          reported(0, 'h1', { containers: [container('a-1')] }),
          reported(1, 'h2', { containers }),
        ),
        2,
      )[0];
    const [one, many] = [listed(labelled('adopted-9')), listed(...others)];
    assert.deepEqual(
      [one?.state, one?.allocations.map(({ id }) => id), one?.reasons],
      [
        'running',
        ['a-1'],
        ['adopted under its name by their labels, and not counted here: web-adopted-9 on h2'],
      ],
    );
    assert.match(many?.reasons.join() ?? '', /web-adopted-4 on h2 and 2 more$/);
    assert.deepEqual(listed()?.reasons, []);
  });

  it('shows what everything else on a host uses', () => {
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
