import { err, ok, type Result } from '../../shared/result.js';

/** One cgroup mount of `/proc/self/mountinfo`. */
export interface CgroupMount {
  readonly version: 1 | 2;
  /** Path inside the hierarchy that is mounted here; `/` outside cgroup namespaces. */
  readonly root: string;
  readonly mountPoint: string;
  /** v1 controllers (`cpu`, `cpuacct`, …); empty for v2. */
  readonly controllers: readonly string[];
}

/** Folders of one container; null = that hierarchy or controller is not there. */
export interface CgroupFolders {
  readonly cpu: string | null;
  readonly cpuacct: string | null;
  readonly memory: string | null;
  /** The v2 tree: everything on a v2 host, pressure only on a hybrid one. */
  readonly unified: string | null;
  /** Which version holds the CPU controller. */
  readonly version: 1 | 2;
}

/**
 * Parses `/proc/self/mountinfo` (proc(5)); lines of other file systems and broken lines are
 * skipped.
 */
export function parseMounts(mountinfo: string): readonly CgroupMount[] {
  const mounts: CgroupMount[] = [];
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ');
    const [type, , superOptions] = (after ?? '').split(' ');
    if (type !== 'cgroup' && type !== 'cgroup2') continue;
    const fields = (before ?? '').split(' ');
    const [root, mountPoint] = [unescapeOctal(fields[3] ?? ''), unescapeOctal(fields[4] ?? '')];
    if (root === '' || mountPoint === '') continue;
    const controllers =
      type === 'cgroup' ? (superOptions ?? '').split(',').filter((option) => option !== 'rw') : [];
    mounts.push({ version: type === 'cgroup' ? 1 : 2, root, mountPoint, controllers });
  }
  return mounts;
}

// The kernel writes space, tab, newline and backslash as \ooo.
const unescapeOctal = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );

/** Parses `/proc/<pid>/cgroup` → v1 controller → path; the v2 entry has the key ''. */
export function parseMemberships(text: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
    if (match === null) continue;
    for (const controller of (match[1] ?? '').split(',')) paths.set(controller, match[2] ?? '');
  }
  return paths;
}

/**
 * Folders of the container whose first process has these memberships. Candidates come in the order
 * of the mount table; `exists` decides between several mounts of one hierarchy. A process that
 * moved itself into a child group (systemd or an engine inside the container) still yields the
 * container's own group.
 */
export function locate(
  mounts: readonly CgroupMount[],
  memberships: ReadonlyMap<string, string>,
  exists: (folder: string) => boolean,
): Result<CgroupFolders, string> {
  const folderOf = (controller: string): string | null => {
    const path = memberships.get(controller);
    if (path === undefined) return null;
    const own = containerPath(path);
    const fits = (mount: CgroupMount): boolean =>
      controller === '' ? mount.version === 2 : mount.controllers.includes(controller);
    for (const mount of mounts.filter(fits)) {
      const folder = within(mount, own);
      if (folder !== null && exists(folder)) return folder;
    }
    return null;
  };
  const [cpu, cpuacct, memory, unified] = ['cpu', 'cpuacct', 'memory', ''].map(folderOf);
  if (cpu != null)
    return ok({
      cpu,
      cpuacct: cpuacct ?? null,
      memory: memory ?? null,
      unified: unified ?? null,
      version: 1,
    });
  if (unified != null && !memberships.has('cpu'))
    return ok({ cpu: unified, cpuacct: null, memory: memory ?? unified, unified, version: 2 });
  return err(explain(memberships));
}

function explain(memberships: ReadonlyMap<string, string>): string {
  const path = memberships.get('cpu') ?? memberships.get('');
  if (path === undefined) return 'the process is in no cgroup with a CPU controller';
  if (path.includes('/..'))
    return (
      `cgroup ${path} lies outside this cgroup namespace: run the agent on the host or with ` +
      '--cgroupns=host'
    );
  if (containerPath(path) === '/')
    return 'the process is in the root cgroup, which is not a container';
  return `cgroup ${path} is under no mounted cgroup file system`;
}

/** Cut after the last component that holds a container id. */
export function containerPath(path: string): string {
  const parts = path.split('/');
  const last = parts.findLastIndex((part) => /[0-9a-f]{64}/.test(part));
  return last === -1 ? path : parts.slice(0, last + 1).join('/');
}

/** Folder of a cgroup under a mount; null = it is not under it, or is the root. */
export function within(mount: CgroupMount, path: string): string | null {
  if (path === '/' || path.split('/').includes('..')) return null;
  if (mount.root === '/') return `${mount.mountPoint}${path}`;
  if (path === mount.root) return mount.mountPoint;
  return path.startsWith(`${mount.root}/`)
    ? `${mount.mountPoint}${path.slice(mount.root.length)}`
    : null;
}
