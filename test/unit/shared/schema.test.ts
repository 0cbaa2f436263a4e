import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Check } from 'typebox/schema';
import { parseDocument } from 'yaml';
import { type Fault, ok } from '../../../shared/result.js';
import { decoded } from '../../../shared/schema/decode.js';
import { mismatchesOf } from '../../../shared/schema/mismatch.js';
import { published, publishedSettings } from '../../../shared/schema/publish.js';
import { markdownTable, referenceOf } from '../../../shared/schema/reference.js';
import {
  durationOrNever,
  readSettings,
  setting,
  settingElse,
  wordOf,
} from '../../../shared/schema/settings.js';
import { duration, numberWithin, TEXT_SCHEMA } from '../../../shared/schema/units.js';
import {
  defaulted,
  dictionary,
  listOf,
  mapping,
  oneOf,
  optional,
  required,
  scalar,
} from '../../../shared/schema/words.js';
import { treeOf } from '../../../shared/yaml/tree.js';

const anyText = scalar<string>(ok, TEXT_SCHEMA, 'text');

const count = numberWithin({ min: 1, max: 9, whole: true, cure: 'a count: write 1 to 9' });
const inner = mapping(
  {
    least: defaulted(count, 2, 'the least'),
    most: optional(count, 'the most', 'all there is'),
  },
  {
    rule: ({ least, most }) =>
      most !== undefined && most < least
        ? { field: 'most', message: `${most} is less than ${least}` }
        : undefined,
  },
);
const file = mapping(
  {
    wait: required(duration, 'write 1s', 'how long'),
    mode: defaulted(oneOf(['fast', 'slow']), 'slow', 'how'),
    range: defaulted(inner, {}, 'how many'),
    names: defaulted(listOf(anyText, 'write [a]', 'list of texts'), [], 'which'),
    env: defaulted(dictionary('^[a-z]+$', 'use a to z', anyText), {}, 'with what'),
  },
  { refused: { time: 'unknown key (did you mean wait?)' } },
);
const told = (written: unknown): readonly string[] =>
  mismatchesOf(file, written).map(({ kind, path, at, message }) =>
    [kind, path.join('.'), at, message].join('|'),
  );

describe('a file schema', () => {
  it('gives the value of a good text, defaults filled in', () => {
    assert.deepEqual(told({ wait: '2s', env: { a: '007' } }), []);
    assert.deepEqual(decoded(file, { wait: '2s', env: { a: '007' } }), {
      wait: 2000,
      mode: 'slow',
      range: { least: 2 },
      names: [],
      env: { a: '007' },
    });
  });

  it('finds all that is wrong, in the order of its fields, each with its cure', () => {
    assert.deepEqual(
      told({ time: '1', mode: 'fas', range: { least: '3', most: '2' }, names: 'a' }),
      [
        'unknown-key|time|key|unknown key (did you mean wait?)',
        'missing|wait|parent|is missing: write 1s',
        'bad-value|mode|value|"fas" is not known (did you mean fast?); use fast, slow',
        'bad-value|range.most|value|2 is less than 3',
        'bad-value|names|value|expected a list, found "a": write [a]',
      ],
    );
    assert.deepEqual(told({ wait: null, env: { B: 'x', C: [], c: [] }, range: [] }), [
      'bad-value|wait|value|has no value: write 1s',
      'bad-value|range|value|expected a mapping with least, most, found a list: ' +
        'write { least: VALUE }',
      'bad-value|env.B|value|this name is not allowed: use a to z',
      'bad-value|env.C|value|this name is not allowed: use a to z',
      'bad-value|env.C|value|expected one value, found a list',
      'bad-value|env.c|value|expected one value, found a list',
    ]);
    assert.deepEqual(told('x'), [
      'bad-value||value|expected a mapping with wait, mode, range…, found "x": ' +
        'write lines such as wait: VALUE',
    ]);
    assert.deepEqual(told({ wait: '1s', env: ['a=b'], range: { fewest: '1' } }), [
      'unknown-key|range.fewest|key|unknown key: use least, most',
      'bad-value|env|value|expected a mapping, found a list: write { NAME: VALUE }',
    ]);
  });

  it('looks at a rule between fields only once each of them is good', () => {
    assert.deepEqual(told({ wait: '1s', range: { least: '0', most: '2' } }), [
      'bad-value|range.least|value|"0" is not a count: write 1 to 9',
    ]);
  });

  it('is published for editors, and described for readers', () => {
    const json = published(file, 'a test');
    assert.ok(Check(json, { wait: '2s', range: { most: 3 }, names: ['a', 1] }));
    for (const bad of [
      {},
      { wait: 2 },
      { wait: '2s', who: 1 },
      { wait: '2s', range: { most: 99 } },
    ])
      assert.equal(Check(json, bad), false, JSON.stringify(bad));
    assert.deepEqual(
      referenceOf(file).map(({ key, fallback }) => `${key} ${fallback}`),
      [
        'wait required',
        'mode `slow`',
        'range `{}`',
        'range.least `2`',
        'range.most all there is',
        'names `[]`',
        'env `{}`',
      ],
    );
    assert.equal(markdownTable(['a', 'b'], [['1', 'x|y']]), '| a | b |\n|---|---|\n| 1 | x\\|y |');
  });
});

