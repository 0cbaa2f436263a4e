import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editSource } from '../mutants/source-edit.mjs';

/** The files of a bug with all its edits: `{ sources: [{ name, file, text }] }` or `{ fault }`. */
function sourcesOf(root, { name, edits }) {
  const texts = new Map();
  for (const { file, find, replace } of edits) {
    const before = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
    const { text, fault } = editSource(before, { find, replace });
    if (text === undefined) return { fault: `${name} (${file}): ${fault}` };
    texts.set(file, text);
  }
  return { sources: [...texts].map(([file, text]) => ({ name, file, text })) };
}

/**
 * Reads bugs.json: `[{ name, bug, edits: [{ file, find, replace }], unseen? }]`. `find` is source
 * whose tokens occur once in the file. Returns `bugs`, each with `sources`, and `stale` in words.
 */
export function readBugs(root) {
  const bugs = JSON.parse(readFileSync(join(root, 'tools/planted/bugs.json'), 'utf8'));
  const read = bugs.map((bug) => ({ ...bug, ...sourcesOf(root, bug) }));
  return {
    bugs: read.filter(({ sources }) => sources !== undefined),
    stale: read.flatMap(({ fault }) => (fault === undefined ? [] : [fault])),
  };
}
