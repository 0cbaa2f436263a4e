import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { becomes } from '../../cli/auth/confirm.js';
import { authFolderOf, keyPath } from '../../cli/auth/folder.js';
import { addUser, removeUser } from '../../cli/auth/keys.js';
import { reloadServer } from '../../cli/auth/reload.js';
import { realClock } from '../../cli/clock.js';
import { readCliConfig } from '../../cli/config.js';
import { readCredentials } from '../../cli/credentials.js';
import { adoptStore, prepareAuth } from '../../cli/up/auth.js';
import { type NatsPrograms, natsPrograms, storeFolder } from '../../cli/up/nats-launch.js';
import { type NatsServer, startNatsServer } from '../../cli/up/nats-server.js';
import { runningNats } from '../../cli/up/state-lock.js';
import { silentLog } from '../../shared/log.js';
import { connectForTest, connectToUp } from '../lib/nats-client.js';
import { startNatsServer as startBareServer } from '../lib/nats-server.js';
import { bytes, text } from '../lib/utf8.js';
import { must } from './guarded-server.js';

const installed = natsPrograms(readCliConfig().which);

describe('the NATS server of dqoes up', function () {
  this.timeout(60_000);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-own-server-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const start = async (stateDir: string, programs: NatsPrograms): Promise<NatsServer> => {
    adoptStore(stateDir);
    const inContainer = programs.natsServer === undefined;
    must(prepareAuth({ stateDir, cluster: 'main', nodes: [], inContainer }));
    const image = { image: 'dqoes/nats:1' };
    const options = { stateDir, programs, log: silentLog, clock: realClock, ...image };
    return must(await startNatsServer(options));
  };

  it('still has what it stored before there were keys, once and again', async () => {
    const stateDir = join(folder, 'adopted');
    const bare = await startBareServer({ args: ['-sd', storeFolder(stateDir)] });
    const client = await connectForTest(bare.url);
    must(await client.stores.install('main', { replicas: 1 }));
    const jobs = must(await client.stores.open('main', 'jobs'));
    const revision = must(await jobs.put('kept', bytes('as it was')));
    await client.bus.close();
    await bare.kill('SIGTERM');
    await bare.stop();
    for (let round = 0; round < 2; round += 1) {
      const server = await start(stateDir, installed);
      const own = await connectToUp(server.url, stateDir, 'coordinator');
      must(await own.stores.install('main', { replicas: 1 }));
      const read = must(await must(await own.stores.open('main', 'jobs')).get('kept'));
      assert.deepEqual([read?.revision, text(read?.value ?? bytes(''))], [revision, 'as it was']);
      await own.bus.close();
      await server.stop();
    }
  });

  for (const [where, programs] of [
    ['as a program', installed],
    ['in a container', { ...installed, natsServer: undefined }],
  ] as const)
    it(`learns and forgets a key while it runs, ${where}`, async () => {
      const stateDir = join(folder, where.replaceAll(' ', '-'));
      const server = await start(stateDir, programs);
      try {
        const auth = authFolderOf(stateDir);
        const reload = (): void => {
          const pid = runningNats(stateDir)?.pid;
          assert.ok(pid !== undefined, 'its process is written down');
          must(reloadServer(pid));
        };
        const record = must(
          prepareAuth({
            stateDir,
            cluster: 'main',
            nodes: [],
            inContainer: programs.natsServer === undefined,
          }),
        );
        const added = must(addUser(auth, record, { role: 'viewer', name: 'lena' }));
        const key = must(readCredentials(keyPath(auth, 'lena'), 'test'));
        const check = { url: server.url, auth: key, clock: realClock };
        assert.ok(await becomes('refused', check), 'not known yet');
        reload();
        assert.ok(await becomes('accepted', check), 'known');
        must(removeUser(auth, added.record, 'lena'));
        reload();
        assert.ok(await becomes('refused', check), 'forgotten');
        const operator = await connectToUp(server.url, stateDir);
        await operator.bus.close();
      } finally {
        await server.stop();
      }
    });
});
