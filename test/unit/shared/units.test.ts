import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Result } from '../../../shared/result.js';
import {
  formatBytes,
  formatDurationMs,
  parseBytes,
  parseCpuCores,
  parseDurationMs,
  parseRatio,
} from '../../../shared/units.js';

const valueOrError = (result: Result<number, string>): number | 'refused' => {
  if (result.ok) return result.value;
  assert.match(result.error, /: (use|write) /, 'the error says the cure');
  return 'refused';
};
const table = (
  parse: (text: string) => Result<number, string>,
  cases: Record<string, number | 'refused'>,
): void => {
  for (const [text, expected] of Object.entries(cases)) {
    it(`${JSON.stringify(text)} is ${expected}`, () =>
      assert.equal(valueOrError(parse(text)), expected));
  }
};

describe('durations', () => {
  table(parseDurationMs, {
    '250ms': 250,
    '2s': 2000,
    '1.5s': 1500,
    '1m30s': 90_000,
    '400us': 0.4,
    '400µs': 0.4,
    '24h': 86_400_000,
    '24h1us': 'refused',
    '0s': 'refused',
    '': 'refused',
    '5': 'refused',
    '5 s': 'refused',
    '-1s': 'refused',
    '1e3ms': 'refused',
    '.5s': 'refused',
    NaN: 'refused',
    Infinity: 'refused',
    '1d': 'refused',
  });
  const shown: [number, string][] = [
    [0.4, '400us'],
    [1, '1ms'],
    [12.345, '12.3ms'],
    [0.9996, '1ms'],
    [999.9, '1s'],
    [59_949, '59.9s'],
    [59_960, '1m'],
    [1500, '1.5s'],
    [60_000, '1m'],
    [90_000, '1m30s'],
    [3_599_000, '59m59s'],
    [3_600_000, '1h'],
    [5_461_000, '1h31m1s'],
    [86_400_000, '24h'],
    [Number.NaN, '-'],
    [Number.POSITIVE_INFINITY, '-'],
  ];
  for (const [ms, text] of shown)
    it(`${ms} ms is shown as ${text}`, () => assert.equal(formatDurationMs(ms), text));
  it('never shows sixty seconds', () => assert.equal(formatDurationMs(119_700), '2m'));
});

describe('bytes', () => {
  table(parseBytes, {
    toString1: 'refused',
    '512MiB': 536_870_912,
    '64m': 67_108_864,
    '1gb': 1_073_741_824,
    '1.5k': 1536,
    '7': 7,
    '1 GiB': 1_073_741_824,
    '0': 'refused',
    '-1m': 'refused',
    '1t': 'refused',
    '1048577g': 'refused',
    '1constructor': 'refused',
    '1toString': 'refused',
    '': 'refused',
  });
  const shown: [number, string][] = [
    [512, '512B'],
    [2048, '2KiB'],
    [1_572_864, '1.5MiB'],
    [3 * 1024 ** 3, '3GiB'],
    [Number.NaN, '-'],
  ];
  for (const [bytes, text] of shown)
    it(`${bytes} is shown as ${text}`, () => assert.equal(formatBytes(bytes), text));
});

describe('ratios', () => {
  table(parseRatio, {
    '10%': 0.1,
    '0.1': 0.1,
    '99.5%': 0.995,
    '100%': 'refused',
    '0': 'refused',
    '1': 'refused',
    '-5%': 'refused',
    x: 'refused',
  });
});

describe('CPU cores', () => {
  table(parseCpuCores, {
    '0.5': 0.5,
    '2': 2,
    '4096': 4096,
    '4097': 'refused',
    '0': 'refused',
    '-1': 'refused',
    '1e2': 'refused',
    '': 'refused',
  });
});
