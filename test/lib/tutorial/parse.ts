/** One thing that a reader of the tutorial does. */
export type TutorialStep =
  | { readonly kind: 'up' | 'end'; readonly expected: readonly string[] }
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | {
      readonly kind: 'command';
      readonly command: string;
      /** Lines that it prints, as the tutorial shows them. */
      readonly expected: readonly string[];
    };

const MARK = /^<!-- tutorial: (.+) -->$/;

/**
 * The steps of a tutorial in Markdown. A fenced block of `console` holds commands after `$ ` and
 * what they print; a comment `<!-- tutorial: MARK -->` before a block says otherwise: `up` and
 * `end` (the first shell), `file NAME`, or `not run; WHY`. Throws for an unknown mark.
 */
export function parseTutorial(markdown: string): readonly TutorialStep[] {
  const steps: TutorialStep[] = [];
  let mark = '';
  let block: { readonly language: string; readonly lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    if (block === undefined) {
      mark = MARK.exec(line)?.[1] ?? mark;
      if (line.startsWith('```')) block = { language: line.slice(3), lines: [] };
    } else if (line === '```') {
      steps.push(...stepsOf(block, mark));
      [block, mark] = [undefined, ''];
    } else block.lines.push(line);
  }
  return steps;
}

function stepsOf(
  { language, lines }: { readonly language: string; readonly lines: readonly string[] },
  mark: string,
): readonly TutorialStep[] {
  if (mark.startsWith('not run; ')) return [];
  if (mark.startsWith('file '))
    return [{ kind: 'file', name: mark.slice(5), text: `${lines.join('\n')}\n` }];
  if (mark === 'up') return [{ kind: 'up', expected: lines.slice(1) }];
  if (mark === 'end') return [{ kind: 'end', expected: lines.slice(1) }];
  if (mark !== '') throw new Error(`unknown mark of a block: ${mark}`);
  return language === 'console' ? commandsOf(lines) : [];
}

function commandsOf(lines: readonly string[]): readonly TutorialStep[] {
  const commands: { kind: 'command'; command: string; expected: string[] }[] = [];
  for (const line of joined(lines)) {
    if (line.startsWith('$ '))
      commands.push({ kind: 'command', command: line.slice(2), expected: [] });
    else commands.at(-1)?.expected.push(line);
  }
  return commands;
}

/** A command that goes on in the next line is one line. */
const joined = (lines: readonly string[]): readonly string[] =>
  lines
    .join('\n')
    .replace(/ \\\n\s*/g, ' ')
    .split('\n');
