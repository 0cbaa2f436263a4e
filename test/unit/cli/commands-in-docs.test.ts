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
});
