import { err, type Fault, type Result } from '../shared/result.js';
import { readerOf, readWhole } from './codec/check.js';
import { MINUTE_MAX_BYTES, VIEW_MAX_BYTES } from './codec/limits.js';
import { packPlain, unpackPlain } from './codec/messagepack.js';
import { COLUMNS, rowReader, toRow } from './codec/report-table.js';
import {
  type AllocationFigures,
  allocationMinute,
  type MinuteRecord,
  minuteRecord,
  type NodeViewChange,
  nodeViewChange,
} from './schemas/view.js';

const viewReader = readerOf(nodeViewChange);
const minuteReader = readerOf(minuteRecord);

const { cpu = [], memory = [], latency = [], summary = [] } = COLUMNS;
const FIGURES = {
  figures: ['id', 'latencyMs', 'qoeClass', 'cpu', 'memory', 'latency'],
  cpu,
  memory,
  latency,
  summary,
};
const MINUTES = {
  minute: Object.keys((allocationMinute as { properties?: object }).properties ?? {}),
};

/**
 * A change as plain MessagePack. What changes with every report stands in rows under column names
 * that the message holds once, as in a report; the rest as it is in the answers of calls.
 */
export const encodeView = (change: NodeViewChange): Uint8Array =>
  packPlain({ ...change, columns: FIGURES, figures: change.figures.map(figuresRow) });

const figuresRow = (figures: AllocationFigures): readonly unknown[] =>
  toRow(figures, 'figures', FIGURES);

/** Size and structure are checked before the decoder runs, the values after it. Never throws. */
export const decodeView = (bytes: Uint8Array): Result<NodeViewChange, Fault> =>
  decodeTable(bytes, VIEW_MAX_BYTES, ['figures', 'figures'], viewReader);

/** A minute as plain MessagePack; allocations are rows under the names of `columns`. */
export const encodeMinute = (record: MinuteRecord): Uint8Array =>
  packPlain({
    ...record,
    columns: MINUTES,
    allocations: record.allocations.map((each) => toRow(each, 'minute', MINUTES)),
  });

/** As `decodeView`. */
export const decodeMinute = (bytes: Uint8Array): Result<MinuteRecord, Fault> =>
  decodeTable(bytes, MINUTE_MAX_BYTES, ['allocations', 'minute'], minuteReader);

function decodeTable<T>(
  bytes: Uint8Array,
  maxBytes: number,
  [field, kind]: readonly [field: string, kind: string],
  reader: Parameters<typeof readWhole<T>>[0],
): Result<T, Fault> {
  const plain = unpackPlain(bytes, maxBytes);
  if (!plain.ok) return plain;
  const message = plain.value;
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return err({ code: 'wire.schema', field: '', message: 'the message is not an object' });
  const { columns, [field]: rows } = message as Readonly<Record<string, unknown>>;
  const read = rowReader(columns, kind);
  const records = read === undefined || !Array.isArray(rows) ? rows : rows.map(read);
  return readWhole(reader, { ...message, [field]: records });
}
