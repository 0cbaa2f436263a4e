import assert from 'node:assert/strict';
import { AGENT_KEYS } from '../../../agent/config.js';
import { readLabels } from '../../../agent/discover/labels.js';
import { parseMemberships, parseMounts } from '../../../agent/drivers/cgroup-paths.js';
import { readInspect } from '../../../agent/drivers/docker-inspect.js';
import { LogLines, MAX_LINE_BYTES } from '../../../agent/drivers/docker-lines.js';
import { parseCpuTicks } from '../../../agent/drivers/host-stat.js';
import {
  type EMPTY_GPU_LEDGER,
  parseGpus,
  serialiseGpus,
} from '../../../agent/enforce/gpu/ledger.js';
import { parseLedger, serialiseLedger } from '../../../agent/enforce/ledger.js';
import type { Ledger } from '../../../agent/enforce/ledger-entry.js';
import { unseal } from '../../../agent/enforce/sealed.js';
import { HOST_POLICY_SETTINGS } from '../../../agent/settings/host-policy.js';
import { parseJoinReply, parseJoinRequest } from '../../../cli/auth/join.js';
import { parseContext } from '../../../cli/contexts/read.js';
import { readEvent } from '../../../cli/events/event.js';
import { COORDINATOR_KEYS } from '../../../coordinator/config.js';
import { decodeNode, decodePolicy } from '../../../coordinator/store/node-codec.js';
import { decodeKnowledge } from '../../../coordinator/store/profile-codec.js';
import { encodeEvent } from '../../../proto/event.js';
import { isFollow, readFollowReply, readFollowRequest } from '../../../proto/log-follow.js';
import { parseCredentials } from '../../../proto/nats/credentials.js';
import { seededRandom } from '../../../shared/random.js';
import type { Fault } from '../../../shared/result.js';
import { readSettings, type SettingsTable } from '../../../shared/schema/settings.js';
import { readYaml } from '../../../shared/yaml/settings.js';
import { comparePieces, fuzzPage } from '../metric-fuzz.js';
import { bytes as bytesOf, text as textOf } from '../utf8.js';
import { filesIn } from './corpus.js';
import type { FuzzTarget } from './target.js';

const LOG_TIME = '2026-11-26T14:00:00.123456789Z';

const json = (name: string, corpus: readonly unknown[], run: FuzzTarget['run']): FuzzTarget => ({
  name,
  kind: 'json',
  corpus: corpus.map((value) => bytesOf(JSON.stringify(value))),
  run,
});
const stored = (value: Uint8Array) => ({ key: 'node.h1', value, revision: 1 });

function parsedOr<T>(bytes: Uint8Array, otherwise: T): unknown | T {
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    return otherwise;
  }
}

const INSPECT = {
  Id: 'a'.repeat(64),
  Name: '/web',
  Image: `sha256:${'b'.repeat(64)}`,
  State: { Running: true, Pid: 7, StartedAt: '2026-01-01T00:00:00Z', ExitCode: 0 },
  Config: {
    Image: 'web:1',
    Env: ['DQOES_PUSH_TOKEN=abcdefghijklmnop', 'A=b'],
    Labels: { 'dqoes.enable': 'true', 'dqoes.target': '100ms' },
    ExposedPorts: { '80/tcp': {} },
  },
  HostConfig: { NanoCpus: 1e9, CpuQuota: 0, NetworkMode: 'bridge', DeviceRequests: null },
  NetworkSettings: {
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }] },
    Networks: { bridge: { IPAddress: '172.17.0.2' } },
  },
};

/** An answer of the Engine: one that cannot be used is an error, as of any call that fails. */
function runInspect(bytes: Uint8Array): void {
  const info = parsedOr(bytes, undefined);
  let read: ReturnType<typeof readInspect>;
  try {
    read = readInspect(info as Parameters<typeof readInspect>[0]);
  } catch (cause) {
    assert.ok(cause instanceof Error);
    return;
  }
  const { name, labels } = read.container;
  readLabels({ name, labels });
}

function runLogFrames(bytes: Uint8Array): void {
  const random = seededRandom(bytes.length);
  const linesOf = (pieces: readonly Uint8Array[], tty: boolean): readonly string[] => {
    const lines: string[] = [];
    const reader = new LogLines((line) => lines.push(line), tty);
    for (const piece of pieces) reader.push(Buffer.from(piece));
    reader.flush();
    return lines;
  };
  for (const tty of [true, false]) {
    const whole = linesOf([bytes], tty);
    for (const line of whole) assert.ok(line.length <= MAX_LINE_BYTES);
    const at = Math.floor(random() * bytes.length);
    assert.deepEqual(linesOf([bytes.subarray(0, at), bytes.subarray(at)], tty), whole);
  }
}

function runSettings(bytes: Uint8Array): void {
  const inFile: Fault[] = [];
  const given = readYaml('settings.yaml', () => textOf(bytes), inFile);
  for (const table of [AGENT_KEYS, COORDINATOR_KEYS, HOST_POLICY_SETTINGS]) {
    const faults = [...inFile];
    readSettings(table as SettingsTable, given, faults);
    for (const { message } of faults) assert.ok(message !== '');
  }
}

