import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pack } from 'msgpackr';
import { decodeAck } from '../../../proto/ack.js';
import {
  ACK_MAX_BYTES,
  COMMAND_MAX_BYTES,
  EVENT_MAX_BYTES,
  MAX_CONTAINERS,
  MAX_DEPTH,
  REPORT_MAX_BYTES,
  SERVICE_MAX_BYTES,
} from '../../../proto/codec/limits.js';
import { messagePackFault } from '../../../proto/codec/messagepack-scan.js';
import { decodeCommand, encodeCommand } from '../../../proto/command.js';
import { decodeEvent } from '../../../proto/event.js';
import { decodeJob, encodeJob, JOB_MAX_BYTES } from '../../../proto/job.js';
import { decodeReply, decodeRequest, encodeReply } from '../../../proto/service-codec.js';
import { encodeReport } from '../../../proto/telemetry.js';
import { decodeReport } from '../../../proto/telemetry-reader.js';
import type { DesiredState } from '../../../shared/command.js';
import type { JobName } from '../../../shared/ids.js';
import type { NodeReport } from '../../../shared/report.js';
import type { Fault, Result } from '../../../shared/result.js';
import { goldenValue } from '../../lib/fixtures.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (result: Result<unknown, Fault>): string => (result.ok ? 'ok' : result.error.code);
const fieldOf = (result: Result<unknown, Fault>): string => (result.ok ? 'ok' : result.error.field);
const report = goldenValue<NodeReport>('report.v1');
const command = goldenValue<DesiredState>('command.v1');

describe('size caps', () => {
  const decoders: [string, (bytes: Uint8Array) => Result<unknown, Fault>, number][] = [
    ['report', decodeReport, REPORT_MAX_BYTES],
    ['command', decodeCommand, COMMAND_MAX_BYTES],
    ['ack', decodeAck, ACK_MAX_BYTES],
    ['job', decodeJob, JOB_MAX_BYTES],
    ['event', decodeEvent, EVENT_MAX_BYTES],
    ['request', (bytes) => decodeRequest('job-submit', bytes), SERVICE_MAX_BYTES],
    ['JSON request', (bytes) => decodeRequest('job-submit', bytes, 'json'), SERVICE_MAX_BYTES],
    ['reply', (bytes) => decodeReply('job-list', bytes), SERVICE_MAX_BYTES],
  ];
  for (const [name, decode, max] of decoders) {
    it(`${name}: one byte more than ${max} is too large, ${max} is looked at`, () => {
      assert.equal(codeOf(decode(new Uint8Array(max + 1))), 'wire.too-large');
      assert.notEqual(codeOf(decode(new Uint8Array(max))), 'wire.too-large');
    });
  }

  it('a report of as many containers as one node may have fits, one more is refused', () => {
    const [container] = report.containers;
    assert.ok(container !== undefined);
    const full = { ...report, containers: Array.from({ length: MAX_CONTAINERS }, () => container) };
    assert.ok(decodeReport(encodeReport(full)).ok);
    const over = decodeReport(
      encodeReport({ ...full, containers: [...full.containers, container] }),
    );
    assert.equal(fieldOf(over), 'containers');
  });

  it('a reply that would be too large becomes a fault', () => {
    const names = Array.from({ length: 20_000 }, () => 'n'.repeat(63) as JobName);
    for (const format of ['protobuf', 'json'] as const) {
      const value = { created: names, updated: [], unchanged: [] };
      const bytes = encodeReply('job-submit', { ok: true, value }, format);
      const decoded = decodeReply('job-submit', bytes, format);
      assert.ok(decoded.ok && !decoded.value.ok);
      assert.equal(decoded.value.faults[0]?.code, 'wire.too-large');
    }
  });

  it('a refusal for more reasons than can be read says the first of them', () => {
    const faults = Array.from({ length: 1500 }, (_, i) => {
      return { code: 'job.bad-value', field: `jobs[${i}].image`, message: 'job a: no image' };
    });
    for (const format of ['protobuf', 'json'] as const) {
      const bytes = encodeReply('job-submit', { ok: false, faults }, format);
      const decoded = decodeReply('job-submit', bytes, format);
      assert.ok(decoded.ok && !decoded.value.ok, JSON.stringify(decoded));
      assert.deepEqual(decoded.value.faults, faults.slice(0, 1000));
    }
  });
});

