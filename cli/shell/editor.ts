import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { App } from './app.js';

/** Opens texts in the editor of the person, in a file that nobody else can read. */
export interface Editor {
  /** The text as it was saved; the error is a sentence. Waits until the editor ends. */
  edit(text: string): Promise<Result<string, string>>;
  /** Removes the file. */
  close(): Promise<void>;
}

/** The editor of the app, which has the terminal while it runs; `name`: of the file. */
export async function openEditor(
  { config, lendTerminal }: Pick<App, 'config' | 'lendTerminal'>,
  name: string,
): Promise<Editor> {
  // mkdtemp makes the folder for its owner alone.
  const folder = await mkdtemp(join(tmpdir(), 'dqoes-edit-'));
  const file = join(folder, name);
  return {
    edit: async (text) => {
      await writeFile(file, text, { mode: 0o600 });
      const takeBack = lendTerminal?.();
      const fault = await run(config.editor, file);
      takeBack?.();
      return fault === '' ? ok(await readFile(file, 'utf8')) : err(fault);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** '' = the editor ended well. */
const run = (command: string, file: string): Promise<string> =>
  new Promise((resolve) => {
    // A shell, because $EDITOR may hold options; the file is an argument, never part of the text.
    const child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'sh', file], { stdio: 'inherit' });
    child.on('error', (cause) => resolve(`the editor cannot be started: ${messageOf(cause)}`));
    child.on('close', (code, signal) =>
      resolve(
        code === 0
          ? ''
          : `the editor (${command}) ended with ${signal ?? code}: nothing was changed`,
      ),
    );
  });
