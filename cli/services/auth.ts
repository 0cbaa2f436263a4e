import { basename, dirname, join, resolve } from 'node:path';
import type { UserRole } from '../../proto/roles.js';
import { isSafeId, type NodeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { authFolderOf, keyPath, readFolder, writeFolder } from '../auth/folder.js';
import { locked } from '../auth/folder-lock.js';
import { addUser, removeUser, replaceKey } from '../auth/keys.js';
import {
  type AuthRecord,
  type AuthUser,
  COORDINATOR_NAME,
  type NewUser,
  OPERATOR_NAME,
} from '../auth/users.js';
import { readCredentials } from '../credentials.js';
import type { ExitCode } from '../output/faults.js';
import { NAME_FIT, TEXT_FIT } from '../output/fit.js';
import { type Column, tableLines } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { OutputFormat, ShowFlags } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { listOptions, printAnswer } from '../shell/show.js';
import { runningNats } from '../up/state-lock.js';
import { type AuthFlags, changeKeys, openKeys, reload } from './auth-server.js';

/** The flags of `dqoes auth init`. */
export interface InitFlags extends AuthFlags {
  readonly cluster: string;
  readonly natsPid?: string;
}
/** The flags of `dqoes auth list`. */
export interface ListFlags extends AuthFlags {
  readonly output: OutputFormat;
}

/** Makes a folder of keys for a cluster whose NATS server is somebody else's to run. */
export function initAuth(app: App, flags: InitFlags): ExitCode {
  const folder = resolve(flags.dir ?? authFolderOf(app.config.stateDir));
  const pidFile = flags.natsPid === undefined ? {} : { natsPidFile: resolve(flags.natsPid) };
  const made = locked(folder, () => {
    const before = readFolder(folder);
    if (!before.ok) return before;
    if (before.value !== undefined) return err([alreadyThere(folder, before.value.cluster)]);
    return makeFirst(folder, { cluster: flags.cluster, users: [], ...pidFile });
  });
  if (!made.ok) return refuse(app, made.error);
  app.output.message(nextSteps(folder, flags.cluster));
  return 0;
}

function makeFirst(folder: string, empty: AuthRecord): Result<AuthRecord> {
  const coordinator = addUser(folder, empty, { role: 'coordinator', name: COORDINATOR_NAME });
  if (!coordinator.ok) return coordinator;
  const operator = addUser(folder, coordinator.value.record, {
    role: 'operator',
    name: OPERATOR_NAME,
  });
  return operator.ok ? ok(operator.value.record) : operator;
}

const alreadyThere = (folder: string, cluster: string): Fault => ({
  code: 'cli.usage',
  field: 'dir',
  message:
    `${folder} already holds the keys of cluster ${cluster}: add to them with dqoes auth ` +
    'add-user or add-agent, or give another folder with --dir.',
});

const nextSteps = (folder: string, cluster: string): string =>
  [
    `The keys of cluster ${cluster} are in ${join(folder, 'keys')}. Next:`,
    `- nats-server.conf in ${dirname(folder)}: include "${basename(folder)}/server/nats.conf"`,
    `- coordinator.yaml: nats: { credentials: ${keyPath(folder, COORDINATOR_NAME)} }`,
    `- you: export DQOES_NATS_CREDS=${keyPath(folder, OPERATOR_NAME)}`,
    `- each host: dqoes auth add-agent NODE --dir ${folder}`,
  ].join('\n');

/** Makes the key of a person or of one more coordinator. */
export const addAuthUser = (
  app: App,
  asked: { readonly name: string; readonly role: UserRole | 'coordinator' },
  flags: AuthFlags,
): Promise<ExitCode> => add(app, asked, flags);

/** Makes the key of the agent of a node. */
export async function addAuthAgent(app: App, node: string, flags: AuthFlags): Promise<ExitCode> {
  if (!isSafeId(node)) {
    const shown = JSON.stringify(node.slice(0, 80));
    const message = `The node ${shown} may hold 1 to 63 of A-Z a-z 0-9 _ - only.`;
    return refuse(app, [{ code: 'cli.usage', field: 'node', message }]);
  }
  const agent = { role: 'agent', node: node as NodeId } as const;
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { endEarlierApproval } = await import('./auth-revoke.js');
  const ended = await endEarlierApproval(app, { folder: keys.value.folder, node: agent.node });
  return ended.ok ? add(app, agent, flags) : refuse(app, ended.error);
}

async function add(app: App, asked: NewUser, flags: AuthFlags): Promise<ExitCode> {
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { folder } = keys.value;
  const added = changeKeys(folder, (record) => addUser(folder, record, asked));
  if (!added.ok) return refuse(app, added.error);
  const { user, path } = added.value;
  app.output.data(path);
  app.output.message(`The key of ${user.name}, ${user.role}: ${giveTo(user)}, and to nobody else.`);
  const key = readCredentials(path, 'dqoes auth');
  return reload(app, folder, {
    record: added.value.record,
    expected: 'accepted',
    ...(key.ok ? { key: key.value } : {}),
  });
}

function giveTo({ name, role, node }: AuthUser): string {
  if (role === 'agent')
    return `give it to the agent of ${node ?? ''} (nats.credentials in agent.yaml)`;
  if (role === 'coordinator')
    return 'give it to the coordinator (nats.credentials in coordinator.yaml)';
  return `give it to ${name} (--creds FILE, or DQOES_NATS_CREDS)`;
}

/** Makes another key for a user in the place of the old one. */
export async function rotateKey(app: App, name: string, flags: AuthFlags): Promise<ExitCode> {
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { folder, record } = keys.value;
  const used = inUse(folder, record, name);
  if (used !== undefined) return refuse(app, [used]);
  const old = readCredentials(keyPath(folder, name), 'dqoes auth');
  const made = changeKeys(folder, (now) => replaceKey(folder, now, name));
  if (!made.ok) return refuse(app, made.error);
  app.output.data(made.value.path);
  app.output.message(`${name} has a new key: ${giveTo(made.value.user)}, and to nobody else.`);
  return reload(app, folder, {
    record: made.value.record,
    expected: 'refused',
    ...(old.ok ? { key: old.value } : {}),
  });
}

/** The parts of a `dqoes up` do not read their keys again before its next start. */
function inUse(folder: string, { users }: AuthRecord, name: string): Fault | undefined {
  const isOwn = users.some((user) => user.name === name && user.own === true);
  if (!isOwn || runningNats(dirname(folder)) === undefined) return undefined;
  const message =
    `${name} is the key of a part of the dqoes up that runs: stop it first; at its next start it ` +
    'uses the new key, or makes one.';
  return { code: 'cli.usage', field: 'name', message };
}

/** Writes the configuration of the server as this version has it; no key changes. */
export async function updateServer(app: App, flags: AuthFlags): Promise<ExitCode> {
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { folder } = keys.value;
  const record = changeKeys(folder, (now) => {
    const written = writeFolder(folder, now);
    return written.ok ? ok(now) : written;
  });
  if (!record.ok) return refuse(app, record.error);
  return reload(app, folder, { record: record.value, expected: 'accepted' });
}

/**
 * Makes a key useless, at once where the server can be told. What the agent of a node was approved
 * for ends with its key: another host that gets one has to be approved itself.
 */
export async function revokeKey(app: App, name: string, flags: AuthFlags): Promise<ExitCode> {
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { folder, record } = keys.value;
  const used = inUse(folder, record, name);
  if (used !== undefined) return refuse(app, [used]);
  // Its file may lie elsewhere by now.
  const key = readCredentials(keyPath(folder, name), 'dqoes auth');
  const known = key.ok ? { key: key.value } : {};
  const user = record.users.find((each) => each.name === name);
  if (user?.role === 'agent') {
    const { revokeAgent } = await import('./auth-revoke.js');
    return revokeAgent(app, { folder, node: user.node, ...known });
  }
  const left = changeKeys(folder, (now) => removeUser(folder, now, name));
  if (!left.ok) return refuse(app, left.error);
  app.output.message(`${name} has no key any more.`);
  return reload(app, folder, { record: left.value, expected: 'refused', ...known });
}

/** Lists who has a key. */
export function listKeys(app: App, flags: ListFlags): ExitCode {
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { cluster, users } = keys.value.record;
  if (flags.output === 'json' || flags.output === 'yaml')
    printAnswer(app, flags as ShowFlags, { cluster, users });
  else if (flags.quiet === true) for (const { name } of users) app.output.data(name);
  else
    for (const line of tableLines(KEY_COLUMNS, users, listOptions(app, flags.output)))
      app.output.data(line);
  return 0;
}

/** Columns of `dqoes auth list`; `-o wide` shows whole keys on any terminal. */
export const KEY_COLUMNS: readonly Column<AuthUser>[] = [
  { title: 'NAME', ...NAME_FIT, cell: ({ name }) => name },
  { title: 'ROLE', cell: ({ role }) => role },
  { title: 'NODE', ...NAME_FIT, cell: ({ node }) => node ?? '-' },
  { title: 'PUBLIC KEY', ...TEXT_FIT, cell: ({ publicKey }) => publicKey },
];
