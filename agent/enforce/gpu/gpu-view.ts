import type { DesiredState } from '../../../shared/command.js';
import type { ContainerGpuReport, GpuId, GpuReport } from '../../../shared/gpu.js';
import type { AllocationId, ContainerId } from '../../../shared/ids.js';
import type { ContainerReport } from '../../../shared/report.js';
import type { Workload } from '../../discover/workloads.js';
import type { EngineContainer } from '../../ports/engine.js';
import { LEGACY_HOOK_REASON } from '../limit-steps.js';

/** What containers have of GPUs, by container; those that have none are absent. */
export type GpuUses = ReadonlyMap<ContainerId, Omit<ContainerGpuReport, 'isLost'>>;
/** GPUs by the desired state, by container. */
export type AssignedGpus = ReadonlyMap<ContainerId, readonly GpuId[]>;

/** What is known of GPUs; nothing of it is changed. */
export interface GpuSources {
  /** undefined = this host has no tool for GPUs. */
  readonly gpus:
    | {
        reports(): readonly GpuReport[];
        usesOf(containers: readonly EngineContainer[], assigned: AssignedGpus): GpuUses;
        warnings(): readonly string[];
      }
    | undefined;
  readonly guard: { isLost(container: ContainerId): boolean | null };
  /** The CPU of containers that got their GPU by the legacy hook may be limited. */
  readonly limitHooked: boolean;
  /** In force now; null = not known yet. */
  readonly desired: DesiredState | null;
}

/** The part of a report that is about GPUs. */
export interface GpuView {
  readonly gpus: readonly GpuReport[];
  /** Reports of containers; those with a GPU say so. */
  readonly reports: readonly ContainerReport[];
  readonly warnings: readonly string[];
}

type WithContainer = { readonly id: AllocationId; readonly container: EngineContainer };

const runningOf = (workloads: readonly Workload[]): readonly WithContainer[] =>
  workloads.flatMap(({ id, container }) =>
    container?.running === true ? [{ id, container }] : [],
  );

/** Running containers that were given a GPU. */
export const withGpu = (workloads: readonly Workload[]): readonly WithContainer[] =>
  runningOf(workloads).filter(({ container }) => container.gpuInjection !== undefined);

/** What a report says of GPUs. Where there is no GPU the reports come back as they are. */
export function gpuViewOf(
  workloads: readonly Workload[],
  reports: readonly ContainerReport[],
  { gpus, guard, limitHooked, desired }: GpuSources,
): GpuView {
  const collected = gpus?.reports() ?? [];
  const said = gpus?.warnings() ?? [];
  // A tool that has said nothing yet may still be asked for the first time.
  const isTold = gpus === undefined || collected.length > 0 || said.length > 0;
  const warnings = isTold ? [...said, ...missingOf(desired, collected)] : said;
  const holders = withGpu(workloads);
  if (holders.length === 0 && collected.length === 0) return { gpus: collected, reports, warnings };
  const wanted = new Map(desired?.allocations.map((each) => [each.id, each.gpu?.ids ?? []]));
  const assigned = new Map(
    holders.map(({ id, container }) => [container.id, wanted.get(id) ?? []] as const),
  );
  const containers = runningOf(workloads).map(({ container }) => container);
  const uses = gpus?.usesOf(containers, assigned) ?? usesWithoutTool(containers, assigned);
  const withUses = reports.map((report) => withUse(report, uses, guard));
  return {
    gpus: collected,
    reports: limitHooked ? withUses : withUses.map(observedOnly),
    warnings,
  };
}

const missingOf = (
  desired: DesiredState | null,
  collected: readonly GpuReport[],
): readonly string[] =>
  (desired?.allocations ?? []).flatMap(({ id, gpu }) => {
    const lost = gpu?.ids.find((each) => !collected.some((report) => report.id === each));
    return lost === undefined ? [] : [`GPU ${lost} is missing: ${id} was given it`];
  });

// How containers got their GPUs is known even where no tool can be asked.
const usesWithoutTool = (containers: readonly EngineContainer[], assigned: AssignedGpus): GpuUses =>
  new Map(
    containers.flatMap(({ id, gpuInjection: injection = 'none' }) =>
      injection === 'none'
        ? []
        : [[id, { ids: assigned.get(id) ?? [], injection, memoryBytes: null }] as const],
    ),
  );

// The coordinator must not plan limits for an adopted container that must not be limited.
function observedOnly(report: ContainerReport): ContainerReport {
  if (
    report.gpuUse?.injection !== 'hook' ||
    report.origin !== 'label' ||
    report.control !== 'enforce'
  )
    return report;
  const reasons = [report.reason, LEGACY_HOOK_REASON].filter((reason) => reason !== '');
  return { ...report, control: 'observe', reason: reasons.join('; ') };
}

function withUse(
  report: ContainerReport,
  uses: GpuUses,
  guard: GpuSources['guard'],
): ContainerReport {
  const { containerId } = report;
  const use = containerId === null ? undefined : uses.get(containerId);
  if (use === undefined || containerId === null) return report;
  return { ...report, gpuUse: { ...use, isLost: guard.isLost(containerId) } };
}
