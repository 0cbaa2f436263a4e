import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import type { AgentConfig } from '../config.js';
import type { Managed } from '../containers/managed.js';
import type { Inventory } from '../discover/inventory.js';
import { createParentWeights } from '../drivers/parent-weights.js';
import type { Enforcer } from '../enforce/enforcer.js';
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
  readonly onWarning: (text: string) => void;
}

/**
 * What keeps the weights of cgroups that hold containers; undefined = nothing does. Where it is
 * switched off no container counts, so that what an agent before raised comes back.
 */
export function wireParentWeights(
  config: AgentConfig,
  { clock, log, parentWeights }: NodeAgentDeps,
  { capacity, inventory, onWarning, enforcer }: WeightSources,
): ParentWeightControl | undefined {
  if (parentWeights === undefined) return undefined;
  const isOn = config['docker.parent-weight'] === 'sum' && config['cpu-weight'] !== 'off';
  const limited = () => {
    const applied = enforcer.applied();
    const isLimited = ({ allocation }: Managed): boolean => isOn && applied.has(allocation);
    const managed = inventory().managed();
    return managed?.filter(isLimited).map(({ containerId: id, pid }) => ({ id, pid })) ?? null;
  };
  const allocatableCores = (): number => capacity.current.allocatableCpuCores;
  return new ParentWeightControl({
    ...{ ...parentWeights, clock, log, allocatableCores, limited, onWarning },
  });
}

/** Puts back what any agent raised, by its records. Rejects when the disk refuses. */
export async function restoreParents(
  places: readonly Pick<EngineStore, 'parents'>[],
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<void> {
  const onWarning = (text: string): void => log.warn(text);
  const nothing = { allocatableCores: () => 0, limited: () => [], onWarning };
  const parents = createParentWeights();
  for (const { parents: files } of places) {
    const control = new ParentWeightControl({ parents, files, clock, log, ...nothing });
    const paths = await control.restore();
    if (paths.length > 0) log.info('the CPU weights of cgroups are restored', { paths });
  }
}
