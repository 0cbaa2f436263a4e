import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { aboutText, missingText } from '../../../../cli/services/report.js';
import type { UsageRow } from '../../../../proto/schemas/usage.js';
import { testApp } from '../../../lib/cli-app.js';

const NOW = Date.parse('2026-11-26T14:03:07Z');

/** What `dqoes report …` says where the question itself is wrong: nothing is connected to. */
async function refused(words: string): Promise<readonly [number, string]> {
  const { app, problems } = testApp();
  const clock = { ...app.clock, wall: () => NOW };
  const code = await runProgram(['report', ...words.split(' ')], { ...app, clock });
  return [code, problems.join('\n')];
}

describe('cli: a report that cannot be', () => {
  it('says what is wrong with its time, and how to write it', async () => {
    for (const [words, said] of [
      ['--from yesterday', /^--from: "yesterday" is no time: .*2026-11-26T14:00.* \[cli\.usage\]$/],
      ['--from 2026-02-30', /^--from: .* no such day/],
      ['--from 2026-11-27', /^from \(2026-11-27T00:00Z\) is in the future/],
      ['--from 1h --to 2h', /^from \(2026-11-26T13:03Z\) is not before to \(2026-11-26T12:03Z\)/],
      ['--by label', /^label is missing/],
      ['--label zone', /^label is for a report by label/],
      ['a.b', /^job "a\.b" is not a valid name/],
    ] as const) {
      const [code, problem] = await refused(words);
      assert.match(problem, said, words);
      assert.equal(code, 2, words);
    }
  });

  it('tells all that is wrong at once', async () => {
    const [, problem] = await refused('a.b --from x --to y');
    assert.equal(problem.split('\n').length, 3, problem);
  });

  it('does not say that there are no prices where they were in two currencies', () => {
    const total = { unknownMinutes: 0 } as UsageRow;
    const text = aboutText({ fromMs: 0, toMs: 60_000, total });
    assert.match(text, /^From 1970-01-01T00:00Z to 1970-01-01T00:01Z\. In core-hours: .*currency/);
    assert.doesNotMatch(text, /no minute has prices/);
  });

  it('says that what is stored begins later than the time that was asked for', () => {
    const rows = [{} as UsageRow];
    const short = { fromMs: 0, storedSinceMs: 3_600_000, rows };
    assert.deepEqual(missingText(short), [
      'No minute before 1970-01-01T01:00Z is stored: the report begins there, not at ' +
        '1970-01-01T00:00Z.',
    ]);
    assert.deepEqual(missingText({ ...short, fromMs: 3_600_000 }), []);
    assert.deepEqual(missingText({ ...short, storedSinceMs: null }), []);
    assert.deepEqual(missingText({ ...short, rows: [] }), [], 'that is said anyway');
  });

  it('knows what it may be by', async () => {
    const [code, problem] = await refused('--by month');
    assert.deepEqual([code, /job, node, day, label/.test(problem)], [2, true], problem);
  });
});
