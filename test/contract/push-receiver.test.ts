import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, it } from 'mocha';
import { createPushReceiver, type PushReceiverOptions } from '../../agent/drivers/push-receiver.js';
import type { LatencyObservation, PushedHistogram, PushReceiver } from '../../agent/ports/push.js';
import { DqoesError } from '../../shared/errors.js';
import { encodeMetricsRequest, metricsRequest } from '../lib/otlp.js';
import { until } from '../lib/until.js';

interface Seen {
  readonly from: { readonly address: string; readonly token?: string };
  readonly observations: readonly LatencyObservation[];
}
const countsIn = (histograms: readonly PushedHistogram[]) =>
  histograms.map(({ metric, count, sumMs }) => ({ metric, count, sumMs }));

describe('push receiver on loopback', () => {
  const open: PushReceiver[] = [];
  afterEach(async () => {
    for (const receiver of open.splice(0)) await receiver.close();
  });

  async function start(
    over: Partial<PushReceiverOptions> = {},
    listener: (seen: Seen) => void = () => {},
  ) {
    const receiver = createPushReceiver({ host: '127.0.0.1', httpPort: 0, udpPort: 0, ...over });
    open.push(receiver);
    const seen: Seen[] = [];
    const ports = await receiver.start((from, observations) => {
      seen.push({ from, observations });
      listener({ from, observations });
    });
    return { receiver, seen, ...ports };
  }
  const post = async (
    port: number,
    body: string,
    headers: Record<string, string> = {},
    path = '/v1/observations',
  ) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body,
      headers,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const datagram = (port: number, text: string) =>
    new Promise<void>((resolve, reject) => {
      const socket = createSocket('udp4');
      socket.send(text, port, '127.0.0.1', (error) => {
        socket.close();
        if (error === null) resolve();
        else reject(error);
      });
    });

  it('takes StatsD datagrams with the sender and its token', async () => {
    const { receiver, seen, udpPort } = await start();
    await datagram(udpPort, 'req:12|ms|@0.1|#token:t-0\nreq:13|ms|#token:t-0\nhits:1|c\nbroken');
    await until(() => seen.length > 0 && receiver.rejected > 0, 'a datagram');
    assert.deepEqual(seen, [
      {
        from: { address: '127.0.0.1', token: 't-0' },
        observations: [
          { latencyMs: 12, weight: 10 },
          { latencyMs: 13, weight: 1 },
        ],
      },
    ]);
    assert.equal(receiver.rejected, 1);
  });

  it('takes one and many observations over HTTP; a bearer token overrides the field', async () => {
    const { seen, httpPort } = await start();
    assert.deepEqual(await post(httpPort, '{"latencyMs":12.3}'), {
      status: 202,
      body: { accepted: 1, rejected: 0 },
    });
    const many = '{"token":"b","observations":[{"latencyMs":1},{"latencyMs":"x"},{"latencyMs":2}]}';
    assert.deepEqual((await post(httpPort, many)).body, { accepted: 2, rejected: 1 });
    await post(httpPort, many, { authorization: 'Bearer t-0' });
    assert.deepEqual(
      seen.map(({ from, observations }) => [from.address, from.token, observations.length]),
      [
        ['127.0.0.1', undefined, 1],
        ['127.0.0.1', 'b', 2],
        ['127.0.0.1', 't-0', 2],
      ],
    );
  });

  it('takes OpenTelemetry metrics as JSON and as protobuf, and answers in kind', async () => {
    const receiver = createPushReceiver({
      host: '127.0.0.1',
      httpPort: 0,
      udpPort: 0,
      perSenderPerSecond: 3,
      nowMs: () => 0,
    });
    open.push(receiver);
    const seen: PushedHistogram[] = [];
    const { httpPort } = await receiver.start((_, __, histograms) => void seen.push(...histograms));
    const body = metricsRequest([{ counts: [2, 1, 0, 0], sum: 0.3 }]);
    const send = (
      payload: string | Uint8Array<ArrayBuffer>,
      type: string,
      headers: Record<string, string> = {},
    ) =>
      fetch(`http://127.0.0.1:${httpPort}/v1/metrics`, {
        method: 'POST',
        body: payload,
        headers: { 'content-type': type, ...headers },
      });
    const json = await send(JSON.stringify(body), 'application/json');
    assert.deepEqual([json.status, await json.json()], [200, {}]);
    const protobuf = await send(
      Uint8Array.from(encodeMetricsRequest(body)),
      'application/x-protobuf',
    );
    assert.deepEqual(
      [protobuf.status, protobuf.headers.get('content-type'), await protobuf.text()],
      [200, 'application/x-protobuf', ''],
    );
    const one = { metric: 'http.server.request.duration', count: 3, sumMs: 300 };
    assert.deepEqual(countsIn(seen), [one, one]);
    assert.equal((await send('\u0001\u0002', 'application/x-protobuf')).status, 400);
    assert.equal((await send('{}', 'application/json')).status, 400);
    assert.equal((await send('{}', 'application/json', { 'content-encoding': 'br' })).status, 415);
    const two = metricsRequest([
      { counts: [1, 0, 0, 0], sum: 0 },
      { counts: [1, 0, 0, 0], sum: 0, route: '/b' },
    ]);
    const partly = await send(JSON.stringify(two), 'application/json');
    assert.deepEqual(await partly.json(), { partialSuccess: { rejectedDataPoints: '1' } });
    assert.equal((await send(JSON.stringify(two), 'application/json')).status, 429);
  });

  it('refuses what it cannot use with a status and a sentence, and counts it', async () => {
    const { receiver, seen, httpPort } = await start();
    const of = async (body: string, path?: string) => (await post(httpPort, body, {}, path)).status;
    assert.equal(await of('nonsense'), 400);
    assert.equal(await of('{"latencyMs":-1}'), 400);
    assert.equal(await of('{"latencyMs":1}', '/elsewhere'), 404);
    assert.equal((await fetch(`http://127.0.0.1:${httpPort}/v1/observations`)).status, 405);
    assert.equal(await of('x'.repeat(64 * 1024 + 1)), 413);
    assert.equal(receiver.rejected, 5);
    assert.equal(seen.length, 0);
  });

  it('answers JSON that is nested deeper than can be written, and goes on', async () => {
    const { receiver, httpPort } = await start();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const body = `{"resourceMetrics":[{"resource":${deep},"scopeMetrics":[]}]}`;
    const path = '/v1/metrics';
    assert.ok((await post(httpPort, body, {}, path)).status < 500);
    const good = JSON.stringify(metricsRequest([{ counts: [1, 0, 0, 0], sum: 0.01 }]));
    assert.equal((await post(httpPort, good, {}, path)).status, 200);
    assert.ok(receiver.rejected <= 1);
  });

  it('stops reading a body of unknown length at its cap', async () => {
    const { receiver, httpPort } = await start();
    const status = await new Promise<number>((resolve, reject) => {
      const sender = request(
        { port: httpPort, host: '127.0.0.1', path: '/v1/observations', method: 'POST' },
        (response) => {
          resolve(response.statusCode ?? 0);
          response.resume();
        },
      );
      sender.on('error', (error) => (receiver.rejected > 0 ? resolve(413) : reject(error)));
      for (let n = 0; n < 40; n += 1) sender.write('x'.repeat(4096));
    });
    assert.equal(status, 413);
    assert.equal(receiver.rejected, 1);
    assert.equal((await post(httpPort, '{"latencyMs":1}')).status, 202);
  });

  it('holds a bounded part of the bodies of many senders that are slow', async () => {
    const { receiver, seen, httpPort } = await start();
    const head = 'POST /v1/metrics HTTP/1.1\r\nhost: x\r\ncontent-length: 1048576\r\n\r\n';
    const most = Buffer.alloc(1_000_000, ' ');
    const refused: string[] = [];
    const senders = Array.from({ length: 40 }, () => {
      const socket = connect(httpPort, '127.0.0.1');
      socket.on('error', () => {});
      socket.on('data', (answer) => void refused.push(answer.toString().slice(9, 12)));
      socket.write(head);
      socket.write(most);
      return socket;
    });
    await until(() => receiver.rejected > 0, 'a refusal');
    assert.ok(refused.every((status) => status === '503'));
    for (const socket of senders) socket.destroy();
    // What they held is free again.
    await until(async () => (await post(httpPort, '{"latencyMs":1}')).status === 202, 'room');
    assert.equal(seen.length, 1);
  });

  it('survives bytes that are no HTTP and senders that hang up', async () => {
    const { receiver, httpPort, udpPort } = await start();
    for (const bytes of [
      '\u0000\u0001garbage\r\n\r\n',
      'POST /v1/observations HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"lat',
    ])
      await new Promise<void>((resolve) => {
        const socket = connect(httpPort, '127.0.0.1', () => socket.end(bytes));
        socket.on('close', () => resolve());
        socket.on('error', () => resolve());
        socket.resume();
      });
    await datagram(udpPort, '\u0000\uffff|||:::|ms');
    await until(() => receiver.rejected >= 3, 'three rejects');
    assert.equal((await post(httpPort, '{"latencyMs":1}')).status, 202);
  });

  it('bounds what one sender may push in a second, and datagrams by size', async () => {
    const { receiver, seen, httpPort, udpPort } = await start({
      perSenderPerSecond: 3,
      nowMs: () => 0,
      datagramMaxBytes: 100,
    });
    const five = JSON.stringify({ observations: Array(5).fill({ latencyMs: 1 }) });
    assert.deepEqual((await post(httpPort, five)).body, { accepted: 3, rejected: 2 });
    assert.equal((await post(httpPort, five)).status, 429);
    await datagram(udpPort, `a:1|ms${' '.repeat(100)}`);
    await until(() => receiver.rejected === 8, 'the large datagram');
    assert.equal(seen.length, 1);
  });

  it('reads so many bytes of one sender in a second, whatever is in them', async () => {
    const clock = { ms: 0 };
    const { receiver, httpPort, udpPort } = await start({ nowMs: () => clock.ms });
    const large = 'x'.repeat(1024 * 1024);
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1)
      statuses.push((await post(httpPort, large, {}, '/v1/metrics')).status);
    assert.deepEqual(statuses, [400, 400, 400, 400, 429]);
    assert.equal((await post(httpPort, '{"latencyMs":1}')).status, 429);
    await datagram(udpPort, 'a:1|ms');
    await until(() => receiver.rejected === 7, 'the datagram');
    clock.ms = 1000;
    assert.equal((await post(httpPort, '{"latencyMs":1}')).status, 202);
  });

  it('goes on when the listener throws', async () => {
    const { httpPort } = await start({}, () => {
      throw new Error('listener');
    });
    assert.equal((await post(httpPort, '{"latencyMs":1}')).status, 202);
    assert.equal((await post(httpPort, '{"latencyMs":1}')).status, 202);
  });

  it('says what is wrong when it cannot listen, and holds nothing open', async () => {
    const { httpPort, receiver } = await start();
    const second = createPushReceiver({ host: '127.0.0.1', httpPort, udpPort: 0 });
    await assert.rejects(
      second.start(() => {}),
      (error: unknown) =>
        error instanceof DqoesError &&
        error.code === 'config.bad' &&
        /EADDRINUSE/.test(error.message),
    );
    await second.close();
    await receiver.close();
    await receiver.close();
  });
});
