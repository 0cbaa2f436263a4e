import { after, before, describe } from 'mocha';
import { createMemoryHub } from '../../proto/memory/bus.js';
import { silentLog } from '../../shared/log.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { describeBus } from './bus-contract.js';

describe('bus contract', () => {
  const hub = createMemoryHub({ clock: systemClock, log: silentLog });
  describeBus('in memory', async () => hub.connect());

  describe('with a server', () => {
    let server: TestNatsServer;
    before(async () => {
      server = await startNatsServer();
    });
    after(() => server.stop());
    describeBus('nats-server', async () => (await connectForTest(server.url)).bus);
  });
});
