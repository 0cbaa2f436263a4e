import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { packageModule } from './modules.js';

interface Sources {
  readonly head: string;
  readonly files: ReadonlyMap<string, string>;
}
interface Module {
  sourcesOf(root: string): Sources | undefined;
  changeBetween(before: Sources | undefined, after: Sources | undefined): string | undefined;
}

describe('tools/package/sources', () => {
  let folder = '';
  let tools: Module;
  beforeEach(async () => {
    tools = await packageModule<Module>('sources.mjs');
    folder = mkdtempSync(join(tmpdir(), 'dqoes-sources-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const git = (...args: readonly string[]): void => {
    const named = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args];
    const { status, stderr } = spawnSync('git', named, { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  };
  const commit = (): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'c');
  };
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

  it('tells what changed between two builds, and that the commit did', () => {
    git('init', '--quiet');
    put('.gitignore', 'dist\n');
    for (const name of ['a', 'b', 'c', 'd', 'e']) put(name, name);
    commit();
    const first = tools.sourcesOf(folder);
    // What a build writes is no source.
    put('dist', 'made');
    assert.equal(tools.changeBetween(first, tools.sourcesOf(folder)), undefined);
    put('b', 'other');
    put('new', 'n');
    rmSync(join(folder, 'e'));
    const edited = tools.changeBetween(first, tools.sourcesOf(folder));
    assert.equal(edited, 'changed: b, e, new');
    put('a', 'other');
    commit();
    const [, from, to, ...changed] =
      /^HEAD went from (\w{8}) to (\w{8}); changed: (.+)$/.exec(
        tools.changeBetween(first, tools.sourcesOf(folder)) ?? '',
      ) ?? [];
    assert.notEqual(from, to);
    assert.deepEqual(changed, ['a, b, e and 1 more']);
  });

  it('tells nothing where there is no clone', () => {
    assert.equal(tools.sourcesOf(folder), undefined);
    assert.equal(tools.changeBetween(undefined, undefined), undefined);
  });
});
