import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { describe, it } from 'mocha';
import { ProcessForeignLoader } from '../../cli/bench/foreign.js';
import { processIdentity } from '../../cli/up/state-lock.js';
import type { ForeignBurst } from '../../lab/foreign/bursts.js';
import { until } from '../lib/until.js';

const burst = (untilMs: number, kind: ForeignBurst['kind'] = 'compute'): ForeignBurst => ({
  atMs: 0,
  untilMs,
  loadRatio: 0.25,
  kind,
});
const plan = (...bursts: readonly ForeignBurst[]) => ({
  cores: availableParallelism(),
  startedAtWallMs: Date.now(),
  bursts,
});
const isGone = (pid: number): boolean => processIdentity(pid) === undefined;

describe('lab bench: load of other programs', function () {
  this.timeout(60_000);

  for (const kind of ['compute', 'memory'] as const)
    it(`uses CPU and tells how much (${kind}), and ends when told to`, async () => {
      const loader = new ProcessForeignLoader(process.execPath);
      assert.equal(loader.usedMs(), 0);
      loader.start(plan(burst(60_000, kind)));
      const { pid } = loader;
      assert.ok(pid !== undefined);
      try {
        await until(() => loader.usedMs() > 100, 'some CPU to be used', 30_000);
      } finally {
        await loader.stop();
      }
      assert.ok(isGone(pid), 'it is left');
      await loader.stop();
    });

  it('ends by itself after the last burst, whatever its parent does', async () => {
    const loader = new ProcessForeignLoader(process.execPath);
    loader.start(plan(burst(200)));
    const { pid } = loader;
    assert.ok(pid !== undefined);
    await until(() => isGone(pid), 'it to end', 30_000);
  });

  it('ends with its parent, also when that is killed', async () => {
    const program = new URL('../../cli/bench/foreign.js', import.meta.url).href;
    const work = JSON.stringify(plan(burst(3_600_000)));
    const text =
      `import { ProcessForeignLoader } from ${JSON.stringify(program)};` +
      `const loader = new ProcessForeignLoader(process.execPath); loader.start(${work});` +
      'setInterval(() => { if (loader.usedMs() > 50) console.log(loader.pid); }, 50);';
    const parent: ChildProcess = spawn(process.execPath, ['--input-type=module', '--eval', text], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    parent.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    try {
      await until(() => said.includes('\n'), 'the load to run', 30_000);
    } finally {
      parent.kill('SIGKILL');
    }
    const pid = Number(said.split('\n')[0]);
    await until(() => isGone(pid), 'it to end with its parent', 10_000);
  });
});
