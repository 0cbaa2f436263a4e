import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ERROR_CODES } from '../../shared/errors.js';
import type { Fault, Result } from '../../shared/result.js';

/** A codec and the values that it must carry. */
export interface WireCodec<T> {
  readonly encode: (value: T) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Result<T, Fault>;
  readonly any: fc.Arbitrary<T>;
}

/** The laws of a codec: round trip, and no bytes at all make the decoder throw. */
export function describeCodec<T>(name: string, { encode, decode, any }: WireCodec<T>): void {
  describe(`codec: ${name}`, () => {
    it('reads back what it wrote', () => {
      fc.assert(
        fc.property(any, (value) => {
          assert.deepEqual(decode(encode(value)), { ok: true, value });
        }),
        { numRuns: 100 },
      );
    });

    it('answers any bytes with a value or a coded fault', () => {
      const noise = fc.uint8Array({ maxLength: 300 });
      fc.assert(
        fc.property(noise, (bytes) => assertAnswer(decode(bytes))),
        { numRuns: 500 },
      );
    });

    it('answers truncated and mutated messages with a value or a coded fault', () => {
      const mutation = fc.record({
        at: fc.nat(),
        to: fc.nat(255),
        cut: fc.double({ min: 0, max: 1, noNaN: true }),
      });
      fc.assert(
        fc.property(any, fc.array(mutation, { minLength: 1, maxLength: 4 }), (value, mutations) => {
          const bytes = Uint8Array.from(encode(value));
          for (const { at, to } of mutations) bytes[at % Math.max(1, bytes.length)] = to;
          assertAnswer(decode(bytes));
          assertAnswer(
            decode(bytes.subarray(0, Math.floor(bytes.length * (mutations[0]?.cut ?? 0)))),
          );
        }),
        { numRuns: 200 },
      );
    });
  });
}

function assertAnswer(result: Result<unknown, Fault>): void {
  if (result.ok) return;
  assert.ok(Object.hasOwn(ERROR_CODES, result.error.code), result.error.code);
  assert.ok(result.error.message.length > 0 && result.error.message.length < 500);
}
