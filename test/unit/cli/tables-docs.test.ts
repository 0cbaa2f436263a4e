import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { AUDIT_COLUMNS } from '../../../cli/commands/audit.js';
import { REPLAY_SCORE_COLUMNS, RUN_SCORE_COLUMNS } from '../../../cli/lab/score-columns.js';
import { HOST_COLUMNS } from '../../../cli/output/capacity.js';
import { JOB_COLUMNS, NODE_COLUMNS, PS_COLUMNS } from '../../../cli/output/columns.js';
import { DRAIN_COLUMNS } from '../../../cli/output/drain-columns.js';
import { PLAN_COLUMNS } from '../../../cli/output/plan-columns.js';

// The tests run in dist/test/unit/cli; the documents are not built.
const doc = (name: string): string =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

interface ShownColumn {
  readonly title: string;
  readonly wide?: boolean;
  /** Left out where the terminal is narrow. */
  readonly optional?: boolean;
}

/** Commands that print a table, with its columns. */
const TABLES: readonly (readonly [command: string, columns: readonly ShownColumn[]])[] = [
  ['ps', PS_COLUMNS],
  ['job ls', JOB_COLUMNS],
  ['job plan', PLAN_COLUMNS],
  ['node ls', NODE_COLUMNS],
  ['node drain h1 --dry-run', DRAIN_COLUMNS],
  ['capacity', HOST_COLUMNS],
  ['audit', AUDIT_COLUMNS],
  ['lab sim', RUN_SCORE_COLUMNS],
  ['lab replay', REPLAY_SCORE_COLUMNS],
];
/** These choose their own columns, or print something else. */
const OTHERWISE = /--columns|--verify|-o json/;

/** Titles of the tables that a document shows below a command. */
function shownTables(text: string, command: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const isIt = new RegExp(`^\\$ (?:npx )?dqoes ${command}(?: |$|;)`);
  return lines.flatMap((line, i) => {
    if (!isIt.test(line) || OTHERWISE.test(line)) return [];
    const head = lines.slice(i + 1).find((each) => !each.startsWith('    '));
    return head === undefined || !/^[A-Z]/.test(head) ? [] : [head.trim().split(/\s{2,}|\t/)];
  });
}

describe('tables in the documents', () => {
  const texts = ['cli.md', 'tutorial.md', 'cost.md', 'lab.md'].map(doc);

  for (const [command, columns] of TABLES)
    it(`of dqoes ${command} have the columns of the program, in its order`, () => {
      const tables = texts.flatMap((text) => shownTables(text, command));
      assert.ok(tables.length > 0, 'none is shown');
      const usual = columns.filter(({ wide }) => wide !== true);
      for (const titles of tables) {
        const expected = usual.filter(
          ({ title, optional }) => optional !== true || titles.includes(title),
        );
        assert.deepEqual(
          titles,
          expected.map(({ title }) => title),
        );
      }
    });

  it('the reference names what -o wide adds', () => {
    const missing = TABLES.slice(0, 4)
      .concat(TABLES.filter(([command]) => command === 'audit'))
      .flatMap(([command, columns]) => {
        const section = doc('cli.md').split(`\n## dqoes ${command}\n`)[1]?.split('\n## ')[0] ?? '';
        return columns
          .filter(({ title, wide }) => wide === true && !section.includes(title))
          .map(({ title }) => `dqoes ${command}: ${title}`);
      });
    assert.deepEqual(missing, []);
  });
});
