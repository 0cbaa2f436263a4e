import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

/** Made by `npm run test:gpu` on a machine that has a GPU. */
const MADE_LATER = new Set(['test/fixtures/gpu']);
const PATH =
  /`((?:agent|cli|coordinator|deploy|docs|lab|proto|shared|test|tools)\/[\w./-]+?)(?:\/\*)?`/g;

interface Files {
  textsOf(root: string): readonly string[];
}
const { textsOf } = (await import(join(ROOT, 'tools/style/files.mjs'))) as Files;

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const exists = (path: string): boolean =>
  MADE_LATER.has(path) || ['', '.ts', '.mjs'].some((end) => existsSync(join(ROOT, path + end)));

describe('documents', () => {
  const files = textsOf(ROOT).filter((file) => file.endsWith('.md'));

  it('name only paths that exist', () => {
    const named = files.flatMap((file) =>
      [...textOf(file).matchAll(PATH)].map(([, path = '']) => ({ file, path })),
    );
    assert.ok(named.length > 100);
    assert.deepEqual(
      named.filter(({ file, path }) => !exists(path) && !exists(join(dirname(file), path))),
      [],
    );
  });

  it('begin with a README that is read in ten minutes', () => {
    assert.ok(textOf('README.md').split('\n').length - 1 <= 150);
  });

  it('stand in the index of their folder', () => {
    for (const folder of ['docs', 'docs/decisions', 'docs/post-mortems']) {
      const index = textOf(`${folder}/README.md`);
      const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md'));
      for (const name of names)
        if (name !== 'README.md')
          assert.ok(index.includes(`(${name})`), `${name} has no line in ${folder}/README.md`);
    }
  });
});
