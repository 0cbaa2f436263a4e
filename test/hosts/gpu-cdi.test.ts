import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { connectDocker, type DockerEngine } from '../../agent/drivers/docker-engine.js';
import type { GpuAssignment } from '../../shared/gpu.js';
import { UNTIL_WE_END } from '../lib/hosts/program.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { aSpec } from '../unit/agent/enforce/build.js';

const GPU = 'GPU-00000000-aaaa-bbbb-cccc-000000000000';

/**
 * A real Docker Engine with CDI switched on and a specification in which a harmless device stands
 * for a GPU.
 */
describe('hosts: a GPU by CDI', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-cdi-'));
  const socketPath = join(folder, 'docker.sock');
  let daemon: ChildProcess;
  let engine: DockerEngine;

  before(async () => {
    const cdi = join(folder, 'cdi');
    mkdirSync(cdi);
    const edits =
      '{ env: [FAKE_GPU=zero], deviceNodes: [{ path: /dev/fake-gpu0, hostPath: /dev/null }] }';
    const devices = `devices: [{ name: ${GPU}, containerEdits: ${edits} }]`;
    writeFileSync(
      join(cdi, 'nvidia.yaml'),
      `cdiVersion: 0.5.0\nkind: nvidia.com/gpu\n${devices}\n`,
    );
    writeFileSync(
      join(folder, 'daemon.json'),
      JSON.stringify({ features: { cdi: true }, 'cdi-spec-dirs': [cdi] }),
    );
    const own = ['data-root', 'exec-root', 'pidfile'].map(
      (name) => `--${name}=${join(folder, name)}`,
    );
    const args = [
      ...own,
      `--config-file=${join(folder, 'daemon.json')}`,
      `--host=unix://${socketPath}`,
    ];
    const log = openSync(join(folder, 'log'), 'a');
    // In a network namespace of its own: an engine without a bridge removes that of the machine's
    // engine.
    const within = [...UNTIL_WE_END, 'unshare', '--net', 'dockerd'];
    const [first = '', ...others] = [...within, ...args, '--bridge=none', '--iptables=false'];
    daemon = spawn(first, others, { stdio: ['ignore', log, log] });
    const archive = join(folder, 'tiny.tar');
    execFileSync('docker', ['save', '-o', archive, 'dqoes/tiny:1']);
    await until(() => answers('info'), 'the engine to answer', 60_000);
    execFileSync('docker', ['-H', `unix://${socketPath}`, 'load', '-q', '-i', archive]);
    const connected = await connectDocker({
      socketPath,
      clock: systemClock,
      labelPrefix: 'dqoes.',
      weightRule: 'proportional',
      defaultMemoryBytes: 2 ** 28,
      pidsLimit: 64,
      mpsPipeDirectory: folder,
    });
    assert.ok(connected.ok, JSON.stringify(connected));
    engine = connected.value;
  });
  after(async () => {
    engine?.close();
    if (daemon.exitCode === null) {
      daemon.kill('SIGTERM');
      await once(daemon, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const answers = (...args: readonly string[]): boolean => {
    try {
      execFileSync('docker', ['-H', `unix://${socketPath}`, ...args], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  const run = (name: string, gpu: GpuAssignment) =>
    engine.run({
      name: `dqoes-${name}`,
      spec: aSpec(name, { command: ['sh', '-c', 'env; ls /dev/fake-gpu0; sleep 60'] }),
      labels: { 'dqoes.allocation': name },
      limit: { cpuCores: 0.2, periodUs: 100_000 },
      gpu,
    });

  it('starts a container with its share of the GPU, limits CPU, knows the injection', async () => {
    assert.equal(engine.gpuInjectionMode, 'cdi');
    const started = await run('a-1', { ids: [GPU], shareRatio: 0.25, memoryBytes: 2 ** 30 });
    assert.ok(started.ok, JSON.stringify(started));
    let lines: readonly string[] = [];
    await until(
      async () => {
        const tail = await engine.tailLogs(started.value, 50);
        lines = tail.ok ? tail.value : [];
        return lines.includes('/dev/fake-gpu0');
      },
      () => `the container to tell: ${lines}`,
    );
    for (const line of [
      'FAKE_GPU=zero',
      'CUDA_MPS_ACTIVE_THREAD_PERCENTAGE=25',
      'CUDA_MPS_PINNED_DEVICE_MEM_LIMIT=0=1024M',
    ])
      assert.ok(lines.includes(line), `${line} in ${lines}`);
    const listed = await engine.list();
    assert.equal(listed.ok && listed.value[0]?.gpuInjection, 'cdi');
    const settings = { nanoCpus: 0, quotaUs: 10_000, periodUs: 100_000, shares: 0 };
    assert.deepEqual(await engine.updateCpu(started.value, settings), { ok: true, value: [] });
    assert.ok(answers('exec', 'dqoes-a-1', 'sh', '-c', 'echo > /dev/fake-gpu0'));
    await engine.stop(started.value, 1000);
  });

  it('says in one line that a GPU is not there', async () => {
    const started = await run('b-1', { ids: ['GPU-1'], shareRatio: 1 });
    assert.match(
      started.ok ? '' : started.error.message,
      /unresolvable CDI devices nvidia.com\/gpu=GPU-1/,
    );
  });
});
