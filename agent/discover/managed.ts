import type { ControlMode } from '../../shared/report.js';
import { OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import type { Managed } from '../containers/managed.js';
import type { Workload } from './workloads.js';

/**
 * What enforcement needs of the workloads that have a container. `agentControl` is the agent's own
 * setting: with `observe` no container is changed.
 */
export function managedOf(
  workloads: readonly Workload[],
  agentControl: 'enforce' | 'observe',
): readonly Managed[] {
  return workloads.flatMap((workload): Managed[] => {
    const { container } = workload;
    if (container === null) return [];
    const { id: containerId, name, pid, exitCode, cpu, labels } = container;
    const { gpuInjection, memoryBytes } = container;
    return [
      {
        containerId,
        name,
        pid,
        exitCode,
        cpu,
        allocation: workload.id,
        job: workload.job,
        lifeId: workload.lifeId,
        origin: workload.origin,
        control: controlOf(workload.control, agentControl),
        state: stateOf(workload),
        specHash: labels[OWN_CONTAINER_LABELS.specHash] ?? null,
        ...(gpuInjection === undefined ? {} : { gpuInjection }),
        ...(memoryBytes === undefined ? {} : { memoryBytes }),
      },
    ];
  });
}

const controlOf = (control: ControlMode, agentControl: 'enforce' | 'observe'): ControlMode =>
  control === 'enforce' && agentControl === 'observe' ? 'observe' : control;

function stateOf({ container, state }: Workload): Managed['state'] {
  if (container?.running === true) return 'running';
  return state === 'pending' ? 'created' : 'exited';
}
