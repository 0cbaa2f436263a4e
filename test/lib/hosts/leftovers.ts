import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeBridge } from './network.js';
import { sh, trySh } from './shell.js';

const CGROUPS = '/sys/fs/cgroup';

/** Folder prefix of everything a test cluster writes, and of each engine; the process id of the run follows. */
const FOLDERS = /^(?:dqoes-hosts|dqh)-(\d+)-/;
/** Names of namespaces, cgroups and bridges: the last digits of the process id of the run. */
const NAMESPACES = /^dq(\d+)h\d+$/;
const BRIDGES = /: (dqb(\d+)):/g;

/** Takes away what earlier runs of this machine left that were killed: their programs end with them, namespaces, bridges, cgroups, mounts and folders do not. */
export function removeLeftovers(): void {
  const alive = new Set(readdirSync('/proc').filter((name) => /^\d+$/.test(name)));
  const endings = new Set([...alive].map((pid) => String(Number(pid) % 10_000)));
  for (const name of namespaces()) if (isOfDead(NAMESPACES.exec(name)?.[1], endings)) removeNamespace(name);
  for (const [, bridge = '', id] of sh('ip', '-o', 'link', 'show', 'type', 'bridge').matchAll(BRIDGES))
    if (isOfDead(id, endings)) removeBridge(bridge);
  for (const name of readdirSync(tmpdir()))
    if (isOfDead(FOLDERS.exec(name)?.[1], alive)) removeFolder(join(tmpdir(), name));
}

const isOfDead = (id: string | undefined, alive: ReadonlySet<string>): boolean => id !== undefined && !alive.has(id);

const namespaces = (): readonly string[] => (existsSync('/run/netns') ? readdirSync('/run/netns') : []);

function removeNamespace(name: string): void {
  const folders = cgroupRoots().map((root) => join(root, name));
  for (const pid of [...pidsOf(name), ...folders.flatMap(pidsBelow)]) trySh('kill', '-KILL', pid);
  trySh('ip', 'netns', 'delete', name);
  for (const folder of folders) removeCgroup(folder);
}

const pidsOf = (namespace: string): readonly string[] =>
  sh('ip', 'netns', 'pids', namespace).split(/\s+/).filter(Boolean);

function pidsBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const own = readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean);
  return [...own, ...childrenOf(folder).flatMap(pidsBelow)];
}

const childrenOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [join(folder, entry.name)] : [],
  );

function removeCgroup(folder: string): void {
  if (!existsSync(folder)) return;
  for (const child of childrenOf(folder)) removeCgroup(child);
  try {
    rmdirSync(folder);
  } catch {
    // What was killed may not be gone yet: the next run finds it.
  }
}

/** One folder per controller, or the only one of version 2. */
const cgroupRoots = (): readonly string[] =>
  existsSync(join(CGROUPS, 'cpu')) ? readdirSync(CGROUPS).map((name) => join(CGROUPS, name)) : [CGROUPS];

function removeFolder(folder: string): void {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .filter((point) => point.startsWith(`${folder}/`));
  for (const mount of mounts.reverse()) trySh('umount', '-l', mount);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
