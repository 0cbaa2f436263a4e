import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it } from 'mocha';
import { connectNats } from '../../../../proto/nats/connect.js';
import { silentLog } from '../../../../shared/log.js';
import { until } from '../../../lib/until.js';

/** A server that greets, hears how one signs in, and refuses it. */
async function refusing(run: (port: number, signedIn: () => string) => Promise<void>) {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      heard += data.toString('utf8');
      if (heard.includes('CONNECT')) socket.end("-ERR 'Authorization Violation'\r\n");
    });
    const info = { server_id: 'S', version: '2.10.0', proto: 1, max_payload: 1024 };
    socket.write(`INFO ${JSON.stringify({ ...info, headers: true, auth_required: true })}\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await run((server.address() as AddressInfo).port, () => heard);
  } finally {
    server.close();
  }
}

describe('an address of NATS with a password in it', () => {
  for (const scheme of ['nats://', ''])
    it(`signs in with it, and is not shown with it: ${scheme}user:password@host`, () =>
      refusing(async (port, signedIn) => {
        const made = await connectNats({
          servers: [`${scheme}lena:sesame@127.0.0.1:${port}`],
          name: 'test',
          log: silentLog,
        });
        assert.ok(!made.ok);
        assert.match(made.error, new RegExp(`^NATS at (nats://)?127\\.0\\.0\\.1:${port} cannot`));
        assert.doesNotMatch(made.error, /sesame/);
        assert.match(signedIn(), /"user":"lena"/);
        assert.match(signedIn(), /"pass":"sesame"/);
      }));
});

describe('a first connection that waits', () => {
  it('says by what it is kept waiting, each reason once, with the cure', async () => {
    let tries = 0;
    const server = createServer((socket) => {
      tries += 1;
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const said: string[] = [];
    const log = { ...silentLog, warn: (message: string) => void said.push(message) };
    const where = { servers: [`nats://lena:sesame@127.0.0.1:${port}`], name: 'test', log };
    const connecting = connectNats({ ...where, waitOnFirstConnect: true, endOnRefusal: true });
    try {
      await until(() => tries > 4, 'five tries');
      // A closed connection may be told in several ways; each of them once.
      assert.ok(said.length > 0);
      assert.deepEqual([...new Set(said)], said);
      assert.match(
        said[0] ?? '',
        new RegExp(`^NATS at nats://127\\.0\\.0\\.1:${port} cannot be reached \\(.+\\): start `),
      );
      assert.match(said[0] ?? '', /It goes on trying\.$/);
    } finally {
      server.close();
      await ended(port, connecting);
    }
  });
});

/** A server that refuses the login ends the waiting. */
async function ended(port: number, connecting: Promise<unknown>): Promise<void> {
  const info = { server_id: 'S', version: '2.10.0', proto: 1, max_payload: 1024 };
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.end("-ERR 'Authorization Violation'\r\n"));
    socket.write(`INFO ${JSON.stringify({ ...info, headers: true, auth_required: true })}\r\n`);
  });
  server.listen(port, '127.0.0.1');
  await connecting;
  server.close();
}
