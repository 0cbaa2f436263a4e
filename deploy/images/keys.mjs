// The keys and settings of compose.yaml, made once, in the volume /keys: a key for each program,
// the configuration of NATS that knows them, and the key by which the coordinator signs. Settings:
// DQOES_NODE (name of this host), DQOES_NATS_PORT, DQOES_CONTROL (enforce or observe).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

const PROGRAM = '/usr/lib/dqoes/dist/cli/main.js';
const KEYS = '/keys';
const { DQOES_NATS_PORT: port = '4222', DQOES_CONTROL: control = 'enforce' } = process.env;
const node = nameOf(process.env.DQOES_NODE || hostname());
const url = `nats://127.0.0.1:${port}`;

/** A name as the cluster takes it. */
function nameOf(text) {
  const name = text.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 63);
  return name === '' ? 'host' : name;
}

function dqoes(...args) {
  const run = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });
  if (run.status === 0) return run.stdout.trim();
  console.error(`keys: dqoes ${args.slice(0, 2).join(' ')} failed: ${run.stderr.trim()}`);
  process.exit(1);
}

/** Nothing is written again where it is whole: agents know the keys by now. */
function makeOnce() {
  const folder = `${KEYS}/auth`;
  if (existsSync(`${KEYS}/whole`)) return;
  // An interrupted first time leaves a part.
  rmSync(folder, { recursive: true, force: true });
  // No server runs yet: it reads all of this when it starts.
  dqoes('auth', 'init', '--dir', folder, '--nats-pid', `${KEYS}/nats.pid`);
  dqoes('auth', 'add-agent', node, '--dir', folder);
  dqoes('auth', 'add-user', 'console', '--role', 'viewer', '--dir', folder);
  const signing = { file: `${KEYS}/signing.pem`, key: '' };
  write('coordinator.yaml', coordinatorText(folder, signing.file));
  signing.key = dqoes('coordinator', 'key', '--make', '--config', `${KEYS}/coordinator.yaml`);
  dqoes('coordinator', 'key', '--secrets', '--make', '--config', `${KEYS}/coordinator.yaml`);
  write('agent.yaml', agentText(folder, signing.key));
  write('whole', `${node}\n`);
}

const coordinatorText = (folder, signingFile) =>
  [
    `nats: { url: "${url}", credentials: ${folder}/keys/coordinator.nk }`,
    `signing-key: ${signingFile}`,
    `secrets-key: ${KEYS}/secrets.pem`,
    '',
  ].join('\n');

const agentText = (folder, key) =>
  [
    `node: "${node}"`,
    `nats: { url: "${url}", credentials: ${folder}/keys/agent-${node}.nk }`,
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
include "auth/server/nats.conf"
`;

function write(name, text) {
  writeFileSync(`${KEYS}/${name}.next`, text, { mode: 0o644 });
  renameSync(`${KEYS}/${name}.next`, `${KEYS}/${name}`);
}

mkdirSync(KEYS, { recursive: true });
makeOnce();
write('nats.conf', natsText());
console.log(`keys: those of ${node} are in the volume`);
