/** Small durable files: temp file + fsync + rename. */
export interface FileStore {
  /** null when the file does not exist. */
  read(name: string): Promise<string | null>;
  writeDurable(name: string, text: string): Promise<void>;
  /** Moves a torn file aside and returns the new name. */
  setAside(name: string): Promise<string>;
}

/** A folder of small durable files, each of which any agent of this host may create. */
export interface FolderStore extends FileStore {
  /** Durable before it resolves; false = the file exists already and is left as it is. */
  create(name: string, text: string): Promise<boolean>;
  /** Names of all files; none when the folder does not exist. */
  list(): Promise<readonly string[]>;
  /** Durable before it resolves; a file that does not exist is a success. */
  remove(name: string): Promise<void>;
}
