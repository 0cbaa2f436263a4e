import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CHANGES, CHECKS, PLANS, READS, SEARCHES } from '../../../../coordinator/api/gate.js';
import { serveApi } from '../../../../coordinator/api/service.js';
import { type TokenWriter, UNKNOWN } from '../../../../coordinator/api/token-writer.js';
import type { VerbHandlers } from '../../../../coordinator/api/verbs.js';
import { paceOf } from '../../../../coordinator/pacing/pace.js';
import { createMemoryHub } from '../../../../proto/memory/bus.js';
import { UNKNOWN_REQUESTER } from '../../../../proto/requester.js';
import type { Verb } from '../../../../proto/schemas/service.js';
import { callService } from '../../../../proto/service-client.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { job, jobName } from '../build.js';

const subjects = subjectsOf('test');
const [COORDINATOR, FLOODER, OPERATOR] = ['C', 'F', 'O'].map(
  (letter) => `U${letter.repeat(55)}`,
) as [string, string, string];

/** A service whose handlers answer when `open` is called; `publicKey`: of the coordinator. */
async function serving(publicKey?: string) {
  const clock = new ManualClock();
  const hub = createMemoryHub({ clock, log: silentLog });
  const bus = hub.connect(publicKey);
  const running: (() => void)[] = [];
  let most = 0;
  const hold = async () => {
    await new Promise<void>((resolve) => running.push(resolve));
  };
  const handlers = {
    'job-list': async () => {
      most = Math.max(most, running.length + 1);
      await hold();
      return ok({ jobs: [] });
    },
    'job-plan': async () => {
      await hold();
      return ok({ plans: [], effects: [] });
    },
    capacity: async () => {
      await hold();
      return ok({});
    },
    'job-stop': async ({ name }: { name: string }) => {
      if (name !== 'now') await hold();
      return { result: ok({ stopped: name }), changes: [] };
    },
  } as unknown as VerbHandlers;
  const audit = { done: () => {}, refused: () => {} };
  const check: TokenWriter['check'] = async () => {
    await hold();
    return { by: UNKNOWN_REQUESTER, answer: err([UNKNOWN]) };
  };
  const [tokens, pace] = [{ check }, paceOf(clock)];
  await serveApi({ bus, subjects, version: '1', handlers, tokens, audit, log: silentLog, pace });
  const call = <V extends Verb>(verb: V, request: Parameters<typeof callService<V>>[2]) =>
    callService<V>({ bus, subjects, timeoutMs: 1e6 }, verb, request);
  const callAs = <V extends Verb>(
    key: string,
    verb: V,
    request: Parameters<typeof callService<V>>[2],
  ) => callService<V>({ bus: hub.connect(key), subjects, timeoutMs: 1e6 }, verb, request);
  const callWith = (token: string, key?: string) =>
    callService({ bus: hub.connect(key), subjects, timeoutMs: 1e6, token }, 'job-list', {});
  const openAll = async (): Promise<void> => {
    for (const end of running.splice(0)) end();
    await clock.advance(0);
  };
  return { call, callAs, callWith, clock, running, openAll, most: () => most };
}

const codeOf = (answer: Awaited<ReturnType<typeof callService>>): string =>
  answer.ok ? 'ok' : (answer.error[0]?.code ?? '');

