import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads bugs.json: `[{ name, bug, edits: [{ file, find, replace }], unseen? }]`. `find` is exact source text that occurs once. Returns the bugs and, in words, what is wrong with the list. */
export function readBugs(root) {
  const bugs = JSON.parse(readFileSync(join(root, 'tools/planted/bugs.json'), 'utf8'));
  const seen = new Set();
  const faults = bugs.flatMap(({ name, edits }) => {
    const isTwice = seen.has(name);
    seen.add(name);
    const stale = edits.flatMap(({ file, find, replace }) => {
      const count = readFileSync(join(root, file), 'utf8').split(find).length - 1;
      if (find === replace) return [`${name}: changes nothing`];
      return count === 1 ? [] : [`${name}: its text occurs ${count} times in ${file}, once is needed: ${find}`];
    });
    return [...stale, ...(isTwice ? [`${name}: the name is taken twice`] : [])];
  });
  return { bugs, faults };
}
