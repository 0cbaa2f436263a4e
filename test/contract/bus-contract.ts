import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Bus, BusMessage, ServiceDefinition, ServiceEndpoint } from '../../proto/bus.js';
import { until } from '../lib/until.js';
import { bytes, text } from '../lib/utf8.js';

/**
 * What every Bus driver promises. `connect` gives clients of one and the same network; the suite
 * closes them.
 */
export function describeBus(driver: string, connect: () => Promise<Bus>): void {
  describe(`bus: ${driver}`, () => {
    let near: Bus;
    let far: Bus;
    beforeEach(async () => {
      near = await connect();
      far = await connect();
    });
    afterEach(async () => {
      await near.close();
      await far.close();
    });

    /** Subscribes on `far` and returns the subjects and texts it gets. */
    const collect = async (subject: string): Promise<string[]> => {
      const seen: string[] = [];
      far.subscribe(subject, (message) => seen.push(`${message.subject}=${text(message.data)}`));
      await far.flush();
      return seen;
    };

    testDelivery(() => ({ near, far }), collect);
    testHandlers(() => ({ near, far }), collect);
    testRequests(() => ({ near, far }));
    testServices(() => ({ near, far }));
    testEnd(() => ({ near, far }), collect);
  });
}

type Pair = () => { readonly near: Bus; readonly far: Bus };
type Collect = (subject: string) => Promise<string[]>;

function testDelivery(pair: Pair, collect: Collect): void {
  it('delivers in order, with headers, and never inside publish', async () => {
    const { near } = pair();
    const seen = await collect('t.a');
    near.publish('t.a', bytes('1'));
    near.publish('t.a', bytes('2'));
    assert.deepEqual(seen, []);
    await until(() => seen.length === 2, 'two messages');
    assert.deepEqual(seen, ['t.a=1', 't.a=2']);
  });

  it('carries headers', async () => {
    const { near, far } = pair();
    const seen: BusMessage[] = [];
    far.subscribe('t.h', (message) => seen.push(message));
    await far.flush();
    near.publish('t.h', bytes('x'), { 'content-type': 'application/json' });
    near.publish('t.h', bytes('y'));
    await until(() => seen.length === 2, 'two messages');
    assert.equal(seen[0]?.headers['content-type'], 'application/json');
    assert.deepEqual(Object.keys(seen[1]?.headers ?? { a: '' }), []);
  });

  it('matches * as one token and > as one or more', async () => {
    const { near } = pair();
    const star = await collect('t.w.*');
    const rest = await collect('t.w.>');
    for (const subject of ['t.w', 't.w.a', 't.w.a.b', 't.x.a']) near.publish(subject, bytes(''));
    await until(() => rest.length === 2, 'two messages on >');
    assert.deepEqual(rest, ['t.w.a=', 't.w.a.b=']);
    assert.deepEqual(star, ['t.w.a=']);
  });
}

function testHandlers(pair: Pair, collect: Collect): void {
  it('delivers to the sender too, and not after unsubscribe', async () => {
    const { near } = pair();
    const seen: string[] = [];
    const own = near.subscribe('t.own', (message) => seen.push(text(message.data)));
    near.publish('t.own', bytes('1'));
    await until(() => seen.length === 1, 'own message');
    own.unsubscribe();
    near.publish('t.own', bytes('2'));
    const marker = await collect('t.marker');
    near.publish('t.marker', bytes(''));
    await until(() => marker.length === 1, 'marker');
    assert.deepEqual(seen, ['1']);
  });

  it('keeps a subscription whose handler throws', async () => {
    const { near, far } = pair();
    const seen: string[] = [];
    far.subscribe('t.throw', (message) => {
      seen.push(text(message.data));
      throw new Error('planned');
    });
    await far.flush();
    near.publish('t.throw', bytes('1'));
    near.publish('t.throw', bytes('2'));
    await until(() => seen.length === 2, 'both messages');
  });

  it('gives a receiver its own bytes', async () => {
    const { near } = pair();
    const seen = await collect('t.copy');
    const data = bytes('abc');
    near.publish('t.copy', data);
    await near.flush();
    data.fill(0);
    await until(() => seen.length === 1, 'the message');
    assert.deepEqual(seen, ['t.copy=abc']);
  });
}

const SERVICE: ServiceDefinition = {
  name: 'contract',
  version: '1.2.3',
  description: 'A service of the contract suite',
  endpoints: [
    {
      name: 'echo',
      subject: 't.svc.echo',
      metadata: { format: 'text' },
      handle: (request) => {
        // Later, as a handler that has to wait for a store does.
        void Promise.resolve().then(() =>
          request.respond(request.data, {
            'content-type': request.headers['content-type'] ?? 'none',
          }),
        );
      },
    },
    {
      name: 'fails',
      subject: 't.svc.fails',
      handle: () => {
        throw new Error('planned\nfailure');
      },
    },
    { name: 'silent', subject: 't.svc.silent', handle: () => {} },
  ],
};

