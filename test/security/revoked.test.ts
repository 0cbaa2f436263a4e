import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { NatsConnection } from 'nats';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import { type Log, silentLog } from '../../shared/log.js';
import { until } from '../lib/until.js';
import { GuardedServer } from './guarded-server.js';

describe('a server whose keys change', function () {
  this.timeout(30_000);
  let guarded: GuardedServer;
  before(async () => {
    guarded = await GuardedServer.start();
  });
  after(() => guarded.stop());

  it('drops a key that is revoked at once, and no other; a new one is known at once', async () => {
    guarded.add({ role: 'viewer', name: 'new' });
    let connection: NatsConnection | undefined;
    await until(async () => {
      connection = await guarded.raw('new').catch(() => undefined);
      return connection !== undefined;
    }, 'the new key to be known');
    const other = await guarded.client('vic-viewer');
    const auth = guarded.authOf('new');
    guarded.revoke('new');
    await until(() => connection?.isClosed() === true, 'its connection to be closed');
    const again = await connectNats({
      servers: [guarded.url],
      name: 'revoked',
      log: silentLog,
      auth,
    });
    assert.ok(!again.ok);
    assert.match(again.error, /Authorization Violation/);
    assert.equal(other.bus.state, 'connected');
  });

  it('says in the log of a program that used it what to do', async () => {
    guarded.add({ role: 'viewer', name: 'told' });
    const said: string[] = [];
    const note = (text: string, fields?: object): void => {
      said.push(`${text} ${JSON.stringify(fields)}`);
    };
    const log: Log = { info: note, warn: note, error: note };
    const auth = guarded.authOf('told');
    let client: NatsClient | undefined;
    await until(async () => {
      const made = await connectNats({ servers: [guarded.url], name: 'told', log, auth });
      client = made.ok ? made.value : undefined;
      return made.ok;
    }, 'the new key to be known');
    guarded.revoke('told');
    await until(
      () => said.some((line) => /reported an error.*nats\.credentials.*reload/.test(line)),
      () => `the cure: ${said.join('; ')}`,
    );
    await client?.bus.close();
  });
});
