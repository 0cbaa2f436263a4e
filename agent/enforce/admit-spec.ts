import type { GpuAssignment } from '../../shared/gpu.js';
import type { JobSpec } from '../../shared/job.js';
import { reservedEnvIn } from '../../shared/job-env.js';
import { err, ok, type Result } from '../../shared/result.js';
import { formatBytes } from '../../shared/units.js';
import { registryOf } from '../containers/registry.js';
import type { PolicyBounds } from './policy-bounds.js';

/** Why the host forbids a job; '' = it does not. */
type Rule = (spec: JobSpec, bounds: PolicyBounds) => string;

const RULES: readonly Rule[] = [
  (_, { jobsRefused }) => jobsRefused,
  ({ env, secretEnv }) => envReason(reservedEnvIn({ ...env, ...secretEnv })),
  weightReason,
  imageReason,
  registryReason,
  memoryReason,
  portReason,
  ({ resources }, bounds) => shareReason(resources.gpu?.shareRatio, bounds),
];

/**
 * Whether this host lets the job run; the error names the field, the value, the bound and what to
 * do.
 */
export function admitSpec(spec: JobSpec, bounds: PolicyBounds): Result<void, string> {
  for (const rule of RULES) {
    const reason = rule(spec, bounds);
    if (reason !== '') return err(reason);
  }
  return ok(undefined);
}

/** Whether this host lets a container have these GPUs, whatever the job asked for. */
export function admitGpu(
  gpu: GpuAssignment | undefined,
  bounds: PolicyBounds,
): Result<void, string> {
  const reason = shareReason(gpu?.shareRatio, bounds);
  return reason === '' ? ok(undefined) : err(reason);
}

/** Why a share of a GPU is not given on a host that does not allow it. */
export const SHARE_REFUSED =
  "a share of a GPU gives the container the host's IPC namespace (MPS), which this host does not " +
  'allow: gpu.share: allow in policy.yaml allows it';

function shareReason(shareRatio: number | undefined, { gpuShare }: PolicyBounds): string {
  if (shareRatio === undefined || shareRatio >= 1 || gpuShare === 'allow') return '';
  const percent = Math.round(shareRatio * 100);
  return `resources.gpu.share ${percent}%: ${SHARE_REFUSED}; or ask for whole GPUs by count`;
}

const envReason = (reason: string | undefined): string =>
  reason === undefined ? '' : `env ${reason}`;

function weightReason({ weight }: JobSpec, { maxWeight }: PolicyBounds): string {
  if (weight <= maxWeight) return '';
  return (
    `weight ${weight} is above the ${maxWeight} this host allows: lower it, or raise weight.max ` +
    'in policy.yaml'
  );
}

function imageReason({ image }: JobSpec, { images }: PolicyBounds): string {
  if (images === undefined || images.some((pattern) => matchesImage(pattern, image))) return '';
  return (
    `image ${JSON.stringify(image)} is not in the list of images this host allows: use one of ` +
    'them, or add it to images in policy.yaml'
  );
}

function registryReason({ image }: JobSpec, { registries }: PolicyBounds): string {
  const registry = registryOf(image);
  if (registries === undefined || registries.includes(registry)) return '';
  return (
    `image ${JSON.stringify(image)} is from the registry ${registry}, which this host does not ` +
    `allow: use ${registries.join(' or ')}, or add it to registries in policy.yaml`
  );
}

function memoryReason({ resources }: JobSpec, bounds: PolicyBounds): string {
  const { maxMemoryBytes, maxTotalMemoryBytes, defaultMemoryBytes } = bounds;
  const bytes = resources.memoryBytes ?? 0;
  if (bytes > maxMemoryBytes)
    return (
      `memory ${formatBytes(bytes)} is above the ` +
      `${formatBytes(maxMemoryBytes)} this host allows: ask for less, or raise memory.max in ` +
      'policy.yaml'
    );
  const counted = resources.memoryBytes ?? defaultMemoryBytes;
  if (counted <= maxTotalMemoryBytes) return '';
  return (
    `memory ${formatBytes(counted)} is above the ${formatBytes(maxTotalMemoryBytes)} that all ` +
    'jobs together may have on this host: ask for less, or raise memory.total in policy.yaml'
  );
}

function portReason({ ports }: JobSpec, { hostPorts: { from, to } }: PolicyBounds): string {
  const outside = ports.find(
    ({ hostPort = 0 }) => hostPort !== 0 && (hostPort < from || hostPort > to),
  );
  if (outside === undefined) return '';
  return (
    `host port ${outside.hostPort} is outside ${from}–${to}, which this host allows: use one of ` +
    'them, or none for any that is free'
  );
}

/** An image without a tag means `:latest`, as Docker reads it. */
function matchesImage(pattern: string, image: string): boolean {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  const expression = new RegExp(`^${source}$`);
  return expression.test(image) || (!/:[^/]*$/.test(image) && expression.test(`${image}:latest`));
}
