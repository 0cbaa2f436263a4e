/** A part of a text: of a place, the word that was begun. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where in a YAML text the cursor is: below which keys, and whether at a key or at a value. */
export interface Place extends Span {
  readonly kind: 'key' | 'value';
  /** Keys from the top to here; `-` = an item of a list. */
  readonly path: readonly string[];
  /** Keys that are there already, beside the cursor. */
  readonly siblings: ReadonlySet<string>;
  /** Inside braces. */
  readonly isFlow: boolean;
}

interface Line {
  readonly indent: number;
  /** `''` = it is no `key:` line. */
  readonly key: string;
  readonly isItem: boolean;
  /** What stands after the colon. */
  readonly rest: string;
}

const KEY = /^([A-Za-z_][\w.-]*)\s*:(?:\s+(.*)|$)/;

/**
 * The place of the cursor in a job file, as far as it is written in the plain way: blocks by
 * indentation, and braces on one line. null = in a comment, a quoted text, or a form not read here.
 */
export function placeIn(text: string, cursor: number): Place | null {
  const lineStart = cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
  const end = text.indexOf('\n', cursor);
  const before = text.slice(lineStart, cursor);
  if (isQuoted(before)) return null;
  const [begun = ''] = /[\w.-]*$/.exec(before) ?? [];
  const [rest = ''] = /^[\w.-]*/.exec(text.slice(cursor, end < 0 ? undefined : end)) ?? [];
  const span = { from: cursor - begun.length, to: cursor + rest.length };
  const head = before.slice(0, before.length - begun.length);
  const documents = text.slice(0, lineStart).split(/^---.*$/m);
  const above = (documents.at(-1) ?? '').split('\n').map(lineOf);
  const below = (text.slice(end < 0 ? text.length : end).split(/^---.*$/m)[0] ?? '')
    .split('\n')
    .map(lineOf);
  const here = lineOf(head);
  const flow = flowOf(here.rest === '' && here.key === '' ? head : here.rest);
  if (flow !== null) {
    const outer = here.key === '' ? [] : [here.key];
    const path = [...parentsOf(above, here), ...outer, ...flow.path];
    return { ...flow, ...span, path, isFlow: true };
  }
  if (here.key !== '')
    return here.rest.trim() === '' ? value([...parentsOf(above, here), here.key], span) : null;
  if (head.trim() !== '' && head.trim() !== '-') return null;
  const parents = parentsOf(above, here);
  const siblings = siblingsOf(above, below, here.indent);
  return { kind: 'key', path: parents, siblings, isFlow: false, ...span };
}

const value = (path: readonly string[], span: Span): Place => ({
  kind: 'value',
  path,
  siblings: new Set(),
  isFlow: false,
  ...span,
});

/** A comment began, or a text in quotes is open. */
function isQuoted(before: string): boolean {
  let open = '';
  for (const [i, sign] of [...before].entries()) {
    if (open !== '') open = sign === open ? '' : open;
    else if (sign === '"' || sign === "'") open = sign;
    else if (sign === '#' && (i === 0 || /\s/.test(before[i - 1] ?? ''))) return true;
  }
  return open !== '';
}

/** An item's dash counts as indentation: its keys stand where the first of them begins. */
function lineOf(line: string): Line {
  const [, space = '', dash = '', body = ''] = /^( *)(- +|-$)?(.*)$/.exec(line) ?? [];
  const [, key = '', rest = ''] = KEY.exec(body) ?? [];
  return {
    indent: space.length + dash.length,
    key,
    isItem: dash !== '',
    rest: key === '' ? '' : rest,
  };
}

/** The keys that a line is below. */
function parentsOf(above: readonly Line[], here: Line): readonly string[] {
  const path: string[] = [];
  let { indent } = here;
  if (here.isItem) {
    path.unshift('-');
    indent -= 1;
  }
  for (const line of [...above].reverse()) {
    if (line.key === '' && !line.isItem) continue;
    if (line.isItem && line.indent === indent && path[0] !== '-') {
      // The item that this key belongs to.
      path.unshift('-');
      indent -= 1;
      continue;
    }
    if (line.indent >= indent || line.key === '') continue;
    if (line.rest.trim() === '' || line.rest.trim().startsWith('#')) path.unshift(line.key);
    indent = line.indent;
    if (line.isItem) {
      path.unshift('-');
      indent -= 1;
    }
  }
  return path;
}

/** Keys of the same mapping, above and below. */
function siblingsOf(
  above: readonly Line[],
  below: readonly Line[],
  indent: number,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const lines of [[...above].reverse(), below])
    for (const line of lines) {
      if (line.key === '' && !line.isItem) continue;
      if (line.indent < indent) break;
      if (line.indent === indent && line.key !== '') found.add(line.key);
      if (line.indent === indent && line.isItem) break;
    }
  return found;
}

/** One pair of braces, or of brackets, that is open. */
interface Open {
  readonly isList: boolean;
  readonly keys: Set<string>;
  /** The key whose value is being written; '' = none. */
  at: string;
}

/** The innermost open braces of a line up to the cursor; null = none are open. */
function flowOf(text: string): Pick<Place, 'kind' | 'path' | 'siblings'> | null {
  const stack = openIn(text);
  const top = stack.at(-1);
  if (top === undefined) return null;
  const outer = stack
    .slice(0, -1)
    .flatMap(({ isList, at }) => [...(isList ? ['-'] : []), ...(at === '' ? [] : [at])]);
  const path = [...outer, ...(top.isList ? ['-'] : [])];
  if (top.at !== '') return { kind: 'value', path: [...path, top.at], siblings: new Set() };
  return { kind: top.isList ? 'value' : 'key', path, siblings: top.keys };
}

function openIn(text: string): readonly Open[] {
  const stack: Open[] = [];
  let word = '';
  for (const sign of text) {
    const top = stack.at(-1);
    if (!/[{}[\]:,]/.test(sign)) {
      word += sign;
      continue;
    }
    if (sign === '{' || sign === '[') stack.push({ isList: sign === '[', keys: new Set(), at: '' });
    else if (sign === '}' || sign === ']') stack.pop();
    else if (top !== undefined) {
      top.at = sign === ':' ? word.trim() : '';
      if (sign === ':') top.keys.add(top.at);
    }
    word = '';
  }
  return stack;
}
