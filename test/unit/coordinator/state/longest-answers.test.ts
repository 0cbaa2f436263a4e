import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  allocationPage,
  allocationStatuses,
} from '../../../../coordinator/state/allocation-status.js';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import { jobPage, jobStatus, jobStatuses } from '../../../../coordinator/state/job-status.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { nodeStatuses } from '../../../../coordinator/state/node-status.js';
import { snapshotOf } from '../../../../coordinator/state/snapshot.js';
import { troublesOf } from '../../../../coordinator/state/stopping.js';
import { decodeEvent, encodeEvent } from '../../../../proto/event.js';
import type { ServiceCalls, Verb } from '../../../../proto/schemas/service.js';
import { decodeReply, encodeReply } from '../../../../proto/service-codec.js';
import type { Ack, DesiredState } from '../../../../shared/command.js';
import type { SecretName } from '../../../../shared/ids.js';
import type { JobSpec } from '../../../../shared/job.js';
import { allocationId, container, job, limit, nodeId, report } from '../build.js';
import { like, ToyCluster } from '../schedule/toy-cluster.js';
import { fold, reported, START, stored } from './state-build.js';

/** The longest texts the schemas allow; a cut at any even or odd place hits a pair. */
const LONGEST = [`${'🦊'.repeat(2048)}`, `x${'🦊'.repeat(2047)}y`];
/** Characters of three bytes: most bytes for their length. */
const WIDE = '€'.repeat(4096);
const NAME = 'n'.repeat(63);
const H1 = nodeId('h'.repeat(63));
const VERSION = { incarnation: 'inc', epoch: 3, revision: 1 };

const isReadable = <V extends Verb>(verb: V, value: ServiceCalls[V]['response']): void => {
  for (const format of ['protobuf', 'json'] as const) {
    const read = decodeReply(verb, encodeReply(verb, { ok: true, value }, format), format);
    assert.ok(read.ok, `${verb} in ${format}: ${JSON.stringify(read)}`);
    assert.ok(read.value.ok, `${verb} in ${format}: ${JSON.stringify(read.value)}`);
  }
};

const areReadable = (state: ClusterState, nowMs = 100): void => {
  const jobs = jobStatuses(state, nowMs);
  isReadable('job-list', { jobs });
  for (const each of jobs) isReadable('job-status', { job: each });
  isReadable('allocation-list', { allocations: allocationStatuses(state, nowMs) });
  isReadable('node-list', { nodes: nodeStatuses(state, nowMs) });
};

const areEventsReadable = (before: ClusterState, after: ClusterState) => {
  const events = deriveEvents(before, after, { nowMs: 100, wallMs: 0, source: '/test' });
  for (const event of events) {
    const read = decodeEvent(encodeEvent(event));
    assert.ok(read.ok, `${event.type}: ${JSON.stringify(read)}`);
  }
  return events;
};

const desired = (spec: JobSpec, reason: string, ids: readonly string[]): DesiredState => ({
  ...VERSION,
  node: H1,
  validForMs: 1000,
  allocations: ids.map((id) => ({
    id: allocationId(id),
    job: spec.name,
    spec,
    limit: limit(1),
    reason,
  })),
});
const refusing = (reason: string, ids: readonly string[]): Ack => ({
  node: H1,
  bootId: 'boot-1',
  outcome: 'partial',
  asked: VERSION,
  holds: VERSION,
  allocations: ids.map((id) => ({ id: allocationId(id), ok: false, refused: true, reason })),
  reason,
});

