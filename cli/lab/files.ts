import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ReadScenario,
  readScenarioBytes,
  SCENARIO_MAX_BYTES,
} from '../../lab/scenario/read.js';
import { fileTrouble } from '../../shared/errors.js';
import { nearestOf } from '../../shared/nearest.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';

/** A scenario file with its scenario, or with its faults. */
export interface ScenarioFile {
  readonly file: string;
  readonly read: Result<ReadScenario>;
}

const YAML = /\.ya?ml$/;

/**
 * Folder of the shipped scenarios, next to `package.json`; found from the built program and from
 * the sources.
 */
export function shippedFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder)
    folder = dirname(folder);
  return join(folder, 'lab', 'scenarios');
}

/** Names of the shipped scenarios, sorted. */
export const shippedNames = (): readonly string[] =>
  yamlFiles(shippedFolder()).map((file) => basename(file, extname(file)));

const yamlFiles = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => YAML.test(name))
        .sort()
        .map((name) => join(folder, name))
    : [];

/**
 * Reads scenarios. Each argument is a file, a folder of files, or the name of a shipped scenario;
 * no argument = all shipped ones. Every file is read, whatever is wrong with the others.
 */
export function readScenarioFiles(args: readonly string[]): readonly ScenarioFile[] {
  const wanted = args.length === 0 ? [shippedFolder()] : args;
  return wanted.flatMap(filesOf);
}

function filesOf(arg: string): readonly ScenarioFile[] {
  const kind = statSync(arg, { throwIfNoEntry: false });
  if (kind?.isDirectory() === true) {
    const files = yamlFiles(arg);
    return files.length === 0
      ? [unreadable(arg, 'this folder holds no .yaml file')]
      : files.map(readFile);
  }
  if (kind !== undefined) return [readFile(arg)];
  const shipped = shippedNames();
  const name = arg.replace(YAML, '');
  if (shipped.includes(name)) return [readFile(join(shippedFolder(), `${name}.yaml`))];
  const near = nearestOf(name, shipped);
  const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
  return [unreadable(arg, `there is no such file and no shipped scenario of that name${meant}`)];
}

function readFile(file: string): ScenarioFile {
  try {
    const bytes = bytesOf(file, SCENARIO_MAX_BYTES + 1);
    return { file, read: readScenarioBytes(bytes, basename(file).replace(YAML, '')) };
  } catch (cause) {
    return unreadable(
      file,
      `cannot be read (${fileTrouble(cause)}): check the path and its permissions`,
    );
  }
}

/** At most `most` bytes of the file: it may be as long as a disk, or a device without an end. */
function bytesOf(file: string, most: number): Uint8Array {
  const from = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(most);
    let length = 0;
    for (let more = -1; more !== 0 && length < most; length += more)
      more = readSync(from, bytes, length, most - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(from);
  }
}

const unreadable = (file: string, message: string): ScenarioFile => {
  const fault: Fault = { code: 'scenario.syntax', field: '', message };
  return { file, read: err([fault]) };
};

/** All scenarios; or, if any file is bad, the bad files. */
export function allGood(
  files: readonly ScenarioFile[],
): Result<readonly ReadScenario[], readonly ScenarioFile[]> {
  const bad = files.filter(({ read }) => !read.ok);
  if (bad.length > 0) return err(bad);
  return ok(files.flatMap(({ read }) => (read.ok ? [read.value] : [])));
}
