import { resolve } from 'node:path';
import type { Clock } from '../../shared/clock.js';
import type { Result } from '../../shared/result.js';
import type { AgentConfig } from '../config.js';
import { hasOwnName, isOurs, OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import type { DockerEngine } from '../drivers/docker-engine.js';
import type { HeldLock } from '../drivers/engine-lock.js';
import { isNodeName, type NodeName } from '../enforce/node-names.js';
import type { StateEntry } from '../enforce/state-registry.js';
import type { EngineContainer } from '../ports/engine.js';
import { lockNamesOf, lockShare, shareOf } from './engine.js';

/** Containers of the jobs of one node that no agent of this host has. */
export interface UnownedJobs extends NodeName {
  /** Their names. */
  readonly containers: readonly string[];
}

/** How an agent finds out whose job containers are. */
export interface OwnersDeps {
  readonly engine: Pick<DockerEngine, 'engineId' | 'list'>;
  readonly clock: Clock;
  /** State folders as they were registered before this start. */
  readonly before: readonly StateEntry[];
}

/** Whose the job containers of an Engine are, as far as this host knows. */
export class JobOwners {
  readonly #config: AgentConfig;
  readonly #deps: OwnersDeps;
  readonly #folder: string;
  /** null = not looked at, or the engine does not say. */
  #jobs: readonly EngineContainer[] | null = null;

  constructor(config: AgentConfig, deps: OwnersDeps) {
    this.#config = config;
    this.#deps = deps;
    this.#folder = resolve(config['state-dir']);
  }

  /** Lists the containers. Never rejects. */
  async look(): Promise<void> {
    const listed = await this.#deps.engine.list();
    const { allocation } = OWN_CONTAINER_LABELS;
    if (listed.ok)
      this.#jobs = listed.value.filter(({ labels }) => labels[allocation] !== undefined);
  }

  /** How the node of this state folder was called when its agent registered last; none = unsaid. */
  get lastName(): readonly NodeName[] {
    const entry = this.#entry;
    if (entry === undefined || !isNodeName(entry)) return [];
    return [{ cluster: entry.cluster, node: entry.node }];
  }

  /** Whether the node has job containers, or may have: the engine does not say. */
  mayHaveJobs(name: NodeName): boolean {
    return this.#jobs?.some(({ labels }) => isOurs(labels, name)) ?? true;
  }

  /** Nodes of a cluster that have job containers; none where the engine does not say. */
  nodesIn(cluster: string): readonly NodeName[] {
    const jobs = (this.#jobs ?? []).filter(
      ({ labels }) => labels[OWN_CONTAINER_LABELS.cluster] === cluster,
    );
    const nodes = new Set(jobs.map(({ labels }) => labels[OWN_CONTAINER_LABELS.node]));
    return [...nodes].map((node) => ({ cluster, node })).filter(isNodeName);
  }

  /**
   * Whether an agent with another state folder has registered under this name since that of this
   * folder did, or at all where that has left: the containers of the name are that agent's, also
   * while it does not run.
   */
  isOfAnother(name: NodeName): boolean {
    const sinceMs = this.#entry?.sinceMs ?? Number.NEGATIVE_INFINITY;
    return this.#elsewhere(name).some((entry) => entry.sinceMs > sinceMs);
  }

  /** Holds the name, unless an agent that runs has it. */
  lock({ cluster, node }: NodeName): Promise<Result<HeldLock>> {
    const { engine, clock } = this.#deps;
    const share = { ...shareOf(this.#config), cluster, node };
    const { jobs = '' } = lockNamesOf(engine.engineId, share.labelPrefix, share);
    return lockShare({ names: [jobs], share, stateDir: this.#folder, clock, waitMs: 0 });
  }

  /** Of these names those that have job containers, and that no other agent has, running or not. */
  async unowned(names: readonly NodeName[]): Promise<readonly UnownedJobs[]> {
    const found: UnownedJobs[] = [];
    for (const name of names) {
      const containers = this.#namesOf(name);
      if (containers.length === 0 || this.#elsewhere(name).length > 0) continue;
      const lock = await this.lock(name);
      if (!lock.ok) continue;
      await lock.value.release();
      found.push({ ...name, containers });
    }
    return found;
  }

  /** A copy that a person made of a job's container is that person's. */
  #namesOf(name: NodeName): readonly string[] {
    const own = (this.#jobs ?? []).filter((job) => hasOwnName(job) && isOurs(job.labels, name));
    return own.map((job) => job.name).sort();
  }

  #elsewhere({ cluster, node }: NodeName): readonly StateEntry[] {
    return this.#deps.before.filter(
      (entry) =>
        entry.stateDir !== this.#folder && entry.cluster === cluster && entry.node === node,
    );
  }

  get #entry(): StateEntry | undefined {
    return this.#deps.before.find(({ stateDir }) => stateDir === this.#folder);
  }
}
