import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  confirmedClock,
  GPU_FIELDS,
  parseClocks,
  parseGpuLine,
  parseProcessLine,
  unknownField,
} from '../../../../../agent/drivers/gpu/nvidia-csv.js';
import { failureOf, isRefusal, known, knownNumber } from '../../../../../agent/drivers/gpu/text.js';
import type { GpuFailureKind } from '../../../../../agent/ports/gpu.js';

const MIB = 1024 ** 2;
const UUID = 'GPU-5a1c2d3e-0000-1111-2222-333344445555';
/** Values of a line in the order of the fields. */
const VALUES: Readonly<Record<string, string>> = {
  index: '0',
  uuid: UUID,
  'memory.total': '81559',
  'memory.used': '4',
  'utilization.gpu': '37',
  'clocks.sm': '1410',
  'clocks.max.sm': '1980',
  'power.draw': '123.45',
  'enforced.power.limit': '700.00',
  'power.default_limit': '700.00',
  'power.min_limit': '200.00',
  'power.max_limit': '700.00',
  'temperature.gpu': '41',
  'mig.mode.current': 'Disabled',
  'clocks_event_reasons.active': '0x0000000000000001',
  name: 'NVIDIA H100 80GB HBM3',
};
const lineOf = (changes: Readonly<Record<string, string>> = {}): string =>
  GPU_FIELDS.map((field) => changes[field] ?? VALUES[field]).join(', ');

describe('agent gpu: texts of nvidia-smi', () => {
  it('reads a whole line, MiB as bytes and per cent as a ratio', () => {
    assert.deepEqual(parseGpuLine(lineOf()), {
      id: UUID,
      index: 0,
      name: 'NVIDIA H100 80GB HBM3',
      memoryTotalBytes: 81_559 * MIB,
      memoryUsedBytes: 4 * MIB,
      utilisationRatio: 0.37,
      clockMhz: 1410,
      maxClockMhz: 1980,
      powerWatts: 123.45,
      powerLimitWatts: 700,
      defaultPowerWatts: 700,
      powerRange: { min: 200, max: 700 },
      temperatureCelsius: 41,
      isMig: false,
      isThrottled: false,
    });
  });

  for (const text of [
    '[N/A]',
    'N/A',
    '[Not Supported]',
    '[Unknown Error]',
    '[Insufficient Permissions]',
    '[GPU requires reset]',
    'ERR!',
    '',
    'about 7',
  ])
    it(`takes ${JSON.stringify(text)} for not known, never for 0`, () => {
      const fields = GPU_FIELDS.filter((field) => !['index', 'uuid', 'name'].includes(field));
      const sample = parseGpuLine(lineOf(Object.fromEntries(fields.map((field) => [field, text]))));
      assert.ok(sample !== null);
      const { id, index, name, ...measured } = sample;
      assert.deepEqual([...new Set(Object.values(measured))], [null]);
      assert.deepEqual([id, index, name], [UUID, 0, 'NVIDIA H100 80GB HBM3']);
    });

  it('refuses lines of another kind', () => {
    for (const line of [
      '',
      'No devices were found',
      lineOf({ uuid: '[N/A]' }),
      lineOf({ index: '[N/A]' }),
      'a, b, c',
    ])
      assert.equal(parseGpuLine(line), null, line);
  });

  it('keeps a name with commas', () => {
    assert.equal(parseGpuLine(lineOf({ name: 'Card, Deluxe, 8 GB' }))?.name, 'Card, Deluxe, 8 GB');
  });

  it('tells whether power or heat holds the clock down', () => {
    const heldDown = (bits: string) =>
      parseGpuLine(lineOf({ 'clocks_event_reasons.active': bits }))?.isThrottled;
    // Idle, clocks set by the application; software power cap; hardware thermal slowdown.
    assert.deepEqual(
      ['0x0000000000000003', '0x0000000000000004', '0x0000000000000040'].map(heldDown),
      [false, true, true],
    );
  });

  it('reads a process whose name holds commas, and one whose memory is not told', () => {
    assert.deepEqual(parseProcessLine(`${UUID}, 4711, python -c "a, b", 512`), {
      gpu: UUID,
      pid: 4711,
      name: 'python -c "a, b"',
      memoryBytes: 512 * MIB,
    });
    assert.equal(parseProcessLine(`${UUID}, 4711, python, [N/A]`)?.memoryBytes, null);
    for (const line of ['', `${UUID}, 0, x, 1`, `${UUID}, -1, x, 1`, 'x, 1, y, 1'])
      assert.equal(parseProcessLine(line), null);
  });

  it('reads the clocks that may be set, ascending and once each', () => {
    assert.deepEqual(parseClocks('1980\n1965\n345\n1980\n'), [345, 1965, 1980]);
    assert.deepEqual(parseClocks('[N/A]\n'), []);
  });

  it('reads what was confirmed, and fields that are not known', () => {
    assert.equal(
      confirmedClock(
        'GPU clocks set to "(gpuClkMin 0, gpuClkMax 1350)" for GPU 00000000:01:00.0\nAll done.',
      ),
      1350,
    );
    assert.equal(confirmedClock('All done.'), null);
    assert.equal(
      unknownField('Field "clocks_event_reasons.active" is not a valid field to query.\n'),
      'clocks_event_reasons.active',
    );
    assert.equal(unknownField('All done.'), null);
  });

  const texts: readonly (readonly [string, number | null, GpuFailureKind])[] = [
    [
      'The current user does not have permission to change clocks for GPU ' +
        '00000000:01:00.0.\nTerminating early due to previous errors.',
      4,
      'permission',
    ],
    ['', 4, 'permission'],
    ['sudo: a password is required', 1, 'permission'],
    [
      'Provided power limit 900.00 W is not a valid power limit which should be between ' +
        '200.00 W and 700.00 W for GPU 00000000:01:00.0',
      2,
      'range',
    ],
    [
      'Setting locked GPU clocks is not supported for GPU 00000000:01:00.0.\nTreating as ' +
        'warning and moving on.\nAll done.',
      0,
      'unsupported',
    ],
    [
      'Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost.  Reboot ' +
        'the system to recover this GPU',
      15,
      'lost',
    ],
    ['', 15, 'lost'],
    ["NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.", 9, 'driver'],
    ['Failed to initialize NVML: Driver/library version mismatch', 18, 'driver'],
    ['No devices were found', 6, 'absent'],
    ['spawn nvidia-smi ENOENT', 127, 'absent'],
    ['something new', 255, 'unknown'],
    ['', null, 'unknown'],
  ];
  for (const [text, code, kind] of texts)
    it(`reads ${JSON.stringify(text.slice(0, 40))} with code ${code} as ${kind}`, () => {
      const failure = failureOf('nvidia-smi', text, code);
      assert.equal(failure.kind, kind);
      assert.ok(
        !failure.message.includes('\n') && failure.message.startsWith('nvidia-smi: '),
        failure.message,
      );
    });

  it('sees refusals that come with exit 0', () => {
    assert.equal(
      isRefusal(
        'Setting locked GPU clocks is not supported for GPU x.\nTreating as warning and moving on.',
      ),
      true,
    );
    assert.equal(
      isRefusal('GPU clocks set to "(gpuClkMin 0, gpuClkMax 1350)" for GPU x\nAll done.'),
      false,
    );
  });

  it('knows numbers from words', () => {
    assert.deepEqual(['12', ' 12.50 ', '-1', '1e3', 'NaN', '[N/A]'].map(knownNumber), [
      12,
      12.5,
      null,
      null,
      null,
      null,
    ]);
    assert.equal(known(' Enabled '), 'Enabled');
  });
});
