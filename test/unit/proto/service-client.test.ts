import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { Bus, RequestFailure, ServiceRequest } from '../../../proto/bus.js';
import { createMemoryBus } from '../../../proto/memory/bus.js';
import { ACTIONS } from '../../../proto/schemas/verbs.js';
import { callService, type ServiceTarget } from '../../../proto/service-client.js';
import { decodeRequest, encodeReply, formatOf, headersOf } from '../../../proto/service-codec.js';
import { subjectsOf } from '../../../proto/subjects.js';
import type { Clock } from '../../../shared/clock.js';
import type { JobName, NodeId } from '../../../shared/ids.js';
import { silentLog } from '../../../shared/log.js';
import { err } from '../../../shared/result.js';

/** A clock on which every sleep is over at once, after what is already on its way. */
const hastyClock: Clock = {
  now: () => 0,
  wall: () => 0,
  sleep: () => new Promise((resolve) => setImmediate(resolve)),
};
const subjects = subjectsOf('main');
const request = { name: 'ocr' as JobName };
const drained = { id: 'h1' as NodeId };

describe('callService', () => {
  let bus: Bus;
  beforeEach(() => {
    bus = createMemoryBus({ clock: hastyClock, log: silentLog });
  });
  const serve = (handle: (request: ServiceRequest) => void): Promise<unknown> =>
    bus.serve({
      name: 'dqoes',
      version: '1.0.0',
      description: 'test',
      endpoints: [{ name: 'job-stop', subject: subjects.service('job-stop'), handle }],
    });
  const call = () => callService({ bus, subjects, timeoutMs: 1000 }, 'job-stop', request);
  const faultOfCall = async () => {
    const result = await call();
    assert.ok(!result.ok);
    const [fault] = result.error;
    assert.ok(fault !== undefined);
    return fault;
  };

  it('gives the value of the reply', async () => {
    await serve((got) => {
      const asked = decodeRequest('job-stop', got.data, formatOf(got.headers));
      assert.deepEqual(asked, { ok: true, value: request });
      got.respond(encodeReply('job-stop', { ok: true, value: { stopped: request.name } }));
    });
    assert.deepEqual(await call(), { ok: true, value: { stopped: 'ocr' } });
  });

  it('gives the faults of a refusal', async () => {
    const faults = [{ code: 'service.not-found', field: 'name', message: 'no job ocr' }];
    await serve((got) => got.respond(encodeReply('job-stop', { ok: false, faults })));
    assert.deepEqual(await call(), { ok: false, error: faults });
  });

  it('says which role it takes when the key in use may not call', async () => {
    const refusing: Bus = { ...bus, request: async () => err('denied') };
    const result = await callService({ bus: refusing, subjects, timeoutMs: 1 }, 'policy-get', {});
    const fault = result.ok ? undefined : result.error[0];
    assert.equal(fault?.code, 'auth.denied');
    assert.match(
      fault?.message ?? '',
      /not allowed to look at the policy: .* viewer or submitter or operator/,
    );
  });

  it('says in plain words what is refused', async () => {
    const answered = (failure: RequestFailure): ServiceTarget => {
      const silent: Bus = { ...bus, request: async () => err(failure) };
      return { bus: silent, subjects, timeoutMs: 1 };
    };
    const messageOf = (result: Awaited<ReturnType<typeof callService>>): string =>
      result.ok ? '' : (result.error[0]?.message ?? '');
    for (const [failure, begins] of [
      ['denied', 'not allowed to'],
      ['timeout', 'Cannot'],
    ] as const) {
      const target = answered(failure);
      assert.deepEqual(
        [
          messageOf(await callService(target, 'job-stop', request)),
          messageOf(await callService(target, 'token-list', {})),
          messageOf(await callService(target, 'policy-set', { policy: 'equal' })),
        ].map((message) => message.split(':')[0]),
        ['stop jobs', 'list tokens', 'change the policy'].map((what) => `${begins} ${what}`),
      );
    }
    for (const action of Object.values(ACTIONS)) assert.doesNotMatch(action, /-/);
  });

  it('says how to start a coordinator when none listens', async () => {
    const fault = await faultOfCall();
    assert.equal(fault.code, 'service.unavailable');
    assert.match(fault.message, /dqoes up/);
    assert.match(fault.message, /one that stands by leads within some 10 s, so try again;/);
  });

  it('says that the coordinator that leads is of an earlier release than the call', async () => {
    const ask = () => callService({ bus, subjects, timeoutMs: 1000 }, 'node-drain-plan', drained);
    const messageOf = async (): Promise<string> => {
      const answer = await ask();
      return answer.ok ? '' : (answer.error[0]?.message ?? '');
    };
    assert.match(await messageOf(), /no coordinator serves this cluster/);
    const answer = encodeReply('policy-get', {
      ok: true,
      value: { policy: 'adaptive', available: ['adaptive'] },
    });
    await bus.serve({
      ...{ name: 'dqoes', version: '0.1.0', description: 'of an earlier release' },
      endpoints: [
        {
          name: 'policy-get',
          subject: subjects.service('policy-get'),
          handle: (got) => got.respond(answer),
        },
      ],
    });
    assert.match(
      await messageOf(),
      /^Cannot ask what a drain would do: .* upgrade the coordinators; dqoes version/,
    );
    assert.match((await faultOfCall()).message, /no coordinator serves this cluster/);
  });

  it('says what to do where the server was configured before there was such a call', async () => {
    const refusing: Bus = { ...bus, request: async () => err('denied') };
    const target = { bus: refusing, subjects, timeoutMs: 1 };
    const refused = await callService(target, 'node-drain-plan', drained);
    assert.match(refused.ok ? '' : (refused.error[0]?.message ?? ''), /run dqoes auth update/);
  });

  it('says that the coordinator is silent, has failed, or the connection is closed', async () => {
    await serve(() => {});
    assert.match((await faultOfCall()).message, /did not answer within 1000 ms/);
    bus = createMemoryBus({ clock: hastyClock, log: silentLog });
    await serve(() => {
      throw new Error('planned');
    });
    assert.match((await faultOfCall()).message, /failed on this call \(planned\)/);
    await bus.close();
    const closed = await faultOfCall();
    assert.equal(closed.code, 'service.unavailable');
    assert.match(closed.message, /closed/);
  });

  it('says that a reply is broken', async () => {
    await serve((got) => got.respond(Uint8Array.from([0xff, 0xff])));
    assert.equal((await faultOfCall()).code, 'wire.malformed');
    bus = createMemoryBus({ clock: hastyClock, log: silentLog });
    const other = encodeReply('policy-set', { ok: true, value: { policy: 'dqoes' } });
    await serve((got) => got.respond(other));
    assert.equal((await faultOfCall()).code, 'wire.schema');
  });
});

describe('format of a call', () => {
  it('is JSON only where the header says so', () => {
    assert.equal(formatOf({}), 'protobuf');
    assert.equal(formatOf({ 'content-type': 'application/protobuf' }), 'protobuf');
    assert.equal(formatOf({ 'Content-Type': 'Application/JSON; charset=utf-8' }), 'json');
    for (const format of ['json', 'protobuf'] as const)
      assert.equal(formatOf(headersOf(format)), format);
  });
});
