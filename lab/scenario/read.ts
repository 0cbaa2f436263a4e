import type { Node } from 'yaml';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { notUtf8, utf8Text } from '../../shared/utf8.js';
import { yamlDocuments } from '../../shared/yaml/documents.js';
import { inFileOrder } from '../../shared/yaml/file-order.js';
import { type DocumentReading, type Place, yamlTroubles } from '../../shared/yaml/place.js';
import type { Scenario } from '../types.js';
import { checkNames, checkTimes, checkWhole } from './check.js';
import { scenarioOf } from './expand.js';
import { emptyParts, scenarioShape } from './schema.js';

/** Longer files are refused before parsing. */
export const SCENARIO_MAX_CHARACTERS = 1024 * 1024;

/** What is longer is not even read; ordinary files have a byte a character. */
export const SCENARIO_MAX_BYTES = SCENARIO_MAX_CHARACTERS;

/** A scenario, and what a user should know about its file. */
export interface ReadScenario {
  readonly scenario: Scenario;
  /** One sentence for each part of the file that has no effect. */
  readonly warnings: readonly string[];
}

/**
 * As `readScenario`, of the bytes of a file. One that is not UTF-8 is refused at its first such
 * line, with all faults of its other lines; one with zero bytes at the first of them.
 */
export function readScenarioBytes(bytes: Uint8Array, name: string): Result<ReadScenario> {
  if (bytes.length > SCENARIO_MAX_BYTES) return err([TOO_LONG]);
  const zero = bytes.indexOf(0);
  // Faults of other lines would be chance: this may be UTF-16, or no text at all.
  if (zero >= 0) return err([syntaxFault(ZERO_BYTES, lineAt(bytes, zero), 1)]);
  const text = utf8Text(bytes);
  if (text.ok) return readScenario(text.value, name);
  const readable = new TextDecoder().decode(bytes);
  const lines = readable.split('\n');
  const read = readScenario(readable, name);
  const others = read.ok ? [] : read.error.filter(({ line = 1 }) => !isUnsure(lines[line - 1]));
  return err(inFileOrder([syntaxFault(`the file ${notUtf8()}`, text.error, 1), ...others]));
}

/** Whether it may have a character that is not as written. */
const isUnsure = (line = ''): boolean => line.includes('\ufffd');

const LINE_FEED = 0x0a;
const lineAt = (bytes: Uint8Array, at: number): number =>
  1 + bytes.subarray(0, at).reduce((found, byte) => found + (byte === LINE_FEED ? 1 : 0), 0);

/**
 * Reads a scenario (docs/lab.md). `name` is used where the file has none. Returns all faults in the
 * order of the file, with line and column; never throws.
 */
export function readScenario(text: string, name: string): Result<ReadScenario> {
  if (text.length > SCENARIO_MAX_CHARACTERS) return err([TOO_LONG]);
  const stream = yamlDocuments(text);
  if (!stream.ok) {
    const { line, col } = stream.error.lines.linePos(stream.error.offset);
    return err([syntaxFault('this is nested deeper than any scenario', line, col)]);
  }
  const { documents, lines } = stream.value;
  const [document, second] = documents;
  if (document === undefined || document.contents === null)
    return err([
      syntaxFault('the file holds no scenario: write at least jobs: [{ id, target, model }]', 1, 1),
    ]);
  const broken = yamlTroubles([...document.errors, ...document.warnings], lines);
  if (broken.length > 0)
    return err(broken.map(({ message, line, column }) => syntaxFault(message, line, column)));
  const reading: DocumentReading = { file: 'scenario', document, lines, faults: [] };
  const root: Place = {
    reading,
    node: document.contents as Node,
    field: '',
    offset: document.contents.range[0],
  };
  if (second !== undefined && second.contents !== null)
    reading.faults.push(
      syntaxFault('a scenario file holds one document; put the second into its own file', 1, 1),
    );
  return readDocument(root, name);
}

function readDocument(root: Place, name: string): Result<ReadScenario> {
  const { faults } = root.reading;
  const seen = emptyParts();
  const read = scenarioShape(seen).read(root);
  checkNames(seen);
  checkTimes(seen);
  const scenario = read === undefined ? undefined : scenarioOf(read, name);
  if (read !== undefined && scenario !== undefined) checkWhole(root, read, scenario);
  if (scenario === undefined || faults.length > 0) return err(inFileOrder(faults));
  return ok({ scenario, warnings: [] });
}

const syntaxFault = (message: string, line: number, column: number): Fault => ({
  code: 'scenario.syntax',
  field: '',
  message,
  line: Math.max(1, line),
  column: Math.max(1, column),
});

const TOO_LONG = syntaxFault(
  `the file is longer than ${SCENARIO_MAX_CHARACTERS / 1024} KiB: use a shorter file`,
  1,
  1,
);
const ZERO_BYTES =
  'the file has zero bytes: it is damaged, or in another encoding; save it as UTF-8, as with ' +
  'iconv -f UTF-16 -t UTF-8';
