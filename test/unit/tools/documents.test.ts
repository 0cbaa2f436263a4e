import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

/** Made by `npm run test:gpu` on a machine that has a GPU. */
const MADE_LATER = new Set(['test/fixtures/gpu']);
const PATH =
  /`((?:agent|cli|coordinator|deploy|docs|lab|proto|shared|test|tools)\/[\w./-]+?)(?:\/\*)?`/g;

/** A script and what follows it on its line. */
const SCRIPT = /(deploy\/(?:bootstrap|install-agent|install-coordinator)\.sh)([^`\n]*)/g;

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

  it('name npm scripts, and flags of the scripts in deploy/, that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: object };
    // What was then says nothing of now.
    const now = files.filter(
      (file) => !/^CHANGELOG|^docs\/(?:decisions|post-mortems)\//.test(file),
    );
    const npm = now.flatMap((file) =>
      [...textOf(file).matchAll(/npm run (?:--silent )?([a-z][\w:-]*\w)(?![\w:…])/g)].map(
        ([, name = '']) => `${file}: ${name}`,
      ),
    );
    const flags = now.flatMap((file) =>
      [...textOf(file).matchAll(SCRIPT)].flatMap(([, script = '', rest = '']) =>
        [...(rest.split('#')[0] ?? '').matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(
          ([flag]) => [file, script, flag] as const,
        ),
      ),
    );
    assert.ok(npm.length > 50 && flags.length > 10, `${npm.length}, ${flags.length}`);
    assert.deepEqual(
      npm.filter((each) => !Object.hasOwn(scripts, each.split(': ')[1] ?? '')),
      [],
    );
    assert.deepEqual(
      flags.filter(([, script, flag]) => !textOf(script).includes(flag)),
      [],
    );
  });

  it('have an empty line after each table, else the text below is a row of it', () => {
    const glued = files.flatMap((file) => {
      const lines = textOf(file)
        .replace(/^```.*?^```/gms, '')
        .split('\n');
      return lines.flatMap((line, i) => {
        const isBelow = lines[i - 1]?.startsWith('|') === true && line !== '';
        return isBelow && !line.startsWith('|') ? [`${file}: ${line}`] : [];
      });
    });
    assert.deepEqual(glued, []);
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
