import { makeSigningKey } from '../../coordinator/signing-key.js';
import { publicTextOf } from '../../proto/signing/signed-commands.js';
import { type GuardedServer, must } from '../security/guarded-server.js';

export const COORDINATORS = ['c1', 'c2'] as const;
export type ProgramName = 'agent' | (typeof COORDINATORS)[number];
export const PROGRAMS: readonly ProgramName[] = ['agent', ...COORDINATORS];

/** What the settings of a cluster's programs name. */
export interface ProgramPlaces {
  readonly cluster: string;
  readonly guarded: GuardedServer;
  /** Threads among which each coordinator divides its nodes. */
  readonly workers: number;
  /** Path of the key that signs; it is made. */
  readonly signingKey: string;
  readonly places: {
    readonly stateDir: string;
    readonly recordsDir: string;
    /** Of Docker. */
    readonly socket: string;
  };
}

/** The settings file of each program; of the agent the node is called like the cluster. */
export function settingsOf({
  cluster,
  guarded,
  workers,
  signingKey,
  places,
}: ProgramPlaces): Readonly<Record<ProgramName, string>> {
  const publicKey = publicTextOf(must(makeSigningKey(signingKey)));
  const textOf = (user: string, lines: readonly string[]): string =>
    [
      `cluster: ${cluster}`,
      `nats: { url: "${guarded.url}", credentials: ${guarded.keyFile(user)} }`,
      ...lines,
      '',
    ].join('\n');
  const coordinator = (name: string): string =>
    textOf(name, [
      ...[`name: ${name}`, 'lease: 4s', 'interval: 1s', `signing-key: ${signingKey}`],
      `workers: ${workers}`,
    ]);
  return {
    c1: coordinator('c1'),
    c2: coordinator('c2'),
    agent: textOf(`agent-${cluster}`, [
      `node: ${cluster}`,
      `label-prefix: ${cluster}.`,
      `coordinator-keys: ${publicKey}`,
      'interval: 500ms',
      `state-dir: ${places.stateDir}`,
      `records-dir: ${places.recordsDir}`,
      `docker: { socket: ${places.socket} }`,
      'push: { enable: false }',
      'stop-grace: 1s',
    ]),
  };
}
