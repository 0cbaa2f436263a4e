import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../ports.js';

const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;

/** Small durable files in one folder, made 0700 on the first write. Rejects with the OS's error when the disk refuses. */
export function createFileStore(folder: string): FileStore {
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
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = `${path}.new`;
      await writeSynced(temporary, text);
      await rename(temporary, path);
      await syncFolder(folder);
    },
    setAside: async (name) => {
      const aside = `${name}.torn-${Date.now()}`;
      await rename(pathOf(name), pathOf(aside));
      await syncFolder(folder);
      return aside;
    },
  };
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
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
