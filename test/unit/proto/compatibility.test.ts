import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pack, unpack } from 'msgpackr';
import protobuf from 'protobufjs';
import { decodeAck } from '../../../proto/ack.js';
import { decodeCommand } from '../../../proto/command.js';
import { decodeEvent } from '../../../proto/event.js';
import { dqoes } from '../../../proto/generated/dqoes.js';
import { decodeJob } from '../../../proto/job.js';
import { decodeReply, decodeRequest } from '../../../proto/service-codec.js';
import { encodeReport } from '../../../proto/telemetry.js';
import { decodeReport } from '../../../proto/telemetry-reader.js';
import type { NodeReport } from '../../../shared/report.js';
import { goldenBytes as golden, goldenValue as meaning } from '../../lib/fixtures.js';

/** Field 1000 of every wire type that proto3 has: whole number, 64-bit, text, 32-bit. */
const FUTURE_FIELDS = Uint8Array.from([
  ...[0xc0, 0x3e, 0x96, 0x01],
  ...[0xc1, 0x3e, 1, 2, 3, 4, 5, 6, 7, 8],
  ...[0xc2, 0x3e, 3, 0x61, 0x62, 0x63],
  ...[0xc5, 0x3e, 1, 2, 3, 4],
]);

describe('messages of a newer version', () => {
  const codecs = {
    'command.v1': decodeCommand,
    'ack.v1': decodeAck,
    'job.v1': decodeJob,
    'request-job-submit.v1': (bytes: Uint8Array) => decodeRequest('job-submit', bytes),
    'reply-job-list.v1': (bytes: Uint8Array) => decodeReply('job-list', bytes),
  };
  for (const [name, decode] of Object.entries(codecs)) {
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

  it('ignores unknown fields, columns and kinds of rows; columns may change places', () => {
    const wire = wireReport();
    wire.columns.container = ['gpu', ...(wire.columns.container ?? []).toReversed()];
    wire.containers = wire.containers.map((row) => [[1, 2], ...row.toReversed()]);
    wire.columns.gpu = ['clock', 'power'];
    const bytes = pack({ future: { deep: [1, { a: null }] }, ...wire });
    assert.deepEqual(decodeReport(bytes), { ok: true, value: meaning('report.v1') });
  });

  it('guarantee, weight and burst are columns only where some limit has them', () => {
    assert.deepEqual(wireReport().columns.limit, ['cpuCores', 'periodUs']);
    const wire = unpack(golden('report-guarantee.v1')) as WireReport;
    assert.deepEqual(wire.columns.limit, [
      'cpuCores',
      'periodUs',
      'guaranteeCores',
      'weightCores',
      'burstUs',
    ]);
    const report = meaning<NodeReport>('report-guarantee.v1');
    const containers = report.containers.map((each) => ({ ...each, applied: null }));
    const less = unpack(encodeReport({ ...report, containers })) as WireReport;
    assert.deepEqual(less.columns.limit, ['cpuCores', 'periodUs', 'burstUs']);
  });

  it('an older agent, which knows no weights, takes a limit of none of it as no limit', () => {
    const limit = {
      cpuCores: null,
      periodUs: 100_000,
      guaranteeCores: 0.2,
      weightCores: 0.4,
      burstUs: 7,
    };
    const older = new protobuf.Type('CpuLimit')
      .add(new protobuf.Field('cpuCores', 1, 'double', 'optional'))
      .add(new protobuf.Field('periodUs', 2, 'uint32'));
    const bytes = dqoes.v1.CpuLimit.encode(limit as never).finish();
    assert.deepEqual(older.toObject(older.decode(bytes)), { periodUs: 100_000 });
  });

  it('unknown fields of an event are ignored', () => {
    const event = JSON.parse(new TextDecoder().decode(golden('event.v1'))) as {
      data: Record<string, unknown>;
    };
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
    const decoded = decodeEvent(
      new TextEncoder().encode(JSON.stringify({ ...event, type: 'dqoes.future.thing' })),
    );
    assert.ok(!decoded.ok);
    assert.equal(decoded.error.code, 'wire.schema');
    assert.equal(decoded.error.field, 'type');
  });
});
