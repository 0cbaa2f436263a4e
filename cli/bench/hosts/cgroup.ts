import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';
const PERIOD_US = 100_000;

// Version 1 has a hierarchy per controller, version 2 one for all.
const isV1 = (): boolean => existsSync(join(ROOT, 'cpu'));
const hierarchies = (): readonly string[] =>
  isV1() ? readdirSync(ROOT).map((name) => join(ROOT, name)) : [ROOT];

/**
 * Creates the cgroup `name` below the root if it does not exist, and limits everything in it
 * together to `cores`.
 */
export function limitCgroup(name: string, cores: number): void {
  const quotaUs = Math.round(cores * PERIOD_US);
  if (isV1()) {
    const folder = join(ROOT, 'cpu', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quotaUs));
    return;
  }
  writeFileSync(join(ROOT, 'cgroup.subtree_control'), '+cpu');
  mkdirSync(join(ROOT, name), { recursive: true });
  writeFileSync(join(ROOT, name, 'cpu.max'), `${quotaUs} ${PERIOD_US}`);
}

/** Ids of the processes in the cgroup `name` and below it, in every hierarchy. */
export const processesIn = (name: string): readonly number[] => [
  ...new Set(hierarchies().flatMap((root) => processesBelow(join(root, name)))),
];

/**
 * Removes the cgroup and its children, in every hierarchy. A cgroup that still holds a process
 * stays.
 */
export function removeCgroup(name: string): void {
  for (const root of hierarchies()) removeBelow(join(root, name));
}

function processesBelow(folder: string): readonly number[] {
  if (!existsSync(folder)) return [];
  const own = readFileSync(join(folder, 'cgroup.procs'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(Number);
  return [...own, ...childrenOf(folder).flatMap(processesBelow)];
}

function removeBelow(folder: string): void {
  if (!existsSync(folder)) return;
  for (const child of childrenOf(folder)) removeBelow(child);
  try {
    rmdirSync(folder);
  } catch {
    // It still holds a process: the next removal will find it.
  }
}

const childrenOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [join(folder, entry.name)] : [],
  );
