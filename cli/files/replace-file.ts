import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a file in one step: a reader sees the whole old text or the whole new one. */
export function replaceFile(path: string, text: string, mode: number): void {
  const next = `${path}.next`;
  rmSync(next, { force: true });
  writeFileSync(next, text, { mode, flag: 'wx' });
  chmodSync(next, mode);
  renameSync(next, path);
}
