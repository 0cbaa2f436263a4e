import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { clusterFindings } from '../../../../cli/doctor/cluster-findings.js';
import type { DoctorFinding } from '../../../../cli/doctor/section.js';

/** What is said of the encryption of a connection to these addresses. */
function saidOf(url: string, isEncrypted: boolean): readonly DoctorFinding[] {
  const connection = {
    ...{ isConnected: true as const, url, serverVersion: '2.12.1', roundTripMs: 1 },
    isEncrypted,
  };
  return clusterFindings({ connection }).filter(({ what }) => what === 'TLS');
}

describe('dqoes doctor: TLS', () => {
  it('is asked for where NATS is on another machine, one of several too', () => {
    for (const url of ['nats://10.0.0.5:4222', 'nats://127.0.0.1:4222,nats://n2:4222']) {
      const [found] = saidOf(url, false);
      assert.equal(found?.state, 'limited', url);
      assert.match(found?.detail ?? '', /not on this machine, .* is not encrypted: .* read and/);
      assert.match(found?.cure ?? '', /nats-server a tls block, .* nats\.tls\.ca \(docs\/security/);
    }
  });

  it('is said to be there, and is not missed on this machine', () => {
    assert.equal(saidOf('nats://10.0.0.5:4222', true)[0]?.state, 'works');
    for (const url of ['nats://127.0.0.1:4222', 'localhost', 'nats://[::1]:1,127.0.0.1:2'])
      assert.deepEqual(saidOf(url, false), [], url);
  });
});
