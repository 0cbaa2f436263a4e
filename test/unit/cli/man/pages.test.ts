import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { describe, it } from 'mocha';
import { proseOf } from '../../../../cli/man/markdown.js';
import { type ManPage, manPages } from '../../../../cli/man/pages.js';
import { text } from '../../../../cli/man/roff.js';
import { buildProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

// The tests run in dist/test/unit/cli/man; the tool is not built.
const tool = new URL('../../../../../tools/man.mjs', import.meta.url);
const made = async (): Promise<readonly ManPage[]> => {
  const { pages } = (await import(tool.href)) as {
    pages: (date: string) => Promise<readonly ManPage[]>;
  };
  return pages('2026-11-26');
};
const isThere = (name: string): boolean => spawnSync(name, ['--version']).error === undefined;

describe('man pages', () => {
  it('there is one for each command, with each of its options and those below it', async () => {
    const pages = new Map((await made()).map((page) => [page.file, page.text]));
    const program = await buildProgram(testApp().app, () => {});
    const commands = program.commands.filter((each) => !each.name().startsWith('__'));
    assert.deepEqual(
      [...pages.keys()].sort(),
      ['dqoes.1', ...commands.map((each) => `dqoes-${each.name()}.1`)].sort(),
    );
    const walk = (command: Command, page: string): void => {
      for (const { long } of command.options)
        assert.ok(page.includes((long ?? '').replaceAll('-', '\\-')), `${command.name()} ${long}`);
      for (const below of command.commands) walk(below, page);
    };
    for (const command of commands) walk(command, pages.get(`dqoes-${command.name()}.1`) ?? '');
  });

  it('say what the program says: defaults, choices, exit codes, variables', async () => {
    const pages = new Map((await made()).map((page) => [page.file, page.text]));
    const events = pages.get('dqoes-events.1') ?? '';
    assert.match(events, /number of past events \(default: 50, or all of --since\)/);
    assert.match(pages.get('dqoes-demo.1') ?? '', /\(default, equal, dqoes, adaptive\)/);
    const main = pages.get('dqoes.1') ?? '';
    assert.match(main, /\\fB3\\fR\nunderstood but not possible as asked/);
    assert.match(main, /\\fBDQOES_CONTEXT\\fR\nname of a context/);
    assert.match(main, /\\fB\\-\\-nats\\fR \\fI(?:url)\\fR/);
    assert.match(pages.get('dqoes-job.1') ?? '', /\.SS "dqoes job logs"/);
  });

  it('are rendered without a warning', async function () {
    if (!isThere('groff')) this.skip();
    this.timeout(60_000);
    const input = (await made()).map(({ text: page }) => page).join('');
    const groff = spawnSync('groff', ['-man', '-ww', '-K', 'utf8', '-T', 'utf8', '-P-c'], {
      input,
    });
    assert.equal(groff.stderr.toString(), '');
    // Bold and underlined characters are written twice, with a step back in between.
    const parts = groff.stdout.toString().split('\b');
    const plain = parts.map((part, at) => (at < parts.length - 1 ? part.slice(0, -1) : part));
    assert.match(plain.join('').replaceAll(/\s+/g, ' '), /dqoes job logs \[options\] name \.\.\./);
  });

  it('pass mandoc', async function () {
    if (!isThere('mandoc')) this.skip();
    for (const { file, text: input } of await made()) {
      const lint = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning'], { input });
      assert.equal(lint.stdout.toString(), '', file);
    }
  });

  it('hold no macro and no escape that somebody wrote into a text', () => {
    assert.equal(text('.so /etc/passwd'), '\\&.so /etc/passwd');
    assert.equal(text("'br"), "\\&'br");
    assert.equal(text('a\\fBb\n.so c\u001b[2J'), 'a\\efBb .so c[2J');
    assert.equal(text('µ ≤ 😀'), '\\[u00B5] \\[u2264] \\[u1F600]');
    const program = new Command('dqoes').description('.evil\n.so x');
    program.command('a').description('.so y').option('--b <c>', '\\*(xx\n.so z');
    const sources = { version: '1"\n.so v', date: '.so d', reference: '', environment: [] };
    for (const page of manPages(program, sources))
      assert.doesNotMatch(page.text, /^\.so|\\\*/m, page.file);
  });

  it('have the prose of the reference', () => {
    const lines = proseOf(
      'Reads `a-b` and [c](d.md),\nand more.\n\n- one `x`\n  goes on\n- two\n\n' +
        '```console\n$ dqoes ps\n.dot\n```\n\n| `--x` | no |\n|---|---|\n',
    );
    assert.deepEqual(lines, [
      ...['.PP', 'Reads \\fBa\\-b\\fR and c, and more.'],
      ...['.IP \\(bu 2', 'one \\fBx\\fR goes on', '.IP \\(bu 2', 'two'],
      ...['.PP', '.RS 4', '.nf', '$ dqoes ps', '\\&.dot', '.fi', '.RE'],
    ]);
  });
});
