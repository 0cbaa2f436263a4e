import { existsSync, readFileSync } from 'node:fs';
import type { CpuLimit } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { CgroupCounters, CgroupHandle, CgroupReader, KernelWeight } from '../ports/cgroup.js';
import { ReadBuffer } from './cgroup-file.js';
import { type CgroupFiles, openFiles } from './cgroup-files.js';
import { checkKnob, KNOBS } from './cgroup-knobs.js';
import { type CgroupFolders, locate, parseMemberships, parseMounts } from './cgroup-paths.js';

/** Where the file system begins. */
export interface CgroupReaderOptions {
  /** Put before every path, `/proc` and mount points alike; for fixtures. Default ''. */
  readonly root?: string;
}

/**
 * Reads the cgroup files of containers: v1, v2 and hybrid, wherever the engine put them. Never
 * throws.
 */
export function createCgroupReader({ root = '' }: CgroupReaderOptions = {}): CgroupReader {
  const buffer = new ReadBuffer();
  return {
    open: (pid, container) =>
      Promise.resolve(openHandle(foldersOf({ pid, container, root }), buffer)),
  };
}

function openHandle(
  folders: Result<CgroupFolders, string>,
  buffer: ReadBuffer,
): Result<CgroupHandle, string> {
  if (!folders.ok) return folders;
  const files = attempt(() => openFiles(folders.value, buffer));
  return files.ok ? ok(new OpenHandle(files.value)) : files;
}

interface ProcessPlace {
  readonly pid: number;
  readonly container: ContainerId | undefined;
  readonly root: string;
}

function foldersOf({ pid, container, root }: ProcessPlace): Result<CgroupFolders, string> {
  if (!Number.isInteger(pid) || pid <= 0) return err('the container has no process');
  const memberships = attempt(() =>
    parseMemberships(readFileSync(`${root}/proc/${pid}/cgroup`, 'utf8')),
  );
  if (!memberships.ok) return err(`process ${pid} is gone`);
  if (
    container !== undefined &&
    ![...memberships.value.values()].some((path) => path.includes(container))
  )
    return err(`process ${pid} is in another cgroup than container ${container.slice(0, 12)}`);
  const mounts = attempt(() => parseMounts(readFileSync(`${root}/proc/self/mountinfo`, 'utf8')));
  if (!mounts.ok) return mounts;
  const rooted = mounts.value.map((mount) => ({ ...mount, mountPoint: root + mount.mountPoint }));
  return locate(rooted, memberships.value, existsSync);
}

class OpenHandle implements CgroupHandle {
  readonly #files: CgroupFiles;
  constructor(files: CgroupFiles) {
    this.#files = files;
  }

  read(): Promise<Result<CgroupCounters, string>> {
    const counters = attempt(() => this.#files.counters());
    const readable = !counters.ok || Number.isFinite(counters.value.cpuUsageSeconds);
    return Promise.resolve(readable ? counters : err('the CPU usage could not be read'));
  }

  readLimit(): Promise<Result<CpuLimit, string>> {
    return Promise.resolve(attempt(() => this.#files.limit()));
  }

  readWeight(): Promise<Result<KernelWeight | null, string>> {
    return Promise.resolve(attempt(() => this.#files.weight()));
  }

  readBurst(): Promise<Result<number | null, string>> {
    return Promise.resolve(attempt(() => this.#files.burst()));
  }

  writeBurst(burstUs: number): Promise<Result<void, string>> {
    const checked = checkKnob(KNOBS.burst, burstUs);
    return Promise.resolve(
      checked.ok ? attempt(() => this.#files.writeBurst(checked.value)) : checked,
    );
  }

  close(): Promise<void> {
    this.#files.close();
    return Promise.resolve();
  }
}

function attempt<T>(action: () => T): Result<T, string> {
  try {
    return ok(action());
  } catch (cause) {
    const message = messageOf(cause);
    return err(/^(ENODEV|ENOENT)/.test(message) ? 'the cgroup is gone' : message);
  }
}