describe('the service under a flood', () => {
  it('answers a few reads at once, keeps some waiting and calls the rest busy', async () => {
    const { call, clock, openAll, most } = await serving();
    const room = READS.running + READS.waiting;
    const answers = Array.from({ length: room + 50 }, () => call('job-list', {}));
    await clock.advance(0);
    const refused = await Promise.all(answers.slice(room));
    assert.ok(refused.every((each) => codeOf(each) === 'service.busy'));
    for (let i = 0; i <= READS.waiting; i += READS.running) await openAll();
    const served = await Promise.all(answers.slice(0, room));
    assert.ok(served.every((each) => codeOf(each) === 'ok'));
    assert.equal(most(), READS.running);
    const later = call('job-list', {});
    await clock.advance(0);
    await openAll();
    assert.equal(codeOf(await later), 'ok');
  });

  it('plans one forecast at a time, beside the reads and never in their place', async () => {
    const { call, clock, running, openAll } = await serving();
    const plans = Array.from({ length: PLANS.running + PLANS.waiting + 5 }, () =>
      call('job-plan', { jobs: [job('a')] }),
    );
    await clock.advance(0);
    assert.equal(running.length, PLANS.running);
    const room = PLANS.running + PLANS.waiting;
    const refused = await Promise.all(plans.slice(room));
    assert.ok(refused.every((each) => codeOf(each) === 'service.busy'));
    const read = call('job-list', {});
    await clock.advance(0);
    assert.equal(running.length, PLANS.running + 1);
    for (let i = 0; i <= room; i += 1) await openAll();
    assert.equal(codeOf(await read), 'ok');
    assert.deepEqual([...new Set((await Promise.all(plans.slice(0, room))).map(codeOf))], ['ok']);
  });

  it('searches one at a time, and keeps nobody from planning', async () => {
    const { call, clock, running } = await serving();
    const room = SEARCHES.running + SEARCHES.waiting;
    const searches = Array.from({ length: room + 3 }, () => call('capacity', {}));
    await clock.advance(0);
    const refused = await Promise.all(searches.slice(room));
    assert.ok(refused.every((each) => codeOf(each) === 'service.busy'));
    assert.equal(running.length, SEARCHES.running);
    void call('job-plan', { jobs: [job('a')] });
    await clock.advance(0);
    assert.equal(running.length, SEARCHES.running + 1);
  });

  it('still takes calls that change something, which are bounded by themselves', async () => {
    const { call, clock, running } = await serving();
    for (let i = 0; i < READS.running + READS.waiting; i += 1) void call('job-list', {});
    await clock.advance(0);
    const stopped = await call('job-stop', { name: jobName('now') });
    assert.equal(codeOf(stopped), 'ok');
    const room = CHANGES.running + CHANGES.waiting;
    for (let i = 0; i < room; i += 1) void call('job-stop', { name: jobName('later') });
    await clock.advance(0);
    assert.equal(running.length, READS.running + CHANGES.running);
    assert.equal(codeOf(await call('job-stop', { name: jobName('now') })), 'service.busy');
  });

  it('looks up tokens beside the calls of those who have keys', async () => {
    const { call, callWith, clock, running } = await serving();
    const tried = Array.from({ length: CHECKS.running + CHECKS.waiting + 9 }, () => callWith('t'));
    await clock.advance(0);
    assert.equal(running.length, CHECKS.running);
    const refused = await Promise.all(tried.slice(CHECKS.running + CHECKS.waiting));
    assert.deepEqual([...new Set(refused.map(codeOf))], ['service.busy']);
    assert.equal(codeOf(await call('job-stop', { name: jobName('now') })), 'ok');
  });
});

describe('the service while one key takes all places', () => {
  it('looks up the token that comes through another key', async () => {
    const { callWith, clock, openAll } = await serving(COORDINATOR);
    const flood = Array.from({ length: CHECKS.running + CHECKS.waiting + 9 }, () =>
      callWith('invented', FLOODER),
    );
    await clock.advance(0);
    const token = callWith('real', OPERATOR);
    await clock.advance(0);
    await openAll();
    await openAll();
    assert.equal(codeOf(await token), 'auth.bad-token');
    const last = flood[CHECKS.running + CHECKS.waiting - 1];
    assert.equal(codeOf(await (last ?? token)), 'service.busy');
  });

  const ASKED = {
    'job-list': {},
    'job-plan': { jobs: [job('a')] },
    capacity: {},
    'job-stop': { name: jobName('later') },
  } as const;
  const ROOM = { 'job-list': READS, 'job-plan': PLANS, capacity: SEARCHES, 'job-stop': CHANGES };

  for (const verb of Object.keys(ASKED) as (keyof typeof ASKED)[])
    it(`gives another key the next turn: ${verb}`, async () => {
      const { callAs, clock, openAll } = await serving(COORDINATOR);
      const { running, waiting } = ROOM[verb];
      const flood = Array.from({ length: running + waiting + 10 }, () =>
        callAs(FLOODER, verb, ASKED[verb]),
      );
      await clock.advance(0);
      const operators = callAs(OPERATOR, verb, ASKED[verb]);
      await clock.advance(0);
      await openAll();
      await openAll();
      assert.equal(codeOf(await operators), 'ok');
      assert.equal(codeOf(await (flood[running + waiting - 1] ?? operators)), 'service.busy');
      assert.equal(codeOf(await (flood[0] ?? operators)), 'ok');
    });

  it('leaves it all places that no other key wants', async () => {
    const { callAs, clock, openAll } = await serving(COORDINATOR);
    const room = PLANS.running + PLANS.waiting;
    const flood = Array.from({ length: room }, () =>
      callAs(FLOODER, 'job-plan', ASKED['job-plan']),
    );
    await clock.advance(0);
    for (let i = 0; i < room; i += 1) await openAll();
    assert.deepEqual([...new Set((await Promise.all(flood)).map(codeOf))], ['ok']);
  });
});
