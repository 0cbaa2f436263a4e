import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runOn } from './planted-tree.js';

interface Finding {
  readonly name: string;
  readonly found: readonly string[];
  readonly share?: string;
}
const count = (files: Readonly<Record<string, string>>, name: string): Finding => {
  const { stdout, stderr, status } = runOn('tools/house.mjs', files, ['--json']);
  assert.equal(status, 0, stderr);
  const finding = (JSON.parse(stdout) as Finding[]).find((each) => each.name === name);
  assert.ok(finding !== undefined, stdout);
  return finding;
};

describe('tools/house', () => {
  it('counts loose files at the roots, not those in rooms', () => {
    const files = { 'agent/a.ts': '', 'agent/observe/b.ts': '', 'cli/c.ts': '' };
    assert.deepEqual(count(files, 'loose files in agent/').found, ['agent/a.ts']);
    assert.deepEqual(count(files, 'loose files in proto/').found, []);
  });

  it('finds circles of files and loops of rooms that types close', () => {
    const files = {
      'agent/observe/a.ts': "import { b } from '../report/b.js';",
      'agent/report/b.ts': "import type { A } from '../observe/c.js';\nexport const b = 1;",
      'agent/observe/c.ts': 'export type A = 1;',
      'proto/d.ts': "import type { E } from './e.js';\n// import './f.js';",
      'proto/e.ts': "export { d } from './d.js';",
      'proto/f.ts': "import './d.js';",
    };
    assert.ok(count(files, 'room loops').found.includes('agent/observe, agent/report'));
    assert.deepEqual(count(files, 'file circles').found, ['proto/d.ts, proto/e.ts']);
  });

  it('asks a docstring of exported functions, classes and interfaces', () => {
    const text = [
      '/** Says what it is. */',
      'export function documented(): void {}',
      'export const bare = (a: number): number => a;',
      'export const value = (1 + 2) * 3;',
      'export const list = [];',
      'export interface Shape {}',
      'export type Alias = string;',
      'interface Own {}',
      '/**',
      ' * Two lines.',
      ' */',
      'export class Good {}',
    ].join('\n');
    const { found, share } = count({ 'shared/x.ts': text }, 'exports without a docstring');
    assert.deepEqual(found, ['shared/x.ts:3 bare', 'shared/x.ts:6 Shape']);
    assert.match(share ?? '', /^50\.0 % of 4/);
  });

  it('finds a type name that two rooms define, but not two files of one room', () => {
    const files = {
      'agent/observe/a.ts': 'interface Reading {}\nexport type Own = 1;',
      'agent/observe/b.ts': 'type Own = 2;',
      'cli/demo/c.ts': 'export class Reading {}',
      'test/lib/d.ts': 'interface Own {}',
    };
    assert.deepEqual(count(files, 'type names in more than one room').found, [
      'Reading: agent/observe, cli/demo',
    ]);
  });

  it('counts long lines, functions and files', () => {
    const files = {
      'shared/x.ts': `export function long() {\n${'  call();\n'.repeat(60)}}\n`,
      'shared/y.ts': `const a = '${'b'.repeat(100)}';\n${'call();\n'.repeat(300)}`,
    };
    assert.deepEqual(count(files, 'functions over 60 lines').found, ['shared/x.ts:1 long (62)']);
    assert.deepEqual(count(files, 'lines over 100 columns').found, ['shared/y.ts:1']);
    assert.deepEqual(count(files, 'files over 300 lines').found, ['shared/y.ts (301)']);
  });

  it('finds the old habits, but not in comments', () => {
    const files = {
      'shared/x.ts': [
        'const MOST_TRIES = 3;',
        '// const LEAST_TRIES = 1;',
        'class A {',
        '  private readonly at: number;',
        '  /** One. */',
        '  /** Two. */',
        '  b = { ...{ a, b }, ...rest };',
        '}',
      ].join('\n'),
    };
    assert.deepEqual(count(files, 'constants MOST_* and LEAST_*').found, [
      'shared/x.ts:1 MOST_TRIES',
    ]);
    assert.deepEqual(count(files, 'private members').found, ['shared/x.ts:4 at']);
    assert.deepEqual(count(files, 'spreads of object literals').found, ['shared/x.ts:7 a']);
    assert.deepEqual(count(files, 'stacked docstrings').found, ['shared/x.ts:5']);
  });

  it('prints a line a number, and each finding with --list', () => {
    const { stdout } = runOn('tools/house.mjs', { 'agent/a.ts': '' }, ['--list']);
    assert.match(stdout, /^loose files in agent\/ +1$/m);
    assert.match(stdout, /^ {4}agent\/a\.ts$/m);
  });
});