describe('answers made of the longest texts that agents may send', () => {
  for (const [which, reason] of [...LONGEST, WIDE].entries()) {
    it(`an ack that refuses, while an older version runs (${which})`, () => {
      const spec = job(NAME, { replicas: 2 });
      const ids = [1, 2].map((n) => `${NAME.slice(0, 58)}-${n}`);
      const before = fold(
        START,
        stored(NAME, { replicas: 2 }),
        reported(0, H1, {
          containers: [container(ids[0] ?? '', { job: spec.name, reason })],
          warnings: Array.from({ length: 12 }, () => reason),
        }),
        { kind: 'desired-stored', atMs: 0, states: [desired(spec, reason, ids)] },
      );
      const state = fold(before, { kind: 'acks', atMs: 0, acks: [refusing(reason, ids)] });
      const reasons = jobStatuses(state, 0).flatMap((each) => each.reasons);
      assert.equal(reasons.filter((each) => /refuses it as it is now/.test(each)).length, 1);
      assert.equal(reasons.filter((each) => /not started/.test(each)).length, 1);
      areReadable(state);
      assert.ok(areEventsReadable(before, state).some(({ type }) => type === 'dqoes.job.refused'));
    });

    it(`conditions, targets out of reach and containers of others (${which})`, () => {
      const [id, image] = [allocationId(`${NAME.slice(0, 58)}-1`), reason.slice(0, 512)];
      const others = ['', ' ', `a b${'c'.repeat(509)}`, image.toWellFormed()].map((each, at) =>
        container(`adopted-${at}`, {
          ...{ origin: 'label', job: job(`of-others-${at}`).name, image: each },
          ...{ name: 'n'.repeat(256), reason, state: at % 2 === 0 ? 'running' : 'failed' },
        }),
      );
      const spec = job(NAME);
      const states = [desired(spec, reason, [id])];
      const state = fold(
        START,
        stored(NAME),
        reported(0, H1, { containers: [container(id, { job: spec.name }), ...others] }),
        { kind: 'desired-stored', atMs: 0, states },
        {
          kind: 'planned',
          atMs: 0,
          pending: [],
          preempted: [],
          unreachable: [
            {
              ...{ allocation: id, job: spec.name, node: H1, targetMs: 1000 },
              ...{ reachableMs: Number.POSITIVE_INFINITY, neededCores: -1, reason },
            },
          ],
          conditions: [{ node: H1, kind: 'overloaded', reason }],
        },
      );
      assert.equal(jobStatuses(state, 0).length, 5);
      areReadable(state);
    });

    it(`a job that all hosts refuse (${which})`, () => {
      const hosts = Array.from({ length: 20 }, (_, at) => `h${at}`);
      const cluster = new ToyCluster(hosts, () => 0.05);
      cluster.rules = () => reason;
      cluster.run(1);
      cluster.submit(like('web', 200, { replicas: 2 }));
      let before = cluster.state;
      for (let second = 0; second < 30 && cluster.state.pending.size === 0; second += 1) {
        before = cluster.state;
        cluster.run(1);
      }
      assert.equal(cluster.state.pending.size, 2, JSON.stringify(cluster.placed));
      areReadable(cluster.state, cluster.nowMs);
      areEventsReadable(before, cluster.state);
      for (const { refusedBy } of snapshotOf(cluster.state).jobs)
        for (const why of refusedBy?.values() ?? []) assert.ok(why.length < 4000);
    });
  }

  it('what hosts say of one job, whatever they say, in a page of one', () => {
    const spec = job(NAME, { replicas: 2 });
    const said = (host: string) =>
      reported(0, host, {
        containers: Array.from({ length: 60 }, (_, at) =>
          container(`${host}-${at}`, { job: spec.name, reason: WIDE, state: 'failed' }),
        ),
      });
    const state = fold(START, stored(NAME, { replicas: 2 }), said('h1'), said('h2'), said('h3'));
    const page = jobPage(state, 0, { limit: 1 });
    isReadable('job-list', page);
    const [listed] = page.jobs;
    assert.ok(listed !== undefined && listed.allocations.length > 8);
    const shown = listed.allocations.length;
    assert.match(listed.reasons[0] ?? '', new RegExp(`^${180 - shown} of its 180 containers`));
    isReadable('job-status', { job: jobStatus(state, spec.name, 0) ?? listed });
    const first = allocationPage(state, 0, { limit: 20 });
    isReadable('allocation-list', { allocations: first.rows });
    assert.equal(jobStatuses(state, 0)[0]?.allocations.length, 180);
  });

  it('what hosts say of a job that was stopped, in a page of one', () => {
    const ids = Array.from({ length: 60 }, (_, at) => `${NAME.slice(0, 58)}-${at}`);
    const spec = job(NAME, { replicas: 60 });
    const containers = ids.map((id) => container(id, { job: spec.name, reason: WIDE }));
    const state = fold(
      START,
      stored(NAME, { replicas: 60 }),
      reported(0, H1, { containers }),
      { kind: 'desired-stored', atMs: 0, states: [desired(spec, WIDE, ids)] },
      { kind: 'job-removed', atMs: 0, name: spec.name },
      { kind: 'acks', atMs: 0, acks: [{ ...refusing(WIDE, []), outcome: 'refused' }] },
    );
    const page = jobPage(state, 0, { limit: 1 });
    isReadable('job-list', page);
    assert.match(page.stopping?.[0]?.reasons[0] ?? '', /of its 60 containers are not listed here/);
    const remaining = troublesOf(page.stopping?.[0]?.allocations ?? []);
    assert.ok(remaining.length > 8);
    isReadable('job-stop', { stopped: spec.name, remaining });
    isReadable('node-list', { nodes: nodeStatuses(state, 0) });
  });

  it('a second agent, whose start is cut inside a character', () => {
    const twins = [{ node: H1, bootId: `${'x'.repeat(7)}🦊`, atMs: 0 }];
    const state = fold(START, reported(0, H1), { kind: 'twins', atMs: 0, twins });
    assert.match(nodeStatuses(state, 0)[0]?.warnings[0] ?? '', /start xxxxxxx/);
    areReadable(state);
  });

  it('secrets that a job waits for', () => {
    const names = Array.from({ length: 32 }, (_, at) => `s${at}`.padEnd(63, 'x') as SecretName);
    const secretEnv = Object.fromEntries(names.map((name, at) => [`V${at}`, name]));
    const problem = 'is stored damaged: set it again '.repeat(8);
    const secrets = names.map((name) => ({
      ...{ name, box: 'b', version: 'v', setAtMs: 0, revision: 1, problem },
    }));
    const state = fold(
      START,
      { kind: 'secrets-stored', atMs: 0, secrets },
      stored('a', { secretEnv, replicas: 2 }),
      reported(0, 'h1', { ...report('h1'), containers: [container('a-1')] }),
    );
    areReadable(state);
  });
});
