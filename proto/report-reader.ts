import type { ContainerReport, NodeReport } from '../shared/report.js';
import { type Keywords, type Reader, readerOf, readerWith } from './codec/check.js';
import { Cursor } from './codec/cursor.js';
import { HeadedRows, type RowHeads } from './codec/headed-rows.js';
import { unpackPart } from './codec/messagepack.js';
import { type Entry, entriesOf, mapPatch, type Patch } from './codec/patch-reader.js';
import { type Columns, containerKind, recordsFromRows, sameColumns } from './codec/report-table.js';
import type { RowKind } from './codec/row-reader.js';
import { rowsReader } from './codec/row-reader.js';
import { figurePatches, figureRows } from './report-figures.js';
import { copyContainer, usualEnd, withSharedParts } from './report-row.js';
import { containerReports, nodeReport } from './schemas/report.js';

/** A reader of reports whose containers are rows under these columns. */
interface ColumnsReader {
  readonly columns: Columns;
  readonly reader: Reader<NodeReport>;
}

/** Versions of agents report other columns; more at a time are read slowly. */
const MAX_READERS = 8;
/** Names of columns are held; those of ours take half a kilobyte. */
const MAX_COLUMN_BYTES = 4096;

/**
 * Reads and checks a decoded report straight from its rows. The reader is made once for the
 * columns that a message names, since nearly all messages name the same.
 */
export class ReportReader {
  #readers: readonly ColumnsReader[] = [];
  readonly #records = readerOf(nodeReport);

  /** As a reader's `read`, of any decoded value. */
  readonly read: Reader<NodeReport>['read'] = (value, path, known) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.#records.read(value, path, known);
    const { columns, containers } = value as Readonly<Record<string, unknown>>;
    const reader = this.#readerFor(columns);
    if (reader !== undefined) return reader.read(value, path, known);
    const records = { ...value, containers: recordsFromRows(columns, containers) };
    return this.#records.read(records, path, known);
  };

  #readerFor(columns: unknown): Reader<NodeReport> | undefined {
    const found = this.#readers.find((each) => sameColumns(each.columns, columns));
    if (found !== undefined) return found.reader;
    const kind = containerKind(columns);
    if (kind === undefined) return undefined;
    const containers = rowsReader(containerReports, kind);
    const reader = readerWith(nodeReport, { containers });
    const made = { columns: columns as Columns, reader };
    this.#readers = [made, ...this.#readers].slice(0, MAX_READERS);
    return reader;
  }
}

/** A host says what people did on it in one report of several. */
const passingEntry = (entry: Entry): Entry =>
  entry.name === 'act' ? { ...entry, comesAndGoes: true } : entry;

/** What reads the rows under columns that are these bytes; undefined = they are unpacked. */
interface KnownColumns {
  readonly bytes: DataView;
  readonly rows: HeadedRows | undefined;
}

/** What begins the rows of a report, read under these columns. */
interface KnownHeads {
  readonly rows: HeadedRows;
  readonly heads: RowHeads;
}

/** Columns are lists of names in a map. */
const COLUMNS_DEPTH = 4;
/** Behind what hardly ever changes of a container. */
const FIGURES = ['cpu', 'memory', 'latency', 'gpuUse'];

function rowsOf(kind: RowKind): HeadedRows {
  const rows = figureRows(kind);
  return new HeadedRows(containerReports as Keywords, kind, {
    figures: FIGURES,
    replaced: figurePatches(kind, rows),
    copy: copyContainer,
    end: usualEnd(kind, rows),
    shared: (container, was) =>
      withSharedParts(container as ContainerReport, was as ContainerReport | undefined),
  });
}

/**
 * Reads a report straight from its bytes, given an earlier one of the same node. Nearly all of it
 * is as before, so hardly anything is unpacked, checked or made.
 */
export class ReportPatcher {
  #columns: readonly KnownColumns[] = [];
  readonly #heads = new WeakMap<NodeReport, KnownHeads>();
  readonly #report: Patch;
  // Of the message that is read now.
  #rows: HeadedRows | undefined;
  #before: KnownHeads | undefined;
  #now: KnownHeads | undefined;

  constructor() {
    const { properties = {} } = nodeReport as Keywords;
    const containers: Patch = {
      read: (cursor, known) => this.#readContainers(cursor, known),
    };
    const entries = entriesOf(properties, { containers });
    this.#report = mapPatch(entries.map(passingEntry), {
      name: 'columns',
      read: (cursor) => this.#passColumns(cursor),
    });
  }

  /** What `ReportReader` reads of the unpacked bytes; `undefined` = it has to be asked. */
  read(bytes: Uint8Array, known: NodeReport): NodeReport | undefined {
    const cursor = new Cursor(bytes);
    this.#rows = undefined;
    this.#now = undefined;
    this.#before = this.#heads.get(known);
    const report = this.#report.read(cursor, known) as NodeReport | undefined;
    if (report === undefined || cursor.at !== bytes.length) return undefined;
    if (this.#now !== undefined) this.#heads.set(report, this.#now);
    return report;
  }

  #readContainers(cursor: Cursor, known: unknown): unknown {
    const [rows, before] = [this.#rows, this.#before];
    const heads = before?.rows === rows ? before?.heads : undefined;
    const list = rows?.read(cursor, known, heads);
    if (rows === undefined || list === undefined) return undefined;
    this.#now = before !== undefined && list.heads === heads ? before : { rows, heads: list.heads };
    return list.items;
  }

  #passColumns(cursor: Cursor): boolean {
    const isThis = ({ bytes }: KnownColumns): boolean => cursor.passesBytes(bytes);
    this.#rows = (this.#columns.find(isThis) ?? this.#learn(cursor))?.rows;
    return this.#rows !== undefined;
  }

  #learn(cursor: Cursor): KnownColumns | undefined {
    const { bytes, at } = cursor;
    const part = unpackPart(bytes, at, COLUMNS_DEPTH);
    if (part === undefined || part.end - at > MAX_COLUMN_BYTES) return undefined;
    const kind = containerKind(part.value);
    const rows = kind === undefined ? undefined : rowsOf(kind);
    cursor.at = part.end;
    const names = new Uint8Array(bytes.subarray(at, part.end));
    const made = { bytes: new DataView(names.buffer), rows };
    this.#columns = [made, ...this.#columns].slice(0, MAX_READERS);
    return made;
  }
}
