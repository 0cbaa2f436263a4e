import type { Document, LineCounter } from 'yaml';
import type { Fault } from '../result.js';
import { decoded } from '../schema/decode.js';
import { type Mismatch, mismatchesOf } from '../schema/mismatch.js';
import type { FileSchema } from '../schema/types.js';
import { complain, type DocumentReading, type FileKind, type Place } from './place.js';
import { treeOf, type YamlTree } from './tree.js';

/** What a document is read as, and where its faults go. */
export interface DocumentSource {
  readonly file: FileKind;
  readonly document: Document;
  /** Absent when the document came from command-line flags and has no text. */
  readonly lines: LineCounter | undefined;
}

/** The value of a document, undefined with faults; the faults have line and column. */
export interface ReadDocument<T> {
  readonly value: T | undefined;
  readonly faults: readonly Fault[];
}

/** Checks a document against a schema; all faults at once. Never throws. */
export function readDocument<T>(schema: FileSchema<T>, source: DocumentSource): ReadDocument<T> {
  const reading: DocumentReading = { ...source, faults: [] };
  const tree = treeOf(source.document);
  for (const mismatch of mismatchesOf(schema, tree.value))
    complain(placeOf(reading, tree, mismatch), mismatch);
  const isGood = reading.faults.length === 0;
  return { value: isGood ? decoded(schema, tree.value) : undefined, faults: reading.faults };
}

function placeOf(reading: DocumentReading, tree: YamlTree, { path, at }: Mismatch): Place {
  const found = tree.nodeAt(at === 'parent' ? path.slice(0, -1) : path);
  const node = found?.node ?? null;
  const offset =
    at === 'key' ? found?.keyOffset : (node?.range?.[0] ?? found?.keyOffset ?? undefined);
  return { reading, node, field: path.join('.'), offset };
}
