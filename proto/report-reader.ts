import type { NodeReport } from '../shared/report.js';
import { type Reader, readerOf, readerWith } from './codec/check.js';
import { type Columns, containerKind, recordsFromRows, sameColumns } from './codec/report-table.js';
import { rowsReader } from './codec/row-reader.js';
import { containerReports, nodeReport } from './schemas/report.js';

/** A reader of reports whose containers are rows under these columns. */
interface ColumnsReader {
  readonly columns: Columns;
  readonly reader: Reader<NodeReport>;
}

/** Versions of agents report other columns; more at a time are read slowly. */
const MAX_READERS = 8;

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
