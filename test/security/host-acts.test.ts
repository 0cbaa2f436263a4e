import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { AuditCluster } from './audit-cluster.js';

const act = (number: number) => ({
  ...{ number, after: number - 1, timeMs: Date.UTC(2026, 10, 26) },
  ...{ verb: 'restore', who: 'root', what: `restored face-${number}` },
});

describe('what was done on a host beside NATS', function () {
  this.timeout(60_000);
  let cluster: AuditCluster;
  before(async () => {
    const { privateKey: secretsKey } = generateKeyPairSync('x25519');
    cluster = await AuditCluster.start({ secretsKey });
  });
  after(() => cluster.stop());

  const lines = () => cluster.lines({ verb: 'host-act' });
  /** The agent of h1 says it until the condition holds. */
  const say = (number: number, isDone: () => Promise<boolean>) =>
    until(async () => {
      cluster.agents[0]?.report({ sentAtMs: systemClock.now(), act: act(number) });
      return isDone();
    }, `act ${number} to be heard`);

  it('has one line, though it is said again, and to the next leader', async () => {
    await say(1, async () => (await lines()).length > 0);
    const again = await cluster.linesOf(async () => {
      let said = 0;
      await say(1, async () => {
        said += 1;
        return said === 5;
      });
    });
    assert.deepEqual(
      again.filter(({ verb }) => verb === 'host-act'),
      [],
    );
    await cluster.replaceCoordinator('c2');
    // What came before is heard before it.
    await say(1, async () => true);
    await say(2, async () => (await lines()).length > 1);
    const all = await lines();
    assert.deepEqual(
      all.map(({ id, who, node, coordinator }) => [id, who, node, coordinator]),
      [
        ['host-act.h1.1', 'agent-h1', 'h1', 'c1'],
        ['host-act.h1.2', 'agent-h1', 'h1', 'c2'],
      ],
    );
    assert.match(all[1]?.reason ?? '', /^restore by root on 2026-.*, as the host says: restored/);
  });
});
