import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

const { buildIdOf } = (await import(pathToFileURL(join(ROOT, 'tools/build-id.mjs')).href)) as {
  readonly buildIdOf: (root: string, given?: string) => string;
};

describe('tools/build-id.mjs', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-build-id-'));
    put(folder, 'package.json', '{}');
    put(folder, 'shared/a.ts', 'export {};\n');
    put(folder, 'cli/below/b.ts', 'export {};\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (root: string, path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (...args: readonly string[]): string => {
    const env = {
      ...process.env,
      ...{ GIT_AUTHOR_DATE: '2026-11-28T12:00:00Z', GIT_COMMITTER_DATE: '2026-11-28T12:00:00Z' },
    };
    const settings = ['user.name=a', 'user.email=a@example.org', 'commit.gpgsign=false'];
    const who = settings.flatMap((each) => ['-c', each]);
    const ran = spawnSync('git', [...who, ...args], { cwd: folder, env, encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stderr);
    return ran.stdout.trim();
  };
  // '' = as if the environment said nothing, on any machine.
  const buildId = (root = folder): string => buildIdOf(root, '');

  it('names the commit and its day, and a tree that is not of it', () => {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'a');
    const commit = git('rev-parse', 'HEAD').slice(0, 12);
    assert.equal(buildId(), `${commit}.2026-11-28`);
    // Installed packages are of no commit.
    put(folder, 'node_modules/a/index.js', '');
    assert.equal(buildId(), `${commit}.2026-11-28`);
    put(folder, 'shared/new.ts', '');
    assert.equal(buildId(), `${commit}-dirty.2026-11-28`);
  });

  it('is a hash of the sources without git, the same in another place', () => {
    const first = buildId();
    assert.match(first, /^src-[0-9a-f]{12}$/);
    const other = join(folder, 'other');
    for (const [path, text] of [
      ['cli/below/b.ts', 'export {};\n'],
      ['shared/a.ts', 'export {};\n'],
      ['package.json', '{}'],
      ['README.md', 'not of the program'],
    ] as const)
      put(other, path, text);
    assert.equal(buildId(other), first);
    put(other, 'shared/a.ts', 'export { };\n');
    assert.notEqual(buildId(other), first);
  });

  it('is what it is told, where that is a name', () => {
    assert.equal(buildIdOf(folder, '3f2c1d4e5a6b.2026-11-28'), '3f2c1d4e5a6b.2026-11-28');
    assert.throws(() => buildIdOf(folder, 'my build'), /DQOES_BUILD "my build" is no name/);
  });
});
