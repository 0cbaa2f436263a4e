// Which build of a version this is, so that two of one version can be told apart. The same sources
// have the same one at any time and place.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the program is made of. */
const SOURCES = [
  'agent',
  'cli',
  'console',
  'coordinator',
  'lab',
  'package-lock.json',
  'package.json',
  'proto',
  'schemas',
  'shared',
];
const DIGITS = 12;
/** It travels behind `0.1.0+` where texts have at most 64 characters. */
const BUILD = /^[0-9A-Za-z.-]{1,48}$/;

/**
 * `COMMIT.DAY` of the commit in the tree `root`, `COMMIT-dirty.DAY` where something in it is not of
 * that; without git `src-HASH` of the sources. `given`: taken instead, as of who builds from an
 * archive of a commit.
 */
export function buildIdOf(root, given = process.env.DQOES_BUILD) {
  if (given === undefined || given === '')
    return commitIn(root) ?? `src-${hashOfSources(root).slice(0, DIGITS)}`;
  if (BUILD.test(given)) return given;
  throw new Error(
    `DQOES_BUILD ${JSON.stringify(given)} is no name of a build: use 1 to 48 of 0-9 A-Z a-z . -`,
  );
}

function commitIn(root) {
  // What was unpacked inside another repository is no commit of that.
  if (!existsSync(join(root, '.git'))) return undefined;
  const git = (...args) => {
    const all = ['--no-optional-locks', ...args];
    const { status, stdout } = spawnSync('git', all, { cwd: root, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  };
  const head = git('log', '-1', '--no-show-signature', '--format=%H %cs');
  const [commit, day] = head?.split(' ') ?? [];
  const changed = git('status', '--porcelain', '--', '.', ':(exclude)node_modules');
  if (commit === undefined || day === undefined || changed === undefined) return undefined;
  return `${commit.slice(0, DIGITS)}${changed === '' ? '' : '-dirty'}.${day}`;
}

function hashOfSources(root) {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((each) => filesAt(root, each))) {
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** The file, or all files of the folder, in one order everywhere. */
function filesAt(root, path) {
  const at = join(root, path);
  if (!existsSync(at)) return [];
  if (path.includes('.')) return [path];
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(path, entry.parentPath.slice(at.length), entry.name))
    .sort();
}
