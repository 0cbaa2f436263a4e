import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** The schemas of earlier releases, a folder each. */
const SCHEMAS = 'test/fixtures/wire';
const MAIN = 'dist/cli/main.js';
/** Of the folder of a build; the process id of the run follows. */
const PREFIX = 'dqoes-upgrade-';
const BUILD_MS = 180_000;

/** The programs of an earlier commit. */
export interface EarlierBuild {
  /** The commit in short, or the folder that was named. */
  readonly name: string;
  /** The checkout. */
  readonly tree: string;
  /** Its `cli/main.js`. */
  readonly main: string;
  /** Removes what was built; safe to call twice. */
  readonly remove: () => void;
}

/**
 * Builds an earlier commit of this repository in a temporary folder, with the packages of this one.
 * `asked`: a commit, or a folder that holds a built checkout; absent = the release before
 * (`commitBefore`). Builds that killed runs have left are removed.
 *
 * @throws Error with the cure, where there is no such commit or it cannot be built
 */
export function buildEarlier(asked: string | undefined): EarlierBuild {
  removeLeft();
  if (asked !== undefined && existsSync(join(asked, MAIN)))
    return { name: asked, tree: resolve(asked), main: resolve(asked, MAIN), remove: () => {} };
  const commit = asked === undefined ? commitBefore() : commitOf(asked);
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    unpack(commit, folder);
    const changes = packageChanges(dependenciesIn(folder), dependenciesIn(ROOT));
    if (changes.length > 0) throw new Error(otherPackages(commit, changes));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    run(process.execPath, ['tools/build.mjs'], folder);
    const name = git('rev-parse', '--short', commit);
    return { name, tree: folder, main: join(folder, MAIN), remove };
  } catch (cause) {
    remove();
    throw cause;
  }
}

/**
 * The commit of the release before: its tag, else the last one before its schemas were put aside to
 * be read by later tests, which is when the wire began to change.
 */
function commitBefore(): string {
  const release = newestOf(readdirSync(join(ROOT, SCHEMAS)));
  const tagged = tryGit('rev-parse', '--verify', '--quiet', `refs/tags/v${release}^{commit}`);
  if (tagged !== '') return tagged;
  const kept = `${SCHEMAS}/${release}/service.proto`;
  const parents = tryGit('log', '--diff-filter=A', '--format=%P', '-1', '--', kept);
  const [first = ''] = parents.split(' ');
  if (first === '') throw new Error(NO_HISTORY);
  return first;
}

const NO_HISTORY =
  'the history here does not reach back to the release before: fetch it, or set ' +
  'DQOES_UPGRADE_FROM to a commit or to the folder of a built checkout';

/** The newest of the names that are versions. */
export function newestOf(names: readonly string[]): string {
  const versions = names.filter((name) => /^\d+\.\d+\.\d+$/.test(name));
  const newest = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (newest === undefined) throw new Error(`no schemas of a release are in ${SCHEMAS}`);
  return newest;
}

function commitOf(asked: string): string {
  const commit = tryGit('rev-parse', '--verify', '--quiet', `${asked}^{commit}`);
  if (commit !== '') return commit;
  throw new Error(
    `DQOES_UPGRADE_FROM: ${asked} is neither a commit of this repository nor a folder with ${MAIN}`,
  );
}

type Packages = Readonly<Record<string, string>>;

/** What `before` needs in other versions than there are now, in words. */
export const packageChanges = (before: Packages, now: Packages): readonly string[] =>
  Object.entries(before)
    .filter(([name, version]) => now[name] !== version)
    .map(([name, version]) => `${name} ${version} (${now[name] ?? 'none'} here)`);

const otherPackages = (commit: string, changes: readonly string[]): string =>
  `${commit} needs other packages, ${changes.join(', ')}: check it out, run npm ci and npm run ` +
  'build there, and set DQOES_UPGRADE_FROM to that folder';

const dependenciesIn = (folder: string): Packages =>
  (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly dependencies: Packages;
    }
  ).dependencies;

function unpack(commit: string, folder: string): void {
  const archive = join(folder, 'sources.tar');
  git('archive', '--format=tar', '-o', archive, commit);
  run('tar', ['-xf', archive, '-C', folder], folder);
  rmSync(archive);
}

function removeLeft(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : undefined;
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    const path = join(tmpdir(), name);
    if (statSync(path).isDirectory()) rmSync(path, { recursive: true, force: true });
  }
}

const git = (...args: readonly string[]): string => run('git', args, ROOT);

/** As `git`; '' where it fails. */
function tryGit(...args: readonly string[]): string {
  try {
    return git(...args);
  } catch {
    return '';
  }
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    timeout: BUILD_MS,
  });
  if (error !== undefined) throw error;
  if (status === 0) return stdout.trim();
  throw new Error(`${command} ${args.join(' ')}: ${stderr.trim() || stdout.trim()}`);
}
