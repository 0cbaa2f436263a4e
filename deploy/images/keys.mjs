// The keys of compose.yaml, made once, in the volume /keys: a key for each program, and the one by
// which the coordinator signs; and the settings that name them, written at each start. NATS and the
// console see a volume of their own each, with what they need and nothing else. Of the environment:
// DQOES_NODE (name of this host, for the keys), DQOES_NATS_PORT, and DQOES_CONTROL (enforce or
// observe). What the keys may do is written at each start, too, as this version has it.
import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';

const PROGRAM = '/usr/lib/dqoes/dist/cli/main.js';
const KEYS = '/keys';
const SERVER = '/server';
const CONSOLE = '/console';
/** Group of the console, by compose.yaml and the image. */
const CONSOLE_GROUP = 65533;
/** As chown takes it. */
const SAME = -1;
const { DQOES_NATS_PORT: port = '4222', DQOES_CONTROL: control = 'enforce' } = process.env;
const FOLDER = `${KEYS}/auth`;
const url = `nats://127.0.0.1:${port}`;

/** A name as the cluster takes it. */
function nameOf(text) {
  const name = text.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 63);
  return name === '' ? 'host' : name;
}

function dqoes(...args) {
  const text = tried(...args);
  if (text === undefined) process.exit(1);
  return text;
}

/** What it prints; undefined = it has failed, and said so. */
function tried(...args) {
  const run = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });
  if (run.status === 0) return run.stdout.trim();
  console.error(`keys: dqoes ${args.slice(0, 2).join(' ')} failed: ${run.stderr.trim()}`);
  return undefined;
}

/** The host that the keys are of. Nothing is made again where it is whole: agents know the keys. */
function makeOnce() {
  if (existsSync(`${KEYS}/whole`)) {
    // Of another version perhaps, by which NATS would refuse what the programs ask for now. Where
    // that fails, as by a version before the one that made the keys, NATS goes by what it has.
    if (tried('auth', 'update', '--dir', FOLDER) === undefined)
      console.error('keys: NATS lets them do what they might before');
    return readFileSync(`${KEYS}/whole`, 'utf8').trim();
  }
  const node = nameOf(process.env.DQOES_NODE || hostname());
  // An interrupted first time leaves a part.
  rmSync(FOLDER, { recursive: true, force: true });
  // No server runs yet: it reads all of this when it starts.
  dqoes('auth', 'init', '--dir', FOLDER, '--nats-pid', `${KEYS}/nats.pid`);
  dqoes('auth', 'add-agent', node, '--dir', FOLDER);
  dqoes('auth', 'add-user', 'console', '--role', 'viewer', '--dir', FOLDER);
  write(`${KEYS}/coordinator.yaml`, coordinatorText());
  coordinatorKey('--make');
  coordinatorKey('--secrets', '--make');
  write(`${KEYS}/whole`, `${node}\n`);
  return node;
}

const coordinatorKey = (...options) =>
  dqoes('coordinator', 'key', ...options, '--config', `${KEYS}/coordinator.yaml`);

/** As the environment is now: nobody has to give the keys up to change a port. */
function writeSettings(node) {
  write(`${KEYS}/coordinator.yaml`, coordinatorText());
  write(`${KEYS}/agent.yaml`, agentText(node, coordinatorKey()));
}

/** To those who see nothing of the folder of all keys: NATS public ones, the console its own. */
function handOver() {
  write(`${SERVER}/accounts.conf`, readFileSync(`${FOLDER}/server/nats.conf`, 'utf8'));
  write(`${SERVER}/nats.conf`, natsText());
  const key = readFileSync(`${FOLDER}/keys/console.nk`, 'utf8');
  write(`${CONSOLE}/console.nk`, key, { mode: 0o640, group: CONSOLE_GROUP });
}

const coordinatorText = () =>
  [
    `nats: { url: "${url}", credentials: ${FOLDER}/keys/coordinator.nk }`,
    `signing-key: ${KEYS}/signing.pem`,
    `secrets-key: ${KEYS}/secrets.pem`,
    '',
  ].join('\n');

const agentText = (node, key) =>
  [
    `node: "${node}"`,
    `nats: { url: "${url}", credentials: ${FOLDER}/keys/agent-${node}.nk }`,
    `coordinator-keys: "${key}"`,
    `control: ${control}`,
    'state-dir: /var/lib/dqoes',
    '',
  ].join('\n');

/** As deploy/nats/nats-server.conf, with the keys. */
const natsText = () => `server_name: dqoes
host: 127.0.0.1
port: ${port}
jetstream {
  store_dir: "/data"
  sync_interval: always
  max_memory_store: 64MiB
  max_file_store: 2GiB
}
max_payload: 1MiB
ping_interval: 3s
ping_max: 2
write_deadline: 5s
include "accounts.conf"
`;

/** A power cut must not leave an empty one: NATS without settings lets everybody in. */
function write(path, text, { mode = 0o644, group = SAME } = {}) {
  const next = `${path}.next`;
  rmSync(next, { force: true });
  writeFileSync(next, text, { mode, flush: true });
  if (group !== SAME) chownSync(next, SAME, group);
  renameSync(next, path);
}

/** Before anything is written: the programs would end by it, again and again. */
function refuse(why) {
  console.error(`keys: ${why}`);
  process.exit(1);
}

if (control !== 'enforce' && control !== 'observe')
  refuse(`DQOES_CONTROL ${JSON.stringify(control)} is neither enforce nor observe`);
if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535)
  refuse(`DQOES_NATS_PORT ${JSON.stringify(port)} is no port`);
mkdirSync(KEYS, { recursive: true });
const node = makeOnce();
writeSettings(node);
try {
  handOver();
} catch (cause) {
  refuse(`${cause.message}: make room, or take compose.yaml and image of the same version`);
}
console.log(`keys: those of ${node} are in the volume`);
if (process.env.DQOES_NODE && nameOf(process.env.DQOES_NODE) !== node)
  console.error(`keys: DQOES_NODE is read when they are made; "down -v" and "up" make others`);
