import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readLabels } from '../../../agent/discover/labels.js';
import { recordsOf } from '../../../agent/drivers/gpu/amd-json.js';
import {
  GPU_FIELDS,
  parseClocks,
  parseGpuLine,
  parseProcessLine,
} from '../../../agent/drivers/gpu/nvidia-csv.js';
import { parseLedger, serialiseLedger } from '../../../agent/enforce/ledger.js';
import { EMPTY_LEDGER } from '../../../agent/enforce/ledger-entry.js';
import { readLine } from '../../../agent/observe/log-line.js';
import { parseObservations } from '../../../agent/observe/push/observations.js';
import { readMetricsRequest } from '../../../agent/observe/push/otlp/otlp.js';
import { decodeMetricsRequest } from '../../../agent/observe/push/otlp/protobuf.js';
import { parseStatsd } from '../../../agent/observe/push/statsd.js';
import { parseToken } from '../../../cli/auth/join.js';
import { parseRecord } from '../../../cli/auth/record-file.js';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import { decodeSecret } from '../../../coordinator/store/secret-codec.js';
import { readRecording } from '../../../lab/recording/read.js';
import { decodeAck, encodeAck } from '../../../proto/ack.js';
import { decodeAudit } from '../../../proto/audit.js';
import { decodeCommand, encodeCommand } from '../../../proto/command.js';
import { decodeEvent } from '../../../proto/event.js';
import { decodeJob, decodeStoredJob, encodeJob } from '../../../proto/job.js';
import { VERBS } from '../../../proto/schemas/service.js';
import { open, publicTextOf, seal } from '../../../proto/sealing/sealed-box.js';
import { decodeReply, decodeRequest } from '../../../proto/service-codec.js';
import { encodeReport } from '../../../proto/telemetry.js';
import { decodeReport } from '../../../proto/telemetry-reader.js';
import type { SecretName } from '../../../shared/ids.js';
import { DEFAULT_LOG_PATTERN } from '../../../shared/job.js';
import type { Result } from '../../../shared/result.js';
import { bytes as bytesOf, text as textOf } from '../utf8.js';
import { filesIn, wireCorpus } from './corpus.js';
import { HTTP_TARGET } from './http-target.js';
import { MORE_TARGETS } from './more-targets.js';
import type { FuzzTarget } from './target.js';

/** What decodes can be written again, and reads back as the same. */
const roundTrip =
  <T>(decode: (bytes: Uint8Array) => Result<T, unknown>, encode: (value: T) => Uint8Array) =>
  (bytes: Uint8Array): void => {
    const read = decode(bytes);
    if (read.ok) assert.deepEqual(decode(encode(read.value)), read);
  };

const text = (
  name: string,
  corpus: readonly string[],
  run: (given: string) => unknown,
): FuzzTarget => ({
  name,
  corpus: corpus.map(bytesOf),
  run: (bytes) => void run(textOf(bytes)),
});

const WIRE = wireCorpus();
const wire = (name: string, run: FuzzTarget['run']): FuzzTarget => ({ name, corpus: WIRE, run });

const GPU_LINE = GPU_FIELDS.map((field) =>
  field === 'uuid' ? 'GPU-1a2b' : field === 'index' ? '0' : field === 'name' ? 'A100' : '42',
).join(', ');
const LABELS = [
  'dqoes.enable=true\ndqoes.target=250ms\ndqoes.weight=2\ndqoes.latency.source=log',
  'dqoes.enable=1\ndqoes.target=p95 80ms\ndqoes.cpu.min=0.1\ndqoes.cpu.max=2',
  'dqoes.enable=true\ndqoes.latency.source=prometheus\ndqoes.latency.metric=a_sum/a_count',
];
const LOG_PATTERN = new RegExp(DEFAULT_LOG_PATTERN, 'v');

function runLabels(given: string): void {
  const labels = Object.fromEntries(
    given.split('\n').map((line): [string, string] => {
      const at = line.indexOf('=');
      return [line.slice(0, Math.max(0, at)), line.slice(at + 1)];
    }),
  );
  const { spec } = readLabels({ name: 'a', labels });
  if (spec.ok) assert.ok(spec.value.weight > 0 && spec.value.weight <= 1000);
}

function runLedger(given: string): void {
  const read = parseLedger(given);
  if (read.ok) assert.deepEqual(parseLedger(serialiseLedger(read.value)), read);
}

