import { link, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FolderStore } from '../ports/files.js';

const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;

/**
 * Small durable files in one folder, made 0700 on the first write. Rejects with the OS's error when
 * the disk refuses.
 */
export function createFileStore(folder: string): FolderStore {
  const pathOf = (name: string): string => {
    if (!SAFE_NAME.test(name)) throw new Error(`${JSON.stringify(name)} is not a file name`);
    return join(folder, name);
  };
  return {
    read: async (name) => {
      try {
        return await readFile(pathOf(name), 'utf8');
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw cause;
      }
    },
    writeDurable: async (name, text) => {
      const path = pathOf(name);
      await makeFolder(folder);
      const temporary = `${path}.new`;
      await writeSynced(temporary, text);
      await orRemoved(temporary, rename(temporary, path));
      await syncFolder(folder);
    },
    create: async (name, text) => {
      const path = pathOf(name);
      await makeFolder(folder);
      const temporary = `${path}.${process.pid}.new`;
      await writeSynced(temporary, text);
      const linking = link(temporary, path).then(
        () => true,
        (cause) => tolerate('EEXIST', cause, false),
      );
      const isNew = await orRemoved(temporary, linking);
      await unlink(temporary);
      await syncFolder(folder);
      return isNew;
    },
    list: async () => {
      const names = await readdir(folder).catch((cause): string[] => tolerate('ENOENT', cause, []));
      return names.filter(
        (name) => SAFE_NAME.test(name) && !name.endsWith('.new') && !name.includes('.torn-'),
      );
    },
    remove: async (name) => {
      const isThere = await unlink(pathOf(name)).then(
        () => true,
        (cause) => tolerate('ENOENT', cause, false),
      );
      if (isThere) await syncFolder(folder);
    },
    setAside: async (name) => {
      const aside = `${name}.torn-${Date.now()}`;
      await rename(pathOf(name), pathOf(aside));
      await syncFolder(folder);
      return aside;
    },
  };
}

/**
 * What tells a folder from all others of this machine, whichever path leads there. One that is
 * missing is made first, if it may be; else it rejects with the OS's error.
 */
export async function folderIdOf(folder: string, mayMake: boolean): Promise<string> {
  if (mayMake) await makeFolder(folder);
  const { dev, ino } = await stat(folder, { bigint: true });
  return `${dev}:${ino}`;
}

function tolerate<T>(code: string, cause: unknown, instead: T): T {
  if ((cause as NodeJS.ErrnoException).code === code) return instead;
  throw cause;
}

/** Created folders are made durable too, because their content would be lost with them. */
async function makeFolder(folder: string): Promise<void> {
  for (const path of (await missingFolders(folder)).reverse()) {
    await mkdir(path, { mode: 0o700 }).catch((cause) => tolerate('EEXIST', cause, undefined));
    await syncFolder(dirname(path));
  }
}

/**
 * The folder and those above it that are not there, deepest first. They are made one by one:
 * `mkdir` with `recursive` never ends where the system refuses a folder with ENOENT, as in /proc.
 */
async function missingFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let path = folder; ; path = dirname(path)) {
    const there = await stat(path).catch((cause) => tolerate('ENOENT', cause, undefined));
    if (there?.isDirectory() === true) return missing;
    if (there !== undefined) throw new Error(`${path} is a file, not a folder`);
    missing.push(path);
  }
}

/** Leaves nothing behind where the disk refuses: half a file takes room on a full one. */
async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await orRemoved(
      path,
      file.writeFile(text).then(() => file.sync()),
    );
  } finally {
    await file.close();
  }
}

/** What was begun, and the file is gone where it fails. */
async function orRemoved<T>(path: string, begun: Promise<T>): Promise<T> {
  try {
    return await begun;
  } catch (cause) {
    await unlink(path).catch(() => undefined);
    throw cause;
  }
}

/** A rename is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
