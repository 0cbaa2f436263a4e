import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'mocha';
import { decodeAck, encodeAck } from '../../../proto/ack.js';
import { decodeCommand, encodeCommand } from '../../../proto/command.js';
import { decodeEvent, encodeEvent } from '../../../proto/event.js';
import { decodeJob, encodeJob } from '../../../proto/job.js';
import {
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
} from '../../../proto/service-codec.js';
import { encodeReport } from '../../../proto/telemetry.js';
import { decodeReport } from '../../../proto/telemetry-reader.js';
import { goldenBytes, goldenValue, wireFixtures } from '../../lib/fixtures.js';

interface Codec {
  readonly encode: (value: never) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => unknown;
}
const CODECS: Readonly<Record<string, Codec>> = {
  'report.v1': { encode: encodeReport, decode: decodeReport },
  'report-guarantee.v1': { encode: encodeReport, decode: decodeReport },
  'command.v1': { encode: encodeCommand, decode: decodeCommand },
  'command-guarantee.v1': { encode: encodeCommand, decode: decodeCommand },
  'ack.v1': { encode: encodeAck, decode: decodeAck },
  'job.v1': { encode: encodeJob, decode: decodeJob },
  'job-small.v1': { encode: encodeJob, decode: decodeJob },
  'event.v1': { encode: encodeEvent, decode: decodeEvent },
  'event-guarantee.v1': { encode: encodeEvent, decode: decodeEvent },
  'request-job-submit.v1': {
    encode: (value) => encodeRequest('job-submit', value),
    decode: (bytes) => decodeRequest('job-submit', bytes),
  },
  'reply-job-list.v1': {
    encode: (value) => encodeReply('job-list', value),
    decode: (bytes) => decodeReply('job-list', bytes),
  },
  'reply-node-list.v1': {
    encode: (value) => encodeReply('node-list', value),
    decode: (bytes) => decodeReply('node-list', bytes),
  },
  'reply-refused.v1': {
    encode: (value) => encodeReply('job-submit', value),
    decode: (bytes) => decodeReply('job-submit', bytes),
  },
};

describe('golden messages', () => {
  const names = readdirSync(wireFixtures).filter((name) => name.endsWith('.bin'));

  it('has a codec for every file and a file for every codec', () => {
    assert.deepEqual(names.map((name) => name.slice(0, -4)).sort(), Object.keys(CODECS).sort());
  });

  for (const [name, { encode, decode }] of Object.entries(CODECS)) {
    const bytes = goldenBytes(name);
    const value = goldenValue<unknown>(name);

    it(`${name}: today's decoder reads it`, () => {
      assert.deepEqual(decode(bytes), { ok: true, value });
    });

    it(`${name}: today's encoder writes exactly these bytes`, () => {
      assert.equal(
        Buffer.from(encode(value as never)).toString('hex'),
        Buffer.from(bytes).toString('hex'),
      );
    });
  }
});
