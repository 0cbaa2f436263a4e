import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { createPushServer } from '../../../agent/drivers/push-http.js';
import { bytes as bytesOf } from '../utf8.js';
import type { FuzzTarget } from './target.js';

/** A request that waits for more than came is ended after this time, ms. */
const PATIENCE_MS = 100;
const requestOf = (path: string, type: string, body: string): Uint8Array =>
  bytesOf(
    `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  );

/** Bytes on a connection to the receiver of pushed response times, without a network. */
async function runConnection(bytes: Uint8Array): Promise<void> {
  const server = createPushServer({ accept: () => 1, mayRead: () => true, reject: () => {} });
  const [client, socket] = duplexPair();
  client.on('error', () => {}).resume();
  const closed = once(socket, 'close');
  server.emit('connection', socket);
  client.end(Buffer.from(bytes));
  const ending = setTimeout(() => socket.destroy(), PATIENCE_MS);
  await closed;
  clearTimeout(ending);
}

export const HTTP_TARGET: FuzzTarget = {
  name: 'push-http',
  corpus: [
    requestOf('/v1/observations', 'application/json', '{"latencyMs":12.3,"token":"abcdefgh"}'),
    requestOf('/v1/metrics', 'application/json', '{"resourceMetrics":[]}'),
    bytesOf('GET /v1/metrics?a=b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'),
    bytesOf(
      'POST /v1/observations HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ),
  ],
  run: runConnection,
};
