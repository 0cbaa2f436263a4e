import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { headers } from 'nats';
import { type AuditQuestion, auditLines } from '../../cli/events/audit.js';
import type { CoordinatorHandle } from '../../coordinator/contract.js';
import { startCoordinator } from '../../coordinator/start.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import {
  type ChangingVerb,
  isChanging,
  type ServiceCalls,
  VERBS,
  type Verb,
} from '../../proto/schemas/service.js';
import { callService } from '../../proto/service-client.js';
import { encodeRequest } from '../../proto/service-codec.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { bytes } from '../lib/utf8.js';
import { job, jobName, nodeId, PARAMS, target } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';
import { CLUSTER, GuardedServer, must } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);
const h1 = nodeId('h1');
const SECRET = `hush-${process.pid}`;
const JSON_TYPE = { 'content-type': 'application/json' };

type Person = 'operator' | 'sue-submitter' | 'tom' | 'vic-viewer';
/** One call of each verb that changes something, in an order in which all are accepted. */
const CHANGES: { readonly [V in ChangingVerb]: ServiceCalls[V]['request'] } = {
  'job-submit': { jobs: [job('changing', { env: { TOKEN: SECRET } })] },
  'job-stop': { name: jobName('changing') },
  'node-set': { id: h1, scheduling: 'cordoned' },
  'node-approve': { id: h1 },
  'node-remove': { id: nodeId('h2') },
  'policy-set': { policy: 'equal' },
};

