import type { ContainerId } from '../../shared/ids.js';
import type { ContainerProcess, ParentReader } from '../ports/cgroup.js';
import {
  type CgroupMount,
  containerPath,
  parseMemberships,
  parseMounts,
  within,
} from './cgroup-paths.js';
import { quotaIn, textOf } from './cgroup-quota.js';

/** Where the cgroups of containers are looked for. */
export interface ParentReaderOptions {
  /** Put before every path, `/proc` and mount points alike; for fixtures. Default ''. */
  readonly root?: string;
  /**
   * Path of the cgroup that the engine puts containers in; '' = the one of the containers there
   * are.
   */
  readonly parent?: string;
}

/** Reads the CPU quotas on the cgroups that hold the containers: v1 and v2. */
export function createParentReader({
  root = '',
  parent = '',
}: ParentReaderOptions = {}): ParentReader {
  const known = new Map<ContainerId, readonly string[]>();
  let common: readonly string[] | undefined = parent === '' ? undefined : partsOf(parent);
  return {
    quotaCores: (containers) => {
      if (parent === '') {
        learn(known, containers, root);
        common = commonOf([...known.values()]) ?? common;
      }
      return common === undefined ? null : quotaAlong(common, root);
    },
  };
}

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

function learn(
  known: Map<ContainerId, readonly string[]>,
  containers: readonly ContainerProcess[],
  root: string,
): void {
  const ids = new Set(containers.map(({ id }) => id));
  for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
  for (const { id, pid } of containers) {
    if (known.has(id) || pid <= 0) continue;
    const path = cpuCgroupOf({ id, pid }, root);
    if (path !== undefined) known.set(id, partsOf(path).slice(0, -1));
  }
}

/** Path of a container's cgroup with the CPU controller; undefined = the process is not in it. */
export function cpuCgroupOf({ id, pid }: ContainerProcess, root: string): string | undefined {
  const memberships = parseMemberships(textOf(`${root}/proc/${pid}/cgroup`) ?? '');
  const path = memberships.get('cpu') ?? memberships.get('');
  // A pid may have been taken by another process meanwhile.
  return path?.includes(id) === true ? containerPath(path) : undefined;
}

/** Where the hierarchy with the CPU controller is mounted; undefined = nowhere. */
export function cpuMount(root: string): CgroupMount | undefined {
  const mounts = parseMounts(textOf(`${root}/proc/self/mountinfo`) ?? '');
  return (
    mounts.find(({ controllers }) => controllers.includes('cpu')) ??
    mounts.find(({ version }) => version === 2)
  );
}

function commonOf(paths: readonly (readonly string[])[]): readonly string[] | undefined {
  const [first, ...others] = paths;
  if (first === undefined) return undefined;
  const end = first.findIndex((part, i) => others.some((path) => path[i] !== part));
  return end === -1 ? first : first.slice(0, end);
}

// From the outermost cgroup below the root to the innermost: the least quota holds.
function quotaAlong(parts: readonly string[], root: string): number | null {
  const mount = cpuMount(root);
  if (mount === undefined) return null;
  const quotas = parts.map((_, i) => {
    const folder = within(mount, `/${parts.slice(0, i + 1).join('/')}`);
    return folder === null ? Number.POSITIVE_INFINITY : quotaIn(root + folder, mount.version);
  });
  const least = Math.min(...quotas);
  return Number.isFinite(least) ? least : null;
}