describe('MessagePack before decoding', () => {
  const refused: [string, number[]][] = [
    ['nothing', []],
    ['two values', [1, 2]],
    ['an array longer than the message', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['a map longer than the message', [0xdf, 0x7f, 0xff, 0xff, 0xff]],
    ['a text longer than the message', [0xdb, 0xff, 0xff, 0xff, 0xff, 0x61]],
    ['a binary longer than the message', [0xc6, 0xff, 0xff, 0xff, 0xff]],
    ['a length cut off', [0xdd, 0xff]],
    ['a number cut off', [0xcb, 1, 2, 3]],
    ['the unused type', [0xc1]],
    ['an extension of fixed size', [0xd4, 0x72, 0x40]],
    ['an extension of given size', [0xc7, 1, 0x72, 0]],
    ['a key that is a number', [0x81, 1, 1]],
    ['a key that is a map', [0x81, 0x80, 1]],
    ['a map without its last value', [0x81, 0xa1, 0x61]],
  ];
  for (const [name, bytes] of refused) {
    it(`refuses ${name}`, () =>
      assert.notEqual(messagePackFault(Uint8Array.from(bytes), MAX_DEPTH), undefined));
  }
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    it(`refuses the key ${key}, wherever it is`, () => {
      const map = [0x81, 0xa0 + key.length, ...utf8(key), 0x80];
      assert.match(
        messagePackFault(Uint8Array.from([0x92, 1, ...map]), MAX_DEPTH) ?? '',
        new RegExp(key),
      );
    });
  }
  it('allows nesting up to the limit and no deeper', () => {
    const nested = (depth: number): Uint8Array =>
      Uint8Array.from([...Array(depth).fill(0x91), 0xc0]);
    assert.equal(messagePackFault(nested(MAX_DEPTH), MAX_DEPTH), undefined);
    assert.match(messagePackFault(nested(MAX_DEPTH + 1), MAX_DEPTH) ?? '', /deeper/);
    assert.match(messagePackFault(nested(60_000), MAX_DEPTH) ?? '', /deeper/);
  });
  it('accepts every plain type', () => {
    const value = [
      null,
      true,
      -1,
      200,
      70_000,
      -70_000,
      2 ** 40,
      1.5,
      'ä'.repeat(40),
      'x'.repeat(300),
      { a: [{}] },
    ];
    assert.equal(messagePackFault(pack([...value, ...value]), MAX_DEPTH), undefined);
    assert.equal(messagePackFault(pack(Array(20).fill(new Uint8Array(3))), MAX_DEPTH), undefined);
  });
});

describe('protobuf from strangers', () => {
  it('refuses groups nested without end', () => {
    assert.equal(codeOf(decodeJob(new Uint8Array(60_000).fill(0x0b))), 'wire.malformed');
  });

  it('refuses keys that reach a prototype', () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const job = goldenValue<Parameters<typeof encodeJob>[0]>('job.v1');
      const env = Object.fromEntries([[key, 'x']]) as Record<string, string>;
      const bytes = encodeJob({ ...job, env });
      assert.equal(fieldOf(decodeJob(bytes)), 'env', key);
    }
  });

  it('refuses epochs and revisions above 2^53', () => {
    const max = Number.MAX_SAFE_INTEGER;
    assert.ok(decodeCommand(encodeCommand({ ...command, epoch: max, revision: max })).ok);
    for (const epoch of [max + 1, 2 ** 60, 2 ** 64 - 2048]) {
      assert.equal(fieldOf(decodeCommand(encodeCommand({ ...command, epoch }))), 'epoch');
    }
  });

  it('refuses what no limit can be, and a limit of unknown allocation', () => {
    const [allocation] = command.allocations;
    assert.ok(allocation !== undefined);
    const withLimit = (cpuCores: number): string =>
      fieldOf(
        decodeCommand(
          encodeCommand({
            ...command,
            allocations: [{ ...allocation, limit: { cpuCores, periodUs: 100_000 } }],
          }),
        ),
      );
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 5000])
      assert.equal(withLimit(bad), 'allocations[0].limit.cpuCores', String(bad));
    const { spec: _spec, ...neither } = allocation;
    assert.equal(
      fieldOf(decodeCommand(encodeCommand({ ...command, allocations: [neither] }))),
      'allocations[0]',
    );
  });
});

