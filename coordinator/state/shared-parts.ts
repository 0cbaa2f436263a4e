import type { DesiredState } from '../../shared/command.js';
import type { JobSpec } from '../../shared/job.js';
import type { ContainerReport, NodeReport } from '../../shared/report.js';
import { deepEqual } from './deep-equal.js';
import type { ClusterState, NodeRecord } from './model.js';

const PARTS = [
  'command',
  'env',
  'target',
  'resources',
  'latency',
  'constraints',
  'ports',
] as const satisfies readonly (keyof JobSpec)[];

type Part = (typeof PARTS)[number];

/**
 * The same specification with the parts of another one in the place of its own where both say the
 * same, so that thousands of jobs that are much alike are held once but for what they differ in.
 * `parts`: those that are compared; default all.
 */
export function withPartsOf(
  spec: JobSpec,
  like: JobSpec | undefined,
  parts: readonly Part[] = PARTS,
): JobSpec {
  if (like === undefined || like === spec) return spec;
  const shared: Partial<Record<Part, unknown>> = {};
  let isAny = false;
  for (const part of parts) {
    if (spec[part] === like[part] || !deepEqual(spec[part], like[part])) continue;
    shared[part] = like[part];
    isAny = true;
  }
  if (!isAny) return spec;
  const image = spec.image === like.image ? like.image : spec.image;
  return { ...spec, image, ...shared } as JobSpec;
}

/**
 * The report, in which containers that were not in the one before have the names, target and bounds
 * of their job and the id that is desired in the place of equal ones of their own. Later reports
 * keep what does not change, so this is done once for a container.
 */
export function withPartsOfJobs(
  report: NodeReport,
  { report: before, desired }: Pick<NodeRecord, 'report' | 'desired'>,
  jobs: ClusterState['jobs'],
): NodeReport {
  let containers: ContainerReport[] | undefined;
  for (let i = 0; i < report.containers.length; i += 1) {
    const container = report.containers[i] as ContainerReport;
    if (before?.containers[i]?.allocation === container.allocation) continue;
    const spec = container.origin === 'dqoes' ? jobs.get(container.job)?.spec : undefined;
    const shared = spec === undefined ? container : withPartsOfJob(container, spec, desired);
    if (shared === container) continue;
    containers ??= [...report.containers];
    containers[i] = shared;
  }
  return containers === undefined ? report : { ...report, containers };
}

function withPartsOfJob(
  container: ContainerReport,
  spec: JobSpec,
  desired: DesiredState | null,
): ContainerReport {
  const target = deepEqual(container.target, spec.target) ? spec.target : container.target;
  const isBounded = deepEqual(container.cpuBounds, spec.resources.cpu);
  const cpuBounds = isBounded ? spec.resources.cpu : container.cpuBounds;
  if (target === container.target && cpuBounds === container.cpuBounds) return container;
  const image = container.image === spec.image ? spec.image : container.image;
  // Texts that are one object are also compared faster, and these are compared in every pass.
  const wanted = desired?.allocations.find(({ id }) => id === container.allocation);
  const allocation = wanted?.id ?? container.allocation;
  return { ...container, allocation, job: spec.name, image, target, cpuBounds };
}
