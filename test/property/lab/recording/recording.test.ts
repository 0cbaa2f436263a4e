import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type ReadRecording,
  RecordingReader,
  readRecording,
} from '../../../../lab/recording/read.js';
import { scenarioText } from '../../../../lab/replay/scenario-text.js';
import { readScenario } from '../../../../lab/scenario/read.js';
import type { Scenario } from '../../../../lab/types.js';
import type { Result } from '../../../../shared/result.js';
import { bytes } from '../../../lib/utf8.js';
import { policyNamed, recordSimulation } from '../../../unit/lab/replay/record-sim.js';
import { model, open, scenario, simJob } from '../../../unit/lab/sim/build.js';

const jobs = [
  simJob('a', { model: model({ noiseRatio: 0.1 }) }),
  simJob('b', { model: model({ arrivals: open(4) }) }),
];
const TEXT = recordSimulation(scenario(jobs, { durationMs: 20_000 }), policyNamed('dqoes')).text;

/** The pieces end at these bytes. */
function inPieces(file: Uint8Array, ends: readonly number[]): Result<ReadRecording> {
  const reader = new RecordingReader();
  for (const [i, end] of ends.entries()) reader.push(file.subarray(ends[i - 1] ?? 0, end));
  return reader.end();
}

describe('recordings', () => {
  it('cut anywhere are read as far as they go, or refused with a fault, never more', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), (at) => {
        const whole = TEXT.slice(0, at).split('\n').length - 1;
        const read = readRecording(TEXT.slice(0, at));
        assert.equal(read.ok, whole >= 1 || TEXT[at] === '\n');
        if (!read.ok) return assert.ok(read.error.length > 0);
        const { reports, desired } = read.value.recording;
        const lines = 1 + reports.length + desired.length;
        assert.ok(
          lines === whole || (lines === whole + 1 && TEXT[at] === '\n'),
          `${lines} of ${whole}`,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('come to the same however they are cut into pieces', () => {
    const written = TEXT.replace('"image":"', '"image":"ü\u{1f600}');
    const whole = bytes(written);
    const bad = Uint8Array.from(whole, (byte, at) => (at % 999 === 998 ? 0xfc : byte));
    for (const file of [whole, bad]) {
      const expected = inPieces(file, [file.length]);
      assert.equal(expected.ok, file === whole);
      fc.assert(
        fc.property(fc.array(fc.nat(file.length), { maxLength: 20 }), (cuts) => {
          const ends = [...cuts.sort((a, b) => a - b), file.length];
          assert.deepEqual(inPieces(file, ends), expected);
        }),
        { numRuns: 50 },
      );
    }
  });

  it('with anything in them never throw, and every fault has a line', () => {
    const noise = fc.tuple(fc.nat(TEXT.length), fc.nat(40), fc.oneof(fc.string(), fc.json()));
    fc.assert(
      fc.property(noise, ([at, length, text]) => {
        const read = readRecording(TEXT.slice(0, at) + text + TEXT.slice(at + length));
        if (!read.ok) for (const { line } of read.error) assert.ok((line ?? 0) >= 1);
      }),
      { numRuns: 300 },
    );
  });
});

describe('fitted scenarios', () => {
  const thousandths = (least: number, most: number) =>
    fc
      .integer({ min: Math.round(least * 1000), max: Math.round(most * 1000) })
      .map((n) => n / 1000);
  const job = fc
    .record({
      atMs: fc.nat(50_000),
      lastsMs: fc.option(fc.integer({ min: 1, max: 50_000 }), { nil: null }),
      targetMs: thousandths(1, 100_000),
      workMs: thousandths(10, 60_000),
      overheadMs: thousandths(0, 60_000),
      parallelism: thousandths(1, 64),
      noiseRatio: thousandths(0, 2),
      rate: fc.option(
        fc.integer({ min: 10, max: 1_000_000 }).map((n) => n / 10_000),
        { nil: null },
      ),
    })
    .map(({ atMs, lastsMs, targetMs, workMs, overheadMs, parallelism, noiseRatio, rate }) => ({
      ...simJob('x'),
      atMs,
      untilMs: lastsMs === null ? null : atMs + lastsMs,
      targetMs,
      model: {
        workSeconds: workMs / 1000,
        overheadSeconds: overheadMs / 1000,
        parallelism,
        noiseRatio,
        arrivals: rate === null ? ({ kind: 'closed' } as const) : open(rate),
      },
    }));

  it('are written as files that read back equal', () => {
    fc.assert(
      fc.property(fc.array(job, { minLength: 1, maxLength: 6 }), (made) => {
        const wanted: Scenario = scenario(
          made.map((each, i) => ({ ...each, id: `j${i}` })),
          {
            disturbances: [
              { kind: 'target', atMs: 1234, job: 'j0', targetMs: 0.001 * 1_234_567 },
              { kind: 'workFactor', atMs: 7, forMs: 13, job: 'j0', factor: 1.0123 },
              { kind: 'stolenCpu', atMs: 0, forMs: null, node: 'h1', cores: 0.123 },
              { kind: 'silence', atMs: 1, forMs: 2001, node: 'h1', job: null },
            ],
          },
        );
        const read = readScenario(scenarioText(wanted), 'x');
        assert.ok(read.ok, JSON.stringify(read));
        assert.deepEqual(read.value.scenario, wanted);
      }),
      { numRuns: 200 },
    );
  });
});
