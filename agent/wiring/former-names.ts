import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { AgentConfig } from '../config.js';
import { isOurs, OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import type { DockerEngine } from '../drivers/docker-engine.js';
import type { HeldLock } from '../drivers/engine-lock.js';
import { createFileStore } from '../drivers/file-store.js';
import { otherNames, readNames, writeNames } from '../enforce/node-names.js';
import { lockNamesOf, lockShare, shareOf } from './engine.js';

/** Names that a node had before, whose job containers are its own now. */
export interface FormerNames {
  readonly names: readonly NodeId[];
  /** Held while they are: no agent of such a name runs beside this one. */
  readonly lock: HeldLock;
}

/** What claiming uses. */
export interface ClaimDeps {
  readonly engine: Pick<DockerEngine, 'engineId' | 'list'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Takes over the job containers that agents of this state folder started while the node had another
 * name: nobody else would ever stop them, and their names are taken. A name that another agent of
 * this host has by now is left to it, one of which nothing is left is forgotten. Never rejects: a
 * disk that refuses is logged.
 */
export async function claimFormerNames(config: AgentConfig, deps: ClaimDeps): Promise<FormerNames> {
  const { cluster, node, 'state-dir': folder } = config;
  const files = createFileStore(folder);
  const own = { cluster, node };
  const refused = (cause: unknown): void =>
    deps.log.warn('the names of this node cannot be noted, and another name would not know them', {
      folder,
      cause: messageOf(cause),
    });
  const known = await readNames(files).catch((cause: unknown) => {
    refused(cause);
    return [];
  });
  const left = await leftOf(otherNames(known, own), own, deps);
  const elsewhere = known.filter((each) => each.cluster !== cluster);
  const kept = left.map((name) => ({ cluster, node: name }));
  await writeNames(files, known, [...elsewhere, ...kept, own]).catch(refused);
  return hold(left, config, deps);
}

/** Those of which there are containers, or may be: the engine does not say. */
async function leftOf(
  names: readonly NodeId[],
  own: Pick<AgentConfig, 'cluster' | 'node'>,
  { engine }: ClaimDeps,
): Promise<readonly NodeId[]> {
  if (names.length === 0) return names;
  const listed = await engine.list();
  if (!listed.ok) return names;
  const jobs = listed.value.filter(
    ({ labels }) => labels[OWN_CONTAINER_LABELS.allocation] !== undefined,
  );
  return names.filter((node) => jobs.some(({ labels }) => isOurs(labels, { ...own, node })));
}

async function hold(
  names: readonly NodeId[],
  config: AgentConfig,
  { engine, clock, log }: ClaimDeps,
): Promise<FormerNames> {
  const held: HeldLock[] = [];
  const ours: NodeId[] = [];
  for (const name of names) {
    const share = { ...shareOf(config), node: name };
    const { jobs = '' } = lockNamesOf(engine.engineId, share.labelPrefix, share);
    const at = { share, stateDir: config['state-dir'], clock, waitMs: 0 };
    const lock = await lockShare({ names: [jobs], ...at });
    const to = { formerName: name, node: config.node };
    if (!lock.ok) {
      log.warn('job containers of a former name of this node are those of another agent', to);
      continue;
    }
    held.push(lock.value);
    ours.push(name);
    log.warn('this node had another name: job containers of that are its own now', to);
  }
  return {
    names: ours,
    lock: { release: async () => void (await Promise.all(held.map((each) => each.release()))) },
  };
}
