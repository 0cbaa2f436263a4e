import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { fileTrouble } from '../errors.js';
import { err, type Fault, type FileFault, ok, type Result } from '../result.js';
import { badConfig } from '../schema/bad-config.js';
import type { Given } from '../schema/settings.js';
import { notUtf8, utf8Text } from '../utf8.js';
import { yamlTroubles } from './place.js';

/** What a fault of no setting is about: its name stands before. */
const THE_FILE = 'the file';

interface Flattening {
  readonly name: string;
  readonly flat: Map<string, Given>;
  readonly lines: LineCounter;
  readonly faults: Fault[];
}

/** The text of a file of settings; one that is not UTF-8 is refused, at its line. */
export function settingsText(file: string, bytes: Uint8Array): Result<string, FileFault> {
  const text = utf8Text(bytes);
  if (text.ok) return text;
  return err(badConfig(THE_FILE, notUtf8(), { file, line: text.error, column: 1 }));
}

// A comment changes no setting: for one a service that has started before must not stay down.
function textToRead(file: string, bytes: Uint8Array): Result<string, FileFault> {
  const text = settingsText(file, bytes);
  if (text.ok) return text;
  const settings = utf8Text(withoutComments(bytes));
  return settings.ok ? settings : text;
}

/** Lines of nothing but a comment are empty then, and all others in their places. */
const withoutComments = (bytes: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(bytes)
      .toString('latin1')
      .replace(/^[ \t]*#.*$/gm, ''),
    'latin1',
  );

/**
 * The settings of a YAML file by dotted key; `read` gives its bytes, or a text that was read
 * before, and may throw, which is a fault like any other.
 */
export function readYaml(
  file: string,
  read: (file: string) => Uint8Array | string,
  faults: Fault[],
): Map<string, Given> {
  try {
    const written = read(file);
    const text = typeof written === 'string' ? ok(written) : textToRead(file, written);
    if (text.ok) return flattenYaml(text.value, file, faults);
    faults.push(text.error);
    return new Map();
  } catch (cause) {
    const what = `cannot be read (${fileTrouble(cause)}): check the path and your rights`;
    const fault: FileFault = { ...badConfig(THE_FILE, what), file };
    faults.push(fault);
    return new Map();
  }
}

/**
 * The text of a YAML file of nested maps → values by dotted key; a list of scalars becomes its
 * items separated by blanks.
 */
function flattenYaml(text: string, name: string, faults: Fault[]): Map<string, Given> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const { message, line, column } of yamlTroubles(document.errors, lines))
    faults.push(badConfig(THE_FILE, message, { file: name, line, column }));
  const flat = new Map<string, Given>();
  const { contents } = document;
  if (isMap(contents)) flatten(contents, '', { name, flat, lines, faults });
  else if (document.errors.length === 0 && !isNothing(contents)) {
    const top = { file: name, line: 1, column: 1 };
    faults.push(badConfig(THE_FILE, 'holds no settings: write lines such as KEY: VALUE', top));
  }
  return flat;
}

/** A file may be empty, or hold comments only. */
const isNothing = (node: Node | null): boolean =>
  node === null || (isScalar(node) && node.value === null);

/** `key`: where the value's own key stands. */
function flatten(node: Node, path: string, out: Flattening, key?: Node): void {
  if (isMap(node)) {
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      const inner = path === '' ? name : `${path}.${name}`;
      const keyNode = pair.key as Node;
      if (pair.value !== null) flatten(pair.value as Node, inner, out, keyNode);
      else out.faults.push(badConfig(inner, 'has no value', placeOf(keyNode, out)));
    }
    return;
  }
  const at = placeOf(node, out);
  const keyAt = key === undefined ? at : placeOf(key, out);
  const texts = isSeq(node) ? node.items.map(scalarText) : [scalarText(node)];
  if (texts.includes(undefined)) out.faults.push(badConfig(path, 'must be a single value', at));
  else {
    const items = isSeq(node) ? { items: texts.length } : {};
    out.flat.set(path, { text: texts.join(' '), ...items, at, keyAt });
  }
}

function placeOf(node: Node, { lines, name }: Flattening): NonNullable<Given['at']> {
  const { line, col } = lines.linePos(node.range?.[0] ?? 0);
  return { file: name, line, column: col };
}

const scalarText = (node: unknown): string | undefined => {
  if (!isScalar(node)) return undefined;
  return node.value === null ? '' : (node.source ?? String(node.value));
};
