import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { notUtf8, utf8Text } from '../../shared/utf8.js';
import type { App } from './app.js';

/** Opens texts in the editor of the person, in a file that nobody else can read. */
export interface Editor {
  /** The file. */
  readonly path: string;
  /** The text as it was saved; the error is a sentence. Waits until the editor ends. */
  edit(text: string): Promise<Result<string, string>>;
  /** What the file holds now; undefined = it is not there. */
  text(): Promise<string | undefined>;
  /** Removes the file. Without this it stays. */
  close(): Promise<void>;
}

/**
 * The editor of the app, which has the terminal while it runs; `name`: of the file. The error says
 * why there can be no file, with the cure.
 */
export async function openEditor(
  { config, lendTerminal }: Pick<App, 'config' | 'lendTerminal'>,
  name: string,
): Promise<Result<Editor, string>> {
  let folder: string;
  try {
    // mkdtemp makes the folder for its owner alone.
    folder = await mkdtemp(join(tmpdir(), 'dqoes-edit-'));
  } catch (cause) {
    const why = messageOf(cause);
    return err(`no file can be made to edit (${why}): set TMPDIR to a folder of yours`);
  }
  const path = join(folder, name);
  return ok({
    path,
    edit: async (text) => {
      const written = await replace(path, text);
      if (!written.ok) return written;
      const takeBack = lendTerminal?.();
      const fault = await run(config.editor, path);
      takeBack?.();
      if (fault !== '') return err(fault);
      return savedIn(path);
    },
    text: async () => (await bytesIn(path))?.toString('utf8'),
    close: () => rm(folder, { recursive: true, force: true }),
  });
}

/** On a full disk what was there before stays. */
async function replace(path: string, text: string): Promise<Result<void, string>> {
  try {
    await writeFile(`${path}.next`, text, { mode: 0o600 });
    await rename(`${path}.next`, path);
    return ok(undefined);
  } catch (cause) {
    return err(`${path} cannot be written (${messageOf(cause)}): make room there`);
  }
}

const bytesIn = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch(() => undefined);

/** An editor saves in the encoding of its own locale. */
async function savedIn(path: string): Promise<Result<string, string>> {
  const bytes = await bytesIn(path);
  if (bytes === undefined) return err(`${path} is gone: nothing was changed`);
  const text = utf8Text(bytes);
  return text.ok ? text : err(`${path} ${notUtf8(text.error)}`);
}

/** '' = the editor ended well. */
const run = (command: string, file: string): Promise<string> =>
  new Promise((resolve) => {
    // A shell, because $EDITOR may hold options; the file is an argument, never part of the text.
    const child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'sh', file], { stdio: 'inherit' });
    child.on('error', (cause) => resolve(`the editor cannot be started: ${messageOf(cause)}`));
    child.on('close', (code, signal) => resolve(endText(command, signal ?? code)));
  });

/** What a shell ends with where it finds no program of that name. */
const NOT_FOUND = 127;

/** '' = it ended well. */
function endText(command: string, end: NodeJS.Signals | number | null): string {
  if (end === 0) return '';
  return end === NOT_FOUND
    ? `the editor (${command}) is not here: set EDITOR to one that is, such as EDITOR=nano`
    : `the editor (${command}) ended with ${end}: nothing was changed`;
}