/** Whatever has the right checksum reads as a ledger that reads back as the same, or not at all. */
function runSealed(bytes: Uint8Array): void {
  const value = parsedOr(bytes, null);
  const read = parseLedger(serialiseLedger(value as Ledger));
  if (read.ok) assert.deepEqual(parseLedger(serialiseLedger(read.value)), read);
  const gpus = parseGpus(serialiseGpus(value as typeof EMPTY_GPU_LEDGER));
  if (gpus.ok) assert.deepEqual(parseGpus(serialiseGpus(gpus.value)), gpus);
  unseal('dqoes-journal 1', textOf(bytes));
}

const LEDGER_ENTRY = {
  containerId: 'c1',
  allocation: 'a-1',
  origin: 'label',
  original: { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 },
  applied: { cpuCores: 0.5, periodUs: 100_000 },
};
const LEDGERS = [
  { holds: { incarnation: 'i', epoch: 3, revision: 4 }, entries: [LEDGER_ENTRY] },
  { holds: null, entries: [{ ...LEDGER_ENTRY, applied: null, promisedCores: 0.5 }] },
  { entries: [{ id: 'GPU-1', original: { clockMhz: 900, powerW: null }, applied: null }] },
];
const FRAME = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 6]), Buffer.from('hello\n')]);
const NODE = {
  cordoned: false,
  draining: false,
  approved: true,
  capacity: { cpuCores: 4, memoryBytes: 2 ** 33 },
};
const STAT = 'cpu  100 2 30 4000 5 0 6 7 0 0\ncpu0 100 2 30 4000 5 0 6 7 0 0\n';
const MOUNTS =
  '36 35 98:0 /mnt1 /mnt2 rw master:1 - ext3 /dev/root rw\n' +
  '30 23 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n';
const MEMBERSHIPS = '4:cpu,cpuacct:/docker/abc\n0::/system.slice/docker-abc.scope\n';
const SETTINGS_YAML = [
  'node: h1\ncluster: main\nnats: { url: "nats://10.0.0.5:4222" }\nlabels: { zone: a }\n',
  'interval: 1s\nlease: 10s\nweight: { max: 10 }\nregistries: [docker.io, a:5000]\n',
  'cpu: { min: 0.1, max: 2 }\nmemory: { max: 2GiB }\nreserve: { cpu: 5% }\n',
];
const EVENT = {
  type: 'dqoes.node.twin' as const,
  id: '1',
  source: '/dqoes/main/coordinator',
  timeMs: 0,
  data: { node: 'h1', bootId: 'a', twinBootId: 'b' },
};

/** Decoders of what Docker, the kernel, files and the store say. */
export const MORE_TARGETS: readonly FuzzTarget[] = [
  json('docker-inspect', [INSPECT], runInspect),
  { name: 'docker-log', corpus: [FRAME, Buffer.concat([FRAME, FRAME])], run: runLogFrames },
  {
    name: 'kernel-files',
    corpus: [STAT, MOUNTS, MEMBERSHIPS].map(bytesOf),
    run: (bytes) => {
      parseCpuTicks({ bytes: Buffer.from(bytes), length: bytes.length });
      parseMounts(textOf(bytes));
      parseMemberships(textOf(bytes));
    },
  },
  json('sealed', LEDGERS, runSealed),
  json('stored-node', [NODE, { policy: 'dqoes' }], (bytes) => {
    decodeNode(stored(bytes));
    decodePolicy(stored(bytes));
    decodeKnowledge([stored(bytes)]);
  }),
  json(
    'join',
    [{ publicKey: `U${'A'.repeat(55)}` }, { joined: true }, { refused: 'no' }],
    (bytes) => {
      parseJoinRequest(bytes);
      parseJoinReply(bytes);
    },
  ),
  {
    name: 'credentials',
    corpus: [`# a remark\nSU${'A'.repeat(56)}\n`].map(bytesOf),
    run: (bytes) => void parseCredentials(textOf(bytes)),
  },
  {
    name: 'settings',
    corpus: SETTINGS_YAML.map(bytesOf),
    run: runSettings,
  },
  json(
    'log-follow',
    [
      {
        ...{ allocation: 'a-1', container: 'c'.repeat(64), session: 'abcdefgh', live: true },
        ...{ tail: 5, since: 60_000, cursor: { time: LOG_TIME, seen: 2 } },
      },
      { lines: [[LOG_TIME, 'x']], cursor: { time: LOG_TIME, seen: 1 }, isEnd: false, lagMs: 3 },
    ],
    (bytes) => {
      const value = parsedOr(bytes, null);
      if (isFollow(value)) readFollowRequest(value);
      readFollowReply(bytes);
    },
  ),
  {
    name: 'context',
    corpus: [
      'nats: { url: "nats://a,tls://b:1", user: u, password-file: ~/p, tls: { ca: /c } }\n' +
        'cluster: main\nconsole: https://h/\n',
    ].map(bytesOf),
    run: (bytes) => {
      const read = parseContext(textOf(bytes), { name: 'x', path: '/x.yaml', home: '/home' });
      if (!read.ok) assert.ok(read.error.length > 0);
    },
  },
  {
    name: 'cli-event',
    kind: 'json',
    corpus: [encodeEvent(EVENT as unknown as Parameters<typeof encodeEvent>[0])],
    run: (bytes) => void readEvent(bytes),
  },
  {
    name: 'metrics',
    corpus: filesIn('metrics', /-1\.txt$/),
    make: (random) => bytesOf(fuzzPage(random)),
    run: (bytes) => comparePieces(textOf(bytes), seededRandom(bytes.length)),
  },
];
