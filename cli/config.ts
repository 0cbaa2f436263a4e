import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { NO_TLS, type TlsPaths } from './credentials.js';

/** Port of the console where nothing else is said. */
export const DEFAULT_CONSOLE_PORT = 8470;
/** Where the metrics of `dqoes console` are. */
export const CONSOLE_METRICS_PORT = 8473;
/** Name of the cluster where nothing else is said. */
export const DEFAULT_CLUSTER = 'main';

/** What the environment says; read once, at the start. */
export interface CliConfig {
  readonly natsUrl: string | undefined;
  /** Path of a credentials file. */
  readonly natsCreds: string | undefined;
  /** `NO_TLS` itself where nothing is said. */
  readonly natsTls: TlsPaths;
  /** Name or number of the user who runs NATS on this machine. */
  readonly natsServerUser: string | undefined;
  /** Public keys of coordinators, comma-separated. */
  readonly coordinatorKeys: string | undefined;
  /** Absent = not set; see `DEFAULT_CLUSTER`. */
  readonly cluster: string | undefined;
  /** Name of a context. */
  readonly context: string | undefined;
  readonly noColour: boolean;
  /** The program that opens pages, as the person chose it (`$BROWSER`, the first of several). */
  readonly browser: string | undefined;
  /** There is a screen to open windows on. */
  readonly hasDisplay: boolean;
  /** The terminal can do nothing but print lines (`TERM=dumb`, or no TERM). */
  readonly isDumb: boolean;
  /** The locale is one of UTF-8. */
  readonly isUtf8: boolean;
  /** The editor of the person, with its options. */
  readonly editor: string;
  /** Home folder of the user. */
  readonly home: string;
  /** `~/.config`, where contexts lie: ours, and those of the `nats` program. */
  readonly configHome: string;
  /** Where `dqoes up` keeps its state by default. */
  readonly stateDir: string;
  /**
   * Folders in which a running `dqoes up` publishes its address: first the one of this user, then
   * that of root.
   */
  readonly runtimeDirs: readonly [string, ...string[]];
  /** The service manager that waits for notices of sd_notify(3); absent = none does. */
  readonly serviceManager?: ServiceManager;
  /** Flags that the engine was started with. */
  readonly engineFlags: readonly string[];
  /** Absolute path of a program, or `undefined` when it is not installed. */
  readonly which: (program: string) => string | undefined;
}

/** What a service manager asks of a service. */
export interface ServiceManager {
  /** Ends a service that is silent for so long, ms; absent = it waits without end. */
  readonly watchdogMs?: number;
}

/** Reads the environment. No other code of the CLI does. */
export function readCliConfig(env: NodeJS.ProcessEnv = process.env): CliConfig {
  const home = wholePath(env.HOME) ?? homeOfUser();
  const root = process.getuid?.() === 0;
  const stateHome = wholePath(env.XDG_STATE_HOME) ?? join(home, '.local', 'state');
  const userStateDir = join(stateHome, 'dqoes');
  return {
    natsUrl: given(env.DQOES_NATS_URL),
    natsCreds: given(env.DQOES_NATS_CREDS),
    natsTls: tlsIn(env),
    natsServerUser: given(env.DQOES_NATS_SERVER_USER),
    coordinatorKeys: given(env.DQOES_COORDINATOR_KEYS),
    cluster: given(env.DQOES_CLUSTER),
    context: given(env.DQOES_CONTEXT),
    noColour: given(env.NO_COLOR) !== undefined,
    browser: given(env.BROWSER?.split(':')[0]),
    hasDisplay: given(env.DISPLAY) !== undefined || given(env.WAYLAND_DISPLAY) !== undefined,
    isDumb: (given(env.TERM) ?? 'dumb') === 'dumb',
    isUtf8: isUtf8(given(env.LC_ALL) ?? given(env.LC_CTYPE) ?? given(env.LANG) ?? ''),
    editor: given(env.VISUAL) ?? given(env.EDITOR) ?? 'vi',
    home,
    configHome: wholePath(env.XDG_CONFIG_HOME) ?? join(home, '.config'),
    stateDir: root ? ROOT_STATE_DIR : userStateDir,
    runtimeDirs: runtimeDirsOf(wholePath(env.XDG_RUNTIME_DIR), root ? undefined : userStateDir),
    engineFlags: [...process.execArgv, env.NODE_OPTIONS ?? ''],
    which: (program) => findProgram(program, env.PATH ?? ''),
    ...serviceManagerIn(env),
  };
}

/** A user without a name, as in a container, has none. */
function homeOfUser(): string {
  try {
    return userInfo().homedir;
  } catch {
    return '/';
  }
}

function serviceManagerIn(env: NodeJS.ProcessEnv): { readonly serviceManager?: ServiceManager } {
  if (given(env.NOTIFY_SOCKET) === undefined) return {};
  const watchdogMs = Number(env.WATCHDOG_USEC) / 1000;
  // sd_watchdog_enabled(3): it is for one process, and may have been inherited by another.
  const isOurs = given(env.WATCHDOG_PID) === undefined || env.WATCHDOG_PID === String(process.pid);
  return { serviceManager: isOurs && watchdogMs > 0 ? { watchdogMs } : {} };
}

const ROOT_STATE_DIR = '/var/lib/dqoes';
const ROOT_RUNTIME_DIR = '/run/dqoes';

function runtimeDirsOf(
  xdgRuntimeDir: string | undefined,
  userStateDir: string | undefined,
): readonly [string, ...string[]] {
  const own = xdgRuntimeDir === undefined ? undefined : join(xdgRuntimeDir, 'dqoes');
  if (userStateDir === undefined) return [own ?? ROOT_RUNTIME_DIR];
  return [own ?? join(userStateDir, 'run'), ROOT_RUNTIME_DIR];
}

function tlsIn(env: NodeJS.ProcessEnv): TlsPaths {
  const { DQOES_NATS_TLS_CA: ca = '', DQOES_NATS_TLS_CERT: cert = '' } = env;
  const { DQOES_NATS_TLS_KEY: key = '' } = env;
  return ca === '' && cert === '' && key === '' ? NO_TLS : { ca, cert, key };
}

const isUtf8 = (locale: string): boolean => /\butf-?8\b/i.test(locale);

const given = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;

/** A path that is not whole is another folder wherever a command is called, and does not count. */
const wholePath = (path: string | undefined): string | undefined =>
  path?.startsWith('/') === true ? path : undefined;

/** Servers are installed in sbin, which is not on the PATH of every user. */
function findProgram(program: string, path: string): string | undefined {
  if (program.startsWith('/')) return isExecutable(program) ? program : undefined;
  const folders = [
    ...path.split(':').filter((folder) => folder !== ''),
    '/usr/local/bin',
    '/usr/sbin',
    '/usr/local/sbin',
  ];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
