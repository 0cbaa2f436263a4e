import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const textOf = (value) => (Array.isArray(value) ? value.join('\n') : value);

/** The source that a mutant changes. */
export const sourceOf = (root, { file }) => readFileSync(join(root, 'coordinator/schedule', file), 'utf8');

/**
 * Reads tools/mutants/*.json: `{ "<file under coordinator/schedule>": [{ name, find, replace, rule }] }`. `find` is exact source text that occurs once.
 * Returns the mutants and, in words, what is wrong with the list.
 */
export function readMutants(root) {
  const folder = join(root, 'tools/mutants');
  const mutants = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) =>
      Object.entries(JSON.parse(readFileSync(join(folder, name), 'utf8'))).flatMap(([file, list]) =>
        list.map((each) => ({ ...each, file, find: textOf(each.find), replace: textOf(each.replace) })),
      ),
    );
  const seen = new Set();
  const faults = mutants.flatMap((mutant) => {
    const { name, file, find, replace } = mutant;
    const count = sourceOf(root, mutant).split(find).length - 1;
    const isTwice = seen.has(name);
    seen.add(name);
    return [
      ...(count === 1 ? [] : [`${name}: its text occurs ${count} times in ${file}, once is needed: ${find}`]),
      ...(find === replace ? [`${name}: changes nothing`] : []),
      ...(isTwice ? [`${name}: the name is taken twice`] : []),
    ];
  });
  return { mutants, faults };
}
