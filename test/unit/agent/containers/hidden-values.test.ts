// cspell:ignore BQYDK BCIEIJ passw
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withoutValues } from '../../../../agent/containers/hidden-values.js';

/** With a character of every kind that JSON or Go quotes in a way of its own. */
const VALUE = 'a"b\\c\n\t\x07\x1b\x7f<é\u00a0\ud83d\ude00\u200bz';
const JSON_FORM = 'a\\"b\\\\c\\n\\t\\u0007\\u001b\x7f<é\u00a0\ud83d\ude00\u200bz';
const GO_FORM = 'a\\"b\\\\c\\n\\t\\a\\x1b\\x7f<é\\u00a0\ud83d\ude00\\u200bz';
const GO_ASCII_FORM = 'a\\"b\\\\c\\n\\t\\a\\x1b\\x7f<\\u00e9\\u00a0\\U0001f600\\u200bz';
const PEM_LINE = 'MC4CAQAwBQYDK2VwBCIEIJ9aQ8';
const PEM = `-----BEGIN PRIVATE KEY-----\n${PEM_LINE}\n-----END PRIVATE KEY-----`;

describe('a text of the engine without secret values', () => {
  for (const [what, form] of [
    ['as it is', VALUE],
    ['in JSON', JSON_FORM],
    ['in JSON of Go', JSON_FORM.replace('<', '\\u003c')],
    ['by %q of Go', GO_FORM],
    ['by %+q of Go', GO_ASCII_FORM],
    ['by %q, in JSON', JSON.stringify(GO_FORM).slice(1, -1)],
  ] as const)
    it(`hides one that is written ${what}`, () => {
      assert.equal(withoutValues(`bad: "${form}".`, [VALUE]), 'bad: "(hidden)".');
    });

  it('hides a longer one before a shorter that is part of it', () => {
    assert.equal(withoutValues('bad: hush-longer, hush', ['hush', 'hush-longer']), HIDDEN_BOTH);
  });

  it('hides one line of several', () => {
    assert.equal(withoutValues(`bad: ${PEM_LINE}.`, [PEM]), 'bad: (hidden).');
  });

  for (const [what, form] of [
    ['as it is', PEM],
    ['quoted', JSON.stringify(PEM).slice(1)],
  ] as const)
    it(`hides one ${what} that the end of the text cuts, wherever that is`, () => {
      for (let length = 8; length < form.length; length += 1)
        assert.equal(
          withoutValues(`bad: "${form.slice(0, length)}`, [PEM]),
          'bad: "(hidden)',
          form,
        );
    });

  it('leaves the rest as it is', () => {
    const text = 'no such image: pass (passw';
    assert.equal(withoutValues(text, ['password', '']), text);
    assert.equal(withoutValues(text, []), text);
  });
});

const HIDDEN_BOTH = 'bad: (hidden), (hidden)';
