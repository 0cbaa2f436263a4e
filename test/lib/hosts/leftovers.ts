import { existsSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeHost } from '../../../cli/bench/hosts/leftovers.js';
import { sh } from '../../../cli/bench/hosts/shell.js';
import { removeBridge } from './network.js';

/**
 * Folder of everything a test cluster writes; the process id of the run follows. In it, one folder
 * for each engine, of its namespace's name.
 */
const FOLDERS = /^dqoes-hosts-(\d+)-/;
/** Names of namespaces, cgroups and bridges: the last digits of the process id of the run. */
const NAMESPACES = /^dq(\d+)h\d+$/;
const BRIDGES = /: (dqb(\d+)):/g;

/**
 * Takes away what earlier runs of this machine left that were killed: their programs end with them,
 * but for a container now and then; namespaces, bridges, cgroups, mounts and folders do not.
 */
export async function removeLeftovers(): Promise<void> {
  const alive = new Set(readdirSync('/proc').filter((name) => /^\d+$/.test(name)));
  const endings = new Set([...alive].map((pid) => String(Number(pid) % 10_000)));
  for (const name of readdirSync(tmpdir()))
    if (isOfDead(FOLDERS.exec(name)?.[1], alive)) await removeFolder(join(tmpdir(), name));
  for (const name of namespaces())
    if (isOfDead(NAMESPACES.exec(name)?.[1], endings))
      await removeHost({ namespace: name, folder: join(tmpdir(), 'dqoes-hosts-', name) });
  for (const [, bridge = '', id] of sh('ip', '-o', 'link', 'show', 'type', 'bridge').matchAll(
    BRIDGES,
  ))
    if (isOfDead(id, endings)) removeBridge(bridge);
}

const isOfDead = (id: string | undefined, alive: ReadonlySet<string>): boolean =>
  id !== undefined && !alive.has(id);

const namespaces = (): readonly string[] =>
  existsSync('/run/netns') ? readdirSync('/run/netns') : [];

async function removeFolder(folder: string): Promise<void> {
  for (const name of readdirSync(folder))
    if (NAMESPACES.test(name)) await removeHost({ namespace: name, folder: join(folder, name) });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
