import type { DesiredState } from '../../shared/command.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import { hasOwnName } from '../containers/host-config.js';
import type { Managed } from '../containers/managed.js';
import type { EngineContainer } from '../ports/engine.js';
import { managedOf } from './managed.js';
import { type AdoptionRules, type Workload, workloadsOf } from './workloads.js';

/** Where the inventory looks; each call must be cheap. */
export interface InventorySources {
  readonly labelPrefix: string;
  readonly rules: AdoptionRules;
  /** The agent's own setting: `observe` = no container is to be changed. */
  readonly agentControl: 'enforce' | 'observe';
  /** The containers as last listed; null = the engine has never answered. */
  readonly containers: () => readonly EngineContainer[] | null;
  /** The newest desired state obeyed; null = none yet. */
  readonly desired: () => DesiredState | null;
  /** Why desired allocations do not run, and others are still there. */
  readonly failures: () => ReadonlyMap<AllocationId, string>;
  /** How far the images are that are pulled for some of them; absent = not known. */
  readonly pulls?: () => ReadonlyMap<AllocationId, string>;
  /** Why nothing is changed on this host now; absent or '' = there is no such reason. */
  readonly standstill?: () => string;
  /** Whether this agent is known to have started a container; absent = of none it is. */
  readonly isStartedHere?: (id: ContainerId) => boolean;
  /** Called with the workloads each time they have changed. */
  readonly onChange: (workloads: readonly Workload[]) => void;
}

/** The workloads of this node, with what is wrong with them. */
export interface NodeWorkloads {
  /** In id order. */
  readonly workloads: readonly Workload[];
  /** Labels that cannot be read and the like, for people. */
  readonly warnings: readonly string[];
}

interface Joined {
  readonly containers: readonly EngineContainer[] | null;
  readonly desired: DesiredState | null;
  readonly failures: ReadonlyMap<AllocationId, string>;
  readonly pulls: ReadonlyMap<AllocationId, string>;
  readonly standstill: string;
}

/**
 * What runs on this node and what should: containers joined with the desired state. Joined again
 * only when one of them changed. Both loops of the agent read it.
 */
export class Inventory {
  readonly #sources: InventorySources;
  #joined: Joined | null = null;
  #current: NodeWorkloads = { workloads: [], warnings: [] };

  constructor(sources: InventorySources) {
    this.#sources = sources;
  }

  /** False until the engine has answered once: then nothing may be concluded. */
  get isListed(): boolean {
    return this.#sources.containers() !== null;
  }

  /** The workloads now. */
  current(): NodeWorkloads {
    const { labelPrefix, rules, onChange, isStartedHere } = this.#sources;
    const containers = this.#sources.containers();
    const desired = this.#sources.desired();
    const failures = this.#sources.failures();
    const pulls = this.#sources.pulls?.() ?? NO_PULLS;
    const standstill = this.#sources.standstill?.() ?? '';
    const joined = { containers, desired, failures, pulls, standstill };
    if (isSame(this.#joined, joined)) return this.#current;
    const desiredNow = { desired: desired?.allocations ?? [], failures, pulls, standstill };
    const before = this.#current.workloads;
    const started = isStartedHere === undefined ? {} : { isStartedHere };
    const known = { ...desiredNow, before, ...started };
    this.#current = workloadsOf({ containers, ...known, labelPrefix, rules });
    this.#joined = joined;
    onChange(this.#current.workloads);
    return this.#current;
  }

  /** Whether it is the container of a job, also where a person has renamed it, and no copy. */
  isOfJob(container: EngineContainer): boolean {
    return hasOwnName(container) || this.#sources.isStartedHere?.(container.id) === true;
  }

  /** What enforcement may act on; null until the engine has answered once. */
  managed(): readonly Managed[] | null {
    if (!this.isListed) return null;
    return managedOf(this.current().workloads, this.#sources.agentControl);
  }

  /** The container of an allocation; undefined = it has none. */
  containerOf(allocation: string): ContainerId | undefined {
    return this.current().workloads.find(({ id }) => id === allocation)?.container?.id;
  }
}

const isSame = (a: Joined | null, b: Joined): boolean =>
  a !== null &&
  a.containers === b.containers &&
  a.desired === b.desired &&
  a.standstill === b.standstill &&
  sameTexts(a.failures, b.failures) &&
  sameTexts(a.pulls, b.pulls);

const NO_PULLS: ReadonlyMap<AllocationId, string> = new Map();

const sameTexts = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
