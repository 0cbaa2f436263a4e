import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, ok } from '../../shared/result.js';
import type { ContainerParent, ContainerProcess, ParentWeights } from '../ports/cgroup.js';
import { bootOf } from './boot.js';
import { writeKnob } from './cgroup-knobs.js';
import { cpuCgroupOf, cpuMount } from './cgroup-parent.js';
import { within } from './cgroup-paths.js';
import { textOf } from './cgroup-quota.js';

/** Files of the weight by cgroup version. */
const FILES = { 1: 'cpu.shares', 2: 'cpu.weight' } as const;
/**
 * A cgroup of a container is named by the container's id, with or without `docker-….scope`; steps
 * of `docker build` are in one beside them.
 */
const CONTAINER = /[0-9a-f]{64}|^buildkit$/;

/** Weights of cgroups that hold containers, v1 and v2. `root`: before every path; for fixtures. */
export function createParentWeights(root = ''): ParentWeights {
  const folderOf = (path: string): { folder: string; version: 1 | 2 } | null => {
    const mount = cpuMount(root);
    const folder = mount === undefined ? null : within(mount, path);
    return mount === undefined || folder === null
      ? null
      : { folder: root + folder, version: mount.version };
  };
  const read: ParentWeights['read'] = (path) => {
    const at = folderOf(path);
    const value = at === null ? 0 : weightIn(at.folder, at.version);
    return at === null || value <= 0 ? null : { version: at.version, value };
  };
  return {
    boot: bootOf(root),
    read,
    look: (containers) =>
      [...new Set(containers.flatMap((one) => parentOf(one, root)))].flatMap((path) => {
        const [at, weight] = [folderOf(path), read(path)];
        const held = at === null ? [] : heldIn(at.folder);
        if (at === null || weight === null || held === null) return [];
        const weights = held.map((name) => weightIn(`${at.folder}/${name}`, at.version));
        const heldWeight = weights.reduce((sum, value) => sum + value, 0);
        return [{ path, weight, heldWeight }] satisfies ContainerParent[];
      }),
    write: (path, value) => {
      const at = folderOf(path);
      if (at === null) return err(`there is no cgroup ${path}`);
      try {
        writeKnob(`${at.folder}/${FILES[at.version]}`, value);
        return ok(undefined);
      } catch (cause) {
        return err(messageOf(cause));
      }
    },
  };
}

function parentOf(container: ContainerProcess, root: string): readonly string[] {
  const path = container.pid <= 0 ? undefined : cpuCgroupOf(container, root);
  const parent = path === undefined ? '/' : dirname(path);
  return parent === '/' || parent === '.' ? [] : [parent];
}

/** Names of the containers' cgroups in it; null = it holds something else, too. */
function heldIn(folder: string): readonly string[] | null {
  if ((textOf(`${folder}/cgroup.procs`) ?? '') !== '') return null;
  try {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    return names.every((name) => CONTAINER.test(name)) ? names : null;
  } catch {
    return null;
  }
}

/** 0 = it cannot be read, or the group is gone. */
const weightIn = (folder: string, version: 1 | 2): number =>
  Number(textOf(`${folder}/${FILES[version]}`) ?? 0) || 0;
