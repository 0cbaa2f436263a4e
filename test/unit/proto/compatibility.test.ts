import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pack, unpack } from 'msgpackr';
import { decodeAck } from '../../../proto/ack.js';
import { decodeCommand } from '../../../proto/command.js';
import { decodeEvent } from '../../../proto/event.js';
import { decodeJob } from '../../../proto/job.js';
import { decodeReply, decodeRequest } from '../../../proto/service-codec.js';
import { decodeReport } from '../../../proto/telemetry.js';
import { goldenBytes as golden, goldenValue as meaning } from '../../lib/fixtures.js';

/** Field 1000 of every wire type that proto3 has: whole number, 64-bit, text, 32-bit. */
const FUTURE_FIELDS = Uint8Array.from([
  ...[0xc0, 0x3e, 0x96, 0x01],
  ...[0xc1, 0x3e, 1, 2, 3, 4, 5, 6, 7, 8],
  ...[0xc2, 0x3e, 3, 0x61, 0x62, 0x63],
  ...[0xc5, 0x3e, 1, 2, 3, 4],
]);

describe('messages of a newer version', () => {
  const protobuf = {
    'command.v1': decodeCommand,
    'ack.v1': decodeAck,
    'job.v1': decodeJob,
    'request-job-submit.v1': (bytes: Uint8Array) => decodeRequest('job-submit', bytes),
    'reply-job-list.v1': (bytes: Uint8Array) => decodeReply('job-list', bytes),
  };
  for (const [name, decode] of Object.entries(protobuf)) {
    it(`${name}: unknown protobuf fields are ignored`, () => {
      const bytes = Uint8Array.from([...FUTURE_FIELDS, ...golden(name), ...FUTURE_FIELDS]);
      assert.deepEqual(decode(bytes), { ok: true, value: meaning(name) });
    });
  }

  interface WireReport extends Record<string, unknown> {
    columns: Record<string, string[]>;
    containers: unknown[][];
  }
  const wireReport = (): WireReport => unpack(golden('report.v1')) as WireReport;

  it('unknown fields, columns and kinds of rows of a report are ignored, and columns may change places', () => {
    const wire = wireReport();
    wire.columns.container = ['gpu', ...(wire.columns.container ?? []).toReversed()];
    wire.containers = wire.containers.map((row) => [[1, 2], ...row.toReversed()]);
    wire.columns.gpu = ['clock', 'power'];
    const bytes = pack({ future: { deep: [1, { a: null }] }, ...wire });
    assert.deepEqual(decodeReport(bytes), { ok: true, value: meaning('report.v1') });
  });

  it('unknown fields of an event are ignored', () => {
    const event = JSON.parse(new TextDecoder().decode(golden('event.v1'))) as { data: Record<string, unknown> };
    const newer = { ...event, traceparent: '00-ab', data: { ...event.data, future: { a: [1] } } };
    const bytes = new TextEncoder().encode(JSON.stringify(newer));
    assert.deepEqual(decodeEvent(bytes), { ok: true, value: meaning('event.v1') });
  });

  it('unknown fields of a JSON request are ignored', () => {
    const bytes = new TextEncoder().encode('{"name":"a","future":{"b":1}}');
    assert.deepEqual(decodeRequest('job-stop', bytes, 'json'), { ok: true, value: { name: 'a' } });
  });

  it('a column that an older sender does not have means not known', () => {
    const wire = wireReport();
    const columns = wire.columns.container ?? [];
    const at = columns.indexOf('memory');
    wire.columns.container = columns.toSpliced(at, 1);
    wire.containers = wire.containers.map((row) => row.toSpliced(at, 1));
    const decoded = decodeReport(pack(wire));
    assert.ok(decoded.ok);
    assert.deepEqual(
      decoded.value.containers.map(({ memory }) => memory),
      [null, null],
    );
  });

  it('a type of event that this version does not know is a fault that says so', () => {
    const event = JSON.parse(new TextDecoder().decode(golden('event.v1'))) as object;
    const decoded = decodeEvent(new TextEncoder().encode(JSON.stringify({ ...event, type: 'dqoes.future.thing' })));
    assert.ok(!decoded.ok);
    assert.equal(decoded.error.code, 'wire.schema');
    assert.equal(decoded.error.field, 'type');
  });
});
