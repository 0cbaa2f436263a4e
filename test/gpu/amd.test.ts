import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { AmdSmi } from '../../agent/drivers/gpu/amd-smi.js';
import type { GpuFailure, GpuSample } from '../../agent/ports/gpu.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { ReadOnlyTool, saveFixtures } from './read-only.js';

const FIXTURES = fileURLToPath(new URL('../../../test/fixtures/gpu/', import.meta.url));

/** A real amd-smi is asked everything the agent asks; nothing is set. */
describe('a real AMD GPU', function () {
  this.timeout(60_000);
  let real: ReadOnlyTool;
  let tool: AmdSmi;
  const stopping = new AbortController();

  before(function () {
    let path = '';
    try {
      path = execFileSync('/bin/sh', ['-c', 'command -v amd-smi'], { encoding: 'utf8' }).trim();
    } catch {
      this.skip();
      return;
    }
    real = new ReadOnlyTool('amd-smi', path, 'list|static|metric|process');
    tool = new AmdSmi({
      clock: systemClock,
      environment: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
      file: real.file,
    });
  });
  after(() => {
    stopping.abort();
    if (real === undefined) return;
    saveFixtures(`${FIXTURES}amd`, real.answers);
    real.close();
  });

  it('samples its GPUs', async () => {
    const samples: GpuSample[] = [];
    const troubles: GpuFailure[] = [];
    const watch = {
      onSample: (sample: GpuSample) => samples.push(sample),
      onTrouble: (failure: GpuFailure) => troubles.push(failure),
    };
    tool.watch(watch, 1000, stopping.signal);
    await until(
      () => samples.length > 0,
      () => JSON.stringify(troubles),
      30_000,
    );
    const nulls = Object.entries(samples[0] ?? {}).flatMap(([key, value]) =>
      value === null ? [key] : [],
    );
    console.log(`      not told: ${nulls.join(', ') || 'nothing'}`);
    assert.ok(samples.every(({ memoryTotalBytes }) => memoryTotalBytes !== null));
  });

  it('tells processes in a form that is understood', async () => {
    const processes = await tool.processes();
    assert.ok(processes.ok, JSON.stringify(processes));
    assert.equal(real.refused, '');
  });
});
