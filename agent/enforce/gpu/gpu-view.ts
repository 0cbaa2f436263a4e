import type { DesiredState } from '../../../shared/command.js';
import type { ContainerGpuReport, GpuId, GpuReport } from '../../../shared/gpu.js';
import type { AllocationId, ContainerId } from '../../../shared/ids.js';
import type { ContainerReport } from '../../../shared/report.js';
import type { Workload } from '../../discover/workloads.js';
import type { EngineContainer } from '../../ports/engine.js';
import { LEGACY_HOOK_REASON } from '../steps.js';
import type { GpuGuard, GuardedContainer } from './guard.js';

export type GpuUses = ReadonlyMap<ContainerId, Omit<ContainerGpuReport, 'isLost'>>;
export type GivenGpus = ReadonlyMap<ContainerId, readonly GpuId[]>;

export interface GpuParts {
  /** undefined = this host has no tool for GPUs. */
  readonly gpus:
    | {
        collect(desired: DesiredState['gpus'] | null): readonly GpuReport[];
        usesOf(containers: readonly EngineContainer[], given: GivenGpus): GpuUses;
        warnings(): readonly string[];
      }
    | undefined;
  readonly guard: GpuGuard;
  /** The CPU of containers that got their GPU by the legacy hook may be limited. */
  readonly limitHooked: boolean;
}
interface GpuMoment extends GpuParts {
  /** null = not known yet. */
  readonly desired: DesiredState | null;
  /** When limits were last written, monotonic ms. */
  readonly changedAtMs: ReadonlyMap<AllocationId, number>;
}
export interface GpuView {
  readonly gpus: readonly GpuReport[];
  /** Reports of containers, those with a GPU say so. */
  readonly reports: readonly ContainerReport[];
  readonly warnings: readonly string[];
}

/**
 * The part of a report that is about GPUs, after a look whether one is to be set and whether
 * containers still reach theirs. Where there is no GPU, nothing is added.
 */
export function gpuViewOf(
  workloads: readonly Workload[],
  reports: readonly ContainerReport[],
  { gpus, guard, limitHooked, desired, changedAtMs }: GpuMoment,
): GpuView {
  const running = workloads.flatMap(({ id, container }) =>
    container?.running === true ? [{ id, container }] : [],
  );
  const withGpu = running.filter(({ container }) => container.gpuInjection !== undefined);
  const wanted = new Map(
    withGpu.length === 0 ? [] : desired?.allocations.map((each) => [each.id, each]),
  );
  const guarded = withGpu.map(({ id: allocation, container }): GuardedContainer => {
    const isHealed = wanted.get(allocation)?.spec?.resources.gpu?.onLost === 'restart';
    return { allocation, containerId: container.id, isHealed };
  });
  guard.tick(guarded, changedAtMs);
  const collected = gpus?.collect(desired === null ? null : (desired.gpus ?? [])) ?? [];
  const warnings = gpus?.warnings() ?? [];
  if (withGpu.length === 0 && collected.length === 0) return { gpus: collected, reports, warnings };
  const given = new Map(
    withGpu.map(({ id, container }) => [container.id, wanted.get(id)?.gpu?.ids ?? []] as const),
  );
  const containers = running.map(({ container }) => container);
  const uses = gpus?.usesOf(containers, given) ?? usesWithoutTool(containers, given);
  const told = reports.map((report) => withUse(report, uses, guard));
  return { gpus: collected, reports: limitHooked ? told : told.map(observedOnly), warnings };
}

// How containers got their GPUs is known where no tool can be asked, too.
const usesWithoutTool = (containers: readonly EngineContainer[], given: GivenGpus): GpuUses =>
  new Map(
    containers.flatMap(({ id, gpuInjection: injection = 'none' }) =>
      injection === 'none'
        ? []
        : [[id, { ids: given.get(id) ?? [], injection, memoryBytes: null }] as const],
    ),
  );

// An adopted container that must not be limited is none to plan limits for.
function observedOnly(report: ContainerReport): ContainerReport {
  if (
    report.gpuUse?.injection !== 'hook' ||
    report.origin !== 'label' ||
    report.control !== 'enforce'
  )
    return report;
  return {
    ...report,
    control: 'observe',
    reason: report.reason === '' ? LEGACY_HOOK_REASON : `${report.reason}; ${LEGACY_HOOK_REASON}`,
  };
}

function withUse(report: ContainerReport, uses: GpuUses, guard: GpuGuard): ContainerReport {
  const { containerId } = report;
  const use = containerId === null ? undefined : uses.get(containerId);
  if (use === undefined || containerId === null) return report;
  return { ...report, gpuUse: { ...use, isLost: guard.isLost(containerId) } };
}
