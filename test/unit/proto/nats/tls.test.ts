import assert from 'node:assert/strict';
import type { PeerCertificate } from 'node:tls';
import { describe, it } from 'mocha';
import { tlsOptions } from '../../../../proto/nats/tls.js';

const certificateFor = (names: string): PeerCertificate =>
  ({ subject: { CN: 'x' }, subjectaltname: names }) as unknown as PeerCertificate;

describe('TLS of NATS', () => {
  it('asks for a certificate of one of the addresses given', () => {
    const accepts = (servers: readonly string[], names: string): boolean =>
      tlsOptions({}, servers).checkServerIdentity('localhost', certificateFor(names)) === undefined;
    const ip = 'IP Address:10.0.0.5';
    assert.ok(accepts(['nats://10.0.0.5:4222'], ip));
    assert.ok(accepts(['nats://me:secret@10.0.0.5:4222'], ip));
    assert.ok(accepts(['10.0.0.5'], ip));
    assert.ok(accepts(['tls://[::1]:4222'], 'IP Address:0:0:0:0:0:0:0:1'));
    assert.ok(accepts(['nats://a.example', 'nats://b.example:4222'], 'DNS:b.example'));
    assert.equal(accepts(['nats://10.0.0.6:4222'], ip), false);
    assert.equal(accepts(['nats://a.example'], 'DNS:b.example'), false);
    assert.equal(accepts(['nats://10.0.0.5'], 'DNS:localhost'), false);
  });
});
