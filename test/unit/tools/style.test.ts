import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT, runOn } from './planted-tree.js';

interface LongFunction {
  readonly line: number;
  readonly name: string;
  readonly length: number;
}
interface Functions {
  longFunctions(lines: readonly string[], most?: number): readonly LongFunction[];
}
const { longFunctions } = (await import(join(ROOT, 'tools/style/functions.mjs'))) as Functions;

const body = (count: number, indent = '  '): string => `${indent}call();\n`.repeat(count);
const check = (files: Readonly<Record<string, string>>) => runOn('tools/style.mjs', files);
const found = (text: string): readonly string[] =>
  longFunctions(text.split('\n'), 10).map(({ line, name, length }) => `${line} ${name} ${length}`);

describe('tools/style', () => {
  it('passes a short file', () => {
    const { status, stderr } = check({ 'shared/x.ts': 'export const a = 1;\n' });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /style: 1 files, 0 faults/);
  });

  const PLANTED: readonly (readonly [name: string, file: string, text: string, says: RegExp])[] = [
    ['a long line', 'docs/x.md', `${'word '.repeat(21)}\n`, /docs\/x\.md:1 the line has 105/],
    ['a long file', 'shared/x.ts', 'call();\n'.repeat(301), /shared\/x\.ts:1 the file has 301/],
    [
      'a long function',
      'tools/x.mjs',
      `export function run() {\n${body(60)}}\n`,
      /tools\/x\.mjs:1 run has 62 lines: at most 60 a function/,
    ],
    ['a banned word', 'shared/x.ts', '// reads it anew\n', /shared\/x\.ts:1 the word "anew"/],
    [
      'one in a script',
      'deploy/x.sh',
      '#!/bin/sh\n# for whom\n',
      /deploy\/x\.sh:2 the word "whom"/,
    ],
    [
      'a call that leaks',
      'agent/x.ts',
      `// AbortSignal.any\n\nconst both = AbortSignal${'.any'}([a, b]);\n`,
      /agent\/x\.ts:3 AbortSignal\.any leaves .*: use childSignal/,
    ],
    [
      'a hook around the tests of all files',
      'test/x.test.ts',
      "describe('x', () => {\n  afterEach(end);\n});\nafterEach(() => end());\n",
      /^test\/x\.test\.ts:4 a hook of mocha outside of a suite .*: put it into describe$/m,
    ],
  ];
  for (const [name, file, text, says] of PLANTED) {
    it(`refuses ${name}`, () => {
      const { status, stderr } = check({ [file]: text });
      assert.match(stderr, says);
      assert.equal(status, 1);
    });
  }

  it('lets what a program prints be long, but not the command', () => {
    const long = 'word '.repeat(25);
    const text = `\`\`\`console\n$ ${long}\n${long}\n\`\`\`\n${long}\n`;
    const { stderr } = check({ 'x.md': text });
    assert.deepEqual(stderr.match(/x\.md:\d+/g), ['x.md:2', 'x.md:5']);
  });

  it('lets tables, addresses and lone patterns be long', () => {
    const table = `| ${'cell '.repeat(30)} |\n`;
    const address = `https://example.test/${'a'.repeat(100)}\n`;
    const pattern = `  /${'a'.repeat(120)}/u,\n`;
    const { status, stderr } = check({ 'x.md': table + address, 'shared/x.ts': pattern });
    assert.equal(status, 0, stderr);
  });
});

describe('tools/style: functions', () => {
  it('counts functions, methods and arrows from head to brace', () => {
    assert.deepEqual(found(`async function f(a: number): Promise<void> {\n${body(9)}}`), [
      '1 f 11',
    ]);
    assert.deepEqual(
      found(`class A {\n  async #read(at: string): Promise<void> {\n${body(9)}  }\n}`),
      ['2 #read 11'],
    );
    assert.deepEqual(found(`\nconst g = (a: number): number => {\n${body(9)}};`), ['2 g 11']);
    assert.deepEqual(found(`function f() {\n${body(8)}}`), []);
  });

  it('counts a head whose parameters are broken, but no statement', () => {
    assert.deepEqual(found(`function f(\n  a: number,\n): void {\n${body(7)}}`), ['1 f 11']);
    assert.deepEqual(found(`if (\n  first &&\n  second\n) {\n${body(9)}}`), []);
    assert.deepEqual(found(`for (const a of call()) {\n${body(9)}}`), []);
  });

  it('leaves suites, classes and object literals alone, and not what is in them', () => {
    assert.deepEqual(found(`describe('a', () => {\n${body(20)}});`), []);
    assert.deepEqual(found(`class A extends B {\n${body(20)}}`), []);
    assert.deepEqual(found(`const a = call(b(), {\n${body(20)}});`), []);
    assert.deepEqual(found(`describe('a', () => {\n  it('b', () => {\n${body(9)}  });\n});`), [
      '2 it 11',
    ]);
  });
});
