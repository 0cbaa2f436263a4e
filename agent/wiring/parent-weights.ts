import { cpus } from 'node:os';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import type { AgentConfig } from '../config.js';
import type { Managed } from '../containers/managed.js';
import type { Inventory } from '../discover/inventory.js';
import { createParentWeights } from '../drivers/parent-weights.js';
import type { Enforcer } from '../enforce/enforcer.js';
import { allParents, putParentsBack } from '../enforce/parent-records.js';
import { ParentWeightControl } from '../enforce/parent-weight.js';
import type { Capacity } from '../observe/capacity.js';
import type { EngineStore } from './engine.js';
import type { NodeAgentDeps } from './node-deps.js';

/** What tells which containers have a limit, and how much CPU they may have. */
export interface WeightSources {
  readonly capacity: Pick<Capacity, 'current'>;
  /** Called only after wiring. */
  readonly inventory: () => Pick<Inventory, 'managed'>;
  readonly enforcer: Pick<Enforcer, 'applied'>;
}

/**
 * What keeps the weights of cgroups that hold containers; undefined = nothing does. Where it is
 * switched off no container counts, so that what an agent before raised comes back.
 */
export function wireParentWeights(
  config: AgentConfig,
  { clock, log, parentWeights }: NodeAgentDeps,
  { capacity, inventory, enforcer }: WeightSources,
): ParentWeightControl | undefined {
  if (parentWeights === undefined) return undefined;
  const isOn = config['docker.parent-weight'] === 'sum' && config['cpu-weight'] !== 'off';
  const limited = () => {
    const applied = enforcer.applied();
    const isLimited = ({ allocation }: Managed): boolean => isOn && applied.has(allocation);
    const managed = inventory().managed();
    return managed?.filter(isLimited).map(({ containerId: id, pid }) => ({ id, pid })) ?? null;
  };
  const room = () => ({
    hostCores: capacity.current.capacityCpuCores,
    allocatableCores: capacity.current.allocatableCpuCores,
  });
  return new ParentWeightControl({ ...parentWeights, clock, log, room, limited });
}

/**
 * Puts back what any agent of this host raised, by the records in `places`; one that runs raises it
 * again. A fault says what stays, and why.
 */
export async function restoreParents(
  places: readonly Pick<EngineStore, 'parents'>[],
  log: Log,
  config: Pick<AgentConfig, 'docker.cgroup-parent'>,
): Promise<readonly Fault[]> {
  const parents = createParentWeights();
  const faults: Fault[] = [];
  for (const { parents: files } of places)
    try {
      const likelyPaths = ['/docker', config['docker.cgroup-parent']];
      const options = { parents, files, log, likelyPaths };
      const left = await putParentsBack(options, allParents(cpus().length));
      faults.push(...left.map(({ path, reason }) => fault(`${path} ${reason}`)));
    } catch (cause) {
      faults.push(fault(`its record cannot be removed: ${messageOf(cause)}`));
    }
  return faults;
}

const fault = (what: string): Fault => ({
  code: 'enforce.mismatch',
  field: 'records-dir',
  message: `the CPU weight of the cgroup of containers: ${what}`,
});
