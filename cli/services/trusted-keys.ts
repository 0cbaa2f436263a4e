import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { keyList } from '../../shared/key-text.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { loopbackPorts } from '../nats-address.js';
import type { App } from '../shell/app.js';
import type { ShowFlags } from '../shell/options.js';
import { natsTarget } from '../target/nats-target.js';
import type { NatsTarget } from '../target/target.js';
import { type RunningStack, runningStacks } from '../up/running-stacks.js';
import { publicKeyPath } from '../up/stack-files.js';

/** Where the cluster is, and whose coordinators it shall have. */
export type TrustFlags = ShowFlags & { readonly coordinatorKeys?: string };

/**
 * Whose signature the key of the coordinators must have; none = it is taken as it comes. Those that
 * were given, by the command line, the environment or the context; else, on this machine and
 * without TLS, that of the `dqoes up` which runs there, or the last one of this user: any user may
 * take the port of one that ended. Without any, an address that nobody gave is a fault.
 */
export function trustedKeys(app: App, flags: TrustFlags): Result<readonly string[]> {
  if (flags.coordinatorKeys !== undefined) return keysSaid(flags.coordinatorKeys);
  const target = natsTarget(app.config, flags);
  if (!target.ok) return target;
  if (target.value.coordinatorKeys !== undefined) return keysSaid(target.value.coordinatorKeys);
  if (target.value.tls !== undefined) return ok([]);
  const ports = loopbackPorts(target.value.url);
  if (ports.length === 0) return ok([]);
  const { runtimeDirs, stateDir } = app.config;
  const up = runtimeDirs
    .flatMap((folder) => runningStacks([folder]))
    .find(({ url }) => loopbackPorts(url).some((port) => ports.includes(port)));
  const keys = up === undefined ? keysIn(stateDir) : keysOf(up);
  if (keys.length > 0 || target.value.isGuess !== true) return ok(keys);
  return err([nobodyTrusted(target.value)]);
}

/**
 * The keys of the coordinators of the cluster whose NATS keys lie in `folder`: those that were
 * said, else those of the `dqoes up` that the folder belongs to; none = nothing here knows them.
 */
export function coordinatorsOf(
  app: App,
  said: string | undefined,
  folder: string,
): Result<readonly string[]> {
  const given = said ?? app.config.coordinatorKeys;
  return given === undefined ? ok(keysIn(dirname(folder))) : keysSaid(given);
}

function keysSaid(said: string): Result<readonly string[]> {
  const keys = keyList(said);
  if (keys.ok) return keys;
  const shown = JSON.stringify(keys.error.slice(0, 50));
  const message = `--coordinator-keys: ${shown} is not a public key: see dqoes coordinator key`;
  return err([{ code: 'cli.usage', field: '--coordinator-keys', message }]);
}

const keysOf = ({ coordinatorKey, stateDir }: RunningStack): readonly string[] =>
  coordinatorKey === undefined ? keysIn(stateDir) : [coordinatorKey];

/** What a `dqoes up` with this state folder wrote down; none where there was none. */
export function keysIn(stateDir: string): readonly string[] {
  try {
    return [readFileSync(publicKeyPath(stateDir), 'utf8').trim()];
  } catch {
    return [];
  }
}

const nobodyTrusted = ({ url, from, hint }: NatsTarget): Fault => ({
  code: 'secret.untrusted-key',
  field: 'coordinator-keys',
  message:
    `nothing here says which coordinators to trust at ${url} (${from}), where any user of this ` +
    'machine may listen: start dqoes up, or give --coordinator-keys (on the coordinators, dqoes ' +
    `coordinator key prints them)${hint === undefined ? '' : `. ${hint}`}. Nothing was sent`,
});
