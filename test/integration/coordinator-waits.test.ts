import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
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

/** The servers and the coordinators of one test; all of them end with it. */
class World {
  readonly #folder = mkdtempSync(join(tmpdir(), 'dqoes-waits-'));
  readonly started: Coordinator[] = [];
  servers: readonly TestNatsServer[] = [];

  /** Three servers: the one that is asked, and the two others. */
  async trio(): Promise<readonly [TestNatsServer, ...TestNatsServer[]]> {
    this.servers = await startThree();
    return this.servers as [TestNatsServer, ...TestNatsServer[]];
  }

  start(url: string, replicas: 1 | 3, ...args: string[]): Coordinator {
    const file = join(this.#folder, `${this.started.length}.yaml`);
    writeFileSync(file, `cluster: waits\nnats: { url: "${url}", replicas: ${replicas} }\n`);
    const one = new Coordinator(file, args);
    this.started.push(one);
    return one;
  }

  /** Makes the buckets, and ends. */
  async install(url: string): Promise<void> {
    const first = this.start(url, 3, '--install');
    await first.says(/coordinator: leads/);
    await first.end();
  }

  async close(): Promise<void> {
    await Promise.all(this.started.map((one) => one.end()));
    await Promise.all(this.servers.map((server) => server.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function inWorld(play: (world: World) => Promise<void>): Promise<void> {
  const world = new World();
  try {
    await play(world);
  } finally {
    await world.close();
  }
}

async function twoOfThreeAreAway(world: World): Promise<void> {
  const [near, ...others] = await world.trio();
  await world.install(near.url);
  for (const server of others) await server.kill();
  await near.kill();
  await near.start();
  const both = [world.start(near.url, 3), world.start(near.url, 3, '--install')];
  await Promise.all(both.map((one) => one.says(/waiting for the store why="the bucket/)));
  await sleep(LONG_MS);
  for (const one of both) {
    assert.ok(!one.hasEnded, one.said);
    assert.equal(one.said.match(/waiting for the store/g)?.length, 1, one.said);
  }
  for (const server of others) await server.start();
  await until(
    () => both.some(({ said }) => /coordinator: leads/.test(said)),
    () => `a leader: ${both.map(({ said }) => said).join('\n')}`,
    60_000,
  );
}

async function streamHasNoLeader(world: World): Promise<void> {
  const [near, ...others] = await world.trio();
  await world.install(near.url);
  for (const server of others) await server.pause();
  const one = world.start(near.url, 3);
  await one.says(/waiting for the store|the lease cannot be read/);
  await sleep(LONG_MS);
  assert.ok(!one.hasEnded, one.said);
  for (const server of others) server.resume();
  await one.says(/coordinator: leads/);
}

describe('dqoes coordinator: NATS is not ready yet', function () {
  this.timeout(180_000);
  /** Both wait for long, each on servers of its own: side by side, and beside the other tests. */
  const waiting: Promise<unknown>[] = [];
  before(() => {
    for (const play of [twoOfThreeAreAway, streamHasNoLeader])
      waiting.push(inWorld(play).catch((cause: unknown) => cause));
  });
  after(() => Promise.all(waiting));
  const passes = async (at: number): Promise<void> => assert.ifError(await waiting[at]);

  it('ends at once by a signal while it waits', () =>
    inWorld(async (world) => {
      const [near, ...others] = await world.trio();
      for (const server of others) await server.kill();
      const one = world.start(near.url, 3);
      await one.says(/waiting for the store/);
      one.child.kill('SIGTERM');
      // Not only when the store answers, which it never does.
      await until(() => one.hasEnded, 'it to end', 8000);
      assert.equal(one.child.exitCode, 0, one.said);
    }));

  it('waits for a server that is not there yet, but not where it refuses credentials', () =>
    inWorld(async (world) => {
      const port = await freePort();
      const early = world.start(`nats://u:wrong@127.0.0.1:${port}`, 1);
      await early.says(/connecting to NATS/);
      await sleep(2000);
      assert.ok(!early.hasEnded);
      const strict = spawn(
        'nats-server',
        ['-a', '127.0.0.1', '-p', String(port), '--user', 'u', '--pass', 'right'],
        { stdio: 'ignore' },
      );
      try {
        await early.says(/does not know these credentials/);
        await until(() => early.hasEnded, 'it to end');
        assert.notEqual(early.child.exitCode, 0);
      } finally {
        strict.kill('SIGKILL');
      }
    }));

  it('ends with its sentence where waiting does not help', () =>
    inWorld(async (world) => {
      const plain = await startNatsServer();
      world.servers = [plain];
      const port = await freePort();
      const address = ['-a', '127.0.0.1', '-p', String(port)];
      const bare = spawn('nats-server', address, { stdio: 'ignore' });
      try {
        const missing = world.start(plain.url, 1);
        const tooFew = world.start(plain.url, 3, '--install');
        const bareUrl = `nats://127.0.0.1:${port}`;
        const stores = world.start(bareUrl, 1);
        const installs = world.start(bareUrl, 1, '--install');
        await missing.says(/make it once with "dqoes coordinator --install"/);
        await tooFew.says(/on as many servers as nats.replicas says \(3\)/);
        await stores.says(/NATS runs without JetStream/);
        await installs.says(/is JetStream on/);
        await until(() => world.started.every(({ hasEnded }) => hasEnded), 'all to end');
        assert.deepEqual(
          world.started.map(({ child }) => child.exitCode === 0),
          [false, false, false, false],
        );
      } finally {
        bare.kill('SIGKILL');
      }
    }));

  it('waits while two of three servers are away, and leads when they are back', () => passes(0));

  it('waits while a stream has no leader, though the servers answer', () => passes(1));
});
