import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { canNotify, NotifyReceiver } from '../lib/notify-receiver.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';

const PATIENCE_MS = 60_000;

describe('services under a service manager', function () {
  this.timeout(240_000);
  let server: TestNatsServer;
  let folder = '';
  before(async function () {
    if (!canNotify()) return this.skip();
    folder = mkdtempSync(join(tmpdir(), 'dqoes-supervised-'));
    server = await startNatsServer();
  });
  after(async () => {
    await server?.stop();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a service as systemd does with `WatchdogSec=2s`. */
  const supervised = async (args: readonly string[]) => {
    const receiver = await NotifyReceiver.start();
    const env = { NOTIFY_SOCKET: receiver.socket, WATCHDOG_USEC: '2000000', HOME: folder };
    const program: Program = startDqoes(args, { env });
    const lines = () => receiver.messages.flat();
    const said = (line: string | RegExp): boolean =>
      lines().some((one) => (typeof line === 'string' ? one === line : line.test(one)));
    const untilSaid = (line: string | RegExp): Promise<void> =>
      until(() => said(line), `${line}`, PATIENCE_MS).catch(() =>
        assert.fail(`${line} was not said: ${lines().join(' | ')}\n${program.err}`),
      );
    const count = (line: string): number => lines().filter((one) => one === line).length;
    return { receiver, program, lines, untilSaid, count };
  };

  const coordinatorArgs = (name: string): readonly string[] => {
    const config = join(folder, `${name}.yaml`);
    writeFileSync(
      config,
      `name: ${name}\nlease: 4s\nnats: { url: "${server.url}" }\nmetrics: { listen: "off" }\n`,
    );
    return ['coordinator', '--install', '--config', config];
  };

  it('a coordinator is ready when it leads, and feeds the watchdog by deciding', async () => {
    const leader = await supervised(coordinatorArgs('c1'));
    await leader.untilSaid('STATUS=waits for NATS');
    await leader.untilSaid('READY=1');
    await leader.untilSaid(/^STATUS=leads with epoch 1: 0 of 0 nodes ready, 0 of 0 jobs at /);
    const fed = leader.count('WATCHDOG=1');
    // Another stands by: it is ready, too, and its looks feed its watchdog.
    const standby = await supervised(coordinatorArgs('c2'));
    await standby.untilSaid('READY=1');
    await standby.untilSaid('STATUS=stands by as follower');
    await until(() => leader.count('WATCHDOG=1') > fed + 1, 'the watchdog to be fed', PATIENCE_MS);
    await until(() => standby.count('WATCHDOG=1') > 1, 'the follower to be fed', PATIENCE_MS);
    const listed = await dqoes(['version', '--nats', server.url, '-o', 'json']);
    const { parts } = JSON.parse(listed.out) as { parts: { name: string; state: string }[] };
    const stateOf = (name: string) => parts.find((part) => part.name === name)?.state;
    assert.deepEqual([stateOf('c1'), stateOf('c2')], ['leads', 'stands by'], listed.out);
    // Without NATS the leader steps down and looks on: a restart would cure nothing.
    await server.pause();
    const before = leader.count('WATCHDOG=1');
    await until(() => leader.count('WATCHDOG=1') > before + 1, 'food without NATS', PATIENCE_MS);
    server.resume();
    for (const { program, receiver, untilSaid } of [standby, leader]) {
      program.child.kill('SIGTERM');
      await untilSaid('STOPPING=1');
      assert.equal((await program.ended).code, 0);
      receiver.stop();
    }
  });

  it('a console is ready when it listens, and feeds the watchdog by following', async () => {
    const one = await supervised([
      ...['console', '--nats', server.url, '--listen', '127.0.0.1:0', '--metrics', 'off'],
    ]);
    await one.untilSaid('READY=1');
    await one.untilSaid('WATCHDOG=1');
    await one.untilSaid('WATCHDOG_USEC=60000000');
    const { code } = await one.program.end('SIGTERM');
    assert.equal(code, 0);
    await one.untilSaid('STOPPING=1');
    one.receiver.stop();
  });

  it('an agent waits for NATS, and says for what', async () => {
    const one = await supervised(['agent', '--nats', 'nats://127.0.0.1:1']);
    await one.untilSaid('STATUS=waits for NATS');
    assert.equal(one.count('READY=1'), 0);
    one.program.child.kill('SIGKILL');
    await one.program.ended;
    one.receiver.stop();
  });
});
