import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

export const CODE = new Set(['.ts', '.tsx', '.mjs', '.js', '.css']);
const TEXT = new Set([...CODE, ...['.md', '.sh', '.proto', '.yaml', '.yml', '.service', '.json']]);
const SKIPPED =
  /(^|\/)(fixtures|generated|dist)\/|package-lock\.json$|^docs\/(asyncapi|openapi)\.yaml$|^tools\/(mutants|planted)\/.*\.json$/;
const NEVER = new Set(['node_modules', 'dist', '.git', '.cache']);

/**
 * Paths, relative to `root`, of all texts that people write: code, documents, scripts, settings.
 * In a git repository what git does not ignore, elsewhere (an unpacked archive) every such file.
 */
export function textsOf(root) {
  return filesOf(root).filter((file) => TEXT.has(extname(file)) && !SKIPPED.test(file));
}

/**
 * Paths of all files that git does not ignore, with slashes. `git ls-files` lists nothing of a
 * folder that the repository around it ignores: that is walked.
 */
export function filesOf(root) {
  try {
    const text = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const deleted = execFileSync('git', ['ls-files', '--deleted'], { cwd: root, encoding: 'utf8' });
    const gone = new Set(deleted.split('\n'));
    const files = text.split('\n').filter((file) => file !== '' && !gone.has(file));
    if (files.length > 0) return [...new Set(files)];
  } catch {
    // No repository: the folder itself says what is there.
  }
  return walk(root, '');
}

function walk(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NEVER.has(entry.name) ? [] : walk(root, path);
    return entry.isFile() ? [path] : [];
  });
}
