import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { realClock } from '../../cli/clock.js';
import { readCliConfig } from '../../cli/config.js';
import { adoptStore, prepareAuth } from '../../cli/up/auth.js';
import { natsPrograms, storeFolder } from '../../cli/up/nats-launch.js';
import { startNatsServer } from '../../cli/up/nats-server.js';
import { silentLog } from '../../shared/log.js';
import { connectForTest, connectToUp } from '../lib/nats-client.js';
import { startNatsServer as startBareServer } from '../lib/nats-server.js';
import { bytes, text } from '../lib/utf8.js';
import { must } from './guarded-server.js';

describe('the store of a dqoes up that had no keys', function () {
  this.timeout(60_000);
  let stateDir = '';
  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'dqoes-adopted-'));
  });
  after(() => rm(stateDir, { recursive: true, force: true }));

  it('is still there with keys, once and again', async () => {
    const bare = await startBareServer({ args: ['-sd', storeFolder(stateDir)] });
    const client = await connectForTest(bare.url);
    must(await client.stores.install('main', { replicas: 1 }));
    const jobs = must(await client.stores.open('main', 'jobs'));
    const revision = must(await jobs.put('kept', bytes('as it was')));
    await client.bus.close();
    await bare.kill('SIGTERM');
    await bare.stop();
    for (let start = 0; start < 2; start += 1) {
      adoptStore(stateDir);
      must(prepareAuth({ stateDir, cluster: 'main', nodes: [], inContainer: false }));
      const programs = natsPrograms(readCliConfig().which);
      const server = must(
        await startNatsServer({ stateDir, programs, log: silentLog, clock: realClock }),
      );
      const own = await connectToUp(server.url, stateDir, 'coordinator');
      must(await own.stores.install('main', { replicas: 1 }));
      const read = must(await must(await own.stores.open('main', 'jobs')).get('kept'));
      assert.deepEqual([read?.revision, text(read?.value ?? bytes(''))], [revision, 'as it was']);
      await own.bus.close();
      await server.stop();
    }
  });
});
