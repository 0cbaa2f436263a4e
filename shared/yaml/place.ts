import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type LineCounter,
  type Node,
  type YAMLError,
} from 'yaml';
import type { ErrorCode } from '../errors.js';
import type { Fault } from '../result.js';

/** What kind of file is read: the first part of its faults' codes. */
export type FileKind = 'job' | 'scenario';
export type FaultKind = 'unknown-key' | 'missing' | 'bad-value' | 'syntax' | 'duplicate';
/** The permanent code of a kind of fault in a kind of file. */
export const codeOf = (file: FileKind, kind: FaultKind): ErrorCode => `${file}.${kind}`;

/** One document being read: where faults go and how offsets become lines. */
export interface DocumentReading {
  readonly file: FileKind;
  readonly document: Document;
  /** Absent when the document came from command-line flags and has no text. */
  readonly lines: LineCounter | undefined;
  readonly faults: Fault[];
}

/**
 * A value of the document: its node, its path, and the offset to point at when the node itself is
 * absent.
 */
export interface Place {
  readonly reading: DocumentReading;
  readonly node: Node | null;
  readonly field: string;
  readonly offset: number | undefined;
}

/** What is wrong at a place: the sentence follows the field's name. */
export interface Complaint {
  readonly kind: FaultKind;
  readonly message: string;
}

/** Records a fault at the place's line and column. */
export function complain(place: Place, complaint: Complaint): undefined {
  const { file, lines, faults } = place.reading;
  const offset = place.offset ?? place.node?.range?.[0];
  const position = lines === undefined || offset === undefined ? undefined : lines.linePos(offset);
  const name = place.field === '' ? `the ${file}` : place.field;
  faults.push({
    code: codeOf(file, complaint.kind),
    field: place.field,
    message: `${name}: ${complaint.message}`,
    ...(position === undefined || position.line < 1
      ? {}
      : { line: position.line, column: Math.max(1, position.col) }),
  });
  return undefined;
}

/** Follows an alias to what it stands for; anything else is returned as it is. */
export function resolved(place: Place): Node | null {
  if (!isAlias(place.node)) return place.node;
  return place.node.resolve(place.reading.document) ?? null;
}

/** The value under `key`, with the key's own position for faults about its absence. */
export function childOf(
  parent: Place,
  key: string,
  node: Node | null,
  keyOffset: number | undefined,
): Place {
  const field = parent.field === '' ? key : `${parent.field}.${key}`;
  return { reading: parent.reading, node, field, offset: node?.range?.[0] ?? keyOffset };
}

/** True for an absent value: no node, or YAML's null. */
export const isAbsent = (node: Node | null): boolean =>
  node === null || (isScalar(node) && node.value === null);

/** How a node is called in a message. */
export function kindOf(node: Node | null): string {
  if (isAbsent(node)) return 'nothing';
  if (isMap(node)) return 'a mapping';
  if (isScalar(node)) return JSON.stringify(textOf(node.value, node.source).slice(0, 60));
  return 'a list';
}

/** The text a user wrote: numbers and booleans as written, strings after unquoting. */
export const textOf = (value: unknown, source: string | undefined): string =>
  typeof value === 'string' ? value : (source ?? String(value));

const NO_VALUE_HERE =
  'a key stands where a value goes on: indent the keys of one mapping alike, and quote texts ' +
  'that hold ": "';
const YAML_TROUBLES: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  DUPLICATE_KEY: 'this key stands twice in its mapping: keep one of the two',
  TAB_AS_INDENT: 'tabs are not allowed as indentation: use spaces',
  // The library names the first or both.
  BLOCK_AS_IMPLICIT_KEY: NO_VALUE_HERE,
  MULTILINE_IMPLICIT_KEY: NO_VALUE_HERE,
  BLOCK_IN_FLOW: 'commas part what stands in { } or [ ]: write { a: 1, b: 2 }',
  UNEXPECTED_TOKEN:
    'this does not belong here: look at the quotes, brackets and indentation around it',
};
/** What to say of faults that the library tells apart by their text only. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/^Flow map .*end with a \}/, 'a { is open here: close it with }'],
  [/^Flow sequence .*end with a \]/, 'a [ is open here: close it with ]'],
  [/^All (?:mapping|sequence) items must/, 'indent what belongs together alike, by spaces'],
  [/^Missing closing (["'])/, 'a text that begins with $1 has no end: close it with $1'],
  [/^Missing , between/, 'a comma is missing between two items'],
  [
    /^Plain value cannot start with .* (\S)$/,
    'a text cannot begin with $1 without quotes: write "$1…"',
  ],
  [
    /^Invalid escape sequence (\S+)/,
    '$1 means nothing between double quotes: write the text between single ones',
  ],
];

/** What is wrong with a text that is not YAML: a sentence with its cure, and where. */
export interface YamlTrouble {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * What is wrong with a text that is not the YAML it should be, in the order of `errors`. What one
 * slip gives rise to in its line is said once.
 */
export function yamlTroubles(
  errors: readonly YAMLError[],
  lines: LineCounter,
): readonly YamlTrouble[] {
  const found = new Map<string, YamlTrouble>();
  for (const error of errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    const message = troubleOf(error);
    const key = `${line} ${message}`;
    if (!found.has(key))
      found.set(key, { message, line: Math.max(1, line), column: Math.max(1, col) });
  }
  return [...found.values()];
}

function troubleOf({ code, message }: YAMLError): string {
  const said = message.split('\n')[0]?.slice(0, 200) ?? '';
  const found = BY_MESSAGE.find(([pattern]) => pattern.test(said));
  if (found === undefined) return YAML_TROUBLES[code] ?? said;
  return said.replace(new RegExp(`${found[0].source}.*`), found[1]);
}
