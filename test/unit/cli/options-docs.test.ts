import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { describe, it } from 'mocha';
import { FLAG_OF_FIELD } from '../../../cli/commands/run-image.js';
import { buildProgram } from '../../../cli/program.js';
import { COORDINATOR_KEYS } from '../../../coordinator/config.js';
import { POLICY_NAMES } from '../../../proto/schemas/service.js';
import { testApp } from '../../lib/cli-app.js';

// The tests run in dist/test/unit/cli; the documents are not built.
const doc = (name: string): string =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
const { app } = testApp();
const program = await buildProgram(app, () => {});

const commandOf = (path: string): Command => {
  const [, ...names] = path.split(' ');
  return names.reduce<Command>((command, name) => {
    const found = command.commands.find((each) => each.name() === name);
    assert.ok(found !== undefined, path);
    return found;
  }, program);
};
const optionOf = (command: Command, flag: string): Option => {
  const found = command.options.find(({ long }) => long === flag);
  assert.ok(found !== undefined, `${command.name()} has no option ${flag}`);
  return found;
};
/** Rows of the tables of a text: cells. */
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .replaceAll('\\|', '/')
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const wordsIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
/**
 * What the help says that holds without the option: commander's own default, or the words of the
 * description.
 */
const defaultIn = ({ defaultValue, defaultValueDescription, description }: Option): string =>
  defaultValue === undefined
    ? (/\(default: (.*)\)$/.exec(description)?.[1] ?? '')
    : (defaultValueDescription ?? String(defaultValue));

/** A cell that is one word of code or a number; others are sentences. */
const plainDefault = (cell: string): string | undefined =>
  /^`([^`]+)`$|^(\d+)$/.exec(cell)?.slice(1).find(Boolean);

interface Documented {
  readonly command: Command;
  readonly option: Option;
  readonly fallback: string | undefined;
}
function documentedOptions(section: string): readonly Documented[] {
  const command = commandOf(section.split('\n')[0] ?? '');
  return rowsOf(section)
    .filter(([first = '']) => first.startsWith('`--'))
    .flatMap(([flags = '', fallback = '']) =>
      wordsIn(flags).map((word) => ({
        command,
        option: optionOf(command, word.split(' ')[0] ?? ''),
        fallback: plainDefault(fallback),
      })),
    );
}

describe('options', () => {
  it('in the tables of cli.md exist, with the same default in the help', () => {
    const sections = doc('cli.md')
      .split(/^## (?=dqoes )/m)
      .slice(1);
    const found = sections
      .flatMap(documentedOptions)
      .filter(({ fallback }) => fallback !== undefined);
    for (const { command, option, fallback = '' } of found)
      assert.ok(
        defaultIn(option).includes(fallback),
        `${command.name()} ${option.long}: ${fallback}, ${defaultIn(option)}`,
      );
    assert.ok(found.length > 6, `${found.length} defaults compared`);
  });

  it('of dqoes run say the choices and defaults of the job file', () => {
    const rows = new Map(rowsOf(doc('job-file.md')).map((row) => [wordsIn(row[0] ?? '')[0], row]));
    const run = commandOf('dqoes run');
    for (const [field, flag] of Object.entries(FLAG_OF_FIELD).filter(([, each]) =>
      each.startsWith('--'),
    )) {
      const [, values = '', fallback = ''] =
        rows.get(field) ?? assert.fail(`job-file.md has no ${field}`);
      const { description } = optionOf(run, flag);
      const [documented] = wordsIn(fallback);
      const isSaid = documented === undefined || ['[]', '{}'].includes(documented);
      assert.ok(
        isSaid || description.includes(`(default: ${documented}`),
        `${flag}: ${documented}, ${description}`,
      );
      if (!/^[a-z]/i.test(values))
        for (const choice of wordsIn(values))
          if (!/\s/.test(choice)) assert.ok(description.includes(choice), `${flag}: ${choice}`);
    }
  });

  it('say what they are before the words that they take', () => {
    const bare = ['dqoes run', 'dqoes job set'].flatMap((path) =>
      commandOf(path)
        .options.filter(({ description }) => /^\w+(?:, \w+)* or \w+/.test(description))
        .map(({ long, description }) => `${path} ${long}: ${description}`),
    );
    assert.deepEqual(bare, []);
  });

  it('say every policy, and the one that decides where nothing was said', () => {
    const { fallback } = COORDINATOR_KEYS.policy;
    for (const path of ['dqoes up', 'dqoes demo']) {
      const option = optionOf(commandOf(path), '--policy');
      assert.deepEqual(option.argChoices, POLICY_NAMES);
      assert.match(defaultIn(option), new RegExp(`${fallback}$`));
    }
    const row = rowsOf(doc('configuration.md')).find(([key]) => key === '`policy`') ?? [];
    assert.deepEqual(
      [wordsIn(row[1] ?? ''), wordsIn(row[2] ?? '').slice(0, POLICY_NAMES.length)],
      [[fallback], POLICY_NAMES],
    );
    assert.deepEqual(
      wordsIn(row[2] ?? '')
        .slice(0, 4)
        .filter((name) => !doc('cli.md').includes(`\`${name}\``)),
      [],
    );
  });
});
