import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { AnswerPieces } from '../../../cli/shell/answer-pieces.js';
import { printAnswer } from '../../../cli/shell/show.js';
import { testApp } from '../../lib/cli-app.js';

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const value = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'a\nb\n\nc', 'ends so\n\n', ' - x: 1', '{', "it's # one", '12', 'true', 'é→'),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
);
const fields = fc.dictionary(word, fc.oneof(value, fc.dictionary(word, value, { maxKeys: 2 })), {
  maxKeys: 4,
});
/** Names that the list does not have. */
const around = fields.map((each) =>
  Object.fromEntries(Object.entries(each).filter(([key]) => key !== 'items')),
);

describe('an answer in pieces', () => {
  for (const output of ['json', 'yaml'] as const)
    it(`is the text of the whole (${output})`, () => {
      const items = fc.array(fields, { maxLength: 4 });
      fc.assert(
        fc.property(around, items, around, (head, items, tail) => {
          const { app, out } = testApp();
          const behind = Object.fromEntries(
            Object.entries(tail).filter(([key]) => !Object.hasOwn(head, key)),
          );
          const answer = { ...head, items, ...behind };
          printAnswer(app, { output }, answer);
          const pieces = new AnswerPieces(output, { key: 'items', head });
          const lines = [...items.flatMap((each) => pieces.item(each)), ...pieces.end(behind)];
          assert.equal(lines.join('\n'), out.join('\n'));
          const read: unknown =
            output === 'json' ? JSON.parse(lines.join('\n')) : parse(lines.join('\n'));
          if (output === 'json') assert.deepEqual(read, JSON.parse(JSON.stringify(answer)));
        }),
      );
    });

  it('is no JSON before its end', () => {
    fc.assert(
      fc.property(fc.array(fields, { minLength: 1, maxLength: 4 }), (items) => {
        const pieces = new AnswerPieces('json', { key: 'items' });
        const lines = [...items.flatMap((each) => pieces.item(each)), ...pieces.cut()];
        assert.throws(() => JSON.parse(lines.join('\n')));
      }),
    );
  });
});
