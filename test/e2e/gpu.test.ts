import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { docker } from '../lib/docker-command.js';
import { DockerWithGpus } from '../lib/gpu/docker-with-gpus.js';
import { FakeTools } from '../lib/gpu/fake-tools.js';
import { fakeGpu } from '../lib/gpu/state.js';
import { freePort, startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';

const ID = `gpu-${process.pid}`;
/** A request of the job: ms beside the GPU, and ms on it at the highest clock. */
const OVERHEAD_MS = 10;
const GPU_MS = 50;
/** Wanted at first, and later. */
const TARGET_MS = 100;
const OTHER_TARGET_MS = 75;

interface NodeJson {
  readonly node: {
    readonly liveness: string;
    readonly warnings: readonly string[];
    readonly gpus?: readonly {
      readonly isKnown: boolean;
      readonly reason: string;
      readonly clockMhz: number | null;
    }[];
  };
}

/**
 * The three programs with a real engine and real containers; the GPUs are fake tools with state,
 * and the test plays the clients of the job.
 */
/** As the person who pushes from outside chooses it. */
const PUSH_TOKEN = 'token-of-the-gpu-test';

describe('GPUs: a share, a clock that follows its target, and everything put back', function () {
  this.timeout(120_000);
  let tools: FakeTools;
  let engine: DockerWithGpus;
  let nats: TestNatsServer;
  let coordinator: Program;
  let agent: Program;
  let port = 0;
  let isOver = false;
  let targetMs = TARGET_MS;
  let load: Promise<void>;

  const cli = (...args: readonly string[]) => dqoes([...args, '--nats', nats.url, '--cluster', ID]);
  const startAgent = (): Program =>
    startDqoes(['agent', '--config', join(tools.folder, 'agent.yaml'), '--nats', nats.url]);
  const lockedMhz = (index = 0): number | null => tools.gpu(index).lockedMhz;
  const latencyMs = (): number => OVERHEAD_MS + (GPU_MS * 1410) / (lockedMhz() ?? 1410);
  const isInBand = (): boolean => latencyMs() >= 0.9 * targetMs && latencyMs() <= 1.1 * targetMs;
  const settings = (): number =>
    tools.calls.filter((args) => args.some((arg) => ['-lgc', '-rgc', '-pl'].includes(arg))).length;
  const node = async (): Promise<NodeJson['node']> => {
    const { out } = await cli('node', 'status', ID, '-o', 'json');
    return (JSON.parse(out) as NodeJson).node;
  };
  const jobFile = async (name: string, gpu: string, latency = 'source: push'): Promise<string> => {
    const path = join(tools.folder, `${name}.yaml`);
    const resources = `resources: { memory: 64MiB, gpu: ${gpu} }`;
    const target = `target: { latency: ${targetMs}ms }`;
    const command = 'command: [sh, -c, \'trap "exit 0" TERM; while true; do sleep 0.1; done\']';
    await writeFile(
      path,
      `name: ${name}\nimage: dqoes/tiny:1\n${command}\n${target}\n${resources}\nlatency: { ` +
        `${latency} }\nenv: { DQOES_PUSH_TOKEN: ${PUSH_TOKEN} }\n`,
    );
    return path;
  };

  before(async () => {
    tools = new FakeTools([fakeGpu(0, { utilisation: 0.6 }), fakeGpu(1)]);
    engine = await DockerWithGpus.listen(tools.folder);
    nats = await startNatsServer();
    port = await freePort();
    // A run that was killed leaves it, and names of containers are the engine's.
    await docker('rm', '--force', 'dqoes-caption-1').catch(() => undefined);
    const settingsOf = {
      node: ID,
      cluster: ID,
      interval: '200ms',
      window: '1s',
      'state-dir': join(tools.folder, 'state'),
      'records-dir': join(tools.folder, 'engines'),
      'label-prefix': `${ID}.`,
      'docker.socket': engine.socket,
      'gpu.nvidia-smi': tools.nvidiaSmi,
      'gpu.amd-smi': join(tools.folder, 'no-such-tool'),
      'gpu.mps-pipe-directory': tools.withMps(),
      'gpu.interval': '200ms',
      'gpu.min-change': '1s',
      'push.http-port': String(port),
      'push.udp-port': '0',
      'policy-file': join(tools.folder, 'policy.yaml'),
    };
    await writeFile(join(tools.folder, 'policy.yaml'), 'gpu.share: allow\n');
    const lines = Object.entries(settingsOf).map(([key, value]) => `${key}: ${value}\n`);
    await writeFile(join(tools.folder, 'agent.yaml'), lines.join(''));
    await writeFile(join(tools.folder, 'coordinator.yaml'), `cluster: ${ID}\ninterval: 1s\n`);
    const config = join(tools.folder, 'coordinator.yaml');
    coordinator = startDqoes(['coordinator', '--install', '--config', config, '--nats', nats.url]);
    agent = startAgent();
    load = play();
  });
  after(async () => {
    isOver = true;
    await load;
    tools.change((state) => {
      state.faults = {};
    });
    await Promise.all([agent.end('SIGKILL'), coordinator.end('SIGKILL')]);
    const ids = await docker('ps', '-aq', '--filter', `label=dqoes.cluster=${ID}`);
    if (ids !== '') await docker('rm', '--force', ...ids.split('\n'));
    engine.close();
    await nats.stop();
    tools.close();
  });

  /**
   * A client that waits for each answer: it takes as long as the clock of the first GPU says, and
   * tells the agent.
   */
  async function play(): Promise<void> {
    while (!isOver) {
      const ms = latencyMs() * (0.97 + 0.06 * Math.random());
      await new Promise((resolve) => setTimeout(resolve, ms));
      const body = JSON.stringify({ latencyMs: ms, token: PUSH_TOKEN });
      await fetch(`http://127.0.0.1:${port}/v1/observations`, { method: 'POST', body }).catch(
        () => undefined,
      );
    }
  }

  it('starts a job on the share it asks for, with MPS settings and by CDI', async () => {
    const file = await jobFile('caption', '{ share: 50%, memory: 8GiB }');
    await until(
      async () => (await cli('job', 'run', file)).code === 0,
      'the coordinator to take the job',
      30_000,
    );
    await until(
      () => engine.created.length > 0,
      () => `a container; the agent says: ${agent.err}`,
      30_000,
    );
    const [made] = engine.created;
    const folder = join(tools.folder, 'mps');
    assert.equal(made?.name, 'dqoes-caption-1');
    assert.deepEqual(made?.gpus, {
      DeviceRequests: [{ Driver: 'cdi', DeviceIDs: [`nvidia.com/gpu=${tools.gpu(0).uuid}`] }],
      Binds: [`${folder}:${folder}`],
      IpcMode: 'host',
    });
    for (const variable of [
      'CUDA_MPS_ACTIVE_THREAD_PERCENTAGE=50',
      'CUDA_MPS_PINNED_DEVICE_MEM_LIMIT=0=8192M',
      `CUDA_MPS_PIPE_DIRECTORY=${folder}`,
    ])
      assert.ok(made?.env.includes(variable), `${variable} in ${made?.env}`);
  });

  it('lowers the clock to where the target is just met, and says so', async () => {
    await until(
      async () => lockedMhz() !== null && isInBand(),
      () => `a clock in band; it is ${lockedMhz()} MHz; ${agent.err}`,
      45_000,
    );
    assert.equal(lockedMhz(1), null);
    const { out } = await cli('node', 'status', ID);
    assert.match(out, /GPU +NAME .*SET CLOCK/);
    assert.match(
      out,
      new RegExp(`Fake A100 +known +60% .*≤${lockedMhz()} .* live +live +at start`),
    );
    const told = await cli('ps');
    assert.match(told.out, /its GPU clock holds its target/);
  });

  it('raises it again when the target is another', async () => {
    const before = lockedMhz() ?? 0;
    targetMs = OTHER_TARGET_MS;
    const { code, err } = await cli(
      'job',
      'run',
      await jobFile('caption', '{ share: 50%, memory: 8GiB }'),
    );
    assert.equal(code, 0, err);
    await until(
      isInBand,
      () => `a clock in the other band; it is ${lockedMhz()} MHz; ${agent.err}`,
      45_000,
    );
    assert.ok((lockedMhz() ?? 1410) > before);
    assert.equal(engine.created.length, 1);
  });

  it('says what is left where a job asks for more than there is', async () => {
    const more = await cli('job', 'plan', await jobFile('second', '{ count: 2 }'));
    assert.equal(more.code, 3);
    assert.match(more.out, /GPU 0: in use, GPU 1: free; 2 whole GPUs requested/);
    const fitting = await cli('job', 'plan', await jobFile('third', '{ count: 1 }'));
    // Of the same image and command as the job that has answered, with a whole GPU instead of half
    // of one.
    assert.equal(fitting.code, 0, fitting.out);
    assert.match(fitting.out, /expected for 75ms at \d+ MHz/);
  });

  it('keeps its rhythm while nvidia-smi hangs: GPUs are unknown, one line says so', async () => {
    tools.change(({ faults }) => {
      faults.hang = 'hard';
    });
    await until(
      async () => (await node()).gpus?.every(({ isKnown }) => !isKnown) === true,
      'unknown GPUs',
      30_000,
    );
    const before = settings();
    await until(
      async () => (await node()).warnings.some((line) => line.includes('neither answers nor ends')),
      'the line',
      30_000,
    );
    const { liveness, gpus = [], warnings } = await node();
    assert.equal(liveness, 'ready');
    assert.deepEqual(
      gpus.map(({ clockMhz }) => clockMhz),
      [null, null],
    );
    assert.equal(warnings.filter((line) => line.startsWith('GPU not known')).length, 1);
    assert.equal(settings(), before);
    tools.change(({ faults }) => {
      delete faults.hang;
    });
    await until(
      async () => (await node()).gpus?.every(({ isKnown }) => isKnown) === true,
      'known GPUs',
      30_000,
    );
  });

  it('leaves the clock to the next agent when it is killed; restore puts it back', async () => {
    const locked = lockedMhz();
    assert.notEqual(locked, null);
    await agent.end('SIGKILL');
    assert.equal(lockedMhz(), locked);
    const restored = await dqoes([
      'agent',
      'restore',
      '--config',
      join(tools.folder, 'agent.yaml'),
    ]);
    assert.equal(restored.code, 0, restored.err);
    assert.match(restored.out, new RegExp(`${tools.gpu().uuid} restored`));
    assert.equal(lockedMhz(), null);
  });

  it('sets it again when it is started again, and gives it back when it is stopped', async () => {
    agent = startAgent();
    await until(
      () => lockedMhz() !== null,
      () => `a clock; ${agent.err}`,
      45_000,
    );
    const { code, err } = await agent.end('SIGTERM');
    assert.equal(code, 0, err);
    assert.equal(lockedMhz(), null);
  });
});
