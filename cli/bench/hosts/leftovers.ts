import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesIn, removeCgroup } from './cgroup.js';
import { trySh } from './shell.js';

/** What a host occupies on this machine. */
export interface HostPlace {
  /** Name of its network namespace, and of the cgroup that holds its containers. */
  readonly namespace: string;
  /** Its engine writes only here. */
  readonly folder: string;
}

/** Long enough for an engine to end its containers. */
const END_MS = 15_000;
const POLL_MS = 50;

/**
 * Removes everything that is left of a host, in any state: engine, containers, mounts, cgroups,
 * namespace and folder.
 */
export async function removeHost({ namespace, folder }: HostPlace): Promise<void> {
  // The engine ends its helpers, and would restart one that ends before it.
  signal(enginesOf(folder, /^dockerd$/), 'SIGTERM');
  const deadline = Date.now() + END_MS;
  while (enginesOf(folder).length > 0 && Date.now() < deadline) await sleep(POLL_MS);
  // An engine that was killed leaves its containers behind.
  const isLeft = (): boolean =>
    signal([...enginesOf(folder), ...processesIn(namespace)], 'SIGKILL') > 0;
  while (isLeft() && Date.now() < deadline + END_MS) await sleep(POLL_MS);
  for (const mount of mountsBelow(folder)) trySh('umount', '-l', mount);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  removeCgroup(namespace);
  if (existsSync(join('/run/netns', namespace))) trySh('ip', 'netns', 'delete', namespace);
}

/** Programs of an engine: dockerd, containerd with its shims, and docker-proxy. */
const ENGINE = /^(dockerd|containerd|docker-proxy)/;

const enginesOf = (folder: string, programs = ENGINE): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isOf(folder, programs, pid));

function isOf(folder: string, programs: RegExp, pid: number): boolean {
  try {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return programs.test(basename(program)) && args.some((arg) => arg.includes(`${folder}/`));
  } catch {
    // It has just ended.
    return false;
  }
}

/** Sends a signal to each process; returns how many still existed. */
function signal(pids: readonly number[], name: NodeJS.Signals): number {
  let count = 0;
  for (const pid of pids)
    try {
      process.kill(pid, name);
      count += 1;
    } catch {
      // It has just ended.
    }
  return count;
}

/** Innermost first. */
const mountsBelow = (folder: string): readonly string[] =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .filter((point) => point.startsWith(`${folder}/`))
    .reverse();
