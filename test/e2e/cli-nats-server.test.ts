import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { realClock } from '../../cli/clock.js';
import { readCliConfig } from '../../cli/config.js';
import { prepareAuth } from '../../cli/up/auth.js';
import { type NatsPrograms, natsLaunch } from '../../cli/up/nats-launch.js';
import {
  endLeftover,
  endSentence,
  type NatsServerOptions,
  startNatsServer,
} from '../../cli/up/nats-server.js';
import { freePort, portListener } from '../../cli/up/probe.js';
import {
  isAlive,
  lockState,
  processIdentity,
  recordNats,
  unlockState,
} from '../../cli/up/state-lock.js';
import { silentLog } from '../../shared/log.js';
import { docker } from '../lib/docker-command.js';
import { until } from '../lib/until.js';

const { which } = readCliConfig();
const installed: NatsPrograms = {
  natsServer: which('nats-server'),
  docker: which('docker'),
  setpriv: which('setpriv'),
};

describe('cli: the NATS server of dqoes up', function () {
  this.timeout(60_000);
  let folder = '';
  let stateDir = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-cli-nats-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    stateDir = await mkdtemp(join(folder, 's-'));
  });

  const options = (more: Partial<NatsServerOptions> = {}): NatsServerOptions => {
    const all = { stateDir, programs: installed, log: silentLog, clock: realClock, ...more };
    const inContainer = all.programs.natsServer === undefined;
    const auth = prepareAuth({ stateDir, cluster: 'main', nodes: [], inContainer });
    assert.ok(auth.ok, JSON.stringify(auth));
    return all;
  };

  it('starts from PATH on a free port, answers, and is gone after stop', async () => {
    const started = await startNatsServer(options());
    assert.ok(started.ok, JSON.stringify(started));
    const port = Number(new URL(started.value.url).port);
    assert.equal(await portListener(port), 'nats');
    const { nats } = JSON.parse(await readFile(join(stateDir, 'up.pid'), 'utf8')) as {
      nats: { pid: number };
    };
    assert.notEqual(processIdentity(nats.pid), undefined);
    await started.value.stop();
    assert.equal(processIdentity(nats.pid), undefined);
    assert.equal(await portListener(port), 'nobody');
  });

  it('starts from an image where there is no nats-server, and leaves no container', async () => {
    const [programs, image] = [{ ...installed, natsServer: undefined }, 'dqoes/nats:1'];
    const place = { stateDir, port: 0, image, user: { uid: 0, gid: 0 } };
    const container = natsLaunch(programs, place)?.container ?? assert.fail('it has no name');
    // Others on this Engine may have one, too.
    const found = () => docker('ps', '-aq', '--filter', `name=${container}`);
    const started = await startNatsServer(options({ programs, image }));
    assert.ok(started.ok, JSON.stringify(started));
    assert.notEqual(await found(), '');
    await started.value.stop();
    assert.equal(await found(), '');
  });

  it('says how to get a server where there is none', async () => {
    const started = await startNatsServer(
      options({ programs: { natsServer: undefined, docker: undefined, setpriv: undefined } }),
    );
    assert.ok(!started.ok);
    assert.equal(started.error[0]?.code, 'nats.unavailable');
    assert.match(started.error[0]?.message ?? '', /install nats-server/);
  });

  it("passes on a server's last words when it cannot start", async () => {
    const started = await startNatsServer(
      options({ programs: { ...installed, natsServer: '/bin/false' } }),
    );
    assert.ok(!started.ok);
    assert.match(started.error[0]?.message ?? '', /could not be started/);
  });

  it('says which signal ended it', async () => {
    for (const [signal, said] of [
      ['SIGKILL', /^killed by SIGKILL/],
      ['SIGTERM', /^another process asked it to stop \(SIGTERM/],
    ] as const) {
      const started = await startNatsServer(
        options({ programs: { ...installed, setpriv: undefined } }),
      );
      assert.ok(started.ok, JSON.stringify(started));
      const { nats } = JSON.parse(await readFile(join(stateDir, 'up.pid'), 'utf8')) as {
        nats: { pid: number };
      };
      process.kill(nats.pid, signal);
      assert.match(await started.value.died, said);
      await started.value.stop();
    }
    assert.equal(
      endSentence('[9] 2026/11/26 07:20:30.642953 [FTL] no space left\n[9] x [INF] bye', {
        code: 1,
        signal: null,
      }),
      'no space left (exit code 1)',
    );
  });

  it('names who holds the port', async () => {
    const first = await startNatsServer(options());
    assert.ok(first.ok);
    const port = Number(new URL(first.value.url).port);
    const second = await startNatsServer(options({ port }));
    await first.value.stop();
    assert.ok(!second.ok);
    assert.match(
      second.error[0]?.message ?? '',
      /Another NATS server already listens.*--nats-port/,
    );
    const other = await listenSilently();
    const third = await startNatsServer(options({ port: other.port }));
    other.server.close();
    assert.ok(!third.ok);
    assert.match(third.error[0]?.message ?? '', /Another program already listens/);
  });

  it('finds and ends a server that a crashed owner left', async () => {
    const left = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(await freePort())], {
      stdio: 'ignore',
    });
    const gone = once(left, 'exit');
    await once(left, 'spawn');
    recordNats(stateDir, processIdentity(left.pid ?? 0));
    const claimed = lockState(stateDir);
    assert.ok(claimed.ok);
    const { leftover } = claimed.value;
    assert.equal(leftover?.pid, left.pid);
    assert.ok(leftover !== undefined);
    await endLeftover(leftover, realClock);
    await gone;
    assert.equal(isAlive(leftover), false);
    unlockState(stateDir);
  });

  it('dies with its parent, even when that is killed', async () => {
    if (installed.setpriv === undefined) return;
    options();
    const server = new URL('../../cli/up/nats-server.js', import.meta.url).href;
    const clock = new URL('../../cli/clock.js', import.meta.url).href;
    const script = `
      import { startNatsServer } from '${server}';
      import { realClock } from '${clock}';
      const log = { info() {}, warn() {}, error() {} };
      const [stateDir, programs] = JSON.parse(process.argv[1]);
      const started = await startNatsServer({ stateDir, programs, log, clock: realClock });
      console.log(started.ok ? started.value.url : JSON.stringify(started.error));
      setInterval(() => {}, 1000);`;
    const parent = spawn(
      process.execPath,
      ['--input-type=module', '-e', script, JSON.stringify([stateDir, installed])],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const port = Number(new URL(line.toString().trim()).port);
    parent.kill('SIGKILL');
    await until(
      async () => (await portListener(port)) === 'nobody',
      'the server to end with its parent',
    );
  });
});

async function listenSilently(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { port: address === null || typeof address === 'string' ? 0 : address.port, server };
}
