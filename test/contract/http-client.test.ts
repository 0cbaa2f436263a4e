import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, it } from 'mocha';
import { createHttpClient } from '../../agent/drivers/http-client.js';
import type { HttpClient, HttpRequest } from '../../agent/ports/http.js';
import { until } from '../lib/until.js';

describe('HTTP client on loopback', () => {
  const open: { readonly server: Server; readonly client: HttpClient }[] = [];
  afterEach(async () => {
    for (const { server, client } of open.splice(0)) {
      client.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  });

  async function start(listener: RequestListener) {
    const server = createServer({ keepAliveTimeout: 60_000 }, listener);
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = createHttpClient();
    open.push({ server, client });
    const { port } = server.address() as AddressInfo;
    const ask = async (over: Partial<HttpRequest> = {}) => {
      let text = '';
      const request = {
        host: '127.0.0.1',
        port,
        path: '/metrics',
        method: 'GET',
        deadlineMs: 5000,
        maxBytes: 1000,
        ...over,
      } as const;
      const answer = await client.ask(request, (chunk) => {
        text += chunk;
      });
      return { answer, text };
    };
    return { ask, sockets, port };
  }
  const faultOf = async (
    asked: ReturnType<Awaited<ReturnType<typeof start>>['ask']>,
  ): Promise<string> => {
    const { answer } = await asked;
    return answer.ok ? `answered ${answer.value.status}` : answer.error;
  };

  it('keeps one connection for every request, and reads what comes in pieces', async () => {
    const { ask, sockets } = await start((_, response) => {
      response.write(Buffer.from([0xc2]));
      response.end(Buffer.from([0xb5, 0x0a]));
    });
    for (let round = 0; round < 5; round += 1) {
      const { answer, text } = await ask();
      assert.equal(text, 'µ\n');
      assert.ok(answer.ok && answer.value.status === 200 && answer.value.bytes === 3);
    }
    await Promise.all([ask(), ask()]);
    assert.equal(sockets.size, 1);
  });

  it('asks once more when a kept connection was closed meanwhile', async () => {
    const { ask, sockets } = await start((_, response) => response.end('a 1\n'));
    assert.equal((await ask()).text, 'a 1\n');
    for (const socket of sockets) socket.resetAndDestroy();
    const second = await ask();
    assert.ok(second.answer.ok, JSON.stringify(second.answer));
    assert.equal(second.text, 'a 1\n');
  });

  it('sends a body as JSON', async () => {
    const bodies: string[] = [];
    const { ask } = await start(async (request: IncomingMessage, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      bodies.push(`${request.method} ${request.headers['content-type']} ${body}`);
      response.end();
    });
    await ask({ method: 'POST', body: '{"x":"µ"}' });
    assert.deepEqual(bodies, ['POST application/json {"x":"µ"}']);
  });

  it('gives up at the deadline, and is usable again', async () => {
    let isSlow = true;
    const { ask } = await start((_, response) => {
      response.write('a');
      if (!isSlow) response.end();
    });
    assert.match(
      await faultOf(ask({ deadlineMs: 50 })),
      /^http:\/\/127\.0\.0\.1:\d+\/metrics: no answer within 50 ms$/,
    );
    isSlow = false;
    assert.equal(await faultOf(ask()), 'answered 200');
  });

  it('refuses more than the cap without reading on', async () => {
    let closed = false;
    const { ask } = await start((request, response) => {
      const timer = setInterval(() => response.write('x'.repeat(500)), 1);
      request.on('close', () => {
        clearInterval(timer);
        closed = true;
      });
    });
    assert.match(await faultOf(ask()), /the answer is over 1000 bytes$/);
    await until(() => closed, 'the connection to be closed');
  });

  it('hands on nothing of an answer that is no 200, and follows no redirect', async () => {
    const { ask } = await start((_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end('moved'),
    );
    const { answer, text } = await ask();
    assert.deepEqual([answer.ok && answer.value.status, text], [302, '']);
  });

  it('says what is wrong: nobody listens, a cut answer, no HTTP, a bad path', async () => {
    const { ask } = await start((request) => request.socket.end('nonsense\r\n\r\n'));
    assert.match(await faultOf(ask()), /Parse Error|parse/i);
    assert.match(await faultOf(ask({ path: '/a b' })), /unescaped/i);
    assert.match(await faultOf(ask({ port: 1 })), /ECONNREFUSED/);
    const cut = await start((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('a 1\n', () => response.destroy());
    });
    assert.match(await faultOf(cut.ask()), /aborted|cut short|ECONNRESET|hang up/);
  });
});
