import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isOldNats, LEAST_NATS } from '../../proto/nats/server-version.js';
import { authFolderOf, serverConfigPath, serverFolder } from '../auth/folder.js';

/** How to start a NATS server. */
export interface NatsLaunch {
  readonly command: string;
  readonly args: readonly string[];
  /** `nats-server` or the name of the image, for messages. */
  readonly what: string;
  /** Name of the container, when it runs in one. */
  readonly container?: string;
}

/** Programs found on this machine; `undefined` = not installed. */
export interface NatsPrograms {
  readonly natsServer: string | undefined;
  readonly docker: string | undefined;
  /**
   * From util-linux: lets the kernel end the server when this process is killed without a chance to
   * clean up.
   */
  readonly setpriv: string | undefined;
  /** Version of a `nats-server` that is installed and too old to be used. */
  readonly oldNats?: string;
}

/** The programs, as found by `which`. A `nats-server` that is too old counts as not installed. */
export function natsPrograms(
  which: (program: string) => string | undefined,
  versionOf: (natsServer: string) => string = natsVersion,
): NatsPrograms {
  const others = { docker: which('docker'), setpriv: which('setpriv') };
  const natsServer = which('nats-server');
  const version = natsServer === undefined ? '' : versionOf(natsServer);
  return isOldNats(version)
    ? { natsServer: undefined, ...others, oldNats: version }
    : { natsServer, ...others };
}

/** `2.10.27`; '' = it does not say it. */
function natsVersion(natsServer: string): string {
  const said = spawnSync(natsServer, ['--version'], { encoding: 'utf8', timeout: 5000 });
  return /v?(\d+\.\d+\S*)/.exec(said.stdout ?? '')?.[1] ?? '';
}

/** Image of NATS that is used where no `nats-server` is installed. */
export const NATS_IMAGE = 'nats:2.10';

/** What people are told before NATS starts that may take minutes; undefined = nothing. */
export function slowStart({ natsServer, docker, oldNats }: NatsPrograms): string | undefined {
  if (natsServer !== undefined || docker === undefined) return undefined;
  const why =
    oldNats === undefined
      ? 'No nats-server is installed'
      : `The nats-server ${oldNats} of this machine is too old (${LEAST_NATS} or newer)`;
  return `${why}: starting the image ${NATS_IMAGE}, which Docker fetches where it is not here yet…`;
}

/** Where the server of a state folder stores. */
export const storeFolder = (stateDir: string): string => join(stateDir, 'nats');
/** What the container sees of it. */
export const CONTAINER_STORE = '/data';
const CONTAINER_CONFIG = '/etc/dqoes';

/** Where a NATS server keeps its data and listens. */
export interface NatsPlace {
  readonly stateDir: string;
  readonly port: number;
  readonly image: string;
  /** Owner of the files that a container writes. */
  readonly user: { readonly uid: number; readonly gid: number };
}

/**
 * How to start NATS: `nats-server` from PATH, else the official image through Docker; undefined =
 * neither is installed. It listens on loopback only; the configuration in the state folder says who
 * may do what, and where JetStream stores.
 */
export function natsLaunch(programs: NatsPrograms, place: NatsPlace): NatsLaunch | undefined {
  const auth = authFolderOf(place.stateDir);
  if (programs.natsServer !== undefined) {
    const args = ['-a', '127.0.0.1', '-p', String(place.port), '-c', serverConfigPath(auth)];
    const launch = { command: programs.natsServer, args, what: 'nats-server' };
    return tied(programs.setpriv, withGarbageBound(launch));
  }
  if (programs.docker === undefined) return undefined;
  const digest = createHash('sha256').update(place.stateDir).digest('hex');
  const container = `dqoes-nats-${digest.slice(0, 12)}`;
  const args = [
    'run',
    '--rm',
    ...['--name', container],
    ...['--user', `${place.user.uid}:${place.user.gid}`],
    ...['--publish', `127.0.0.1:${place.port}:4222`],
    ...['--volume', `${storeFolder(place.stateDir)}:${CONTAINER_STORE}`],
    ...['--env', 'GOGC'],
    // The folder, not the file: a new file then shows in the container.
    ...['--volume', `${serverFolder(auth)}:${CONTAINER_CONFIG}:ro`],
    place.image,
    ...['-c', `${CONTAINER_CONFIG}/nats.conf`],
  ];
  const what = `the image ${place.image}`;
  return tied(
    programs.setpriv,
    withGarbageBound({ command: programs.docker, args, what, container }),
  );
}

/**
 * How far the server's heap may grow between two collections, %; Go has 100. Most of what it holds
 * are pieces of its files, which cost a collection nothing.
 */
export const NATS_GARBAGE_PERCENT = 50;

/** Started with that bound, where nobody has set another one. */
const withGarbageBound = (launch: NatsLaunch): NatsLaunch => ({
  ...launch,
  command: '/bin/sh',
  args: [
    '-c',
    `export GOGC="\${GOGC:-${NATS_GARBAGE_PERCENT}}"; exec "$0" "$@"`,
    ...[launch.command, ...launch.args],
  ],
});

const tied = (setpriv: string | undefined, launch: NatsLaunch): NatsLaunch =>
  setpriv === undefined
    ? launch
    : {
        ...launch,
        command: setpriv,
        args: ['--pdeathsig', 'TERM', '--', launch.command, ...launch.args],
      };
