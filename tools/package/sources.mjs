// Which sources a build was made of, so that two builds of different ones are told apart.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hashOf } from './stage.mjs';

const LISTED = 3;
const MAX_BYTES = 64 * 1024 * 1024;

/** The commit, and path to hash of all files that git does not ignore; undefined = no clone. */
export function sourcesOf(root) {
  const git = (...args) => {
    const options = { cwd: root, encoding: 'utf8', maxBuffer: MAX_BYTES };
    const { status, stdout } = spawnSync('git', args, options);
    return status === 0 ? stdout : undefined;
  };
  const head = git('rev-parse', 'HEAD');
  const listed = git('ls-files', '-z', '--cached', '--others', '--exclude-standard');
  if (head === undefined || listed === undefined) return undefined;
  const paths = listed.split('\0').filter((path) => path !== '');
  return { head: head.trim(), files: new Map(paths.map((path) => [path, hashIn(root, path)])) };
}

/** The hash of a file; `absent` where there is none, as in the place of one that git lists. */
export function hashIn(folder, name) {
  try {
    return hashOf(join(folder, name));
  } catch {
    return 'absent';
  }
}

/** What is not the same any more, as a part of a sentence; undefined = nothing, or not known. */
export function changeBetween(before, after) {
  if (before === undefined || after === undefined) return undefined;
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].sort();
  const changed = paths.filter((path) => before.files.get(path) !== after.files.get(path));
  const more = changed.length > LISTED ? ` and ${changed.length - LISTED} more` : '';
  const parts = [
    ...(before.head === after.head
      ? []
      : [`HEAD went from ${before.head.slice(0, 8)} to ${after.head.slice(0, 8)}`]),
    ...(changed.length === 0 ? [] : [`changed: ${changed.slice(0, LISTED).join(', ')}${more}`]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}
