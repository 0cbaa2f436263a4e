import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  amdProcesses,
  identitiesOf,
  recordsOf,
  samplesOf,
} from '../../../../agent/drivers/gpu/amd-json.js';
import {
  GPU_FIELDS,
  parseClocks,
  parseGpuLine,
  parseProcessLine,
} from '../../../../agent/drivers/gpu/nvidia-csv.js';
import { failureOf } from '../../../../agent/drivers/gpu/text.js';
import { clampSetting } from '../../../../agent/enforce/gpu/bounds.js';
import {
  intendGpu,
  parseGpus,
  releaseKnob,
  serialiseGpus,
} from '../../../../agent/enforce/gpu/ledger.js';
import {
  assignGpus,
  gpuBudgetsOf,
  takeGpus,
} from '../../../../coordinator/schedule/gpu/gpu-budget.js';
import type { GpuRequest } from '../../../../shared/gpu.js';
import { GIB, gpu, gpuNode } from '../../../unit/coordinator/schedule/gpu/build.js';

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('[N/A]', '12', '0x4', 'Enabled', 'GPU-1', '-5', '1e9', 'ERR!'),
);
const line = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.array(cell, { maxLength: 25 }).map((cells) => cells.join(', ')),
);

const isSound = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'number' ? Number.isFinite(value) && value >= 0 : typeof value !== 'undefined');

describe('laws of GPU texts', () => {
  it('any line is a sound sample or none', () => {
    fc.assert(
      fc.property(line, (text) => {
        const sample = parseGpuLine(text, GPU_FIELDS);
        assert.ok(sample === null || Object.values(sample).every(isSound), JSON.stringify(sample));
        const process = parseProcessLine(text);
        assert.ok(process === null || (process.pid > 0 && isSound(process.memoryBytes)));
        assert.ok(parseClocks(text).every((clock) => clock > 0));
        assert.ok(!failureOf('tool', text, 1).message.includes('\n'));
      }),
    );
  });

  it('any JSON is sound samples or none', () => {
    const identities = new Map([[0, { id: 'amd-0', name: 'x' }]]);
    const keys = fc.constantFrom(
      'gpu',
      'usage',
      'gfx_activity',
      'value',
      'unit',
      'power',
      'mem_usage',
      'total_vram',
      'process_list',
      'process_info',
      'pid',
      'uuid',
      'gpu_data',
      '__proto__',
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(0, 1, -1, 'N/A', 'MB', null, true),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(keys, tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(
        fc.oneof(
          tree.map((value) => JSON.stringify(value) ?? ''),
          fc.string(),
        ),
        (text) => {
          for (const sample of samplesOf(text, identities))
            assert.ok(Object.values(sample).every(isSound), JSON.stringify(sample));
          for (const { pid } of amdProcesses(text, identities))
            assert.ok(Number.isInteger(pid) && pid > 0);
          identitiesOf(text, text);
          recordsOf(text);
        },
      ),
    );
  });
});

describe('laws of GPU settings', () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2000 }))
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
  const amount = fc.option(fc.integer({ min: 1, max: 3000 }), { nil: null });

  it('are always within what the GPU offers and the host allows', () => {
    const clocks = fc
      .uniqueArray(fc.integer({ min: 1, max: 2000 }), { maxLength: 20 })
      .map((list) => [...list].sort((a, b) => a - b));
    fc.assert(
      fc.property(
        fc.record({ clockMhz: amount, powerWatts: amount }),
        clocks,
        range,
        range,
        range,
        (asked, offered, powerRange, clockMhz, powerWatts) => {
          const set = clampSetting(
            asked,
            { clocks: offered, powerRange },
            { clockMhz, powerWatts },
          );
          if (set.clockMhz !== null)
            assert.ok(
              offered.includes(set.clockMhz) &&
                set.clockMhz >= clockMhz.min &&
                set.clockMhz <= clockMhz.max,
            );
          if (set.powerWatts !== null) {
            assert.ok(set.powerWatts >= Math.max(powerRange.min, powerWatts.min));
            assert.ok(set.powerWatts <= Math.min(powerRange.max, powerWatts.max));
          }
          // A setting that can be met is not set lower.
          if (asked.clockMhz !== null && set.clockMhz !== null && set.clockMhz < asked.clockMhz)
            assert.ok(
              !offered.some(
                (clock) =>
                  clock >= (asked.clockMhz ?? 0) && clock >= clockMhz.min && clock <= clockMhz.max,
              ),
            );
        },
      ),
    );
  });

  it('are remembered until every knob is as found, with the limit found first', () => {
    const touch = fc.record({
      id: fc.constantFrom('GPU-0', 'GPU-1'),
      knob: fc.constantFrom('clock' as const, 'power' as const),
      value: fc.integer({ min: 1, max: 999 }),
      originalPowerWatts: fc.option(fc.integer({ min: 1, max: 999 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(touch, { maxLength: 12 }), (touches) => {
        const ledger = touches.reduce(intendGpu, { entries: [] as never[] } as Parameters<
          typeof intendGpu
        >[0]);
        assert.deepEqual(parseGpus(serialiseGpus(ledger)), { ok: true, value: ledger });
        for (const { id, originalPowerWatts } of ledger.entries) {
          const first = touches.find((each) => each.id === id && each.originalPowerWatts !== null);
          assert.equal(originalPowerWatts, first?.originalPowerWatts ?? null);
        }
        const ids = ledger.entries.map(({ id }) => id);
        const left = ids
          .flatMap((id) => [[id, 'clock'] as const, [id, 'power'] as const])
          .reduce((held, [id, knob]) => releaseKnob(held, id, knob), ledger);
        assert.deepEqual(left.entries, []);
      }),
    );
  });
});

describe('laws of GPU placement', () => {
  it('never gives more of a GPU than there is', () => {
    const request: fc.Arbitrary<GpuRequest> = fc.oneof(
      fc.record({ count: fc.integer({ min: 1, max: 3 }) }),
      fc.record(
        {
          shareRatio: fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100),
          memoryBytes: fc.integer({ min: 1, max: 50 }).map((gib) => gib * GIB),
        },
        { requiredKeys: ['shareRatio'] },
      ),
    );
    fc.assert(
      fc.property(fc.array(request, { maxLength: 25 }), (requests) => {
        let rooms = gpuBudgetsOf(gpuNode('h1', [gpu(0), gpu(1), gpu(2)]));
        for (const asked of requests) {
          const given = assignGpus(asked, rooms);
          if (given === null) continue;
          assert.equal(new Set(given.ids).size, asked.count ?? 1);
          rooms = takeGpus(rooms, given);
          for (const { freeRatio, freeBytes } of rooms)
            assert.ok(freeRatio >= -1e-9 && (freeBytes ?? 0) >= 0);
        }
      }),
    );
  });
});
