import { stringify } from 'yaml';
import { CONTEXT_SETTINGS } from './settings.js';

type Tree = { [key: string]: string | Tree };

/** The text of a context file with these values, by dotted key; keys in the order of the schema. */
export function contextText(values: Readonly<Record<string, string>>): string {
  const tree: Tree = {};
  for (const key of Object.keys(CONTEXT_SETTINGS)) {
    const value = values[key];
    if (value === undefined) continue;
    const parts = key.split('.');
    const last = parts.pop() ?? key;
    let at = tree;
    for (const part of parts) at = branch(at, part);
    at[last] = value;
  }
  return Object.keys(tree).length === 0 ? '' : stringify(tree, { lineWidth: 0 });
}

function branch(tree: Tree, key: string): Tree {
  const found = tree[key];
  if (typeof found === 'object') return found;
  const made: Tree = {};
  tree[key] = made;
  return made;
}
