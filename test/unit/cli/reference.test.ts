import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { describe, it } from 'mocha';
import { EXIT_CODES } from '../../../cli/output/faults.js';
import { buildProgram } from '../../../cli/program.js';
import { testApp } from '../../lib/cli-app.js';
import { longOf, namesOf, wrongIn } from './shown-commands.js';

// The tests run in dist/test/unit/cli; the documents are not built.
const reference = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');
const program = await buildProgram(testApp().app, () => {});

interface Documented {
  readonly path: string;
  readonly command: Command;
  /** Its section of the reference. */
  readonly section: string;
}

/** Every command that has a section, with it. */
function documented(command: Command, path: string): readonly Documented[] {
  const begin = reference.indexOf(`\n## ${path}\n`);
  const end = reference.indexOf('\n## ', begin + 1);
  const section = begin < 0 ? '' : reference.slice(begin, end < 0 ? undefined : end);
  const below = command.commands
    .filter((each) => !each.name().startsWith('__'))
    .flatMap((each) => documented(each, `${path} ${each.name()}`));
  return begin < 0 ? below : [{ path, command, section }, ...below];
}
const commands = documented(program, 'dqoes');
const everywhere = reference.split('\n## ')[1] ?? '';
const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\w-])(--[a-z][a-z-]*)/g)].map((match) => match[1] ?? '');

describe('the reference of the commands', () => {
  it('has every flag of every command, in its section or among those of all', () => {
    const missing = commands.flatMap(({ path, command, section }) =>
      command.options
        .filter(({ hidden }) => !hidden)
        .filter((option) => !flagsIn(`${section}\n${everywhere}`).includes(longOf(option)))
        .map((option) => `${path} ${longOf(option)}`),
    );
    assert.deepEqual(missing, []);
  });

  it('names no flag that no command has', () => {
    const known = new Set(commands.flatMap(({ command }) => command.options.flatMap(namesOf)));
    const others = new Set(OF_OTHER_PROGRAMS);
    const unknown = commands.flatMap(({ path, section }) =>
      flagsIn(section)
        .filter((flag) => !known.has(flag) && !others.has(flag))
        .map((flag) => `${path} ${flag}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('shows commands that the program takes', () => {
    const bad = commands.flatMap(({ section }) =>
      shownCommands(section).flatMap((words) =>
        wrongIn(program, words).map((why) => `${why}: ${words}`),
      ),
    );
    assert.deepEqual(bad, []);
  });

  it('has every default that the program has, where it has a table of options', () => {
    const wrong = commands.flatMap(({ path, command, section }) =>
      command.options.flatMap((option) => {
        const row = rowOf(section, longOf(option));
        const fallback = shownDefault(option);
        if (row === undefined || fallback === undefined) return [];
        return row.includes(fallback) ? [] : [`${path} ${longOf(option)}: ${fallback}, ${row}`];
      }),
    );
    assert.deepEqual(wrong, []);
  });

  it('says what each exit code means', () => {
    const said = Object.entries(EXIT_CODES).map(([code, meaning]) => `${code} ${meaning}`);
    assert.ok(everywhere.replace(/\s+/g, ' ').includes(`Exit codes: ${said.join(', ')}.`));
    const codes = [...reference.matchAll(/exit code (\d+)/gi)].map((match) => match[1] ?? '');
    assert.ok(codes.length > 10);
    assert.deepEqual(
      codes.filter((code) => !Object.hasOwn(EXIT_CODES, code)),
      [],
    );
  });

  it('has every command in the table at its top, with a link to its section', () => {
    const rows = [...reference.matchAll(/^\| \[`(dqoes [^`]+)`\]\(#([^)]+)\) \|/gm)];
    assert.deepEqual(rows.map((row) => row[1]).sort(), commands.map(({ path }) => path).sort());
    for (const [, path = '', anchor = ''] of rows) assert.equal(anchor, path.replaceAll(' ', '-'));
  });
});

/** Flags of `docker run`, `npm` and the like that the reference names. */
const OF_OTHER_PROGRAMS = ['--batch', '--label'];

/** The row of a table of options that begins with this flag. */
const rowOf = (section: string, flag: string): string | undefined =>
  section
    .split('\n')
    .find((line) => line.startsWith('| `') && flagsIn(line.split('|')[1] ?? '').includes(flag));

/** The default that the help shows, where it is one word. */
function shownDefault({ defaultValue, defaultValueDescription }: Option): string | undefined {
  if (defaultValue === undefined || typeof defaultValue === 'boolean') return undefined;
  return defaultValueDescription ?? String(defaultValue);
}

/** `$ dqoes …` in examples, as words; continued lines joined, remarks and pipes left out. */
function shownCommands(section: string): readonly (readonly string[])[] {
  const lines = section.replaceAll('\\\n', ' ').split('\n');
  return lines
    .map((line) => /^[$#] (?:.*\| )?dqoes (.*)$/.exec(line)?.[1] ?? '')
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+[|<;#]/)[0] ?? '')
    .map((line) => line.trim().split(/\s+/));
}
