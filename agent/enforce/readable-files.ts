import { messageOf } from '../../shared/errors.js';
import type { FolderStore } from '../ports/files.js';

/** Makes the store of a folder; `createFileStore`. */
export type OpenFolder = (folder: string) => FolderStore;

/**
 * Folders as a restore reads them: what cannot be read counts as torn, and what is torn stays where
 * the disk does not let it be set aside. So one damaged file, or a disk that may only be read,
 * keeps nothing else from being put back.
 */
export class ReadableFiles {
  readonly #openFolder: OpenFolder;
  readonly #stays = new Map<string, string>();
  readonly #unlisted: string[] = [];

  constructor(openFolder: OpenFolder) {
    this.#openFolder = openFolder;
  }

  /** Why a torn file of that name stays where it is; undefined = it was set aside. */
  whyStays(name: string): string | undefined {
    return this.#stays.get(name);
  }

  /** Folders that cannot be listed, with the reason. */
  get unlisted(): readonly string[] {
    return this.#unlisted;
  }

  readonly open: OpenFolder = (folder) => {
    const files = this.#openFolder(folder);
    const unread = new Set<string>();
    return {
      create: (name, text) => files.create(name, text),
      writeDurable: (name, text) => files.writeDurable(name, text),
      remove: (name) => files.remove(name),
      list: () =>
        files.list().catch((cause): readonly string[] => {
          this.#unlisted.push(messageOf(cause));
          return [];
        }),
      read: async (name) => {
        try {
          return await files.read(name);
        } catch (cause) {
          unread.add(name);
          this.#stays.set(name, messageOf(cause));
          return '';
        }
      },
      setAside: async (name) => {
        // It may be whole, and readable by somebody else.
        if (unread.has(name)) return name;
        try {
          return await files.setAside(name);
        } catch (cause) {
          this.#stays.set(name, messageOf(cause));
          return name;
        }
      },
    };
  };
}
