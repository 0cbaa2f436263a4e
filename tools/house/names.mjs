import { withoutComments } from './source.mjs';

const DECLARED =
  /^export (?:default )?(?:(?:async )?function\*? *([\w$]+)|(?:abstract )?class ([\w$]+)|interface ([\w$]+))/;
const EXPORTED_CONST = /^export const ([\w$]+)(?:: .*)? = (?:async )?(?:<|\(|[\w$]+ =>|function\b)/;
const TYPE = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class) ([\w$]+)/gm;

/**
 * The exported functions, classes and interfaces of a file: `{ line, name, isDocumented }`. A
 * docstring ends on the line above, and overloads share that of the first one.
 */
export function exportsOf(text) {
  const lines = text.split('\n');
  const seen = new Map();
  lines.forEach((line, i) => {
    if (!line.startsWith('export ')) return;
    const [, ...names] = DECLARED.exec(line) ?? [];
    const name = names.find((each) => each !== undefined) ?? arrowName(lines, i);
    if (name === undefined || seen.has(name)) return;
    seen.set(name, { line: i + 1, name, isDocumented: /\*\/\s*$/.test(lines[i - 1] ?? '') });
  });
  return [...seen.values()];
}

/** The name of an exported constant that holds a function, or undefined. */
function arrowName(lines, at) {
  const name = EXPORTED_CONST.exec(lines[at])?.[1];
  if (name === undefined) return undefined;
  const head = lines.slice(at, at + 20).join('\n');
  const start = head.indexOf(' = ') + 3;
  const value = head.slice(start).replace(/^async /, '');
  if (/^(?:function\b|[\w$]+ =>)/.test(value)) return name;
  return /^\s*(?::[\s\S]*?)?\s*=>/.test(afterParameters(value)) ? name : undefined;
}

/** What follows the parameters, and the type parameters before them. */
function afterParameters(value) {
  let depth = 0;
  const open = value.indexOf('(');
  for (let i = Math.max(open, 0); i < value.length; i += 1) {
    if (value[i] === '(') depth += 1;
    if (value[i] === ')') depth -= 1;
    if (depth === 0) return value.slice(i + 1).split(/;\n/)[0];
  }
  return '';
}

/**
 * Names of types that more than one room defines, with the rooms: `{ name, rooms }`, sorted.
 * @param sources Map of path to text. @param roomOf The room of a path.
 */
export function duplicateTypes(sources, roomOf) {
  const rooms = new Map();
  for (const [file, text] of sources)
    for (const [, name] of withoutComments(text).matchAll(TYPE)) {
      if (!rooms.has(name)) rooms.set(name, new Set());
      rooms.get(name).add(roomOf(file));
    }
  return [...rooms]
    .filter(([, where]) => where.size > 1)
    .map(([name, where]) => ({ name, rooms: [...where].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
