import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { after, afterEach, describe, it } from 'mocha';
import { freePort, startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { startThree } from '../lib/nats-trio.js';
import { until } from '../lib/until.js';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
/** Longer than a question to the store may take and than several tries. */
const LONG_MS = 12_000;

/** `dqoes coordinator` in a process of its own, and what it said. */
class Coordinator {
  readonly child: ChildProcess;
  said = '';
  constructor(config: string, args: readonly string[] = []) {
    this.child = spawn(process.execPath, [MAIN, 'coordinator', '--config', config, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.said += chunk.toString('utf8');
    });
  }
  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }
  says(text: RegExp, deadlineMs = 60_000): Promise<void> {
    return until(
      () => text.test(this.said),
      () => `${text} in:\n${this.said}`,
      deadlineMs,
    );
  }
  async end(): Promise<number | null> {
    if (this.hasEnded) return this.child.exitCode;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
    return this.child.exitCode;
  }
}

describe('dqoes coordinator: NATS is not ready yet', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-waits-'));
  let servers: readonly TestNatsServer[] = [];
  let started: Coordinator[] = [];
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    await Promise.all(started.map((one) => one.end()));
    await Promise.all(servers.map((server) => server.stop()));
    [started, servers] = [[], []];
  });
  const start = (url: string, replicas: 1 | 3, ...args: string[]): Coordinator => {
    const file = join(folder, `${started.length}.yaml`);
    writeFileSync(file, `cluster: waits\nnats: { url: "${url}", replicas: ${replicas} }\n`);
    const one = new Coordinator(file, args);
    started.push(one);
    return one;
  };

  it('waits while two of three servers are away, and leads when they are back', async () => {
    servers = await startThree();
    const [near, ...others] = servers as [TestNatsServer, ...TestNatsServer[]];
    const first = start(near.url, 3, '--install');
    await first.says(/coordinator: leads/);
    await first.end();
    for (const server of others) await server.kill();
    await near.kill();
    await near.start();
    const [plain, installing] = [start(near.url, 3), start(near.url, 3, '--install')];
    await Promise.all(
      [plain, installing].map((one) => one.says(/waiting for the store why="the bucket/)),
    );
    await sleep(LONG_MS);
    for (const one of [plain, installing]) {
      assert.ok(!one.hasEnded, one.said);
      assert.equal(one.said.match(/waiting for the store/g)?.length, 1, one.said);
    }
    for (const server of others) await server.start();
    await until(
      () => [plain, installing].some(({ said }) => /coordinator: leads/.test(said)),
      'a leader',
      60_000,
    );
  });

  it('waits while a stream has no leader, though the servers answer', async () => {
    servers = await startThree();
    const [near, ...others] = servers as [TestNatsServer, ...TestNatsServer[]];
    const first = start(near.url, 3, '--install');
    await first.says(/coordinator: leads/);
    await first.end();
    for (const server of others) await server.pause();
    const one = start(near.url, 3);
    await one.says(/waiting for the store|the lease cannot be read/);
    await sleep(LONG_MS);
    assert.ok(!one.hasEnded, one.said);
    for (const server of others) server.resume();
    await one.says(/coordinator: leads/);
  });

  it('ends at once by a signal while it waits', async () => {
    servers = await startThree();
    const [near, ...others] = servers as [TestNatsServer, ...TestNatsServer[]];
    for (const server of others) await server.kill();
    const one = start(near.url, 3);
    await one.says(/waiting for the store/);
    const startMs = performance.now();
    assert.equal(await one.end(), 0);
    assert.ok(performance.now() - startMs < 8000);
  });

  it('waits for a server that is not there yet, but not where it refuses credentials', async () => {
    const port = await freePort();
    const early = start(`nats://u:wrong@127.0.0.1:${port}`, 1);
    await early.says(/connecting to NATS/);
    await sleep(2000);
    assert.ok(!early.hasEnded);
    const strict = spawn(
      'nats-server',
      ['-a', '127.0.0.1', '-p', String(port), '--user', 'u', '--pass', 'right'],
      {
        stdio: 'ignore',
      },
    );
    try {
      await early.says(/does not know these credentials/);
      await until(() => early.hasEnded, 'it to end');
      assert.notEqual(early.child.exitCode, 0);
    } finally {
      strict.kill('SIGKILL');
    }
  });

  it('ends with its sentence where waiting does not help', async () => {
    const plain = await startNatsServer();
    servers = [plain];
    const port = await freePort();
    const bare = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    try {
      const missing = start(plain.url, 1);
      const tooFew = start(plain.url, 3, '--install');
      const bareUrl = `nats://127.0.0.1:${port}`;
      const [stores, installs] = [start(bareUrl, 1), start(bareUrl, 1, '--install')];
      await missing.says(/make it once with "dqoes coordinator --install"/);
      await tooFew.says(/on as many servers as nats.replicas says \(3\)/);
      await stores.says(/NATS runs without JetStream/);
      await installs.says(/is JetStream on/);
      await until(() => started.every(({ hasEnded }) => hasEnded), 'all to end');
      assert.deepEqual(
        started.map(({ child }) => child.exitCode === 0),
        [false, false, false, false],
      );
    } finally {
      bare.kill('SIGKILL');
    }
  });
});
