import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, it } from 'mocha';
import { Outgoing } from '../../../../console/http/outgoing.js';
import { ok } from '../../../../shared/result.js';
import { until } from '../../../lib/until.js';
import { bareApp } from './bare-app.js';

/** A connection that notes whether it was cut. */
class FakeSocket extends EventEmitter {
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

const sockets = (count: number) => Array.from({ length: count }, () => new FakeSocket());
const as = (socket: FakeSocket | undefined) => socket as unknown as Socket;
const cutIn = (all: readonly FakeSocket[]) => all.map(({ destroyed }) => destroyed);

describe('answers that nobody takes', () => {
  it('hold so much together; the connection that has waited longest is cut', () => {
    const outgoing = new Outgoing(100);
    const all = sockets(4);
    const taken = all.slice(0, 3).map((socket) => outgoing.add(as(socket), 30));
    taken[0]?.();
    outgoing.add(as(all[0]), 30);
    assert.deepEqual(cutIn(all), [false, false, false, false]);
    outgoing.add(as(all[3]), 30);
    assert.deepEqual(cutIn(all), [false, true, false, false], 'the first has taken its own');
    assert.equal(outgoing.bytes, 90);
  });

  it('count no more once they are taken, or the client is gone', () => {
    const outgoing = new Outgoing(100);
    const [one, other] = sockets(2);
    const taken = outgoing.add(as(one), 40);
    outgoing.add(as(one), 20);
    outgoing.add(as(other), 30);
    taken();
    assert.equal(outgoing.bytes, 50);
    one?.destroy();
    taken();
    other?.destroy();
    assert.equal(outgoing.bytes, 0);
    outgoing.add(as(one), 10);
    assert.equal(outgoing.bytes, 0, 'nothing is sent on a connection that is gone');
  });

  it('one that is longer than all may be goes out; many on one connection do not', () => {
    const outgoing = new Outgoing(100);
    const [one, other] = sockets(2);
    outgoing.add(as(one), 150);
    assert.equal(one?.destroyed, false);
    for (let i = 0; i < 4; i += 1) outgoing.add(as(other), 60);
    assert.deepEqual([one?.destroyed, other?.destroyed, outgoing.bytes], [true, true, 0]);
  });

  it('leave room for who reads', async function () {
    this.timeout(20_000);
    const size = 24 * 1024 * 1024;
    const cluster = { jobs: async () => ok([{ spec: { name: 'a' }, text: 'x'.repeat(size) }]) };
    const app = await bareApp({
      limits: { unsentBytes: 2.5 * size },
      sources: { cluster },
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    let cut = 0;
    app.server.on('connection', (socket) => {
      socket.on('close', () => {
        cut += 1;
      });
    });
    const { port } = app.server.address() as AddressInfo;
    const stalled = Array.from({ length: 4 }, () => connect({ host: '127.0.0.1', port }));
    for (const each of stalled) {
      each.on('error', () => {});
      each.pause();
      each.write('GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n');
    }
    await until(() => cut === 2, 'two of the four to be cut');
    const read = await fetch(`http://127.0.0.1:${port}/api/v1/jobs`);
    assert.ok((await read.text()).length > size);
    for (const each of stalled) each.destroy();
    await app.close();
  });
});
