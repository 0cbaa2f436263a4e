import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { makeFolder } from '../files/make-folder.js';
import { replaceFile } from '../files/replace-file.js';

/** Settings of the agent that a package has installed on this host. */
export const INSTALLED_AGENT = '/etc/dqoes/agent.yaml';

/** What an agent needs to know of the cluster that its host has joined. */
export interface JoinedSettings {
  readonly node: string;
  readonly cluster: string;
  readonly url: string;
  /** Path of the key. */
  readonly credentials: string;
  /** Those that the agent obeys; absent = all that NATS lets through. */
  readonly coordinatorKeys?: readonly string[];
}

/** The settings as YAML; strings are written as JSON, which every YAML reader takes as text. */
export const joinedText = (settings: JoinedSettings): string => {
  const { node, cluster, url, credentials, coordinatorKeys } = settings;
  return [
    `node: ${JSON.stringify(node)}`,
    `cluster: ${JSON.stringify(cluster)}`,
    `nats: { url: ${JSON.stringify(url)}, credentials: ${JSON.stringify(credentials)} }`,
    ...(coordinatorKeys === undefined
      ? []
      : [`coordinator-keys: ${JSON.stringify(coordinatorKeys.join(','))}`]),
    '',
  ].join('\n');
};

/** The installed `agent.yaml`, where there is one and this user may write beside it. */
export const installedAgent = (mayWrite: boolean, file = INSTALLED_AGENT): string | undefined =>
  mayWrite && existsSync(file) ? file : undefined;

/** The file beside `agent.yaml` that holds what joining has decided; read after it. */
export const joinedFile = (agentFile: string): string =>
  join(agentFile.replace(/\.ya?ml$/, '.d'), 'join.yaml');

/** Writes them beside `agent.yaml`, mode 0640; the value is the path. The error is the reason. */
export function writeJoined(agentFile: string, settings: JoinedSettings): Result<string, string> {
  const path = joinedFile(agentFile);
  try {
    makeFolder(dirname(path), 0o755);
    const head = '# Written by dqoes join; agent.yaml is read before this.\n';
    replaceFile(path, `${head}${joinedText(settings)}`, 0o640);
    return ok(path);
  } catch (cause) {
    return err(`${path} cannot be written (${messageOf(cause)})`);
  }
}
