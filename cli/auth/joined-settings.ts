import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { makeFolder } from '../files/make-folder.js';
import { type StagedFile, stageFile } from '../files/staged-file.js';

/** Settings of the agent that a package has installed on this host. */
export const INSTALLED_AGENT = '/etc/dqoes/agent.yaml';

/** What an agent needs to know of the cluster that its host has joined. */
export interface JoinedSettings {
  readonly node: string;
  readonly cluster: string;
  readonly url: string;
  /** Path of the key. */
  readonly credentials: string;
  /** Name or number of the user who runs NATS on this machine; absent = not given. */
  readonly serverUser?: string;
  /** Those that the agent obeys; absent = all that NATS lets through. */
  readonly coordinatorKeys?: readonly string[];
  /** Paths of PEM files; '' = not given; absent = no TLS beyond what the server asks for. */
  readonly tls?: Readonly<Record<'ca' | 'cert' | 'key', string>>;
}

/** The settings as YAML; strings are written as JSON, which every YAML reader takes as text. */
export const joinedText = (settings: JoinedSettings): string => {
  const { node, cluster, url, credentials, serverUser, coordinatorKeys, tls } = settings;
  const files = filesOf(tls).map(([name, path]) => `    ${name}: ${JSON.stringify(path)}`);
  return [
    `node: ${JSON.stringify(node)}`,
    `cluster: ${JSON.stringify(cluster)}`,
    'nats:',
    `  url: ${JSON.stringify(url)}`,
    `  credentials: ${JSON.stringify(credentials)}`,
    ...(serverUser === undefined ? [] : [`  server-user: ${JSON.stringify(serverUser)}`]),
    ...(files.length === 0 ? [] : ['  tls:']),
    ...files,
    ...(coordinatorKeys === undefined
      ? []
      : [`coordinator-keys: ${JSON.stringify(coordinatorKeys.join(','))}`]),
    '',
  ].join('\n');
};

/** Those that are given, by name. */
const filesOf = (tls: JoinedSettings['tls']) =>
  (['ca', 'cert', 'key'] as const).flatMap((name) => {
    const path = tls?.[name] ?? '';
    return path === '' ? [] : [[name, path] as const];
  });

/** The same by dotted key, as the agent will have it. */
export const joinedValues = (settings: JoinedSettings): Readonly<Record<string, string>> => {
  const { node, cluster, url, credentials, serverUser, coordinatorKeys, tls } = settings;
  const files = filesOf(tls).map(([name, path]) => [`nats.tls.${name}`, path] as const);
  return {
    ...{ node, cluster, 'nats.url': url, 'nats.credentials': credentials },
    ...(serverUser === undefined ? {} : { 'nats.server-user': serverUser }),
    ...Object.fromEntries(files),
    ...(coordinatorKeys === undefined ? {} : { 'coordinator-keys': coordinatorKeys.join(',') }),
  };
};

/** The installed `agent.yaml`, where there is one and this user may write beside it. */
export const installedAgent = (mayWrite: boolean, file = INSTALLED_AGENT): string | undefined =>
  mayWrite && existsSync(file) ? file : undefined;

/** The file beside `agent.yaml` that holds what joining has decided; read after it. */
export const joinedFile = (agentFile: string): string =>
  join(agentFile.replace(/\.ya?ml$/, '.d'), 'join.yaml');

/** Settings that are written beside `agent.yaml`, and not yet read by the agent. */
export interface StagedSettings {
  /** Where the agent will find them. */
  readonly path: string;
  readonly file: StagedFile;
}

/**
 * Writes them beside `agent.yaml`, mode 0640, so that a disk that is full is known before the host
 * has joined. The error is the reason.
 */
export function stageJoined(
  agentFile: string,
  settings: JoinedSettings,
): Result<StagedSettings, string> {
  const path = joinedFile(agentFile);
  if (!existsSync(agentFile)) return err(`${agentFile} is not there: name your agent.yaml`);
  if (dirname(path) === agentFile)
    return err(`${agentFile} does not end in .yaml, so nothing beside it is read: rename it`);
  try {
    makeFolder(dirname(path), 0o755);
    const head = '# Written by dqoes join; agent.yaml is read before this.\n';
    const text = `${head}${joinedText(settings)}`;
    return ok({ path, file: stageFile({ path, text, mode: 0o640 }) });
  } catch (cause) {
    const why = messageOf(cause);
    return err(`${path} cannot be written (${why}): make room there, or check its folder`);
  }
}
