import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { after, before, describe, it } from 'mocha';
import type { Problem } from '../../../../console/http/problem.js';
import { bareApp } from './bare-app.js';

describe('a request that is no HTTP', () => {
  let app: FastifyInstance;
  before(async () => {
    app = await bareApp();
    await app.listen({ host: '127.0.0.1', port: 0 });
  });
  after(() => app.close());

  /** What is answered to these bytes. */
  async function answerTo(sent: string): Promise<string> {
    const { port } = app.server.address() as AddressInfo;
    const client = connect({ host: '127.0.0.1', port });
    client.write(sent);
    let answer = '';
    client.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    client.on('error', () => {});
    await once(client, 'close');
    return answer;
  }

  for (const [what, sent, status] of [
    ['no words of HTTP', 'hello\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', 400],
    [
      'a broken chunk',
      'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
    ['no Host', 'GET /api/v1/jobs HTTP/1.1\r\nConnection: close\r\n\r\n', 403],
    ['two lengths', 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', 400],
    ['headers over 16 KiB', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ] as const)
    it(`${what} is refused as anything else is`, async () => {
      const [head = '', body = ''] = (await answerTo(sent)).split('\r\n\r\n');
      assert.match(head, new RegExp(`^HTTP/1.1 ${status} `));
      assert.match(head, /content-type: application\/problem\+json/i);
      const { status: said, faults } = JSON.parse(body) as Problem;
      assert.equal(said, status);
      assert.ok(faults.every(({ field, message }) => field !== '' && message !== ''));
    });
});
