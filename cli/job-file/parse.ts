import { Document, type LineCounter, type Node } from 'yaml';
import { type JobSpec, MAX_SUBMITTED_JOBS } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { yamlDocuments } from '../../shared/yaml/documents.js';
import { inFileOrder } from '../../shared/yaml/file-order.js';
import {
  complain,
  type DocumentReading,
  type Place,
  yamlTroubles,
} from '../../shared/yaml/place.js';
import { readDocument } from '../../shared/yaml/read.js';
import { jobFile } from './schema.js';
import { specOf } from './spec.js';

/** Longer files are refused before they are parsed. */
export const JOB_FILE_MAX_CHARACTERS = 256 * 1024;
/** What is longer is not even read; ordinary files have a byte a character. */
export const JOB_FILE_MAX_BYTES = JOB_FILE_MAX_CHARACTERS;

/**
 * Reads a job file: one job per YAML document. All faults of all documents are returned at once, in
 * the order of the file, each with line and column (from 1). Never throws, whatever the text.
 */
export function parseJobFile(text: string): Result<readonly JobSpec[]> {
  if (text.length > JOB_FILE_MAX_CHARACTERS)
    return err([
      syntaxFault(`the file is longer than ${JOB_FILE_MAX_CHARACTERS / 1024} KiB`, 1, 1),
    ]);
  const stream = yamlDocuments(text);
  if (!stream.ok) {
    const { line, col } = stream.error.lines.linePos(stream.error.offset);
    return err([
      syntaxFault('this is nested deeper than any job file', Math.max(1, line), Math.max(1, col)),
    ]);
  }
  const documents = stream.value.documents.filter((document) => !isEmpty(document));
  if (documents.length === 0) return err([NO_JOB]);
  const beyond = documents[MAX_SUBMITTED_JOBS];
  if (beyond === undefined) return readDocuments(documents, stream.value.lines);
  const { line, col } = stream.value.lines.linePos((beyond.contents ?? beyond).range[0]);
  const message =
    `the file holds ${documents.length} jobs, and at most ${MAX_SUBMITTED_JOBS} are taken at ` +
    'once: make it several files';
  return err([{ code: 'job.bad-value', field: '', message, line, column: col }]);
}

const NO_JOB: Fault = {
  code: 'job.missing',
  field: '',
  message: 'the file holds no job: write at least name, image and target',
  line: 1,
  column: 1,
};

/**
 * Reads one job given as plain values (command-line flags): the same rules, faults without
 * positions.
 */
export function parseJobValue(value: unknown): Result<JobSpec> {
  const document = new Document(value);
  const read = readDocument(jobFile, { file: 'job', document, lines: undefined });
  return read.value === undefined ? err(read.faults) : ok(specOf(read.value));
}

const isEmpty = (document: Document.Parsed): boolean =>
  document.errors.length === 0 &&
  (document.contents === null || document.contents.range[0] === document.contents.range[1]);

function readDocuments(
  documents: readonly Document.Parsed[],
  lines: LineCounter,
): Result<readonly JobSpec[]> {
  const faults: Fault[] = [];
  const specs: JobSpec[] = [];
  const seen = new Set<string>();
  const said = new Set<string>();
  for (const document of documents) {
    const broken = yamlTroubles([...document.errors, ...document.warnings], lines);
    if (broken.length > 0) {
      for (const { message, line, column } of broken) {
        const fault = syntaxFault(message, line, column);
        if (isNew(fault, said)) faults.push(fault);
      }
      continue;
    }
    const source = { file: 'job' as const, document, lines };
    const read = readDocument(jobFile, source);
    for (const fault of read.faults) faults.push(fault);
    const name = document.getIn(['name']);
    if (typeof name === 'string' && seen.has(name))
      complainOfDuplicate({ ...source, faults }, name);
    if (typeof name === 'string') seen.add(name);
    if (read.value !== undefined) specs.push(specOf(read.value));
  }
  return faults.length > 0 ? err(inFileOrder(faults)) : ok(specs);
}

/** A text of many documents may have as many faults. */
function isNew({ message, line = 0, column = 0 }: Fault, said: Set<string>): boolean {
  const known = said.size;
  return said.add(`${line}:${column} ${message}`).size > known;
}

function complainOfDuplicate(reading: DocumentReading, name: string): void {
  const node = reading.document.getIn(['name'], true) as Node;
  const place: Place = { reading, node, field: 'name', offset: node.range?.[0] };
  complain(place, {
    kind: 'duplicate',
    message:
      `an earlier document is also named ${JSON.stringify(name.slice(0, 63))}; give each job ` +
      'its own name',
  });
}

const syntaxFault = (message: string, line: number, column: number): Fault => ({
  code: 'job.syntax',
  field: '',
  message,
  line,
  column,
});
