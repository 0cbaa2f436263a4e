import { createHash } from 'node:crypto';
import { join } from 'node:path';

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
}

/** The programs, as found by `which`. */
export const natsPrograms = (which: (program: string) => string | undefined): NatsPrograms => ({
  natsServer: which('nats-server'),
  docker: which('docker'),
  setpriv: which('setpriv'),
});

/** Image of NATS that is used where no `nats-server` is installed. */
export const NATS_IMAGE = 'nats:2.10';

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
 * neither is installed. JetStream is on; it listens on loopback only.
 */
export function natsLaunch(programs: NatsPrograms, place: NatsPlace): NatsLaunch | undefined {
  const store = join(place.stateDir, 'nats');
  if (programs.natsServer !== undefined) {
    const args = ['-a', '127.0.0.1', '-p', String(place.port), '-js', '-sd', store];
    return tied(programs.setpriv, { command: programs.natsServer, args, what: 'nats-server' });
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
    ...['--volume', `${store}:/data`],
    place.image,
    ...['-js', '-sd', '/data'],
  ];
  return tied(programs.setpriv, {
    command: programs.docker,
    args,
    what: `the image ${place.image}`,
    container,
  });
}

const tied = (setpriv: string | undefined, launch: NatsLaunch): NatsLaunch =>
  setpriv === undefined
    ? launch
    : {
        ...launch,
        command: setpriv,
        args: ['--pdeathsig', 'TERM', '--', launch.command, ...launch.args],
      };
