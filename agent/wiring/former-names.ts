import { resolve } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { AgentConfig } from '../config.js';
import type { HeldLock } from '../drivers/engine-lock.js';
import { createFileStore } from '../drivers/file-store.js';
import { clusterHeld } from '../enforce/held-version.js';
import type { Journal } from '../enforce/journal.js';
import {
  isSameName,
  type NodeName,
  otherNames,
  readNames,
  writeNames,
} from '../enforce/node-names.js';
import type { StateEntry } from '../enforce/state-registry.js';
import { JobOwners, type OwnersDeps, type UnownedJobs } from './job-owners.js';
import type { NodeAgentDeps } from './node-deps.js';

/** What a node has of the names that it had before. */
export interface FormerNames {
  /** Those whose job containers are its own now. */
  readonly names: readonly NodeId[];
  /** Held while they are: no agent of such a name runs beside this one. */
  readonly lock: HeldLock;
  /** Job containers of other clusters that the state folder was of; they are left alone. */
  readonly unowned: readonly UnownedJobs[];
}

/** What claiming uses. */
export interface ClaimDeps extends OwnersDeps {
  readonly log: Log;
}

/** One claim. */
interface Claim {
  readonly config: AgentConfig;
  readonly deps: ClaimDeps;
  readonly owners: JobOwners;
}

/**
 * Takes over the job containers that agents of this state folder started while the node had another
 * name: nobody else would ever stop them, and their names are taken. The folder knows its names,
 * and where an earlier build noted none, the registry knows the last. A name that another agent of
 * this host has by now is left to it, one of which nothing is left is forgotten. Says which job
 * containers nobody has. Never rejects: a disk that refuses is logged.
 */
export async function claimFormerNames(config: AgentConfig, deps: ClaimDeps): Promise<FormerNames> {
  const { cluster, node, 'state-dir': folder } = config;
  const own = { cluster, node };
  const files = createFileStore(folder);
  const refused = (cause: unknown): undefined => {
    const text = 'the names of this node cannot be noted, and another name would not know them';
    deps.log.warn(text, { folder, cause: messageOf(cause) });
    return undefined;
  };
  const onTorn = (as: string): void =>
    deps.log.warn('the names that this node had before were torn and set aside', { folder, as });
  const noted = await readNames(files, onTorn).catch(refused);
  const owners = new JobOwners(config, deps);
  const claim = { config, deps, owners };
  const known = otherNames([...(noted ?? []), ...owners.lastName], own);
  // An agent that has noted its names has said what else is there.
  const isFirst = noted === undefined || noted.length === 0;
  if (isFirst || known.length > 0) await owners.look();
  const left = known.filter((name) => owners.mayHaveJobs(name));
  const mine = left.filter((name) => !owners.isOfAnother(name));
  // What cannot be read may be whole, and is not written over.
  if (noted !== undefined) await writeNames(files, noted, [...mine, own]).catch(refused);
  for (const name of left) if (!mine.includes(name)) sayLeft(name, claim);
  const former = mine.filter((name) => name.cluster === cluster);
  if (isFirst) await sayUnowned([...former, own], claim);
  const unowned = await owners.unowned(mine.filter((name) => !former.includes(name)));
  return { ...(await hold(former, claim)), unowned };
}

/**
 * The incarnation that the journal holds where it is that of another cluster, which the settings of
 * this state folder named before; nothing where they named this one, or nothing is held.
 */
export function incarnationBefore(
  { cluster, 'state-dir': folder }: AgentConfig,
  { before, journal }: { readonly before: readonly StateEntry[]; readonly journal: Journal },
): Pick<NodeAgentDeps, 'formerIncarnation'> {
  const last = before.find(({ stateDir }) => stateDir === resolve(folder));
  const formerIncarnation = journal.ledger.holds?.incarnation;
  if (formerIncarnation === undefined) return {};
  const itsCluster = clusterHeld(last, formerIncarnation) ?? cluster;
  return itsCluster === cluster ? {} : { formerIncarnation };
}

const sayLeft = ({ node: formerName }: NodeName, { config: { node }, deps }: Claim): void =>
  deps.log.warn('job containers of a former name of this node are those of another agent', {
    formerName,
    node,
  });

/**
 * Says which job containers of this cluster no agent of this host has, beside those of `ours`. They
 * may be of this one under a name that nobody noted, and may as well not be.
 */
async function sayUnowned(
  ours: readonly NodeName[],
  { config: { cluster }, deps, owners }: Claim,
): Promise<void> {
  const isOurs = (name: NodeName): boolean => ours.some((one) => isSameName(one, name));
  const others = owners.nodesIn(cluster).filter((name) => !isOurs(name));
  for (const { node, containers } of await owners.unowned(others))
    deps.log.warn(
      'no agent of this host has the job containers of a node: if this host was called so ' +
        'before, remove them (docker rm --force)',
      { node, containers },
    );
}

async function hold(
  names: readonly NodeName[],
  claim: Claim,
): Promise<Omit<FormerNames, 'unowned'>> {
  const { config, deps, owners } = claim;
  const held: HeldLock[] = [];
  const ours: NodeId[] = [];
  for (const name of names) {
    const lock = await owners.lock(name);
    if (!lock.ok) {
      sayLeft(name, claim);
      continue;
    }
    held.push(lock.value);
    ours.push(name.node);
    const to = { formerName: name.node, node: config.node };
    deps.log.warn('this node had another name: job containers of that are its own now', to);
  }
  return {
    names: ours,
    lock: { release: async () => void (await Promise.all(held.map((each) => each.release()))) },
  };
}