describe('the audit, and whose job it is', function () {
  this.timeout(60_000);
  let guarded: GuardedServer;
  let coordinator: CoordinatorHandle;
  let coordinators: NatsClient;
  const clients = new Map<Person, NatsClient>();
  const agents: FakeAgent[] = [];

  const start = async (name: string): Promise<CoordinatorHandle> => {
    const started = await startCoordinator(
      {
        cluster: CLUSTER,
        name,
        policy: 'dqoes',
        params: PARAMS,
        leaseMs: 10_000,
        replicas: 1,
        acceptLost: [],
      },
      { ...coordinators, clock: systemClock, log: silentLog },
    );
    return must(started);
  };
  const busOf = (person: Person) => {
    const client = clients.get(person);
    assert.ok(client !== undefined);
    return client.bus;
  };
  const call = <V extends Verb>(person: Person, verb: V, request: ServiceCalls[V]['request']) =>
    callService({ bus: busOf(person), subjects, timeoutMs: 5000 }, verb, request);
  const lines = async (asked: Partial<AuditQuestion> = {}): Promise<readonly AuditLine[]> =>
    must(await auditLines(busOf('operator'), { cluster: CLUSTER, count: 1000, ...asked }));
  /** The lines that `act` leaves; a call of the operator ends them, since lines are in order. */
  const linesOf = async (act: () => Promise<unknown>): Promise<readonly AuditLine[]> => {
    const known = (await lines()).length;
    await act();
    must(await call('operator', 'policy-set', { policy: 'dqoes' }));
    let now: readonly AuditLine[] = [];
    await until(async () => {
      now = (await lines()).slice(known);
      const last = now.at(-1);
      return last?.verb === 'policy-set' && last.after === 'dqoes';
    }, 'the lines to be written');
    return now.slice(0, -1);
  };
  const codeOf = async (answer: ReturnType<typeof call>): Promise<string> => {
    const { ok, ...rest } = await answer;
    return ok ? 'ok' : JSON.stringify(rest);
  };
  const stored = async (name: string): Promise<string | undefined> => {
    const answer = await call('operator', 'job-status', { name: jobName(name) });
    return answer.ok ? (answer.value.job.owner ?? 'nobody') : undefined;
  };

  before(async () => {
    guarded = await GuardedServer.start();
    guarded.add({ role: 'submitter', name: 'tom' });
    coordinators = await guarded.client('coordinator');
    must(await coordinators.stores.install(CLUSTER, { replicas: 1 }));
    coordinator = await start('c1');
    for (const person of ['operator', 'sue-submitter', 'vic-viewer'] as const)
      clients.set(person, await guarded.client(person));
    await until(async () => {
      const tom = await guarded.client('tom').catch(() => undefined);
      if (tom !== undefined) clients.set('tom', tom);
      return tom !== undefined;
    }, 'the new key to be known');
    for (const name of ['h1', 'h2']) {
      const { bus } = await guarded.client(`agent-${name}`);
      const agent = new FakeAgent(bus, subjects, name);
      agents.push(agent);
      await bus.flush();
      agent.report({ sentAtMs: systemClock.now() });
    }
    await until(async () => {
      const nodes = await call('operator', 'node-list', {});
      return nodes.ok && nodes.value.nodes.length === 2;
    }, 'the nodes to be known');
  });
  after(async () => {
    for (const agent of agents) agent.stop();
    await coordinator.stop();
    await guarded.stop();
  });

  it('has one line for each call that changes something, with the name of who made it', async () => {
    for (const verb of VERBS.filter(isChanging)) {
      const [line, ...more] = await linesOf(async () =>
        must(await call('operator', verb, CHANGES[verb])),
      );
      assert.deepEqual(more, [], verb);
      assert.deepEqual(
        [line?.who, line?.role, line?.key, line?.verb, line?.outcome],
        ['operator', 'operator', guarded.publicKeyOf('operator'), verb, 'done'],
      );
      assert.equal(typeof line?.after, 'string', verb);
    }
    const changes = (await lines()).map(({ verb, job: name, node, before: from, after: to }) =>
      [verb, name ?? node ?? '', from ?? '', to ?? ''].join(' | ').replace(/spec \w+/g, 'spec #'),
    );
    const spec = '1 x dqoes/tiny:1, target 1s mean, cpu 0.05, weight 1, spec #';
    for (const change of [
      'leader |  |  | c1 leads in epoch 1',
      `job-submit | changing |  | ${spec}`,
      `job-stop | changing | ${spec} | stopped`,
      'node-set | h1 | open | cordoned',
      'node-remove | h2 | approved | removed',
      'policy-set |  | dqoes | equal',
    ])
      assert.ok(changes.includes(change), `${change}\nis not in\n${changes.join('\n')}`);
  });

  it('has no line for what only reads', async () => {
    const read = await linesOf(async () => {
      must(await call('vic-viewer', 'job-list', {}));
      must(await call('vic-viewer', 'policy-get', {}));
      must(await call('sue-submitter', 'job-plan', { jobs: [job('planned')] }));
      assert.equal((await call('vic-viewer', 'job-status', { name: jobName('none') })).ok, false);
    });
    assert.deepEqual(read, []);
  });

  it('a submitter may change and stop its own jobs, and no others; an operator may all', async () => {
    const [own, other] = [job('of-sue'), job('of-sue', { target: target(250) })];
    must(await call('sue-submitter', 'job-submit', { jobs: [own] }));
    must(await call('operator', 'job-submit', { jobs: [job('of-operator')] }));
    const refused = await linesOf(async () => {
      assert.match(
        await codeOf(call('tom', 'job-stop', { name: own.name })),
        /auth\.not-owner.*job of-sue belongs to sue-submitter, not to tom: ask sue-submitter or an/,
      );
      // All or nothing: his own new job beside it is not stored either.
      const both = { jobs: [job('of-tom'), other] };
      assert.match(await codeOf(call('tom', 'job-submit', both)), /auth\.not-owner/);
      const name = jobName('of-operator');
      assert.match(await codeOf(call('sue-submitter', 'job-stop', { name })), /auth\.not-owner/);
    });
    assert.deepEqual(
      refused.map(({ who, verb, job: name, outcome, code }) => [who, verb, name, outcome, code]),
      [
        ['tom', 'job-stop', 'of-sue', 'refused', 'auth.not-owner'],
        ['tom', 'job-submit', 'of-tom', 'refused', 'auth.not-owner'],
        ['sue-submitter', 'job-stop', 'of-operator', 'refused', 'auth.not-owner'],
      ],
    );
    assert.deepEqual(
      [await stored('of-sue'), await stored('of-operator'), await stored('of-tom')],
      ['sue-submitter', 'operator', undefined],
    );
    must(await call('sue-submitter', 'job-submit', { jobs: [other] }));
    must(await call('operator', 'job-submit', { jobs: [own] }));
    assert.equal(await stored('of-sue'), 'sue-submitter', 'it stays whose it was');
    must(await call('sue-submitter', 'job-stop', { name: own.name }));
    must(await call('tom', 'job-submit', { jobs: [own] }));
    assert.equal(await stored('of-sue'), 'tom', 'what was stopped belongs to nobody');
    const [stop] = await linesOf(async () =>
      must(await call('operator', 'job-stop', { name: own.name })),
    );
    assert.deepEqual([stop?.who, stop?.job, stop?.outcome], ['operator', 'of-sue', 'done']);
  });

  it('a call in the name of another does not arrive', async () => {
    const name = jobName('of-operator');
    const stop = encodeRequest('job-stop', { name });
    const [sue, operator] = [guarded.publicKeyOf('sue-submitter'), guarded.publicKeyOf('operator')];
    const forged = await linesOf(async () => {
      const attacker = await guarded.raw('sue-submitter');
      for (const subject of [
        subjects.service('job-stop'),
        subjects.serviceFor('job-stop', operator),
        `${subjects.service('job-stop')}.operator.operator.${operator}`,
        `${subjects.service('job-stop')}.operator.sue-submitter.${sue}`,
      ])
        await assert.rejects(attacker.request(subject, stop, { timeout: 2000 }), subject);
    });
    assert.deepEqual(forged, []);
    assert.equal(await stored('of-operator'), 'operator');
  });

  it('headers say nothing about who calls', async () => {
    const attacker = await guarded.raw('sue-submitter');
    const sent = headers();
    // As nats-server 2.10 leaves it beside its own (CVE-2026-33223).
    const claim = JSON.stringify({ acc: 'DQOES', user: guarded.publicKeyOf('operator') });
    sent.append('Nats-Request-Info', claim);
    sent.append('Nats-Request-Info', claim);
    const [line] = await linesOf(() =>
      attacker.request(
        subjects.serviceFor('job-stop', guarded.publicKeyOf('sue-submitter')),
        encodeRequest('job-stop', { name: jobName('of-operator') }),
        { timeout: 5000, headers: sent },
      ),
    );
    assert.deepEqual([line?.who, line?.code], ['sue-submitter', 'auth.not-owner']);
  });

  it('has one line for each refused call, whatever was wrong with it', async () => {
    const own = (verb: Verb) => subjects.serviceFor(verb, guarded.publicKeyOf('tom'));
    const refused = await linesOf(async () => {
      const options = { timeoutMs: 5000, headers: JSON_TYPE };
      await busOf('tom').request(own('job-stop'), bytes('{'), options);
      await busOf('tom').request(own('job-list'), bytes('nothing'), options);
      await call('tom', 'job-stop', { name: jobName('none') });
      await call('operator', 'node-approve', { id: '../x' as never });
    });
    assert.deepEqual(
      refused.map(({ who, verb, outcome, code }) => [who, verb, outcome, code]),
      [
        ['tom', 'job-stop', 'refused', 'service.bad-request'],
        ['tom', 'job-list', 'refused', 'service.bad-request'],
        ['tom', 'job-stop', 'refused', 'service.not-found'],
        ['operator', 'node-approve', 'refused', 'service.bad-request'],
      ],
    );
  });

  it('what the rules of a host forbid has a line, too', async () => {
    const [agent] = agents;
    assert.ok(agent !== undefined);
    agent.rules = () => 'image dqoes/tiny:1 is not allowed here';
    must(await call('operator', 'node-set', { id: h1, scheduling: 'open' }));
    const found = async () => (await lines({ verb: 'host-refusal' })).at(-1);
    must(await call('operator', 'job-submit', { jobs: [job('forbidden')] }));
    await until(async () => {
      agent.report({ sentAtMs: systemClock.now() });
      return (await found()) !== undefined;
    }, 'the refusal to be written');
    const line = await found();
    assert.deepEqual([line?.who, line?.node, line?.outcome], ['agent-h1', 'h1', 'refused']);
    assert.match(line?.reason ?? '', /is not allowed here/);
  });

  it('a flood of refusals leaves thirty lines, and their number when it ends', async () => {
    const known = (await lines({ user: 'vic-viewer' })).length;
    const viewer = busOf('vic-viewer');
    const own = subjects.serviceFor('job-list', guarded.publicKeyOf('vic-viewer'));
    for (let sent = 0; sent < 500; sent += 100)
      await Promise.all(
        Array.from({ length: 100 }, () =>
          viewer.request(own, bytes('{'), { timeoutMs: 5000, headers: JSON_TYPE }),
        ),
      );
    await linesOf(async () => {});
    assert.equal((await lines({ user: 'vic-viewer' })).length - known, 30);
    await coordinator.stop();
    coordinator = await start('c2');
    await linesOf(async () => {});
    const last = (await lines({ user: 'vic-viewer' })).at(-1);
    assert.deepEqual([last?.verb, last?.count], ['refusals', 470]);
  });

  it('outlives its coordinator, as do the owners', async () => {
    const leaders = await lines({ verb: 'leader' });
    assert.deepEqual(
      leaders.map(({ who, before: from }) => [who, from]),
      [
        ['c1', undefined],
        ['c2', 'epoch 1'],
      ],
    );
    assert.equal(await stored('of-operator'), 'operator');
    const name = jobName('of-operator');
    assert.match(await codeOf(call('tom', 'job-stop', { name })), /auth\.not-owner/);
    const ids = (await lines()).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is found by person, key, job, node, verb and time', async () => {
    const some = async (asked: Partial<AuditQuestion>) => {
      const found = await lines(asked);
      assert.ok(found.length > 0, JSON.stringify(asked));
      return found;
    };
    const key = guarded.publicKeyOf('tom');
    assert.ok((await some({ user: 'tom' })).every(({ who }) => who === 'tom'));
    assert.deepEqual(await some({ user: key }), await some({ user: 'tom' }));
    assert.ok((await some({ job: 'of-sue' })).every((line) => line.job === 'of-sue'));
    assert.ok((await some({ node: 'h1' })).every((line) => line.node === 'h1'));
    assert.ok((await some({ verb: 'node-set' })).every((line) => line.verb === 'node-set'));
    assert.deepEqual(await lines({ fromMs: 0 }), await lines());
    assert.deepEqual(await lines({ fromMs: Date.now() + 60_000 }), []);
  });

  it('is for operators to read, and for nobody to change or empty', async () => {
    for (const person of ['sue-submitter', 'vic-viewer'] as const) {
      const read = await auditLines(busOf(person), { cluster: CLUSTER, count: 10 });
      assert.ok(!read.ok);
      assert.match(read.error[0]?.message ?? '', /not allowed to read the audit: .*role operator,/);
    }
    const connection = await guarded.raw('coordinator');
    const info = await connection.request(`$JS.API.STREAM.INFO.dqoes-${CLUSTER}-audit`);
    const { config } = info.json<{ config: Record<string, unknown> }>();
    assert.deepEqual([config.deny_delete, config.deny_purge], [true, true]);
  });

  it('holds no value of an environment variable', async () => {
    assert.equal(JSON.stringify(await lines()).includes(SECRET), false);
  });
});
