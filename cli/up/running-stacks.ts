import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { putFile } from '../files/staged-file.js';
import {
  isAlive,
  isProcessIdentity,
  type ProcessIdentity,
  processIdentity,
} from './state-owner.js';

/** A `dqoes up` that runs on this machine. */
export interface RunningStack {
  readonly owner: ProcessIdentity;
  /** Address of its NATS server. */
  readonly url: string;
  readonly cluster: string;
  readonly stateDir: string;
  /** Public key of its coordinator, for who may not read the state folder; absent = unsaid. */
  readonly coordinatorKey?: string;
  /** Who runs it, and its NATS server. */
  readonly user: number;
}

const NAME = /^up-\d+\.json$/;
const pathOf = (folder: string, pid: number): string => join(folder, `up-${pid}.json`);

/**
 * Writes where this process listens, for other commands of this machine. Never throws: if the
 * folder cannot be written, they need `--nats` or DQOES_NATS_URL. Returns a function that removes
 * it again.
 */
export function publishAddress(
  folder: string,
  up: Omit<RunningStack, 'owner' | 'user'>,
): () => void {
  const owner = processIdentity(process.pid);
  if (owner === undefined) return () => {};
  const path = pathOf(folder, owner.pid);
  const isShared = process.getuid?.() === 0;
  try {
    makeFolder(folder, isShared ? 0o755 : 0o700);
    removeStale(folder);
    putFile({
      path,
      text: `${JSON.stringify({ owner, ...up })}\n`,
      mode: isShared ? 0o644 : 0o600,
    });
  } catch {
    return () => {};
  }
  return () => rmSync(path, { force: true });
}

/**
 * The running `dqoes up` of the first folder that has any, sorted by address. A file whose process
 * has ended, or whose pid another process has now, is ignored.
 */
export function runningStacks(folders: readonly string[]): readonly RunningStack[] {
  for (const folder of folders) {
    const found = filesIn(folder).flatMap((path) => readAlive(path) ?? []);
    if (found.length > 0) return found.sort((a, b) => (a.url < b.url ? -1 : 1));
  }
  return [];
}

function removeStale(folder: string): void {
  for (const path of filesIn(folder))
    if (readAlive(path) === undefined) rmSync(path, { force: true });
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => NAME.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function readAlive(path: string): RunningStack | undefined {
  try {
    const { owner, url, cluster, stateDir, coordinatorKey } = JSON.parse(
      readFileSync(path, 'utf8'),
    ) as Partial<RunningStack>;
    if (!isProcessIdentity(owner) || !isAlive(owner)) return undefined;
    if (typeof url !== 'string' || typeof cluster !== 'string' || typeof stateDir !== 'string')
      return undefined;
    const key = typeof coordinatorKey === 'string' ? { coordinatorKey } : {};
    // Nobody else may write into these folders.
    return { owner, url, cluster, stateDir, ...key, user: statSync(path).uid };
  } catch {
    return undefined;
  }
}