describe('a table of settings', () => {
  const table = {
    mode: setting(wordOf(['on', 'off'], 'is neither on nor off'), 'on', 'whether'),
    'a.wait': setting(durationOrNever(1000, 5000), '2s', 'how long'),
    'a.file': settingElse(anyText, '', 'where'),
  };
  const readGiven = (given: Readonly<Record<string, string>>) => {
    const faults: Fault[] = [];
    const places = Object.entries(given).map(
      ([key, text], line) => [key, { text, at: { line, column: 1 } }] as const,
    );
    return { values: readSettings(table, new Map(places), faults), faults };
  };

  it('is read with its defaults, and 0 where that means never', () => {
    assert.deepEqual(readGiven({ 'a.wait': '0' }), {
      values: { mode: 'on', 'a.wait': 0, 'a.file': '' },
      faults: [],
    });
  });

  it('has all faults with their places, and keeps the default of what is bad', () => {
    const { values, faults } = readGiven({ mode: 'of', who: 'me', 'a.wait': '9s' });
    assert.deepEqual(values, { mode: 'on', 'a.wait': 2000, 'a.file': '' });
    assert.deepEqual(
      faults.map(({ message, line }) => `${line} ${message}`),
      [
        '0 mode: "of" is neither on nor off',
        '1 who: is not known: use one of mode, a.…',
        '2 a.wait: "9s" is out of range: use 1s to 5s',
      ],
    );
  });

  it('names the keys of a group where one below it is not known', () => {
    const said = readGiven({ 'a.host': 'h', a: 'b', 'b.c': 'x' }).faults.map(
      ({ message }) => message,
    );
    assert.deepEqual(said, [
      'a.host: is not known: use one of a.wait, a.file',
      'a: is a group: write a: { wait: VALUE }, or another of a.wait, a.file',
      'b.c: is not known: use one of mode, a.…',
    ]);
    const faults: Fault[] = [];
    readSettings({ 'a.wait': table['a.wait'] }, new Map([['a', { text: '1s' }]]), faults);
    assert.equal(faults[0]?.message, 'a: is a group: write a: { wait: VALUE }');
  });

  it('refuses a default that it would not read', () =>
    assert.throws(() => setting(wordOf(['on'], 'is not on'), 'off', 'x'), /default off/));

  it('is published with dotted keys as mappings', () => {
    const json = publishedSettings(table, 'a test');
    for (const good of [
      {},
      { mode: 'off', a: { wait: '2s' } },
      { 'a.wait': '2s' },
      { a: { wait: 0 } },
    ])
      assert.ok(Check(json, good), JSON.stringify(good));
    for (const bad of [{ mode: 'of' }, { a: { who: 1 } }, { a: 1 }])
      assert.equal(Check(json, bad), false, JSON.stringify(bad));
  });
});

describe('the tree of a YAML document', () => {
  const tree = (text: string) => treeOf(parseDocument(text));

  it('holds every scalar as it was written, and null', () =>
    assert.deepEqual(tree('a: 007\nb: [true, 1e3, "x"]\nc:\n').value, {
      a: '007',
      b: ['true', '1e3', 'x'],
      c: null,
    }));

  it('follows an alias, also one of a part of itself, and the latest anchor of a name', () => {
    const { value } = tree('a: &x { y: 1 }\nb: *x\nc: &x 2\nd: *x\n');
    assert.deepEqual(value, { a: { y: '1' }, b: { y: '1' }, c: '2', d: '2' });
    const loop = tree('a: &x { y: *x }\n').value as { a: { y: unknown } };
    assert.equal(loop.a.y, loop.a);
  });

  it('finds the node of a path, through aliases too', () => {
    const { nodeAt } = tree('a: &x { y: 1 }\nb: *x\nl: [3, 4]\n__proto__: 5\n');
    const offsetAt = (...path: string[]) => nodeAt(path)?.node?.range?.[0];
    assert.deepEqual(
      [offsetAt('a', 'y'), offsetAt('b', 'y'), offsetAt('l', '1'), offsetAt('__proto__')],
      [11, 11, 28, 42],
    );
    assert.deepEqual([nodeAt(['a', 'z']), nodeAt(['l', '7'])], [undefined, undefined]);
  });
});