describe('JSON from strangers', () => {
  const bad: [string, string, string][] = [
    ['no JSON', '{', 'wire.malformed'],
    ['too deep', `${'['.repeat(MAX_DEPTH + 1)}${']'.repeat(MAX_DEPTH + 1)}`, 'wire.malformed'],
    ['far too deep', '['.repeat(500_000), 'wire.malformed'],
    ['a prototype key', '{"name":"a","x":{"__proto__":1}}', 'wire.malformed'],
    ['a constructor key', '{"name":"a","constructor":{}}', 'wire.malformed'],
    ['a list', '[]', 'wire.schema'],
    ['a wrong name', '{"name":"a.b"}', 'wire.schema'],
    ['no name', '{}', 'wire.schema'],
    ['null', 'null', 'wire.schema'],
  ];
  for (const [name, text, code] of bad) {
    it(`${name}: ${code}`, () =>
      assert.equal(codeOf(decodeRequest('job-stop', utf8(text), 'json')), code));
  }
  it('bytes that are no UTF-8: wire.malformed', () => {
    const bytes = Uint8Array.from([...utf8('{"name":"'), 0xff, ...utf8('"}')]);
    assert.equal(codeOf(decodeRequest('job-stop', bytes, 'json')), 'wire.malformed');
  });
  it('brackets inside texts do not count as depth', () => {
    const text = `{"name":"a","x":"\\"${'['.repeat(100)}"}`;
    assert.deepEqual(decodeRequest('job-stop', utf8(text), 'json'), {
      ok: true,
      value: { name: 'a' },
    });
  });
  it('an empty message is a request without fields', () => {
    assert.deepEqual(decodeRequest('job-list', new Uint8Array(), 'json'), { ok: true, value: {} });
  });
});

describe('reports from strangers', () => {
  const decodeWire = (change: object): Result<NodeReport, Fault> =>
    decodeReport(pack({ ...report, containers: [], columns: {}, ...change }));

  it('refuses numbers out of range, naming the field', () => {
    assert.equal(fieldOf(decodeWire({ sequence: -1 })), 'sequence');
    assert.equal(fieldOf(decodeWire({ intervalMs: Number.NaN })), 'intervalMs');
    assert.equal(fieldOf(decodeWire({ schema: 2 })), 'schema');
    assert.equal(
      fieldOf(decodeWire({ host: { ...report.host, cpuUtilisationRatio: 1.5 } })),
      'host.cpuUtilisationRatio',
    );
    assert.equal(fieldOf(decodeWire({ node: 'a.b' })), 'node');
    assert.equal(fieldOf(decodeWire({ labels: { 'a b': 'x' } })), 'labels');
  });

  it('refuses columns and rows of the wrong form', () => {
    assert.equal(fieldOf(decodeWire({ containers: 'x' })), 'containers');
    assert.equal(fieldOf(decodeWire({ containers: [1] })), 'containers[0]');
    assert.equal(fieldOf(decodeWire({ containers: [[1]] })), 'containers[0]');
    assert.equal(
      fieldOf(decodeWire({ columns: { container: ['__proto__'] }, containers: [[{}]] })),
      'containers[0]',
    );
    assert.equal(
      fieldOf(decodeWire({ columns: { container: ['lifeId'] }, containers: [['x']] })),
      'containers[0].allocation',
    );
  });
});

describe('half a character', () => {
  const job = goldenValue<Parameters<typeof encodeJob>[0]>('job.v1');
  const asJson = (value: string): Uint8Array =>
    utf8(JSON.stringify({ jobs: [{ ...job, env: { A: value } }] }));

  it('is refused in what is submitted: once stored, nobody could read it again', () => {
    const read = decodeRequest('job-submit', asJson('cut \ud83d'), 'json');
    assert.match(fieldOf(read), /env/);
    assert.ok(decodeRequest('job-submit', asJson('whole \ud83d\ude00'), 'json').ok);
  });

  it('is mended in what we say ourselves, as where a text was cut', () => {
    const [first] = command.allocations;
    assert.ok(first);
    const said = { ...command, allocations: [{ ...first, reason: '\u{1f600} half: \ud83d' }] };
    const heard = decodeCommand(encodeCommand(said));
    assert.equal(heard.ok && heard.value.allocations[0]?.reason, '\u{1f600} half: \ufffd');
  });
});

describe('weights', () => {
  it('above 1000 are refused in a job, a desired state and a report', () => {
    const [container] = report.containers;
    const [wanted] = command.allocations;
    assert.ok(container !== undefined && wanted?.spec !== undefined);
    const { spec } = wanted;
    const judged = (weight: number): readonly string[] => [
      codeOf(decodeJob(encodeJob({ ...spec, weight }))),
      codeOf(
        decodeCommand(
          encodeCommand({ ...command, allocations: [{ ...wanted, spec: { ...spec, weight } }] }),
        ),
      ),
      codeOf(decodeReport(encodeReport({ ...report, containers: [{ ...container, weight }] }))),
    ];
    assert.deepEqual(judged(1000), ['ok', 'ok', 'ok']);
    assert.deepEqual(judged(1000.5), ['wire.schema', 'wire.schema', 'wire.schema']);
  });
});