function runJobFile(given: string): void {
  const read = parseJobFile(given);
  // What a file may say, the wire carries.
  for (const spec of read.ok ? read.value : [])
    assert.deepEqual(decodeJob(encodeJob(spec)), { ok: true, value: spec });
}

const SEALING_KEY = generateKeyPairSync('x25519').privateKey;
const SEALED_FOR = { cluster: 'main', secret: 'db' as SecretName };
const BOX = seal(bytesOf('hush'), publicTextOf(SEALING_KEY), SEALED_FOR);
const STORED_SECRET = JSON.stringify({ box: BOX.ok ? BOX.value : '', setAtMs: 1 });

function runBox(given: string): void {
  const opened = open(given, SEALING_KEY, SEALED_FOR);
  // base64url may be written in more than one way; what is changed beyond that does not open.
  if (opened.ok) assert.equal(textOf(opened.value), 'hush');
}

function runStoredSecret(given: string): void {
  const stored = { key: 'secret.db', value: bytesOf(given), revision: 1 };
  assert.ok(decodeSecret(stored, () => undefined)?.name === SEALED_FOR.secret);
}

/** All decoders whose input comes from the network, a container, a tool or a person. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  wire('report', roundTrip(decodeReport, encodeReport)),
  wire('ack', roundTrip(decodeAck, encodeAck)),
  wire('command', roundTrip(decodeCommand, encodeCommand)),
  wire('job', (bytes) => {
    const stored = decodeStoredJob(bytes);
    if (!stored.ok) return;
    const { spec, owner } = stored.value;
    assert.deepEqual(decodeStoredJob(encodeJob(spec, owner)), stored);
  }),
  wire('event', (bytes) => void decodeEvent(bytes)),
  wire('audit', (bytes) => void decodeAudit(bytes)),
  wire('service', (bytes) => {
    // One of the verbs for each case: all of them would take too long.
    const chosen = bytes.reduce((sum, byte) => sum + byte, 0);
    const verb = VERBS[chosen % VERBS.length] ?? 'job-list';
    for (const format of ['protobuf', 'json'] as const) {
      decodeRequest(verb, bytes, format);
      decodeReply(verb, bytes, format);
    }
  }),
  wire('otlp', (bytes) => {
    const read = decodeMetricsRequest(bytes);
    if (read.ok) readMetricsRequest(read.value);
  }),
  { ...text('job-file', [], runJobFile), corpus: filesIn('job-file', /\.yaml$/) },
  text('labels', LABELS, runLabels),
  text('log-line', ['{"ms":29.5,"cpuMs":29.4}', '"ms": 1m2.5s', 'x'.repeat(5000)], (line) =>
    readLine(line, LOG_PATTERN, 'ms'),
  ),
  text('nvidia-smi', [GPU_LINE, `${GPU_LINE}, [N/A]`, 'GPU-1, 12, python, 300'], (line) => {
    parseGpuLine(line);
    parseProcessLine(line);
    parseClocks(line);
  }),
  text(
    'amd-smi',
    ['[{"gpu":0,"usage":{"gfx_activity":{"value":5,"unit":"%"}}}]', '{"gpu_data":[{"gpu":1}]}'],
    recordsOf,
  ),
  text(
    'observations',
    ['{"latencyMs":12.3,"token":"abc"}', '{"observations":[{"latencyMs":1,"weight":2}]}'],
    (body) => {
      const read = parseObservations(body);
      for (const { latencyMs } of read.ok ? read.value.observations : [])
        assert.ok(latencyMs >= 0 && Number.isFinite(latencyMs));
    },
  ),
  text('statsd', ['a.b:12|ms|@0.1|#token:x', 'a:1|ms\nb:2|h'], parseStatsd),
  text('sealed-secret', [BOX.ok ? BOX.value : ''], runBox),
  text('stored-secret', [STORED_SECRET], runStoredSecret),
  text('journal', [serialiseLedger(EMPTY_LEDGER)], runLedger),
  text('recording', ['{"kind":"header","version":1}\n{"kind":"report"}\n'], readRecording),
  text('join-token', ['dqoes-join.eyJ2IjoxLCJ1cmwiOiJuYXRzOi8vYTo0MjIyIn0'], parseToken),
  text('users', ['{"version":1,"cluster":"main","users":[]}'], parseRecord),
  ...MORE_TARGETS,
  HTTP_TARGET,
];
