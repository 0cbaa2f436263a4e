import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { buildProgram } from '../../../cli/program.js';
import { testApp } from '../../lib/cli-app.js';
import { ROOT } from '../tools/planted-tree.js';
import { wrongIn } from './shown-commands.js';

const { textsOf } = (await import(join(ROOT, 'tools/style/files.mjs'))) as {
  textsOf(root: string): readonly string[];
};
const program = await buildProgram(testApp().app, () => {});

/** What was then says nothing of now. */
const OF_THEN = /^CHANGELOG|^docs\/(?:decisions|post-mortems)\//;
/** Not a whole command: `dqoes job …`, `dqoes auth init|add-user`, `dqoes auth`. */
const IS_PART = /…|^\S*\||^\S+ \S*\||^(?:auth|context|job|lab|node|secret|token)$/;
/** What is signed and sealed begins with these words (docs/wire.md). */
const NO_COMMANDS = new Set(['desired state 1', 'secret 1']);

/** Commands in blocks and in lines of a document. A block of `console` has them after a prompt. */
function commandsIn(text: string): readonly string[] {
  const inBlocks = [...text.matchAll(BLOCK)].flatMap(([, language = '', inner = '']) =>
    inner
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => (language === 'console' ? IN_CONSOLE : IN_BLOCK).exec(line)?.[1] ?? ''),
  );
  const inLines = [...text.replace(BLOCK, '').matchAll(SPAN)].map(([, inner = '']) =>
    inner.replace(/\s+/g, ' '),
  );
  return [...inBlocks, ...inLines].filter(
    (command) => command !== '' && !IS_PART.test(command) && !NO_COMMANDS.has(command),
  );
}
const BLOCK = /^```(\w*)\n([\s\S]*?)^```$/gm;
const IN_CONSOLE = /^[$#] (?:npx )?dqoes (.*)$/;
const IN_BLOCK = /^(?:[$#] )?(?:npx )?dqoes (.*)$/;
const SPAN = /`(?:npx )?dqoes ([a-z][^`]*)`/g;

describe('commands in the documents', () => {
  it('are such as the program takes', () => {
    const files = textsOf(ROOT).filter((file) => file.endsWith('.md') && !OF_THEN.test(file));
    const found = files.flatMap((file) =>
      commandsIn(readFileSync(join(ROOT, file), 'utf8')).map((command) => ({ file, command })),
    );
    assert.ok(found.length > 300, `${found.length}`);
    const wrong = found.flatMap(({ file, command }) => {
      const words = (command.split(/\s+[|<;#&]|\s*;|\)/)[0] ?? '').trim().split(/\s+/);
      return wrongIn(program, words).map((why) => `${file}: dqoes ${command}: ${why}`);
    });
    assert.deepEqual(wrong, []);
  });

  it('that the program and the page tell people are such, too', () => {
    const files = textsOf(ROOT).filter((file) => /^(?:agent|cli|console|coordinator)\//.test(file));
    const found = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(TOLD)].map(([, told = '']) => ({
        file,
        words: (told.split(' or ')[0] ?? '')
          .split(/\s+/)
          .map((word) => word.replace(/[.,:;)]+$/, '')),
      })),
    );
    const commands = new Set(program.commands.map((each) => each.name()));
    const asked = found.filter(({ words: [first = ''] }) => commands.has(first));
    assert.ok(asked.length > 100, `${asked.length}`);
    const wrong = asked.flatMap(({ file, words }) =>
      wrongIn(program, words)
        // `dqoes auth` in a sentence names all of its commands.
        .filter((why) => !why.endsWith('is not a command by itself'))
        .map((why) => `${file}: dqoes ${words.join(' ')}: ${why}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('a flag of dqoes run behind the image is found', () => {
    const wrong = (command: string) => wrongIn(program, command.split(' '));
    assert.deepEqual(wrong('run IMAGE --target 250ms'), ['--target stands after the image']);
    assert.deepEqual(wrong('run --name a --target 250ms IMAGE --batch 4'), []);
  });
});

/** `dqoes` and what follows it in a text of the program, up to the end of that text or clause. */
const TOLD = /\bdqoes ([a-z][^'"`<>(){}|;\n]*)/g;
