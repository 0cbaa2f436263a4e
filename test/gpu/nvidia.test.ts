import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { GPU_FIELDS, OLDER_NAMES, PROCESS_FIELDS } from '../../agent/drivers/gpu/nvidia-csv.js';
import { NvidiaSmi } from '../../agent/drivers/gpu/nvidia-smi.js';
import { ladderOf } from '../../agent/observe/gpu/ladder.js';
import type { GpuFailure, GpuSample } from '../../agent/ports/gpu.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { ReadOnlyTool, saveFixtures } from './read-only.js';

const FIXTURES = fileURLToPath(new URL('../../../test/fixtures/gpu/', import.meta.url));

function found(name: string): string {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** A real nvidia-smi is asked everything the agent asks; nothing is set. */
describe('a real NVIDIA GPU', function () {
  this.timeout(60_000);
  let real: ReadOnlyTool;
  let tool: NvidiaSmi;
  let driver = '';
  const stopping = new AbortController();
  const samples: GpuSample[] = [];
  const troubles: GpuFailure[] = [];

  before(function () {
    const path = found('nvidia-smi');
    if (path === '') {
      this.skip();
      return;
    }
    real = new ReadOnlyTool('nvidia-smi', path, '--query-*|-L|--help-query-*');
    const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
    tool = new NvidiaSmi({
      clock: systemClock,
      environment,
      file: real.file,
      setter: 'none',
      hasMps: () => false,
    });
    driver = execFileSync(path, ['--query-gpu=driver_version', '--format=csv,noheader'], {
      encoding: 'utf8',
    });
    driver = driver.split('\n')[0]?.trim() ?? 'unknown';
  });
  after(() => {
    stopping.abort();
    if (real === undefined) return;
    saveFixtures(`${FIXTURES}nvidia-${driver}`, real.answers);
    real.close();
  });

  it('knows every field that is asked for, by its name or its older one', () => {
    const help = execFileSync(real.file, ['--help-query-gpu'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 24,
    });
    const missing = GPU_FIELDS.filter(
      (field) =>
        ![field, OLDER_NAMES[field]].some(
          (name) => name !== undefined && help.includes(`"${name}"`),
        ),
    );
    assert.deepEqual(missing, []);
    const apps = execFileSync(real.file, ['--help-query-compute-apps'], { encoding: 'utf8' });
    assert.deepEqual(
      PROCESS_FIELDS.filter((field) => !apps.includes(`"${field}"`)),
      [],
    );
  });

  it('samples every GPU again and again by one long-running query through a pipe', async () => {
    const listed =
      execFileSync(real.file, ['-L'], { encoding: 'utf8' }).match(/GPU-[0-9a-f-]+/g) ?? [];
    assert.ok(listed.length > 0);
    const watch = {
      onSample: (sample: GpuSample) => samples.push(sample),
      onTrouble: (failure: GpuFailure) => troubles.push(failure),
    };
    tool.watch(watch, 500, stopping.signal);
    await until(
      () => samples.length >= 3 * listed.length,
      () => `samples; ${JSON.stringify(troubles)}`,
      30_000,
    );
    assert.deepEqual(new Set(samples.map(({ id }) => id)), new Set(listed));
    assert.deepEqual(troubles, []);
    // Once more for the fixtures, which a query that goes on for ever does not leave.
    const once = [`--query-gpu=${tool.fields.join(',')}`, '--format=csv,noheader,nounits'];
    assert.ok(execFileSync(real.file, once, { encoding: 'utf8' }).includes('GPU-'));
  });

  it('tells what no GPU can do without', () => {
    for (const sample of samples) {
      assert.notEqual(sample.name, '');
      assert.ok(sample.memoryTotalBytes !== null && sample.memoryTotalBytes > 0);
      assert.ok(
        sample.memoryUsedBytes !== null && sample.memoryUsedBytes <= sample.memoryTotalBytes,
      );
      if (sample.powerRange !== null) assert.ok(sample.powerRange.min <= sample.powerRange.max);
    }
    const nulls = Object.entries(samples[0] ?? {}).flatMap(([key, value]) =>
      value === null ? [key] : [],
    );
    console.log(`      not told by driver ${driver}: ${nulls.join(', ') || 'nothing'}`);
  });

  it('tells the clocks that may be set', async () => {
    for (const { id, maxClockMhz } of samples.slice(-1)) {
      const clocks = await tool.clocks(id);
      assert.ok(clocks.ok, JSON.stringify(clocks));
      console.log(
        `      ${clocks.value.length} clocks, ${clocks.value[0]} to ${clocks.value.at(-1)} ` +
          `MHz; clocks.max.sm ${maxClockMhz}`,
      );
      if (clocks.value.length > 0 && maxClockMhz !== null)
        assert.ok((clocks.value.at(-1) ?? 0) <= maxClockMhz + 100);
    }
  });

  it('tells processes in a form that is understood', async () => {
    const processes = await tool.processes();
    assert.ok(processes.ok, JSON.stringify(processes));
    const [asked] = real.answers.filter((each) => each.asked.includes('--query-compute-apps'));
    const lines = (asked?.told ?? '').split('\n').filter((line) => line.trim() !== '');
    assert.equal(processes.value.length, lines.length);
  });

  it('has a ladder with a reason on every rung that is shut', () => {
    const [sample] = samples;
    assert.ok(sample !== undefined);
    const ladder = ladderOf({
      vendor: 'nvidia',
      sample,
      settingUnavailable: tool.settingUnavailable,
      clocks: [],
      hasMps: false,
      refused: {},
      mayEnforce: true,
    });
    for (const { reach, reason } of Object.values(ladder))
      assert.ok(reach !== 'none' || reason !== '');
  });

  it('sets nothing without the right to', async () => {
    const done = await tool.set(samples[0]?.id ?? '', { knob: 'clock', value: 1000 });
    assert.equal(!done.ok && done.error.kind, 'permission');
    assert.equal(real.refused, '');
  });
});
