import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editSource } from './source-edit.mjs';

const textOf = (value) => (Array.isArray(value) ? value.join('\n') : value);

/**
 * Reads tools/mutants/*.json: `{ "<file under coordinator/schedule>": [{ name, find, replace, rule
 * }] }`. `find` is source whose tokens occur once in the file; blanks and line breaks do not count.
 * Returns `mutants` (`text`: the broken source) and `stale`, in words: those that no longer match.
 */
export function readMutants(root) {
  const folder = join(root, 'tools/mutants');
  const entries = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => Object.entries(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
  const listed = entries.flatMap(([file, list]) => {
    const source = readFileSync(join(root, 'coordinator/schedule', file), 'utf8');
    return list.map(({ name, find, replace, rule }) => {
      const edit = editSource(source, { find: textOf(find), replace: textOf(replace) });
      return { name, file, rule, ...edit };
    });
  });
  return {
    mutants: listed.filter(({ text }) => text !== undefined),
    stale: listed
      .filter(({ fault }) => fault !== undefined)
      .map(({ name, file, fault }) => `${name} (${file}): ${fault}`),
  };
}
