import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { NatsConnection } from 'nats';
import { CLIENT_LIMITS } from '../../cli/auth/server-config.js';
import { subjectsOf } from '../../proto/subjects.js';
import { CLUSTER, GuardedServer } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);
const listen = (connection: NatsConnection, times: number): void => {
  for (let i = 0; i < times; i += 1)
    connection.subscribe(subjects.allEvents, { callback: () => {} });
};

/** Resolves with the first thing that the server holds against the connection. */
async function complaint(connection: NatsConnection): Promise<string> {
  const ended = connection.closed().then(() => 'closed');
  const said = (async () => {
    for await (const { type, data } of connection.status())
      if (type === 'error' || type === 'disconnect') return `${type} ${String(data)}`;
    return 'closed';
  })();
  return Promise.race([said, ended]);
}

describe('what one connection, and the account of the clients, may take', function () {
  this.timeout(30_000);
  let guarded: GuardedServer;
  before(async () => {
    guarded = await GuardedServer.start();
  });
  after(() => guarded.stop());

  it('is as many subscriptions as the configuration says, and none more', async () => {
    const greedy = await guarded.raw('vic-viewer');
    let said = '';
    void complaint(greedy).then((text) => {
      said = text;
    });
    listen(greedy, CLIENT_LIMITS.max_subscriptions);
    await greedy.flush();
    await greedy.flush();
    assert.equal(said, '');
    const complained = complaint(greedy);
    listen(greedy, 1);
    assert.notEqual(await complained, '');
    // Another connection of the same key is not concerned.
    const other = await guarded.raw('vic-viewer');
    listen(other, 1);
    await other.flush();
    assert.equal(other.isClosed(), false);
  });

  it('leaves coordinators a place where clients have taken all of theirs', async () => {
    const change = (config: string): string =>
      config.replace(/max_connections: \d+/, () => 'max_connections: 2');
    const full = await GuardedServer.start({ change });
    try {
      for (const name of ['sue-submitter', 'vic-viewer']) await (await full.raw(name)).flush();
      // The client says so, or waits in vain for a connection that the server has ended.
      await assert.rejects(full.raw('sue-submitter'), /maximum.*connections|TIMEOUT/i);
      const coordinator = await full.raw('coordinator');
      await coordinator.flush();
      assert.equal(coordinator.isClosed(), false);
    } finally {
      await full.stop();
    }
  });
});
