import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { GpuSurvey } from '../../../../agent/wiring/gpu.js';
import { gpuFindings } from '../../../../cli/doctor/gpu.js';
import { GPU_COLUMNS } from '../../../../cli/output/gpu.js';
import { tableLines } from '../../../../cli/output/table.js';
import { gpuReport } from '../../coordinator/schedule/gpu/build.js';

const look = (change: Partial<GpuSurvey> = {}): GpuSurvey => ({
  vendors: ['nvidia'],
  gpus: [gpuReport(0)],
  troubles: [],
  injectionMode: 'cdi',
  ...change,
});

describe('cli: GPUs', () => {
  it('shows what is known, what we set and what cannot be set', () => {
    const none = { reach: 'none', reason: 'no MPS server runs' } as const;
    const gpu = gpuReport(0, {
      clockMhz: 900,
      applied: { clockMhz: 915, powerWatts: null },
      energyJoules: 7200,
      savedJoules: 3600,
      ladder: { ...gpuReport(0).ladder, share: none },
    });
    const [, line = ''] = tableLines(GPU_COLUMNS, [gpu], { wide: false, colour: false });
    assert.match(
      line,
      /^0 +A100 +known +50% +0B\/40GiB +900MHz ≤915 +200W +2\.00Wh +1\.00Wh +live +live +no +share: no MPS server runs$/,
    );
  });

  it('shows nothing measured of a GPU that is not known', () => {
    const unknown = gpuReport(0, {
      isKnown: false,
      reason: 'nvidia-smi hangs',
      clockMhz: null,
      powerWatts: null,
      utilisationRatio: null,
      memoryUsedBytes: null,
    });
    const [, line = ''] = tableLines(GPU_COLUMNS, [unknown], { wide: false, colour: false });
    assert.match(line, /^0 +A100 +unknown +- +-\/40GiB +- +- +- +- .*not known: nvidia-smi hangs$/);
  });

  it('doctor: misses nothing where there is no GPU', () => {
    assert.deepEqual(
      gpuFindings(look({ vendors: [], gpus: [] })).map(({ state }) => state),
      ['works'],
    );
  });

  it('doctor: one line for each rung, the cure where it is shut', () => {
    const none = { reach: 'none', reason: 'run the agent as root' } as const;
    const findings = gpuFindings(
      look({ gpus: [gpuReport(0, { ladder: { ...gpuReport(0).ladder, clock: none } })] }),
    );
    assert.deepEqual(
      findings.map(({ what, state }) => [what, state]),
      [
        ['GPU 0', 'works'],
        ['GPU 0 clock', 'limited'],
        ['GPU 0 power limit', 'works'],
        ['GPU 0 shares', 'works'],
        ['GPU 0 MPS', 'works'],
        ['GPUs for containers', 'works'],
      ],
    );
    assert.equal(findings[1]?.cure, 'run the agent as root');
    assert.equal(findings[3]?.detail, 'at start');
  });

  it('doctor: says what is missing, and how containers get GPUs', () => {
    const broken = gpuFindings(
      look({
        gpus: [gpuReport(0, { isKnown: false, reason: 'it is lost' })],
        troubles: ['GPU not known: it is lost'],
        injectionMode: 'hook',
      }),
    );
    assert.deepEqual(
      broken.filter(({ state }) => state === 'missing').map(({ what }) => what),
      ['GPUs', 'GPU 0'],
    );
    assert.match(broken.at(-1)?.cure ?? '', /enable CDI/);
    assert.match(
      gpuFindings(look({ injectionMode: 'none' })).at(-1)?.detail ?? '',
      /cannot pass GPUs on/,
    );
    assert.match(
      gpuFindings(look({ injectionMode: null })).at(-1)?.detail ?? '',
      /does not answer/,
    );
  });
});
