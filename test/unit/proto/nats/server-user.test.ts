import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type LoopbackPorts,
  loopbackPortsOf,
  ServerPin,
  serverUserIn,
} from '../../../../proto/nats/server-user.js';

const HEAD = 'sl  local_address rem_address   st tx_queue rx_queue tr tm->when   uid  timeout';
const row = (local: string, remote: string, state: string, user: number): string =>
  `   1: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  ${user}        0 12 1`;
const ports = { own: 0x1234, server: 0x107e };
const table = (...rows: readonly string[]): string => [HEAD, ...rows, ''].join('\n');
const [OWN, SERVER] = ['0100007F:1234', '0100007F:107E'];

describe('the user of a server on this machine', () => {
  it('is that of the other end of the connection, and of no other', () => {
    const rows = [
      row('0100007F:107E', '00000000:0000', '0A', 1),
      row(OWN, SERVER, '01', 2),
      row(SERVER, '0100007F:1235', '01', 3),
      row(SERVER, OWN, '06', 4),
      row('0A00000A:107E', '0A00000A:1234', '01', 5),
    ];
    assert.equal(serverUserIn(table(...rows), ports), undefined);
    assert.equal(serverUserIn(table(...rows, row(SERVER, OWN, '01', 998)), ports), 998);
    assert.equal(serverUserIn('', ports), undefined);
  });

  it('is found where the server listens to IPv4 and IPv6 with one socket, or to ::1', () => {
    const mapped = (place: string) => `0000000000000000FFFF0000${place}`;
    const [own6, server6] = ['0'.repeat(24), '0'.repeat(24)].map((zeros) => `${zeros}01000000`);
    assert.equal(serverUserIn(table(row(mapped(SERVER), mapped(OWN), '01', 7)), ports), 7);
    const local = row(`${server6}:107E`, `${own6}:1234`, '01', 8);
    assert.equal(serverUserIn(table(local), ports), 8);
  });

  it('is asked for on plain connections to this machine only', () => {
    const ends = { localPort: 1, remotePort: 2 };
    for (const remoteAddress of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])
      assert.deepEqual(loopbackPortsOf({ ...ends, remoteAddress }), { own: 1, server: 2 });
    for (const remoteAddress of ['10.0.0.1', '::ffff:10.0.0.1', undefined])
      assert.equal(loopbackPortsOf({ ...ends, remoteAddress }), undefined);
    const encrypted = { ...ends, remoteAddress: '127.0.0.1', encrypted: true };
    assert.equal(loopbackPortsOf(encrypted), undefined);
    assert.equal(loopbackPortsOf(undefined), undefined);
  });

  it('that was met first is the right one, and root always is', () => {
    let user: number | undefined;
    const pin = new ServerPin(() => user);
    const met = (by: number | undefined, at: LoopbackPorts | undefined = ports) => {
      user = by;
      return pin.strangerIn({ ports: at, asksForKeys: false });
    };
    assert.deepEqual([met(undefined), met(998), met(998), met(0)], Array(4).fill(undefined));
    assert.deepEqual(met(1000), { kind: 'foreign', user: 1000, expected: 998 });
    assert.equal(met(undefined), undefined);
    assert.equal(pin.strangerIn({ ports: undefined, asksForKeys: true }), undefined);
  });

  it('is one that may run it from the first connection on, where that is known', () => {
    let user = 1000;
    const pin = new ServerPin(() => user, { mayRun: (one) => one === 998 });
    const met = (by: number, asksForKeys = true) => {
      user = by;
      return pin.strangerIn({ ports, asksForKeys });
    };
    assert.deepEqual(met(1000), { kind: 'foreign', user: 1000, expected: undefined });
    // What is not used teaches nothing.
    assert.deepEqual([met(998, false), met(998), met(0)], Array(3).fill(undefined));
    assert.deepEqual(met(1000), { kind: 'foreign', user: 1000, expected: 998 });
  });

  it('matters nothing to who has a key, where the first server asks for none', () => {
    const pin = new ServerPin(undefined, { asksForKeys: true });
    const met = (asksForKeys: boolean) => pin.strangerIn({ ports, asksForKeys });
    assert.deepEqual([met(false), met(true)], [{ kind: 'keyless' }, undefined]);
  });

  it('that was met first and asks for keys is not followed by one that asks for none', () => {
    const pin = new ServerPin(() => 998);
    const met = (asksForKeys: boolean) => pin.strangerIn({ ports: undefined, asksForKeys });
    assert.deepEqual(
      [met(true), met(false), met(true)],
      [undefined, { kind: 'keyless' }, undefined],
    );
  });
});
