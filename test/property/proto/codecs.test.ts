import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeAck, encodeAck } from '../../../proto/ack.js';
import { decodeCommand, encodeCommand } from '../../../proto/command.js';
import { decodeJob, encodeJob } from '../../../proto/job.js';
import { decodeReport, encodeReport } from '../../../proto/telemetry.js';
import { ERROR_CODES } from '../../../shared/errors.js';
import type { Fault, Result } from '../../../shared/result.js';
import { anyAck, anyDesiredState, anyJobSpec, anyNodeReport } from '../../lib/arbitraries.js';

interface Codec<T> {
  readonly encode: (value: T) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Result<T, Fault>;
  readonly any: fc.Arbitrary<T>;
}

/** Round trip, and no bytes at all make a decoder throw. */
function describeCodec<T>(name: string, { encode, decode, any }: Codec<T>): void {
  describe(`codec: ${name}`, () => {
    it('reads back what it wrote', () => {
      fc.assert(
        fc.property(any, (value) => {
          assert.deepEqual(decode(encode(value)), { ok: true, value });
        }),
        { numRuns: 200 },
      );
    });

    it('answers any bytes with a value or a coded fault', () => {
      const noise = fc.uint8Array({ maxLength: 300 });
      fc.assert(
        fc.property(noise, (bytes) => assertAnswer(decode(bytes))),
        { numRuns: 1000 },
      );
    });

    it('answers truncated and mutated messages with a value or a coded fault', () => {
      const mutation = fc.record({ at: fc.nat(), to: fc.nat(255), cut: fc.double({ min: 0, max: 1, noNaN: true }) });
      fc.assert(
        fc.property(any, fc.array(mutation, { minLength: 1, maxLength: 4 }), (value, mutations) => {
          const bytes = Uint8Array.from(encode(value));
          for (const { at, to } of mutations) bytes[at % bytes.length] = to;
          assertAnswer(decode(bytes));
          assertAnswer(decode(bytes.subarray(0, Math.floor(bytes.length * (mutations[0]?.cut ?? 0)))));
        }),
        { numRuns: 500 },
      );
    });
  });
}

function assertAnswer(result: Result<unknown, Fault>): void {
  if (result.ok) return;
  assert.ok(Object.hasOwn(ERROR_CODES, result.error.code), result.error.code);
  assert.ok(result.error.message.length > 0 && result.error.message.length < 500);
}

describeCodec('report', { encode: encodeReport, decode: decodeReport, any: anyNodeReport });
describeCodec('job', { encode: encodeJob, decode: decodeJob, any: anyJobSpec });
describeCodec('desired state', { encode: encodeCommand, decode: decodeCommand, any: anyDesiredState });
describeCodec('ack', { encode: encodeAck, decode: decodeAck, any: anyAck });