function testRequests(pair: Pair): void {
  it('answers requests with data and headers', async () => {
    const { near, far } = pair();
    await far.serve(SERVICE);
    const sent = { timeoutMs: 5000, headers: { 'content-type': 'text/plain' } };
    const [first, second] = await Promise.all([
      near.request('t.svc.echo', bytes('one'), sent),
      near.request('t.svc.echo', bytes('two'), { timeoutMs: 5000 }),
    ]);
    assert.ok(first.ok && second.ok);
    assert.equal(text(first.value.data), 'one');
    assert.equal(first.value.headers['content-type'], 'text/plain');
    assert.equal(text(second.value.data), 'two');
    assert.equal(second.value.headers['content-type'], 'none');
  });

  it('says at once that nobody listens', async () => {
    assert.deepEqual(await pair().near.request('t.nobody', bytes(''), { timeoutMs: 60_000 }), {
      ok: false,
      error: 'no-responders',
    });
  });

  it('says that nobody answered in time', async () => {
    const { near, far } = pair();
    await far.serve(SERVICE);
    assert.deepEqual(await near.request('t.svc.silent', bytes(''), { timeoutMs: 50 }), {
      ok: false,
      error: 'timeout',
    });
  });

  it('serves nothing that asks for no answer', async () => {
    const { near, far } = pair();
    const asked: string[] = [];
    const endpoint: ServiceEndpoint = {
      name: 'asked',
      subject: 't.svc.asked',
      handle: (request) => {
        asked.push(text(request.data));
        request.respond(bytes('yes'));
      },
    };
    await far.serve({ ...SERVICE, endpoints: [endpoint] });
    near.publish('t.svc.asked', bytes('told'));
    assert.ok((await near.request('t.svc.asked', bytes('asked'), { timeoutMs: 5000 })).ok);
    assert.deepEqual(asked, ['asked']);
  });

  it('answers with an error header when a handler throws, and keeps serving', async () => {
    const { near, far } = pair();
    await far.serve(SERVICE);
    const failed = await near.request('t.svc.fails', bytes(''), { timeoutMs: 5000 });
    assert.ok(failed.ok);
    assert.match(failed.value.headers['Nats-Service-Error'] ?? '', /planned/);
    assert.equal(failed.value.data.length, 0);
    assert.ok((await near.request('t.svc.echo', bytes('x'), { timeoutMs: 5000 })).ok);
  });
}

function testServices(pair: Pair): void {
  it('is found by $SRV discovery', async () => {
    const { near, far } = pair();
    await far.serve(SERVICE);
    const answer = await near.request('$SRV.INFO.contract', bytes(''), { timeoutMs: 5000 });
    assert.ok(answer.ok);
    const info = JSON.parse(text(answer.value.data)) as Record<string, unknown>;
    assert.equal(info.name, 'contract');
    assert.equal(info.version, '1.2.3');
    const endpoints = info.endpoints as {
      name: string;
      subject: string;
      metadata?: Record<string, string>;
    }[];
    assert.deepEqual(
      endpoints.map(({ name, subject }) => `${name}@${subject}`),
      ['echo@t.svc.echo', 'fails@t.svc.fails', 'silent@t.svc.silent'],
    );
    assert.equal(endpoints[0]?.metadata?.format, 'text');
    assert.ok((await near.request('$SRV.PING', bytes(''), { timeoutMs: 5000 })).ok);
  });

  it('gives each request to one of several instances', async () => {
    const { near, far } = pair();
    let calls = 0;
    const counting: ServiceDefinition = {
      ...SERVICE,
      endpoints: [
        {
          name: 'count',
          subject: 't.svc.count',
          handle: (request) => {
            calls += 1;
            request.respond(new Uint8Array());
          },
        },
      ],
    };
    await far.serve(counting);
    await near.serve(counting);
    for (let i = 0; i < 5; i += 1)
      assert.ok((await near.request('t.svc.count', bytes(''), { timeoutMs: 5000 })).ok);
    assert.equal(calls, 5);
  });

  it('is gone after unsubscribe', async () => {
    const { near, far } = pair();
    const served = await far.serve(SERVICE);
    served.unsubscribe();
    await until(async () => {
      // One that comes before the server has heard of it gets no answer: ask again soon.
      const answer = await near.request('t.svc.echo', bytes(''), { timeoutMs: 200 });
      return !answer.ok && answer.error === 'no-responders';
    }, 'no responders');
  });
}

function testEnd(pair: Pair, collect: Collect): void {
  it('says that it closed, drops what is published then, and refuses requests', async () => {
    const { near } = pair();
    const seen = await collect('t.closed');
    const states: string[] = [];
    near.onState((state) => states.push(state));
    assert.equal(near.state, 'connected');
    await near.close();
    assert.equal(near.state, 'closed');
    await until(() => states.length === 1, 'the state change');
    assert.deepEqual(states, ['closed']);
    near.publish('t.closed', bytes('late'));
    assert.deepEqual(await near.request('t.closed', bytes(''), { timeoutMs: 50 }), {
      ok: false,
      error: 'closed',
    });
    near.subscribe('t.closed', () => {}).unsubscribe();
    await near.flush();
    await near.close();
    assert.deepEqual(seen, []);
  });
}
