import { withoutComments } from './source.mjs';

/** Ways of writing that the house left: what they are called, and how they are seen in a line. */
const HABITS = [
  { name: 'constants MOST_* and LEAST_*', pattern: /\bconst ((?:MOST|LEAST)_\w+)/ },
  {
    name: 'private members',
    pattern: /^\s*(?:private(?! constructor)|constructor\(private) (?:readonly )?(\w+)/,
  },
  {
    name: 'AbortSignal.any (childSignal leaves nothing behind)',
    pattern: /\bAbortSignal\.(any)\b/,
  },
  { name: 'spreads of object literals', pattern: /\.\.\.\{ ?(\w+)/ },
];

/** Two docstrings one on the other: an editor shows only the second. */
const STACKED = /\*\/[ \t]*\n[ \t]*\/\*\*/g;

/**
 * Where a file keeps to an old habit: `{ name, found }` for each, `found` as `file:line word`.
 * @param sources Map of path to text.
 */
export function habitsOf(sources) {
  return [
    ...HABITS.map(({ name, pattern }) => ({
      name,
      found: [...sources].flatMap(([file, text]) =>
        withoutComments(text)
          .split('\n')
          .flatMap((line, i) => {
            const word = pattern.exec(line)?.[1];
            return word === undefined ? [] : [`${file}:${i + 1} ${word}`];
          }),
      ),
    })),
    {
      name: 'stacked docstrings',
      found: [...sources].flatMap(([file, text]) =>
        [...text.matchAll(STACKED)].map(
          ({ index }) => `${file}:${text.slice(0, index).split('\n').length}`,
        ),
      ),
    },
  ];
}
