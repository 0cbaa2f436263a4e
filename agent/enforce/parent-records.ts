import { createHash } from 'node:crypto';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { defaultWeightOf, mayBeRaised, showWeight } from '../containers/weight.js';
import type { KernelWeight, ParentWeights } from '../ports/cgroup.js';
import type { FolderStore } from '../ports/files.js';
import { seal, unseal } from './sealed.js';

/** What a cgroup that holds containers had before any agent of this host touched it. */
export interface ParentRecord {
  readonly path: string;
  readonly original: number;
  /** The share of an Engine that the agent manages which touched it first, and puts it back. */
  readonly by: string;
  /** Boot of the host: after another one the weight is the kernel's, or its owner's. */
  readonly boot: string;
}

/** What puts weights back. */
export interface ParentRestoreOptions {
  readonly parents: ParentWeights;
  /** One record for each cgroup that is touched, shared by all agents of this host. */
  readonly files: FolderStore;
  readonly log: Log;
  /** Paths that a record may be about which cannot be read; absent = only what it says itself. */
  readonly likelyPaths?: readonly string[];
}
/** A cgroup whose weight could not be put back. */
export interface ParentFault {
  readonly path: string;
  readonly reason: string;
}

/** Which records are meant. */
export interface ParentChoice {
  readonly isDue: (record: ParentRecord) => boolean;
  /** The same of a record that cannot be read, by the cgroup that it is about. */
  readonly isTornDue: (path: string) => boolean;
  /** Whether a cgroup that cannot be read is surely gone, and not only unseen from here. */
  readonly isGone: (path: string) => boolean;
  readonly hostCores: number;
}

/** Every record of the host. `hostCores`: the CPU that it has. */
export const allParents = (hostCores: number): ParentChoice => ({
  isDue: () => true,
  isTornDue: () => true,
  isGone: () => false,
  hostCores,
});

/**
 * Puts back what agents of this host raised, by their records. A record of an earlier boot is
 * removed; one stays while its cgroup cannot be read, which may be there unseen. Where a record is
 * torn the kernel's default is put back, if the weight may be one of ours. A record that cannot be
 * removed keeps no other from being put back. Rejects when the disk cannot be read.
 */
export async function putParentsBack(
  options: ParentRestoreOptions,
  choice: ParentChoice,
): Promise<readonly ParentFault[]> {
  const faults: ParentFault[] = [];
  for (const name of await options.files.list()) {
    const text = (await textIn(options.files, name)) ?? '';
    const record = parseRecord(text);
    const fault =
      record === undefined
        ? await putTornBack(options, choice, { name, text })
        : await putBack(options, choice, { name, record });
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

async function putBack(
  { parents, files, log }: ParentRestoreOptions,
  { isDue, isGone }: ParentChoice,
  { name, record }: { readonly name: string; readonly record: ParentRecord },
): Promise<ParentFault | undefined> {
  if (!isDue(record)) return undefined;
  const { path, original, boot } = record;
  const now = parents.read(path);
  const isOver = boot !== parents.boot || (now === null && isGone(path));
  if (now === null && !isOver) return undefined;
  const isBack = isOver || now?.value === original;
  const written = isBack ? undefined : parents.write(path, original);
  if (written?.ok === false) return faultOf(path, original, written.error);
  log.info('the CPU weight of a cgroup of containers is as it was', { path, original });
  return forgetting(files, name, path);
}

/** undefined = its record is gone, too. */
const forgetting = (
  files: FolderStore,
  name: string,
  path: string,
): Promise<ParentFault | undefined> =>
  files.remove(name).then(
    () => undefined,
    (cause) => ({
      path,
      reason: `is as it was, but its record cannot be removed: ${messageOf(cause)}`,
    }),
  );

async function putTornBack(
  { parents, files, log, likelyPaths = [] }: ParentRestoreOptions,
  { isTornDue, isGone, hostCores }: ParentChoice,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<ParentFault | undefined> {
  // What the text says of its path is true where the name of the file is made of it.
  const said = /"path":"([^"]*)"/.exec(text)?.[1] ?? '';
  const path = [said, ...likelyPaths].find((each) => nameOf(each) === name);
  if (path === undefined || !isTornDue(path)) return undefined;
  const now = parents.read(path);
  if (now === null && !isGone(path)) return undefined;
  const original =
    now === null || !mayBeRaised(now, hostCores) ? null : defaultWeightOf(now.version);
  const written = original === null ? undefined : parents.write(path, original);
  if (original !== null && written?.ok === false) return faultOf(path, original, written.error);
  if (now !== null)
    log.warn('the CPU weight of a cgroup of containers', {
      path,
      reason: tornReason(now, original),
    });
  return forgetting(files, name, path);
}

const faultOf = (path: string, original: number, error: string): ParentFault => ({
  path,
  reason: `cannot be put back to ${original}: ${error}`,
});

/** What becomes of a weight whose record is torn; `original`: null = no agent made it. */
export const tornReason = (weight: KernelWeight, original: number | null): string =>
  `its record cannot be read: ${
    original === null
      ? `${showWeight(weight)} is left, which no agent made`
      : `what it had is taken to be the kernel's default, ${original}`
  }`;

/** The text of a record; null = there is none, '' = the disk cannot read it. */
export const textIn = (files: FolderStore, name: string): Promise<string | null> =>
  files.read(name).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EIO') return '';
    throw cause;
  });

/** Name of the record of a cgroup; the path itself is in the file. */
export const nameOf = (path: string): string => createHash('sha256').update(path).digest('hex');

/** undefined = it is torn. */
export function parseRecord(text: string): ParentRecord | undefined {
  const opened = unseal(KIND, text);
  const value = opened.ok ? (opened.value as Partial<ParentRecord> | null) : null;
  return typeof value?.path === 'string' &&
    typeof value.by === 'string' &&
    typeof value.boot === 'string' &&
    Number.isSafeInteger(value.original)
    ? (value as ParentRecord)
    : undefined;
}

/** The record as text. */
export const sealRecord = (record: ParentRecord): string => seal(KIND, record);

const KIND = 'dqoes-parent-weight 1';
