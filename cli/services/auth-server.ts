import { dirname, resolve } from 'node:path';
import type { NatsAuth } from '../../proto/nats/auth.js';
import { err, ok, type Result } from '../../shared/result.js';
import { authFolderOf, readFolder, serverConfigPath } from '../auth/folder.js';
import { locked } from '../auth/folder-lock.js';
import { pidIn, reloadServer, type Told } from '../auth/reload.js';
import type { AuthRecord } from '../auth/users.js';
import { plainAddress } from '../nats-address.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import type { CommonFlags } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { tlsOfEnvironment } from '../target/target.js';
import { runningStacks } from '../up/running-stacks.js';
import { runningNats } from '../up/state-lock.js';

/** The flags of every `dqoes auth` command. */
export interface AuthFlags extends CommonFlags {
  readonly dir?: string;
  /** Of a running `dqoes up`. */
  readonly cluster?: string;
}
/** A folder of keys, and what it holds. */
export interface Keys {
  readonly folder: string;
  readonly record: AuthRecord;
}

/**
 * The keys of the folder that was given, else of the running `dqoes up` of this user that the
 * cluster or the address names, else of the usual folder. Where several run and none is named, it
 * is a fault: keys are given and taken in one cluster only.
 */
export function openKeys(app: App, flags: AuthFlags): Result<Keys> {
  const folder = folderOf(app, flags);
  if (!folder.ok) return folder;
  const record = recordOf(folder.value);
  return record.ok ? ok({ folder: folder.value, record: record.value }) : record;
}

/** Changes the keys of a folder by what it holds now, while no other process changes it. */
export const changeKeys = <T>(
  folder: string,
  change: (record: AuthRecord) => Result<T>,
): Result<T> =>
  locked(folder, () => {
    const record = recordOf(folder);
    return record.ok ? change(record.value) : record;
  });

/** What the folder holds. */
export function recordOf(folder: string): Result<AuthRecord> {
  const record = readFolder(folder);
  if (!record.ok) return record;
  if (record.value !== undefined) return ok(record.value);
  return err([
    {
      code: 'auth.bad',
      field: 'dir',
      message:
        `${folder} holds no keys: dqoes auth init makes them for a NATS server of your own, and ` +
        'dqoes up for itself; --dir says where.',
    },
  ]);
}

function folderOf(app: App, { dir, cluster: asked }: AuthFlags): Result<string> {
  if (dir !== undefined) return ok(resolve(dir));
  const { cluster, natsUrl, runtimeDirs, stateDir } = app.config;
  const wanted = asked ?? cluster;
  const running = runningStacks([runtimeDirs[0]]);
  const found = running.filter(
    (up) =>
      (wanted === undefined || up.cluster === wanted) &&
      (natsUrl === undefined || plainAddress(up.url) === plainAddress(natsUrl)),
  );
  const [up, ...others] = found;
  if (up !== undefined && others.length === 0) return ok(authFolderOf(up.stateDir));
  if (running.length === 0) return ok(authFolderOf(stateDir));
  const named = running.map((each) => `--cluster ${each.cluster} (${authFolderOf(each.stateDir)})`);
  const what = found.length === 0 ? 'none of them is meant' : 'choose one';
  const message =
    `${running.length} dqoes up of yours run here, ${what}: give ${named.join(' or ')}, or --dir ` +
    'for other keys';
  return err([{ code: 'cli.usage', field: 'cluster', message }]);
}

/** What the server is to follow. */
export interface Change {
  readonly record: AuthRecord;
  /** The key that was added or revoked; absent = its file is not here. */
  readonly key?: NatsAuth;
  readonly expected: 'accepted' | 'refused';
}

/**
 * Tells the server, or says how to. Exit code 1 = it does not know yet. Where no server runs, all
 * is done but for a key that is to be refused: one that runs elsewhere would go on accepting it.
 */
export async function reload(app: App, folder: string, change: Change): Promise<ExitCode> {
  const told = tellServer(folder, change.record);
  if (!told.ok) {
    app.output.problem(
      `The NATS server does not know yet: ${told.error}. Make each server read ` +
        `${serverConfigPath(folder)} again: nats-server --signal reload=PID.`,
    );
    return 1;
  }
  if (told.value === 'absent') return absentServer(app, folder, change);
  app.output.message('The NATS server was told to read its configuration again.');
  return (await isInForce(app, folder, change)) ? 0 : 1;
}

function absentServer(app: App, folder: string, { record, expected }: Change): ExitCode {
  const path = serverConfigPath(folder);
  const { natsPidFile } = record;
  if (natsPidFile === undefined) {
    app.output.message('The NATS server of dqoes up does not run: it reads this when it starts.');
    return 0;
  }
  const none = `No NATS server runs by ${natsPidFile}: it reads ${path} when it starts.`;
  const other = 'If one runs, make it read that again (nats-server --signal reload=PID)';
  if (expected === 'accepted') app.output.message(`${none} ${other}.`);
  else app.output.problem(`${none} ${other}: until then it accepts the old key.`);
  return expected === 'accepted' ? 0 : 1;
}

/** Tries the key where the address of the server is known. */
async function isInForce(app: App, folder: string, change: Change): Promise<boolean> {
  const { key, expected } = change;
  const url = addressOf(app, folder);
  if (url === undefined || key === undefined) return true;
  const tls = tlsOfEnvironment(app.config);
  if (!tls.ok) {
    refuse(app, tls.error);
    app.output.problem(`Whether the NATS server at ${url} has ${expected} the key was not tried.`);
    return false;
  }
  const { value } = tls;
  const check = {
    url,
    auth: key,
    clock: app.clock,
    ...(value === undefined ? {} : { tls: value }),
  };
  const { becomes } = await import('../auth/confirm.js');
  if (await becomes(expected, check)) return true;
  app.output.problem(
    `The NATS server at ${url} has not ${expected} the key within 10 s: see its log, and whether ` +
      `it includes ${serverConfigPath(folder)}.`,
  );
  return false;
}

function serverOf(
  folder: string,
  { natsPidFile, store }: AuthRecord,
): Result<number | undefined, string> {
  if (natsPidFile !== undefined) return pidIn(natsPidFile);
  const own = runningNats(dirname(folder));
  if (own !== undefined) return ok(own.pid);
  // Only `dqoes up` says where its server stores, and it knows whether that runs.
  return store === undefined
    ? err('its process is not known (auth init --nats-pid)')
    : ok(undefined);
}

/** Makes the server read its configuration again. The error is the reason why it cannot be told. */
export function tellServer(folder: string, record: AuthRecord): Result<Told, string> {
  const pid = serverOf(folder, record);
  if (!pid.ok) return pid;
  return pid.value === undefined ? ok('absent') : reloadServer(pid.value);
}

/** Where the server of a folder listens: that of a running `dqoes up`, else of DQOES_NATS_URL. */
export const addressOf = (app: App, folder: string): string | undefined =>
  runningStacks([app.config.runtimeDirs[0]]).find(
    ({ stateDir }) => authFolderOf(stateDir) === folder,
  )?.url ?? app.config.natsUrl;
