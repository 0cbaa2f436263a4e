import { Document, LineCounter, type Node, parseAllDocuments, type YAMLError } from 'yaml';
import { messageOf } from '../../shared/errors.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { complain, type Place, type Reading } from './place.js';
import { jobShape, specOf } from './schema.js';

/** Longer files are refused before they are parsed. */
export const JOB_FILE_MAX_CHARACTERS = 256 * 1024;

/**
 * Reads a job file: one job per YAML document. All faults of all documents are returned at once, in the order of the
 * file, each with line and column (from 1). Never throws, whatever the text.
 */
export function parseJobFile(text: string): Result<readonly JobSpec[]> {
  if (text.length > JOB_FILE_MAX_CHARACTERS)
    return err([syntaxFault(`the file is longer than ${JOB_FILE_MAX_CHARACTERS / 1024} KiB`, 1, 1)]);
  const lines = new LineCounter();
  try {
    const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
    const documents = Array.isArray(parsed) ? parsed.filter((document) => !isEmpty(document)) : [];
    if (documents.length === 0)
      return err([
        {
          code: 'job.missing',
          field: '',
          message: 'the file holds no job: write at least name, image and target',
          line: 1,
          column: 1,
        },
      ]);
    return readDocuments(documents, lines);
  } catch (cause) {
    // The YAML library recurses, so text nested thousands deep overflows the stack.
    return err([syntaxFault(`the file could not be read as YAML: ${firstLine(messageOf(cause))}`, 1, 1)]);
  }
}

/** Reads one job given as plain values (command-line flags): the same rules, faults without positions. */
export function parseJobValue(value: unknown): Result<JobSpec> {
  const reading: Reading = { document: new Document(value), lines: undefined, faults: [] };
  const read = jobShape.read(rootOf(reading));
  return read === undefined ? err(reading.faults) : ok(specOf(read));
}

const rootOf = (reading: Reading): Place => {
  const node = reading.document.contents as Node | null;
  return { reading, node, field: '', offset: node?.range?.[0] };
};

const isEmpty = (document: Document.Parsed): boolean =>
  document.errors.length === 0 &&
  (document.contents === null || document.contents.range[0] === document.contents.range[1]);

function readDocuments(documents: readonly Document.Parsed[], lines: LineCounter): Result<readonly JobSpec[]> {
  const faults: Fault[] = [];
  const specs: JobSpec[] = [];
  const seen = new Set<string>();
  for (const document of documents) {
    const broken = [...document.errors, ...document.warnings].map((error) => yamlFault(error, lines));
    if (broken.length > 0) {
      faults.push(...broken);
      continue;
    }
    const reading: Reading = { document, lines, faults: [] };
    const read = jobShape.read(rootOf(reading));
    const name = document.getIn(['name']);
    if (typeof name === 'string' && seen.has(name)) complainOfDuplicate(reading, name);
    if (typeof name === 'string') seen.add(name);
    faults.push(...reading.faults);
    if (read !== undefined) specs.push(specOf(read));
  }
  return faults.length > 0 ? err(inFileOrder(faults)) : ok(specs);
}

function complainOfDuplicate(reading: Reading, name: string): void {
  const node = reading.document.getIn(['name'], true) as Node;
  const place: Place = { reading, node, field: 'name', offset: node.range?.[0] };
  complain(place, {
    code: 'job.duplicate',
    message: `an earlier document is also named ${JSON.stringify(name.slice(0, 63))}; give each job its own name`,
  });
}

function yamlFault(error: YAMLError, lines: LineCounter): Fault {
  const { line, col } = lines.linePos(error.pos[0]);
  const [first = ''] = error.message.split('\n');
  return syntaxFault(firstLine(first), Math.max(1, line), Math.max(1, col));
}

const firstLine = (text: string): string => text.split('\n')[0]?.slice(0, 200) ?? '';

const syntaxFault = (message: string, line: number, column: number): Fault => ({
  code: 'job.syntax',
  field: '',
  message,
  line,
  column,
});

const inFileOrder = (faults: readonly Fault[]): readonly Fault[] =>
  [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
