import { accessSync, constants } from 'node:fs';
import { cpuMount, createParentReader } from './cgroup-parent.js';
import { type CgroupMount, parseMounts, within } from './cgroup-paths.js';
import { textOf } from './cgroup-quota.js';
import { cpusIn, usableCpus } from './host-cpus.js';

/** What the cgroups of a host offer. */
export interface CgroupSurvey {
  /** Which version holds the CPU controller, or would; null = no cgroup file system is mounted. */
  readonly version: 1 | 2 | null;
  /** Controllers that containers can have. */
  readonly controllers: readonly string[];
  /** Least CPU quota on the groups above the containers, cores; null = none. */
  readonly parentQuotaCores: number | null;
  /** CPUs of the group that holds the containers; null = not known. */
  readonly parentCpus: number | null;
  /** Why this process may write no file of that group, as EACCES; null = nothing is known. */
  readonly writeFault: string | null;
  /** CPUs that this process may run on. */
  readonly hostCpus: number;
}

/** Where to look. */
export interface CgroupSurveyOptions {
  /** The group that the engine puts containers in, as `/system.slice`. */
  readonly parent: string;
  /** Put before `/proc` and mount points; for fixtures. Default ''. */
  readonly root?: string;
  readonly hostCpus?: number;
}

/** Looks once; changes nothing. What cannot be read is null, or not among the controllers. */
export function surveyCgroups({
  parent,
  root = '',
  hostCpus = usableCpus(root),
}: CgroupSurveyOptions): CgroupSurvey {
  const mounts = parseMounts(textOf(`${root}/proc/self/mountinfo`) ?? '');
  const first = mounts.filter(({ version }) => version === 1);
  const second = mounts.find(({ version }) => version === 2);
  const ofSecond = second === undefined ? [] : controllersIn(root + second.mountPoint);
  const isFirst = first.some(({ controllers }) => controllers.includes('cpu'));
  return {
    version: isFirst ? 1 : second !== undefined ? 2 : first.length > 0 ? 1 : null,
    controllers: [...new Set([...first.flatMap(({ controllers }) => controllers), ...ofSecond])],
    parentQuotaCores: createParentReader({ root, parent }).quotaCores([]),
    parentCpus: cpusOf(mounts, parent, root),
    writeFault: writeFaultOf(parent, root),
    hostCpus,
  };
}

const controllersIn = (folder: string): readonly string[] =>
  (textOf(`${folder}/cgroup.controllers`) ?? '').split(/\s+/).filter((name) => name !== '');

/** By one file of the group: all are of one owner, and on one disk. */
function writeFaultOf(parent: string, root: string): string | null {
  const mount = cpuMount(root);
  const folder = mount === undefined ? null : within(mount, parent);
  if (folder === null) return null;
  try {
    accessSync(`${root}${folder}/cgroup.procs`, constants.W_OK);
    return null;
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    return code === 'ENOENT' ? null : code;
  }
}

function cpusOf(mounts: readonly CgroupMount[], parent: string, root: string): number | null {
  const mount =
    mounts.find(({ controllers }) => controllers.includes('cpuset')) ??
    mounts.find(({ version }) => version === 2);
  const folder = mount === undefined ? null : within(mount, parent);
  if (folder === null) return null;
  const names = ['cpuset.cpus.effective', 'cpuset.effective_cpus', 'cpuset.cpus'];
  const list = names.map((name) => textOf(`${root}${folder}/${name}`) ?? '').find(Boolean);
  return list === undefined ? null : countCpus(list);
}

/** How many CPUs a list such as `0-3,8` names (cpuset(7)); null = it is none. */
export const countCpus = (list: string): number | null => cpusIn(list)?.size ?? null;
